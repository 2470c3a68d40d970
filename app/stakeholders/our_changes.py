"""Helpers are named, criteria are ranked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stakeholders.models import Criterion, Stakeholder

MOST_CRITERIA = 20


def rank_criteria(
    session: Session, person: Stakeholder, words: Sequence[str], opportunity_id: int | None
) -> list[str]:
    """Put these in place of what a person decided by, first things first; gives the old ones."""
    kept = session.scalars(
        select(Criterion)
        .where(
            Criterion.stakeholder_id == person.id,
            Criterion.opportunity_id.is_(None)
            if opportunity_id is None
            else Criterion.opportunity_id == opportunity_id,
        )
        .order_by(Criterion.rank)
    ).all()
    for row in kept:
        session.delete(row)
    for rank, text in enumerate(words[:MOST_CRITERIA], start=1):
        session.add(
            Criterion(
                account_id=person.account_id,
                stakeholder_id=person.id,
                opportunity_id=opportunity_id,
                rank=rank,
                words=text[:255],
            )
        )
    return [row.words for row in kept]
