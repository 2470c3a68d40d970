"""The facts of a deal from which the record's own column is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.pipeline.deal_queries import (
    answers_in,
    contenders_of,
    criteria_of,
    persistence_of,
    readings_of,
)
from app.pipeline.losing import price_gap
from app.pipeline.models import Opportunity
from app.pipeline.qualifying import Question
from app.pipeline.queries import MoveRow
from app.retrospectives.findings import Shown
from app.retrospectives.people_then import Past, PersonLine
from app.visits.models import Visit


def shown_of(
    session: Session,
    deal: Opportunity,
    moves: Sequence[MoveRow],
    past: Past,
    *,
    people: Sequence[PersonLine],
    decided_on: date,
) -> Shown:
    """What the facts of a deal were on the day it was decided."""
    readings = [one for one in readings_of(session, deal.id) if one.on <= decided_on]
    need = answers_in(readings).get(Question.NEED)
    span = (deal.opened_on, decided_on)
    left = ((one.person.name, past.people[one.person.id].left_on) for one in people)
    met = {day for days in past.contacts.values() for day in days if day <= decided_on}
    return Shown(
        *span,
        people,
        price_gap=_gap(session, deal),
        overrides=sum(move.is_override for move in moves),
        criteria=[(one.set_on, one.favours) for one in criteria_of(session, deal.id)],
        touches=sorted(met | _visited(session, deal, decided_on)),
        gone=[name for name, day in left if day is not None and span[0] <= day <= span[1]],
        need=need.answer if need else None,
        noes=persistence_of(session, deal.id, decided_on).noes,
    )


def _gap(session: Session, deal: Opportunity) -> Decimal | None:
    """How far the winner's price lay below ours: as noted, else by what they asked."""
    if deal.price_gap is not None:
        return deal.price_gap
    asked = (one.price for one in contenders_of(session, deal.id) if one.name == deal.competitor)
    return price_gap(deal.amount, next(asked, None))


def _visited(session: Session, deal: Opportunity, until: date) -> set[date]:
    days = session.scalars(
        select(Visit.held_on).where(
            Visit.account_id == deal.account_id,
            Visit.held_on <= until,
            Visit.archived_at.is_(None),
            or_(Visit.opportunity_id.is_(None), Visit.opportunity_id == deal.id),
        )
    )
    return {day for day in days if day is not None}
