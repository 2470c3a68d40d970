"""The week, an account's visits, and the choice of an account to visit."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, WRITERS, account_or_404, me, visible
from app.stakeholders.queries import find_person
from app.visits.forms import WeekFilter, row_number
from app.visits.models import Visit
from app.visits.queries import account_choices, held_page, visit_rows, visits_of
from app.visits.rules import monday_of
from app.visits.views.blueprint import visits
from app.web import list_place, render, see, today

WEEK = timedelta(days=7)
COMING_WEEKS = 4
YEARS = range(1990, 2190)
"""Weeks that a calendar turns to; beyond, dates would overflow."""


@visits.get("/visits/")
def index() -> ResponseReturnValue:
    """A week of visits, those to come after it, and those still to be logged."""
    form = WeekFilter(request.args)
    form.validate()
    session, on = db.session(), today()
    wanted = form.week.data or on
    monday = monday_of(wanted if wanted.year in YEARS else on)
    whose = form.whose.data if form.whose.data in {"mine", "team"} else "mine"
    seen = (Visit.account_id.in_(visible()), *((visits_of(me().id),) if whose == "mine" else ()))
    sunday = monday + timedelta(days=6)
    week = visit_rows(session, *seen, Visit.on.between(monday, sunday))
    horizon = sunday + COMING_WEEKS * WEEK
    coming = visit_rows(session, *seen, Visit.on > sunday, Visit.on <= horizon, most=50)
    late = visit_rows(session, *seen, Visit.on < on, Visit.held_on.is_(None), most=50)
    return render(
        "visits/index.html",
        whose=whose,
        may_log=whose == "mine" and me().role in WRITERS,
        monday=monday,
        days=[monday + timedelta(days=number) for number in range(7)],
        week=week,
        coming=coming,
        late=late,
        on=on,
        step=WEEK,
    )


@visits.get("/visits/add")
def choose() -> ResponseReturnValue:
    """Which account to plan a visit to; ``?person=`` goes straight to that person's."""
    wanted = row_number(request.args.get("person"))
    person = find_person(db.session(), wanted) if wanted else None
    if person is not None:
        account_or_404(person.account_id, EDIT)
        return see("visits.add", account_id=person.account_id, person=person.id)
    sought = request.args.get("q", "")
    found = account_choices(db.session(), me().id, me().role, sought)
    return render("visits/choose.html", found=found, sought=sought)


@visits.get("/accounts/<int:account_id>/visits")
def of_account(account_id: int) -> ResponseReturnValue:
    """An account's visits: planned ones first, then those held, newest first."""
    account = account_or_404(account_id)
    session = db.session()
    planned = visit_rows(session, Visit.account_id == account_id, Visit.held_on.is_(None))
    page = held_page(session, account_id, list_place())
    return render("visits/of_account.html", account=account, planned=planned, page=page, on=today())
