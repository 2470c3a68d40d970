"""Lessons as a deal's page shows them: those that speak up, its own, those of deals like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, within
from app.lessons import watch_queries
from app.lessons.likeness import Likeness, likest
from app.lessons.past_queries import company_past
from app.lessons.queries import LessonRow, LessonWish, lesson_rows, lessons_among
from app.lessons.record_queries import deal_facts
from app.lessons.watch_queries import Spoken
from app.paging import Place
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome


@dataclass(frozen=True, slots=True)
class Speaking:
    """A lesson that speaks up; ``may_look`` whether the deal it came from may be seen."""

    spoken: Spoken
    may_look: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """A decided deal like the one at hand, with its lessons."""

    likeness: Likeness
    deal: str
    account: str
    outcome: Outcome
    lessons: list[LessonRow]


def speaking(session: Session, deal: Opportunity, seen: Seen, on: date) -> list[Speaking]:
    """The lessons whose watches fire on a deal as it stands."""
    if deal.outcome != Outcome.OPEN:
        return []
    found = watch_queries.speaking(session, deal.id, on)
    accounts = {one.watching.account_id for one in found}
    known = _seen_among(session, seen, accounts) if accounts else frozenset()
    return [Speaking(one, one.watching.account_id in known) for one in found]


def about(session: Session, deal: Opportunity, seen: Seen, on: date) -> dict[str, Any]:
    """What the part of a deal's page on lessons shows."""
    own = lesson_rows(session, seen, LessonWish(opportunity_id=deal.id), Place())
    return {
        "speaking": speaking(session, deal, seen, on),
        "own": own.rows,
        "alike": _alike(session, deal, seen, on),
    }


def _seen_among(session: Session, seen: Seen, accounts: set[int]) -> frozenset[int]:
    rows = session.scalars(
        select(Account.id).where(Account.id.in_(accounts), within(Account.id, seen))
    )
    return frozenset(rows)


def _alike(session: Session, deal: Opportunity, seen: Seen, on: date) -> list[Alike]:
    """The decided deals most like one, among those of accounts seen."""
    facts = deal_facts(session, deal.id, deal.closed_on, on)
    if facts is None:
        return []
    past = company_past(session, on)
    known = frozenset(session.scalars(select(Account.id).where(within(Account.id, seen))))
    others = (one for one in past if one.account_id in known and one.deal_id != deal.id)
    near = likest(facts, others)
    names = _names(session, [one.deal_id for one in near])
    lessons = lessons_among(session, seen, [one.deal_id for one in near])
    return [
        Alike(one, *names[one.deal_id], [row for row in lessons if row.deal_id == one.deal_id])
        for one in near
    ]


def _names(session: Session, deals: list[int]) -> dict[int, tuple[str, str, Outcome]]:
    rows = session.execute(
        select(Opportunity.id, Opportunity.name, Account.name, Opportunity.outcome)
        .join(Account, Account.id == Opportunity.account_id)
        .where(Opportunity.id.in_(deals))
    )
    return {row[0]: (row[1], row[2], Outcome(row[3])) for row in rows}
