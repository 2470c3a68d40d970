"""What is asked of the database about answers and insights of plans."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Query
from app.plans.insights import InsightKind, InsightRow, facet_of, kinds_of
from app.plans.places import PLAN
from app.plans.questions import PLAN_QUESTIONS, Asked, QuestionBook, book_from
from app.plans.rules import Phase
from app.plans.thinking import AnswerRow
from app.plans.thinking_models import Insight, PlanAnswer
from app.users.models import User
from app.users.queries import find_setting


def answer_rows(session: Session, *wanted: ColumnElement[bool]) -> list[AnswerRow]:
    """Answers that are not put away, in the order they were first given."""
    rows = session.execute(_answers().where(*wanted))
    return [AnswerRow(**{**row._mapping, "phase": Phase(row.phase)}) for row in rows]


@cache
def _answers() -> Query:
    return (
        select(
            PlanAnswer.id,
            PlanAnswer.question,
            PlanAnswer.asked,
            PlanAnswer.phase,
            PlanAnswer.words,
            User.name.label("owner"),
            PlanAnswer.on,
            PlanAnswer.source,
            PlanAnswer.seen_on,
        )
        .outerjoin(User, User.id == PlanAnswer.owner_id)
        .where(PlanAnswer.archived_at.is_(None), PlanAnswer.words != "")
        .order_by(PlanAnswer.id)
    )


def insight_rows(session: Session, plan_id: int, phase: Phase | None = None) -> list[InsightRow]:
    """A plan's insights, of a phase or of all, in the order they were said."""
    query = _insights()
    if phase is not None:
        query = query.where(Insight.kind.in_(kinds_of(phase)))
    return [_insight_row(row) for row in session.execute(query, {"plan_id": plan_id})]


@cache
def _insights() -> Query:
    return (
        select(
            Insight.id,
            Insight.kind,
            Insight.facet,
            Insight.words,
            Insight.effect,
            Insight.direction,
            Insight.weight,
            Insight.amount,
            Insight.source,
            Insight.on,
            Insight.seen_on,
            User.name.label("author"),
        )
        .outerjoin(User, User.id == Insight.user_id)
        .where(Insight.plan_id == PLAN, Insight.archived_at.is_(None))
        .order_by(Insight.id)
    )


def _insight_row(row: Any) -> InsightRow:
    kind = InsightKind(row.kind)
    return InsightRow(**{**row._mapping, "kind": kind, "facet": facet_of(kind, row.facet)})


def grouped(rows: Iterable[InsightRow]) -> dict[InsightKind, list[InsightRow]]:
    """Insights by kind; a kind without any has an empty list."""
    found: dict[InsightKind, list[InsightRow]] = {kind: [] for kind in InsightKind}
    for row in rows:
        found[row.kind].append(row)
    return found


def find_answer(session: Session, plan_id: int, question: str) -> PlanAnswer | None:
    """The answer a plan gives to a question, if any yet."""
    return session.scalar(
        select(PlanAnswer).where(PlanAnswer.plan_id == plan_id, PlanAnswer.question == question)
    )


def answers_by_key(session: Session, plan_id: int, phase: Phase) -> dict[str, PlanAnswer]:
    """The answers of a phase, for changing them."""
    rows = session.scalars(
        select(PlanAnswer).where(PlanAnswer.plan_id == plan_id, PlanAnswer.phase == phase)
    )
    return {row.question: row for row in rows}


def find_insight(session: Session, insight_id: int) -> Insight | None:
    """An insight, archived or not."""
    return session.get(Insight, insight_id)


def book_of(session: Session) -> QuestionBook:
    """The questions of the company."""
    return book_from(find_setting(session, PLAN_QUESTIONS))


def asked_of(session: Session, industry: str) -> dict[Phase, Asked]:
    """What each phase asks of an account in an industry."""
    book = book_of(session)
    return {phase: book.asked(industry, phase) for phase in Phase}


def industry_choices(session: Session) -> list[str]:
    """The industries of the accounts, by name."""
    rows = session.scalars(
        select(Account.industry).where(Account.industry != "").distinct().order_by(Account.industry)
    )
    return list(rows)
