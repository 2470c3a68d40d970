"""How an account's deals changed between two days, told by their moves and terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.rules import Outcome, Stage
from app.plans.change_report import DealChange


@dataclass(frozen=True, slots=True)
class _Moved:
    name: str
    before: Stage | None
    stage: Stage
    outcome: Outcome | None


def deal_changes(
    session: Session, account_id: int, since: date, until: date
) -> tuple[DealChange, ...]:
    """Deals opened, moved, ended, and those whose amount or close date is another."""
    moved = _moved(session, account_id, since, until)
    terms = _terms(session, account_id, since, until)
    return tuple(
        _change(moved.get(deal_id), *terms.get(deal_id, ("", None, None)))
        for deal_id in sorted(moved.keys() | terms.keys())
    )


def _change(moved: _Moved | None, name: str, old: Any, new: Any) -> DealChange:
    """``old`` and ``new`` are (amount, close date), None when there were no terms."""
    amounts = (old[0] if old else None, new[0] if new else None)
    closes = (old[1] if old else None, new[1] if new else None)
    return DealChange(
        moved.name if moved else name,
        moved.before if moved else None,
        moved.stage if moved else None,
        moved.outcome if moved else None,
        amounts[0],
        amounts[1],
        closes[0],
        closes[1],
    )


def _moved(session: Session, account_id: int, since: date, until: date) -> dict[int, _Moved]:
    rows: Iterable[Any] = session.execute(
        select(
            StageMove.opportunity_id,
            Opportunity.name,
            StageMove.from_stage,
            StageMove.to_stage,
            StageMove.outcome,
        )
        .join(Opportunity, Opportunity.id == StageMove.opportunity_id)
        .where(
            StageMove.account_id == account_id,
            StageMove.on > since,
            StageMove.on <= until,
            Opportunity.archived_at.is_(None),
        )
        .order_by(StageMove.on, StageMove.id)
    )
    moves: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        moves[row.opportunity_id].append(row)
    return {deal_id: _summed(several) for deal_id, several in moves.items()}


def _summed(moves: list[Any]) -> _Moved:
    first, last = moves[0], moves[-1]
    before = Stage(first.from_stage) if first.from_stage else None
    outcome = Outcome(last.outcome)
    return _Moved(
        last.name, before, Stage(last.to_stage), None if outcome is Outcome.OPEN else outcome
    )


def _terms(
    session: Session, account_id: int, since: date, until: date
) -> dict[int, tuple[str, Any, Any]]:
    """Each deal with new terms: its name, its terms before and after."""
    changed = (
        select(Terms.opportunity_id)
        .join(Opportunity, Opportunity.id == Terms.opportunity_id)
        .where(Opportunity.account_id == account_id, Terms.on > since, Terms.on <= until)
    )
    after = _newest(session, changed, until)
    before = _newest(session, changed, since)
    return {
        deal_id: (row.name, before.get(deal_id) and _pair(before[deal_id]), _pair(row))
        for deal_id, row in after.items()
    }


def _pair(row: Any) -> tuple[Any, Any]:
    return row.amount, row.close_on


def _newest(session: Session, deals: Any, day: date) -> dict[int, Any]:
    place = func.row_number().over(
        partition_by=Terms.opportunity_id, order_by=(Terms.on.desc(), Terms.id.desc())
    )
    ranked = (
        select(Terms.opportunity_id, Terms.amount, Terms.close_on, place.label("place"))
        .where(Terms.opportunity_id.in_(deals), Terms.on <= day)
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.opportunity_id, ranked.c.amount, ranked.c.close_on, Opportunity.name)
        .join(Opportunity, Opportunity.id == ranked.c.opportunity_id)
        .where(ranked.c.place == 1, Opportunity.archived_at.is_(None))
    )
    return {row.opportunity_id: row for row in rows}
