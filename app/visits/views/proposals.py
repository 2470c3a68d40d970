"""A week proposed from priorities, accepted line by line."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, WRITERS, account_or_404, me, visible
from app.row_ids import possible_row
from app.users.rules import UserRole
from app.visits.changes import plan_visit
from app.visits.choice_queries import led_choices
from app.visits.forms import day_in
from app.visits.holidays_of import holidays_of
from app.visits.models import Visit
from app.visits.proposal import Proposed, Wish, proposal
from app.visits.proposal_forms import ProposalFilter
from app.visits.proposal_queries import Sought, priorities
from app.visits.queries import visits_a_day
from app.visits.rhythm_queries import visit_settings
from app.visits.rules import Channel, monday_of
from app.visits.views.blueprint import visits, weekday
from app.web import _, day, render, see, speaks_chinese, today

WORKDAYS = 5
SHOWN = 30


@visits.get("/visits/week")
def propose() -> ResponseReturnValue:
    """Whom to see in a week, where and why; each line is accepted on its own."""
    if me().role not in WRITERS:
        abort(403)
    session, on, settings = db.session(), today(), visit_settings(db.session())
    week = monday_of(day_in(request.args.get("week")) or _next_workday(on))
    days = [week + timedelta(days=number) for number in range(7)]
    holidays = holidays_of(settings.country, days[0], days[-1], chinese=speaks_chinese())
    led, user_id = _led_and_whose()
    found, order = priorities(session, Sought(user_id, on, visible()))
    form = _filter(led, days, sorted({wish.place for wish in found if wish.place}), week)
    chosen = _chosen(form, days) or [one for one in days[:WORKDAYS] if one not in holidays]
    taken = visits_a_day(session, user_id, days[0], days[-1])
    a_day = form.a_day.data or settings.visits_a_day
    return render(
        "visits/week.html",
        form=form,
        week=week,
        holidays=holidays,
        taken=taken,
        user_id=user_id,
        is_empty=not order,
        step=timedelta(days=7),
        **_lines(form, found, {one: a_day - taken.get(one, 0) for one in chosen if one >= on}),
    )


def _chosen(form: ProposalFilter, days: list[date]) -> list[date]:
    return [one for one in days if one.isoformat() in (form.days.data or ())]


def _lines(form: ProposalFilter, found: list[Wish], room: dict[date, int]) -> dict[str, Any]:
    """The visits proposed within the room of some days, and those left for another week."""
    room = {one: max(0, places) for one, places in room.items()}
    here = [wish for wish in found if not form.place.data or wish.place == form.place.data]
    plan = proposal(here, list(room), room)
    return {"plan": plan, "rest": _left_out(here, plan)}


def _next_workday(on: date) -> date:
    """Today, or from Friday's end on the Monday to come: nobody plans a week that is over."""
    return on + timedelta(days=7 - on.weekday()) if on.weekday() >= WORKDAYS else on


def _led_and_whose() -> tuple[list[tuple[int, str]], int]:
    """Whom a director may plan for, and whose week is asked for: else one's own."""
    led = led_choices(db.session(), me().id) if me().role is UserRole.DIRECTOR else []
    wanted = possible_row(request.args.get("whose"))
    return led, wanted if wanted in dict(led) and wanted is not None else me().id


def _filter(
    led: list[tuple[int, str]], days: list[date], places: list[str], week: date
) -> ProposalFilter:
    form = ProposalFilter(request.args)
    named = [(one, f"{weekday(one)} {day(one)}") for one in days]
    form.offer(led, named, places, me().name)
    form.validate()
    for field in (form.whose, form.days, form.place, form.a_day):
        if field.errors:
            field.data, field.errors = None, ()
    form.week.data = week
    return form


def _left_out(found: list[Wish], plan: list[Proposed]) -> list[Wish]:
    there = {one.wish.account_id for one in plan}
    return [wish for wish in found if wish.account_id not in there][:SHOWN]


@visits.post("/visits/week")
def accept() -> ResponseReturnValue:
    """Plan the visits that were ticked: each is account, day and people, as proposed."""
    if me().role not in WRITERS:
        abort(403)
    made: Counter[int] = Counter()
    for line in request.form.getlist("line"):
        values = _line(line)
        if values is None:
            abort(400)
        made[_plan(values)] += 1
    db.session().commit()
    if not made:
        return see("visits.propose", _("Tick the visits that you will make."))
    message = _("Visits planned: %(count)s.", count=made.total())
    return see("visits.index", message, day=_first_day())


def _plan(values: dict[str, Any]) -> int:
    """Plan the visit of a line; to which account it is."""
    account = account_or_404(values["account_id"], EDIT)
    goals = request.form.get(f"goal-{account.id}", "").strip()[:255] or _("Keep in touch")
    visit = Visit(
        account_id=account.id,
        user_id=values["user_id"],
        on=values["on"],
        channel=Channel.IN_PERSON,
        place=account.city,
        goals=goals,
        purpose=goals,
    )
    plan_visit(db.session(), visit, values["people"])
    return account.id


def _first_day() -> date | None:
    days = [values["on"] for line in request.form.getlist("line") if (values := _line(line))]
    return min(days, default=None)


def _line(text: str) -> dict[str, Any] | None:
    """A line of the proposal as the page sends it: account, day, whose, people."""
    parts = text.split("|")
    if len(parts) != 4:
        return None
    account_id, on, user_id = possible_row(parts[0]), day_in(parts[1]), possible_row(parts[2])
    people = [possible_row(one) for one in parts[3].split(",") if one]
    if account_id is None or on is None or user_id is None or None in people:
        return None
    if user_id != me().id and user_id not in dict(led_choices(db.session(), me().id)):
        return None
    return {"account_id": account_id, "on": on, "user_id": user_id, "people": people}
