"""Today: what needs me, ranked, each line with its reason and one act."""

from __future__ import annotations

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight, visible
from app.overview.needs import Kind, ranked
from app.overview.today_queries import Asker, needs_of, people_led, sees_anything
from app.users.rules import UserRole
from app.web import _l, render, today

overview = Blueprint("overview", __name__)

ACTS = {
    Kind.VISIT: ("/visits/%d", "/visits/%d", _l("Look")),
    Kind.LOG: ("/visits/%d", "/visits/%d/log", _l("Log")),
    Kind.PROMISE: ("/visits/%d", "/visits/%d/step", _l("Kept")),
    Kind.ACTION: ("/actions/%d/edit", "/actions/%d/done", _l("Done")),
    Kind.DEAL: ("/pipeline/%d", "/pipeline/%d/edit", _l("Update")),
    Kind.GOAL: ("/goals/%d", "/goals/%d", _l("Look")),
    Kind.COLD: ("/people/%d", "/visits/add?person=%d", _l("Plan a visit")),
}
"""Where each kind of line leads, and its one act: addresses are spelled out, being so many."""


@overview.get("/", endpoint="today")
@overview.get("/today", endpoint="today")
def today_page() -> ResponseReturnValue:
    """What needs the person at hand; in a new workspace, what to do first."""
    person, session, on = me(), db.session(), today()
    leads = person.role is UserRole.DIRECTOR
    whose = request.args.get("whose", "team" if leads else "mine")
    led = people_led(session, person.id) if leads and whose == "team" else ()
    asker = Asker(person.id, sight(), led)
    groups = ranked(needs_of(session, asker, on))
    if not groups and not sees_anything(session, visible()):
        return render(
            "overview/first.html", has_import="exchange.index" in current_app.view_functions
        )
    return render("overview/today.html", groups=groups, acts=ACTS, on=on, leads=leads, whose=whose)
