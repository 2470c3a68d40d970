"""What is asked of the database for questions: those of a visit, and those that would fit one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pipeline.models import Opportunity
from app.pipeline.rules import Stage
from app.stakeholders.models import RoleHolding, Stakeholder
from app.stakeholders.rules import DecisionStyle, Role
from app.users.models import User
from app.visits.models import VisitQuestion
from app.visits.queries import newest_support, roles_held
from app.visits.questions import Met, Offered, offered_questions


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of a visit with its answer."""

    id: int
    words: str
    key: str | None
    answer: str
    answered_on: date | None
    author: str


def question_rows(session: Session, visit_id: int) -> list[QuestionRow]:
    """What is to be asked in a visit, in order, with what was answered."""
    rows = session.execute(
        select(
            VisitQuestion.id,
            VisitQuestion.words,
            VisitQuestion.key,
            VisitQuestion.answer,
            VisitQuestion.answered_on,
            User.name.label("author"),
        )
        .outerjoin(User, User.id == VisitQuestion.user_id)
        .where(VisitQuestion.visit_id == visit_id)
        .order_by(VisitQuestion.place, VisitQuestion.id)
    )
    return [QuestionRow(**{**row._mapping, "author": row.author or ""}) for row in rows]


def offers(
    session: Session,
    account_id: int,
    people: Iterable[int],
    deal_id: int | None,
    diagnosis: Iterable[tuple[str, str]] = (),
) -> list[Offered]:
    """The questions that would fit a visit to some people about a deal."""
    held = session.scalars(
        select(RoleHolding.role).where(
            RoleHolding.account_id == account_id,
            RoleHolding.until.is_(None),
            RoleHolding.opportunity_id.is_(None),
        )
    )
    known = set(held)
    missing = [role for role in Role if role not in known]
    met, stage = (
        _met(session, account_id, sorted(set(people))),
        _stage(session, account_id, deal_id),
    )
    return offered_questions(met, missing, stage, diagnosis)


def _met(session: Session, account_id: int, ids: list[int]) -> list[Met]:
    if not ids:
        return []
    roles, support = roles_held(session, ids), newest_support(session, ids)
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name, Stakeholder.style)
        .where(Stakeholder.account_id == account_id, Stakeholder.id.in_(ids))
        .order_by(Stakeholder.name, Stakeholder.id)
    )
    return [
        Met(
            row.id,
            row.name,
            frozenset(roles.get(row.id, ())),
            DecisionStyle(row.style) if row.style else None,
            support.get(row.id, (None, None))[0],
        )
        for row in rows
    ]


def _stage(session: Session, account_id: int, deal_id: int | None) -> Stage | None:
    if deal_id is None:
        return None
    stage = session.scalar(
        select(Opportunity.stage).where(
            Opportunity.id == deal_id, Opportunity.account_id == account_id
        )
    )
    return Stage(stage) if stage else None
