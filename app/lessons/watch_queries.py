"""Watches that are on, what they fired on, and how they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.lessons.facts import facts_on
from app.lessons.models import Firing, Lesson
from app.lessons.queries import watch_of
from app.lessons.record_queries import open_deals, records_of
from app.lessons.trying import Fired, Served, served
from app.lessons.watching import Clause, Watch
from app.pipeline.losing import Factor
from app.pipeline.models import Opportunity
from app.pipeline.rules import SIGNED, Outcome


@dataclass(frozen=True, slots=True)
class Watching:
    """A lesson whose watch is on: what it says, and the deal it came from."""

    lesson_id: int
    words: str
    advice: str
    watch: Watch
    deal_id: int
    deal: str
    account_id: int
    account: str
    outcome: Outcome
    closed_on: date | None
    since: date | None
    retired_on: date | None = None
    factor: Factor | None = None


def watches_on(session: Session) -> list[Watching]:
    """Every watch that is on."""
    return _watches(session, Lesson.watched_since.is_not(None))


def watches_ever(session: Session) -> list[Watching]:
    """Every watch that is or was on."""
    return _watches(session, Lesson.watched_since.is_not(None) | Lesson.retired_on.is_not(None))


def _watches(session: Session, which: Any) -> list[Watching]:
    rows = session.execute(
        select(Lesson, Opportunity.name, Opportunity.outcome, Opportunity.closed_on, Account.name)
        .join(Opportunity, Opportunity.id == Lesson.opportunity_id)
        .join(Account, Account.id == Lesson.account_id)
        .where(Lesson.archived_at.is_(None), which)
        .order_by(Lesson.id)
    )
    return [_watching(*row) for row in rows]


def _watching(
    lesson: Lesson, deal: str, outcome: str, closed_on: date | None, account: str
) -> Watching:
    return Watching(
        lesson.id,
        lesson.words,
        lesson.advice,
        watch_of(lesson),
        lesson.opportunity_id,
        deal,
        lesson.account_id,
        account,
        Outcome(outcome),
        closed_on,
        lesson.watched_since,
        lesson.retired_on,
        Factor(lesson.factor) if lesson.factor else None,
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A watch that fires on a deal: which clauses it met, since when, and whether it helped."""

    watching: Watching
    met: Sequence[Clause]
    since: date
    is_helpful: bool | None


def speaking(session: Session, deal_id: int, on: date) -> list[Spoken]:
    """The watches that fire on an open deal as it stands; asked anew, whatever was kept."""
    watches = watches_on(session)
    if not watches:
        return []
    records = records_of(session, open_deals(Opportunity.id == deal_id), on)
    facts = facts_on(records[0][1], on) if records else None
    if facts is None:
        return []
    kept = {one.lesson_id: one for one in _kept(session, [deal_id])}
    return [
        _spoken(one, one.watch.met(facts), kept.get(one.lesson_id), on)
        for one in watches
        if one.deal_id != deal_id and one.watch.fires(facts)
    ]


def _spoken(watching: Watching, met: Sequence[Clause], kept: Firing | None, on: date) -> Spoken:
    return Spoken(watching, met, kept.on if kept else on, kept.is_helpful if kept else None)


def _kept(session: Session, deals: Iterable[int] | Select[Any]) -> list[Firing]:
    return list(session.scalars(select(Firing).where(Firing.opportunity_id.in_(deals))))


def firings_among(session: Session, deals: Select[Any]) -> dict[tuple[int, int], Firing]:
    """What was kept of firings on some deals, by lesson and deal."""
    return {(one.lesson_id, one.opportunity_id): one for one in _kept(session, deals)}


def served_since_on(session: Session) -> dict[int, Served]:
    """What became of the firings of each watch that is on, since it was last switched on."""
    return how_served(session, Firing.on >= Lesson.watched_since)


def how_served(session: Session, *only: ColumnElement[bool]) -> dict[int, Served]:
    """What became of the firings of each watch, of all or of some."""
    told = (Firing.lesson_id, Opportunity.outcome, Firing.is_helpful)
    rows = session.execute(
        select(*told, func.count())
        .join(Opportunity, Opportunity.id == Firing.opportunity_id)
        .join(Lesson, Lesson.id == Firing.lesson_id)
        .where(*only)
        .group_by(*told)
    )
    found: dict[int, list[Fired]] = defaultdict(list)
    for lesson, outcome, helped, count in rows:
        found[lesson] += [Fired(_won(outcome), helped)] * count
    return {lesson: served(fired) for lesson, fired in found.items()}


def _won(outcome: str) -> bool | None:
    if outcome in SIGNED:
        return True
    return False if outcome == Outcome.LOST else None


@dataclass(frozen=True, slots=True)
class FiredRow:
    """A deal that a watch fired on."""

    deal_id: int
    deal: str
    account: str
    outcome: Outcome
    on: date
    cleared_on: date | None
    is_helpful: bool | None


def fired_rows(session: Session, seen: Any, lesson_id: int) -> list[FiredRow]:
    """The deals that a lesson's watch fired on, newest first, as far as they are seen."""
    rows = session.execute(
        select(Opportunity.id, Opportunity.name, Account.name.label("account"),
               Opportunity.outcome, Firing.on, Firing.cleared_on, Firing.is_helpful)
        .join(Opportunity, Opportunity.id == Firing.opportunity_id)
        .join(Account, Account.id == Firing.account_id)
        .where(Firing.lesson_id == lesson_id, Firing.account_id.in_(seen))
        .order_by(Firing.on.desc(), Firing.id.desc())
        .limit(100)
    )  # fmt: skip
    return [FiredRow(row.id, row.name, row.account, Outcome(row.outcome), *row[4:]) for row in rows]


def find_firing(session: Session, lesson_id: int, deal_id: int) -> Firing | None:
    """What was kept of a watch on a deal."""
    return session.scalar(
        select(Firing).where(Firing.lesson_id == lesson_id, Firing.opportunity_id == deal_id)
    )
