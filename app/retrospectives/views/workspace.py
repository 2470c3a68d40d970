"""The record of a deal as it was known, day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from app import db
from app.pipeline.deal_queries import contenders_of, factors_of
from app.pipeline.models import Opportunity
from app.pipeline.queries import MoveRow, moves_of
from app.pipeline.rules import Stage
from app.retrospectives.context_queries import forecasts_of, plan_then
from app.retrospectives.people_queries import past_of
from app.retrospectives.people_then import Past, PersonLine, people_then
from app.retrospectives.record import AFTERMATH, Entry, Line, Span, lines_of, spans_of
from app.retrospectives.record_queries import record_of
from app.retrospectives.views.blueprint import (
    Seat,
    retro_page,
    retrospectives,
    seat_or_404,
    stage_rules,
)
from app.row_ids import row_number
from app.web import render, today, wants_fragment

Warned = Callable[[Any, Opportunity, date], Iterable[Entry]]
"""What warned of a deal's account: warnings stand above, and the app puts them in."""


FEW = 20
"""Events of a stage that are on the page from the first; the rest come when unfolded."""


@retrospectives.get("/retrospectives/<int:retro_id>")
def show(retro_id: int) -> ResponseReturnValue:
    """What was known when: the line of time, the map then, forecasts and the plan.

    Of each stage the first events; ``?span=2`` has all of the third stage, ``?span=all`` all.
    """
    seat = seat_or_404(retro_id)
    session, deal = db.session(), seat.deal
    moves = moves_of(session, deal.id)
    lines = record_seen(seat)
    spans = spans_of(lines, stays_in(moves))
    if wants_fragment():
        return _rest_of(seat, spans)
    asked = deal.closed_on or today()
    return retro_page(
        "show",
        seat,
        spans=spans,
        few=FEW,
        is_cut=any(len(span.lines) > FEW for span in spans),
        whole=request.args.get("span", ""),
        events=len(lines),
        overrides=sum(move.is_override for move in moves),
        factors=factors_of(session, deal.id),
        rivals=contenders_of(session, deal.id),
        forecasts=forecasts_of(session, deal.id),
        plan=plan_then(session, deal.account_id, asked) if seat.is_team else None,
        **(people_shown(seat, moves) if seat.is_team else {}),
    )


def _rest_of(seat: Seat, spans: list[Span]) -> ResponseReturnValue:
    """The events of a stage that its page left out, for ``?span=``."""
    place = request.args.get("span", type=row_number)
    if place is None or place >= len(spans):
        abort(404)
    return render("retrospectives/rest.html", seat=seat, lines=spans[place].lines[FEW:])


def record_seen(seat: Seat) -> list[Line]:
    """The record as far as the person at hand may see it, with the warnings of that time."""
    session, deal = db.session(), seat.deal
    warned: Warned = current_app.extensions["warned of deal"]
    until = min(today(), deal.closed_on + AFTERMATH) if deal.closed_on else today()
    entries = [*record_of(session, deal, stage_rules(), today()), *warned(session, deal, until)]
    seen = [one for one in entries if seat.is_team or not one.is_personal]
    return lines_of(seen, deal.closed_on)


def stays_in(moves: list[MoveRow]) -> list[tuple[date, Stage]]:
    """The days on which a deal entered a stage."""
    return [(move.on, move.to_stage) for move in moves if move.from_stage is not move.to_stage]


def days_of(stays: list[tuple[date, Stage]], decided_on: date) -> list[tuple[date, Stage | None]]:
    """The day a deal last entered each of its stages, and the day it was decided."""
    last = {stage: day for day, stage in stays}
    days: list[tuple[date, Stage | None]] = [(day, stage) for stage, day in last.items()]
    return [*sorted(days, key=lambda pair: pair[0]), (decided_on, None)]


def people_shown(seat: Seat, moves: list[MoveRow]) -> dict[str, Any]:
    """The people of the deal at each of its stages."""
    deal = seat.deal
    days = days_of(stays_in(moves), deal.closed_on or today())
    people = people_of(seat, past_seen(seat), [day for day, _stage in days])
    return {
        "days": days,
        "people": people,
        "reached": [one for one in people if one.is_reached],
        "not_reached": [one for one in people if not one.is_reached],
    }


def past_seen(seat: Seat) -> Past:
    """What is recorded of the account's people, at the latest a quarter after the decision."""
    decided = seat.deal.closed_on or today()
    return past_of(db.session(), seat.deal, min(today(), decided + AFTERMATH))


def people_of(seat: Seat, past: Past, days: list[date]) -> list[PersonLine]:
    """Those who held a role in the deal, with what was believed of them on some days."""
    deal = seat.deal
    return people_then(past, deal.id, days, deal.opened_on, deal.closed_on)
