"""Open questions of the diagnosis go along on visits, and the answers come home."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.plans.models import AccountPlan
from app.plans.questions import Question
from app.plans.rules import Phase
from app.plans.thinking_changes import Put, Said, answer_question
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import asked_of
from app.visits.diagnosis import Heard


def open_questions(
    session: Session, account_id: int, on: date, *, in_chinese: bool
) -> list[tuple[str, str]]:
    """Keys and words of what the plan has no answer to; none without a plan."""
    plan = plan_on(session, account_id, on)
    if plan is None:
        return []
    answered = select(PlanAnswer.question).where(
        PlanAnswer.plan_id == plan.id, PlanAnswer.archived_at.is_(None)
    )
    known = set(session.scalars(answered))
    return [
        (one.key, one.said(in_chinese=in_chinese))
        for one in _asked(session, account_id)
        if one.key not in known
    ]


def keep(session: Session, account_id: int, key: str, heard: Heard) -> None:
    """An answer heard in a visit becomes the plan's, with the visit as its source."""
    plan = plan_on(session, account_id, heard.on)
    question = next((one for one in _asked(session, account_id) if one.key == key), None)
    if plan is None or question is None:
        return
    put = Put(Phase.DIAGNOSE, key, question.words or question.words_zh)
    said = Said(heard.words, heard.user_id, heard.on, heard.source)
    answer_question(session, plan, put, said, heard.on)


def _asked(session: Session, account_id: int) -> tuple[Question, ...]:
    industry = session.scalar(select(Account.industry).where(Account.id == account_id)) or ""
    return asked_of(session, industry)[Phase.DIAGNOSE]


def plan_on(session: Session, account_id: int, on: date) -> AccountPlan | None:
    """The account's plan that covers a day."""
    return session.scalar(
        select(AccountPlan)
        .where(
            AccountPlan.account_id == account_id,
            AccountPlan.starts_on <= on,
            AccountPlan.ends_on >= on,
            AccountPlan.archived_at.is_(None),
        )
        .order_by(AccountPlan.starts_on.desc())
        .limit(1)
    )
