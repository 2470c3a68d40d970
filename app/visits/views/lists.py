"""The calendar (week, month, agenda), an account's visits, the choice of an account to visit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, WRITERS, account_or_404, editable, me, sight
from app.accounts.queries import ids_among
from app.row_ids import possible_row
from app.stakeholders.queries import find_person
from app.users.rules import UserRole
from app.visits.calendar import Span, conflicts, opening_day, span_of
from app.visits.choice_queries import account_choices, calendar_accounts, calendar_people
from app.visits.forms import VIEWS, CalendarFilter, day_in
from app.visits.holidays_of import holidays_of
from app.visits.log_queries import promise_rows
from app.visits.models import Promise, Visit
from app.visits.queries import VisitRow, held_page, on_days, visit_rows, visits_of
from app.visits.rhythm_queries import visit_settings
from app.visits.rules import monday_of
from app.visits.views.blueprint import visits
from app.web import list_place, render, see, speaks_chinese, today

SIX_DAYS = timedelta(days=6)
MOST = {"week": 300, "month": 600, "agenda": 200}


@visits.get("/visits/")
def index() -> ResponseReturnValue:
    """Days of visits, and those still to be logged."""
    session, on = db.session(), today()
    form = _filter()
    seen = _seen(form)
    span = span_of(form.view.data, form.day.data or _opening_day(form, on, seen))
    shown = on_days(span.first, span.last, of_all=len(seen) == 1 and sight().is_wide)
    rows = visit_rows(session, *seen, shown, most=MOST[form.view.data])
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
        may_move=_movable([*rows, *late]),
        late=late,
        on=on,
        **_about(form, span, on),
    )


def _movable(rows: list[VisitRow]) -> frozenset[int]:
    """The accounts of the visits shown that the person may change."""
    if me().role not in WRITERS:
        return frozenset()
    return ids_among(db.session(), editable(), {row.account_id for row in rows})


def _opening_day(form: CalendarFilter, on: date, seen: list[Any]) -> date:
    """The day that is shown when nobody asks for one."""
    if form.view.data != "week":
        return on
    ahead = (Visit.on.between(on, monday_of(on) + SIX_DAYS), Visit.held_on.is_(None))
    return opening_day(on, holds_more=bool(visit_rows(db.session(), *seen, *ahead, most=1)))


def _about(form: CalendarFilter, span: Span, on: date) -> dict[str, bool]:
    """Whether several people's visits are shown, whether that was chosen, and whether it is now."""
    return {
        "is_team": form.whose.data != "mine",
        "is_filtered": form.whose.data != _usual() or form.account.data is not None,
        "is_now": span.first <= on <= span.last or form.day.data is None,
    }


def _usual() -> str:
    """Whose visits come first: a director's people's, everyone else's own."""
    return "team" if me().role is UserRole.DIRECTOR else "mine"


def _filter() -> CalendarFilter:
    """What the address asks for; what is not understood is left out."""
    session = db.session()
    form = CalendarFilter(request.args)
    form.offer(calendar_people(session, sight(), me().id), calendar_accounts(session, sight()))
    form.validate()
    for field, otherwise in ((form.view, VIEWS[0]), (form.whose, _usual()), (form.account, None)):
        if field.errors or not field.data:
            field.data, field.errors = otherwise, ()
    form.day.data = day_in(request.args.get("day"))
    return form


def _seen(form: CalendarFilter) -> list[Any]:
    """The visits that are asked for, of accounts that may be seen."""
    seen: list[Any] = [sight().of(Visit.account_id)]
    whose = possible_row(form.whose.data)
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
    wanted = possible_row(request.args.get("person"))
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
