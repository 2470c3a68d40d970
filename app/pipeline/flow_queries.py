"""What moved between two days, and how far deals came: from the appended moves alone."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    or_,
    outerjoin,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.accounts.queries import Seen
from app.pipeline.flow import Step, Stream, place_in
from app.pipeline.models import DealSpan, Opportunity, StageMove
from app.pipeline.rules import ENDED, LIVE, STAGES, Outcome, Stage
from app.pipeline.standing_queries import (
    DealWish,
    cents,
    deals_on,
    gathered,
    is_wide,
    money_of,
    wished_deals,
)


def streams(
    session: Session, seen: Seen, wish: DealWish, start: date, end: date | None
) -> list[Stream]:
    """The deals that were live on one of two days or came between them, from where to where.

    Two days are their ends; ``end`` None is today. Amounts are those of the second day.
    """
    after, before = deals_on(seen, wish, end).c, aliased(DealSpan)
    stood = and_(
        before.opportunity_id == after.id,
        before.since <= start,
        before.until > start,
        before.outcome.in_(LIVE),
    )
    rows = session.execute(
        select(
            before.stage.label("old_stage"),
            before.outcome.label("old_outcome"),
            after.stage,
            after.outcome,
            after.currency,
            func.count().label("number"),
            cents(after.amount).label("amount"),
        )
        .select_from(outerjoin(after.id.table, before, stood))
        .where(after.id.in_(_moving(seen, start)))
        .where(or_(before.stage.is_not(None), after.opened_on > start, after.outcome.in_(LIVE)))
        .group_by(before.stage, before.outcome, after.stage, after.outcome, after.currency)
    )
    return [_stream(row) for row in rows]


def _moving(seen: Seen, start: date) -> CompoundSelect[Any]:
    """The deals that were live after a day or came after it: most had ended long before."""
    after = select(DealSpan.opportunity_id).where(DealSpan.until > start)
    if not is_wide(seen):
        after = after.where(gathered(seen, DealSpan.account_id))
    live = after.where(DealSpan.outcome.in_(LIVE))
    return live.union_all(after.where(DealSpan.outcome.in_(ENDED), DealSpan.since > start))


def _stream(row: Any) -> Stream:
    old = (Stage(row.old_stage), Outcome(row.old_outcome)) if row.old_stage else (None, None)
    now = (Stage(row.stage), Outcome(row.outcome))
    amount = money_of(row.amount) or Decimal(0)
    return Stream(place_in(*old), place_in(*now), row.currency, row.number, amount)


def funnel(session: Session, seen: Seen, wish: DealWish, start: date, end: date) -> list[Step]:
    """How far the deals that were opened between two days have come, by today; two SELECTs.

    A deal reached a stage when it or a later one is in its moves; won counts as delivery. Most
    stand where they came farthest; of the others a move back tells from where they fell.
    """
    farthest: Counter[int] = Counter()
    for stage, count in session.execute(_standing(seen, wish, start, end)):
        farthest[PLACES[stage]] += count
    for stage, place, count in session.execute(_fallen(seen, wish, start, end)):
        farthest[PLACES[stage]] -= count
        farthest[max(place, PLACES[stage])] += count
    reached = [sum(n for place, n in farthest.items() if place >= at) for at in range(1, 7)]
    further = [*reached[1:], 0]
    return [Step(*one) for one in zip(STAGES, reached, further, strict=True)]


PLACES = {stage.value: place for place, stage in enumerate(STAGES, start=1)}


def _opened(seen: Seen, wish: DealWish, start: date, end: date) -> list[ColumnElement[bool]]:
    return [*wished_deals(seen, wish), Opportunity.opened_on.between(start, end)]


def _standing(seen: Seen, wish: DealWish, start: date, end: date) -> Select[Any]:
    """Where the deals opened between two days stand, counted."""
    query: Any = select(Opportunity.stage, func.count()).group_by(Opportunity.stage)
    return query.where(*_opened(seen, wish, start, end))


def _fallen(seen: Seen, wish: DealWish, start: date, end: date) -> Select[Any]:
    """Those of them that were ever moved back, by the farthest stage that they fell from."""
    ends = (StageMove.from_stage, StageMove.to_stage)
    left, came = (case(PLACES, value=at, else_=1) for at in ends)
    back = select(StageMove.opportunity_id, func.max(left).label("place"))
    back = back.where(StageMove.from_stage.in_(PLACES), StageMove.on >= start, left > came)
    if not is_wide(seen):
        theirs = select(Opportunity.id).where(*_opened(seen, wish, start, end))
        back = back.where(StageMove.opportunity_id.in_(theirs))
    fallen = back.group_by(StageMove.opportunity_id).subquery()
    query: Any = select(Opportunity.stage, fallen.c.place, func.count())
    query = query.join(fallen, fallen.c.opportunity_id == Opportunity.id)
    return query.where(*_opened(seen, wish, start, end)).group_by(Opportunity.stage, fallen.c.place)
