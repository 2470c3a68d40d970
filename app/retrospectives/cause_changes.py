"""Asking why, and deciding what to do."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.pipeline.losing import Factor
from app.plans.models import Action
from app.retrospectives.changes import touch
from app.retrospectives.models import RetroDecision, Retrospective, RetroWhy


def ask_why(
    session: Session,
    retro: Retrospective,
    parent: RetroWhy | None,
    factor: Factor,
    words: str,
    *,
    evidence: str = "",
    user_id: int,
    at: datetime,
) -> RetroWhy:
    """Add an answer to why, under the one it answers, whose factor it shares."""
    touch(retro, at)
    why = RetroWhy(
        retrospective_id=retro.id,
        parent_id=parent.id if parent else None,
        factor=parent.factor if parent else factor,
        words=words,
        evidence=[evidence] if evidence else [],
        user_id=user_id,
        at=at,
    )
    session.add(why)
    return why


def decide(
    session: Session,
    retro: Retrospective,
    words: str,
    *,
    owner_id: int | None,
    due: date | None,
    user_id: int,
    at: datetime,
) -> RetroDecision:
    """Keep a decision; with an owner or a day it is an action of the account too, so that its
    owner's Today knows it."""
    touch(retro, at)
    decision = RetroDecision(retrospective_id=retro.id, words=words, user_id=user_id, at=at)
    if owner_id is not None or due is not None:
        action = Action(account_id=retro.account_id, title=words, owner_id=owner_id, due_on=due)
        session.add(action)
        session.flush()
        decision.action_id = action.id
    session.add(decision)
    return decision


def undecide(session: Session, retro: Retrospective, decision: RetroDecision, at: datetime) -> None:
    """Take a decision back; its action is put away."""
    touch(retro, at)
    action = session.get(Action, decision.action_id) if decision.action_id else None
    if action is not None:
        action.archived_at = at
    session.delete(decision)
