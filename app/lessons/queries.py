"""Lessons as they are listed and shown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, within
from app.lessons.models import Lesson
from app.lessons.rules import Standing
from app.lessons.watching import Watch, clauses_from
from app.paging import Page, Place, Query, count_up_to, page_of
from app.pipeline.losing import Factor
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.pipeline.story_queries import Event
from app.users.models import User


@dataclass(frozen=True, slots=True)
class LessonWish:
    """Which lessons somebody asks for."""

    text: str = ""
    factor: Factor | None = None
    owner_id: int | None = None
    standing: Standing | None = None
    watched: bool = False
    opportunity_id: int | None = None


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in a list."""

    id: int
    words: str
    factor: Factor | None
    deal_id: int
    deal: str
    account: str
    outcome: Outcome
    action: str
    owner: str
    due_on: date | None
    done_on: date | None
    watched_since: date | None
    retired_on: date | None


def lesson_rows(session: Session, seen: Seen, wish: LessonWish, place: Place) -> Page[LessonRow]:
    """One page of the lessons that fit a wish, newest first."""
    query = _rows(*_wished(seen, wish))
    page = page_of(session, query, Lesson.at, Lesson.id, place, descending=True)
    counted = count_up_to(session, query)
    return Page([_row(one) for one in page.rows], page.after, page.before, counted)


def lessons_among(session: Session, seen: Seen, deals: Sequence[int]) -> list[LessonRow]:
    """The lessons of some deals, as far as their accounts are seen."""
    mine = (*_wished(seen, LessonWish()), Lesson.opportunity_id.in_(deals))
    return [_row(one) for one in session.execute(_rows(*mine).order_by(Lesson.id))]


def _rows(*wanted: ColumnElement[bool]) -> Query:
    return (
        select(
            Lesson.id,
            Lesson.words,
            Lesson.factor,
            Lesson.opportunity_id,
            Opportunity.name.label("deal"),
            Account.name.label("account"),
            Opportunity.outcome,
            Lesson.action,
            User.name.label("owner"),
            Lesson.due_on,
            Lesson.done_on,
            Lesson.watched_since,
            Lesson.retired_on,
        )
        .join(Opportunity, Opportunity.id == Lesson.opportunity_id)
        .join(Account, Account.id == Lesson.account_id)
        .outerjoin(User, User.id == Lesson.owner_id)
        .where(*wanted)
    )


def _wished(seen: Seen, wish: LessonWish) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        within(Lesson.account_id, seen),
        Lesson.archived_at.is_(None),
        Account.archived_at.is_(None),
    ]
    if wish.factor is not None:
        wanted.append(Lesson.factor == wish.factor)
    if wish.owner_id is not None:
        wanted.append(Lesson.owner_id == wish.owner_id)
    if wish.watched:
        wanted.append(or_(Lesson.watched_since.is_not(None), Lesson.retired_on.is_not(None)))
    if wish.opportunity_id is not None:
        wanted.append(Lesson.opportunity_id == wish.opportunity_id)
    if wish.standing is not None:
        is_done = wish.standing is Standing.DONE
        wanted += [Lesson.action != "", Lesson.done_on.is_not(None) == is_done]
    if wish.text:
        held = "%" + wish.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        columns = (Lesson.words, Lesson.cause, Lesson.action, Opportunity.name, Account.name)
        wanted.append(or_(*(func.lower(one).like(held.lower(), escape="\\") for one in columns)))
    return wanted


def _row(row: Any) -> LessonRow:
    return LessonRow(
        row.id,
        row.words,
        Factor(row.factor) if row.factor else None,
        row.opportunity_id,
        row.deal,
        row.account,
        Outcome(row.outcome),
        row.action,
        row.owner or "",
        row.due_on,
        row.done_on,
        row.watched_since,
        row.retired_on,
    )


def find_lesson(session: Session, lesson_id: int) -> Lesson | None:
    """A lesson."""
    return session.get(Lesson, lesson_id)


def watch_of(lesson: Lesson) -> Watch:
    """A lesson's watch."""
    return Watch(clauses_from(lesson.clauses), lesson.is_any)


def mark_of(event: Event) -> str:
    """What an event of a deal's story is known by while it stays as it is."""
    told = f"{event.on}|{event.icon}|{event.text}|{event.note}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def evidence_in(story: Sequence[Event], marks: Sequence[str]) -> list[Event]:
    """The events that a lesson rests on, as far as they still stand."""
    wanted = set(marks)
    return [event for event in story if mark_of(event) in wanted]
