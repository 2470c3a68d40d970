"""Lessons as Today knows them: those that speak up on a person's deals, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.accounts.queries import within
from app.lessons.models import Firing, Lesson
from app.overview.asker import MOST, Asker, Asking, dated, due_within_the_week
from app.overview.needs import Kind, Need, lesson_need
from app.paging import Query
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome


def lessons_speaking(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Open deals on which a watch fires and nobody has said yet whether it helped."""
    for row in asker.rows(session, _speaking, on):
        deal_id, account_id, account, deal, owner_id, *told, may_look, fired_on = row
        words, advice, source_name = told
        found = lesson_need(words, advice, source_name if may_look else "", fired_on, on)
        yield Need(Kind.LESSON, deal_id, account_id, account, deal, *found, owner_id)


def _speaking(asker: Asking) -> Query:
    """From the watches that fire on, which are few: SQLite would begin with all open deals."""
    source = aliased(Opportunity)
    return (
        select(Opportunity.id, Opportunity.account_id, Account.name, Opportunity.name,
               Opportunity.owner_id, Lesson.words, Lesson.advice, source.name.label("source"),
               within(Lesson.account_id, asker.seen).label("may_look"), Firing.on)
        .select_from(Firing)
        .join(Lesson, Lesson.id == Firing.lesson_id)
        .outerjoin(Opportunity, Opportunity.id == Firing.opportunity_id)
        .join(source, source.id == Lesson.opportunity_id)
        .outerjoin(Account, Account.id == Opportunity.account_id)
        .where(
            Firing.cleared_on.is_(None),
            Firing.is_helpful.is_(None),
            Lesson.watched_since.is_not(None),
            Lesson.archived_at.is_(None),
            func.coalesce(Opportunity.outcome, "") == Outcome.OPEN,
            Opportunity.archived_at.is_(None),
            asker.owns(Opportunity.owner_id),
            asker.sees(Opportunity.account_id),
            asker.awake(Kind.LESSON, Opportunity.id),
        )
        .order_by(Firing.on.desc(), Firing.id)
        .limit(MOST)
    )  # fmt: skip


_asked_by_lessons = due_within_the_week(Kind.LEARNT, Lesson, Lesson.action)


def lesson_actions(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """What lessons ask a person to do within the week."""
    return dated(Kind.LEARNT, asker.rows(session, _asked_by_lessons, on), on)
