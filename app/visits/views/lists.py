"""The calendar (week, month, agenda), an account's visits, the choice of an account to visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, WRITERS, account_or_404, editable, me, sight, visible
from app.stakeholders.queries import find_person
from app.visits.calendar import conflicts, span_of
from app.visits.choice_queries import account_choices, calendar_accounts, calendar_people
from app.visits.forms import VIEWS, CalendarFilter, day_in, row_number
from app.visits.holidays_of import holidays_of
from app.visits.log_queries import promise_rows
from app.visits.models import Promise, Visit
from app.visits.queries import held_page, visit_rows, visits_of
from app.visits.rhythm_queries import visit_settings
from app.visits.views.blueprint import visits
from app.web import list_place, render, see, speaks_chinese, today

MOST = {"week": 300, "month": 600, "agenda": 200}


@visits.get("/visits/")
def index() -> ResponseReturnValue:
    """Days of visits, and those still to be logged."""
    session, on = db.session(), today()
    form = _filter()
    span = span_of(form.view.data, form.day.data or on)
    seen = _seen(form)
    rows = visit_rows(
        session, *seen, Visit.on.between(span.first, span.last), most=MOST[form.view.data]
    )
    late = visit_rows(session, *seen, Visit.on < on, Visit.held_on.is_(None), most=30)
    settings = visit_settings(session)
    return render(
        "visits/index.html",
        form=form,
        span=span,
        rows=rows,
        by_day=_by_day(rows),
        clashes=conflicts(rows),
        holidays=holidays_of(settings.country, span.first, span.last, chinese=speaks_chinese()),
        may_log=me().role in WRITERS,
        may_move=set(session.scalars(editable())) if me().role in WRITERS else set(),
        late=late,
        on=on,
        is_team=form.whose.data != "mine",
    )


def _filter() -> CalendarFilter:
    """What the address asks for; what is not understood is left out."""
    session = db.session()
    form = CalendarFilter(request.args)
    form.offer(calendar_people(session, visible(), me().id), calendar_accounts(session, visible()))
    form.validate()
    for field, otherwise in ((form.view, VIEWS[0]), (form.whose, "mine"), (form.account, None)):
        if field.errors or not field.data:
            field.data, field.errors = otherwise, ()
    form.day.data = day_in(request.args.get("day"))
    return form


def _seen(form: CalendarFilter) -> list[Any]:
    """The visits that are asked for, of accounts that may be seen."""
    seen: list[Any] = [sight().of(Visit.account_id)]
    whose = row_number(form.whose.data)
    if form.whose.data == "mine":
        seen.append(visits_of(me().id))
    elif whose is not None:
        seen.append(visits_of(whose))
    if form.account.data is not None:
        seen.append(Visit.account_id == form.account.data)
    return seen


def _by_day(rows: list[Any]) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = {}
    for row in rows:
        found.setdefault(row.on, []).append(row)
    return found


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
    on = day_in(request.args.get("on"))
    return render("visits/choose.html", found=found, sought=sought, on=on)


@visits.get("/accounts/<int:account_id>/visits")
def of_account(account_id: int) -> ResponseReturnValue:
    """An account's visits: planned ones first, then those held, newest first."""
    account = account_or_404(account_id)
    session = db.session()
    planned = visit_rows(session, Visit.account_id == account_id, Visit.held_on.is_(None))
    page = held_page(session, account_id, list_place())
    open_ones = (Promise.account_id == account_id, Promise.done_on.is_(None))
    return render(
        "visits/of_account.html",
        account=account,
        planned=planned,
        page=page,
        promises=promise_rows(session, *open_ones),
        on=today(),
    )
