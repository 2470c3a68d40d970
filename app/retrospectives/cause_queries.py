"""Chains of why and decisions, as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from app.pipeline.losing import Factor
from app.plans.models import Action
from app.retrospectives.chains import WhyRow
from app.retrospectives.models import RetroDecision, RetroWhy
from app.users.models import User


def whys_of(session: Session, retro_id: int) -> list[WhyRow]:
    """Every answer to why, in the order they were given."""
    row = RetroWhy
    rows = session.execute(
        select(row.id, row.parent_id, row.factor, row.words, row.evidence, row.user_id,
               func.coalesce(User.name, ""))
        .outerjoin(User, User.id == row.user_id)
        .where(row.retrospective_id == retro_id)
        .order_by(row.id)
    )  # fmt: skip
    return [
        WhyRow(why_id, parent, Factor(factor), words, tuple(evidence), user_id, who)
        for why_id, parent, factor, words, evidence, user_id, who in rows
    ]


def find_why(session: Session, retro_id: int, why_id: int | None) -> RetroWhy | None:
    """An answer to why, if that retrospective's."""
    found = session.get(RetroWhy, why_id) if why_id is not None else None
    return found if found is not None and found.retrospective_id == retro_id else None


def is_answered(session: Session, why: RetroWhy) -> bool:
    """Whether somebody has asked on from it."""
    below = aliased(RetroWhy)
    return bool(session.scalar(select(exists().where(below.parent_id == why.id))))


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided, with who does it by when."""

    id: int
    words: str
    user_id: int | None
    action_id: int | None
    owner: str
    due_on: date | None
    done_on: date | None


def decisions_of(session: Session, retro_id: int) -> list[DecisionRow]:
    """What was decided, in the order it was."""
    row, owner = RetroDecision, aliased(User)
    rows = session.execute(
        select(row.id, row.words, row.user_id, Action.id, func.coalesce(owner.name, ""),
               Action.due_on, Action.done_on)
        .outerjoin(Action, Action.id == row.action_id)
        .outerjoin(owner, owner.id == Action.owner_id)
        .where(row.retrospective_id == retro_id)
        .order_by(row.id)
    )  # fmt: skip
    return [DecisionRow(*found) for found in rows]


def find_decision(session: Session, retro_id: int, decision_id: int) -> RetroDecision | None:
    """A decision, if that retrospective's."""
    found = session.get(RetroDecision, decision_id)
    return found if found is not None and found.retrospective_id == retro_id else None
