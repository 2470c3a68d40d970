"""Today: what needs me, ranked, each line with its reason and one act; lines can be put off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight, visible
from app.overview.asker import Asker, Team, names_of, team_of
from app.overview.forms import SnoozeForm
from app.overview.needs import SHOWN, Kind, ranked
from app.overview.snooze_changes import put_off, wake
from app.overview.today_queries import needs_of, sees_anything
from app.users.rules import UserRole
from app.web import _, _l, day, invalid, render, see, today, wants_fragment

overview = Blueprint("overview", __name__)

ACTS = {
    Kind.VISIT: ("/visits/%d", "/visits/%d/brief", _l("Brief")),
    Kind.LOG: ("/visits/%d", "/visits/%d/log", _l("Log")),
    Kind.ALERT: ("/warnings/%d", "/warnings/%d", _l("Look into it")),
    Kind.APPROVAL: ("/pipeline/%d", "/pipeline/%d", _l("Answer")),
    Kind.CREDIT: ("/records/credits/%d/decide", "/records/credits/%d/decide", _l("Decide")),
    Kind.PROMOTION: (
        "/records/promotions/%d/answer",
        "/records/promotions/%d/answer",
        _l("Answer"),
    ),
    Kind.REVIEW: ("/plans/%d", "/plans/%d/reviews", _l("Open the review")),
    Kind.RETROSPECTIVE: ("/retrospectives/%d", "/retrospectives/%d/invite", _l("Begin")),
    Kind.PROMISE: ("/visits/%d", "/promises/%d/kept", _l("Kept")),
    Kind.STEP: ("/visits/%d", "/visits/%d/step", _l("Done")),
    Kind.ACTION: ("/actions/%d/edit", "/actions/%d/done", _l("Done")),
    Kind.LESSON: ("/pipeline/%d", "/pipeline/%d/lessons", _l("Look")),
    Kind.LEARNT: ("/lessons/%d", "/lessons/%d", _l("Look")),
    Kind.DEAL: ("/pipeline/%d", "/pipeline/%d/edit", _l("Update")),
    Kind.GOAL: ("/goals/%d", "/goals/%d", _l("Look")),
    Kind.COLD: ("/people/%d", "/visits/add?person=%d", _l("Plan a visit")),
}
"""Where each kind of line leads, and its one act: addresses are spelled out, being so many."""

POSTED = frozenset({Kind.PROMISE, Kind.STEP})
"""Kinds whose act is done at once, on this page."""

ALL = 1000
"""More lines than a kind can have."""


@overview.get("/", endpoint="today")
@overview.get("/today", endpoint="today")
def today_page() -> ResponseReturnValue:
    """What needs the person at hand; in a new workspace, what to do first."""
    person, session, on = me(), db.session(), today()
    leads = person.role is UserRole.DIRECTOR
    whose = request.args.get("whose", "team" if leads else "mine")
    led = team_of(session, person.id, sight()) if leads and whose == "team" else Team()
    kind = _kind_asked()
    found = needs_of(session, Asker(person.id, sight(), db.now(), led), on, kind)
    groups = ranked(found, ALL if kind and not wants_fragment() else SHOWN)
    if not groups and not sees_anything(session, visible()):
        return render(
            "overview/first.html", has_import="exchange.index" in current_app.view_functions
        )
    return render(
        "overview/rest.html" if wants_fragment() else "overview/today.html",
        groups=groups,
        acts=ACTS,
        posted=POSTED,
        names=_names(groups) if led != Team() else {},
        snooze=SnoozeForm(formdata=None),
        on=on,
        leads=leads,
        whose=whose,
        kind=kind,
    )


def _kind_asked() -> Kind | None:
    """The one kind of line that is looked at, if any: ``?kind=deal``."""
    word = request.args.get("kind")
    if word and word not in set(Kind):
        abort(404)
    return Kind(word) if word else None


def _names(groups: list[Any]) -> dict[int, str]:
    """Whose line each is, where it is not one's own."""
    ids = (need.owner_id for group in groups for need in (*group.needs, *group.rest))
    return {one: name for one, name in names_of(db.session(), ids).items() if one != me().id}


@overview.route("/today/later/<need>/<int:row_id>", methods=["GET", "POST"])
def later(need: str, row_id: int) -> ResponseReturnValue:
    """Put a line of Today off, with a reason."""
    if need not in set(Kind):
        abort(404)
    form = SnoozeForm(formdata=request.form if request.method == "POST" else None)
    page: dict[str, Any] = {"form": form, "kind": Kind(need), "row_id": row_id}
    if request.method == "GET":
        return render("overview/later.html", **page)
    if not form.validate():
        return invalid("overview/later.html", **page)
    until = today() + timedelta(days=int(form.days.data))
    put_off(db.session(), me().id, need, row_id, until=until, reason=form.reason.data)
    db.session().commit()
    undo = url_for("overview.wake_up", need=need, row_id=row_id)
    return see("overview.today", _("Put off until %(day)s.", day=day(until)), undo=undo)


@overview.post("/today/now/<need>/<int:row_id>")
def wake_up(need: str, row_id: int) -> ResponseReturnValue:
    """A line that was put off is there again."""
    wake(db.session(), me().id, need, row_id)
    db.session().commit()
    return see("overview.today", _("It is back."))
