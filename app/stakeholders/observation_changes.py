"""Judgements of people are added, and a slip is taken back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.stakeholders.models import Observation, Stakeholder
from app.stakeholders.rules import Confidence, Influence, Support


def observe(
    session: Session,
    person: Stakeholder,
    *,
    on: date,
    at: datetime,
    user_id: int | None,
    support: Support | int | None = None,
    influence: Influence | int | None = None,
    confidence: Confidence | str = Confidence.HEARD,
    source: str = "",
    note: str = "",
    opportunity_id: int | None = None,
    is_agreed: bool = False,
) -> Observation:
    """Add what somebody judged of a person on a day; earlier judgements stay."""
    judged = Observation(
        account_id=person.account_id,
        stakeholder_id=person.id,
        opportunity_id=opportunity_id,
        on=on,
        support=None if support is None else int(support),
        influence=None if influence is None else int(influence),
        confidence=str(confidence),
        source=source,
        note=note,
        is_agreed=is_agreed,
        user_id=user_id,
        at=at,
    )
    session.add(judged)
    session.flush()
    return judged


def take_back(session: Session, judged: Observation) -> None:
    """Undo a judgement that was never meant."""
    session.delete(judged)
