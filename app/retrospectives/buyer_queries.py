"""What buyers said decided their deals, for the report on wins and losses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.pipeline.losing import Factor
from app.retrospectives.models import Retrospective, RetroView


def said_by_buyers(session: Session, deals: Select[Any]) -> Mapping[int, frozenset[Factor]]:
    """The factors that counted by the interviews of each deal; a deal without one is left out."""
    rows = session.execute(
        select(Retrospective.opportunity_id, RetroView.factor, RetroView.counted)
        .join(RetroView, RetroView.retrospective_id == Retrospective.id)
        .where(RetroView.interview_id.is_not(None), Retrospective.opportunity_id.in_(deals))
    )
    found: dict[int, set[Factor]] = defaultdict(set)
    for deal, factor, counted in rows:
        asked = found[deal]
        if counted:
            asked.add(Factor(factor))
    return {deal: frozenset(factors) for deal, factors in found.items()}
