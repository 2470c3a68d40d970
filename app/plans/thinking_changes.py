"""What happens to a plan's thoughts: answered, said, looked at again, carried over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.plans.models import AccountPlan
from app.plans.rules import Phase
from app.plans.thinking_models import FeatureRank, FeatureScore, Insight, PlanAnswer


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as given: by whom, on which day, told by what."""

    words: str
    owner_id: int | None
    on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put: in which phase, by what key, in which words."""

    phase: Phase
    key: str
    words: str


def answer_question(
    session: Session, plan: AccountPlan, put: Put, said: Said, today: date
) -> PlanAnswer:
    """Keep the answer to a question; what it said before stays in the history."""
    answer = session.scalar(
        select(PlanAnswer).where(PlanAnswer.plan_id == plan.id, PlanAnswer.question == put.key)
    )
    if answer is None:
        answer = PlanAnswer(account_id=plan.account_id, plan_id=plan.id, question=put.key)
        session.add(answer)
    answer.phase, answer.asked = put.phase, put.words
    answer.words, answer.owner_id = said.words, said.owner_id
    answer.on, answer.source, answer.seen_on = said.on, said.source, today
    session.flush()
    return answer


def stand_by(row: PlanAnswer | Insight, on: date) -> None:
    """Somebody looked at it, and it still holds."""
    row.seen_on = on


def carry_thoughts(session: Session, last: AccountPlan, plan: AccountPlan) -> None:
    """Take a plan's thoughts into the next period, where they wait to be looked at again.

    Ranks and scores come along as they are: the whole picture is looked at at once.
    """
    for waiting in (PlanAnswer, Insight):
        kept = select(waiting).where(waiting.plan_id == last.id, waiting.archived_at.is_(None))
        session.add_all(
            [_copied(row, plan_id=plan.id, seen_on=None) for row in session.scalars(kept)]
        )
    for model in (FeatureRank, FeatureScore):
        rows = session.scalars(select(model).where(model.plan_id == last.id))
        session.add_all([_copied(row, plan_id=plan.id) for row in rows])
    plan.position = plan.position or last.position
    session.flush()


def _copied(row: Any, **changed: Any) -> Any:
    """A row like another, with some columns changed."""
    columns = [one.key for one in type(row).__table__.columns]
    values = {name: getattr(row, name) for name in columns if name not in {"id", "version"}}
    return type(row)(**{**values, **changed})
