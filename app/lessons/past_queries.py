"""The company's past: its newest decided deals, each as it was known week by week.

What a deal looked like while it was open seldom changes once it is decided, and takes a while
to tell. So each worker remembers it for the day, deal by deal, and tells only those anew that
were decided since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.lessons.facts import Record, facts_on, looks
from app.lessons.record_queries import records_of
from app.lessons.trying import Past, Tried, tried
from app.lessons.watching import Watch
from app.pipeline.models import Opportunity
from app.pipeline.pattern_queries import DECIDED
from app.pipeline.rules import SIGNED

MOST_DEALS = 2_000
"""The newest so many decided deals are the company's past."""
AT_ONCE = 500
Known = tuple[int, int]
"""A decided deal and its version: told anew when it was changed."""


@dataclass(slots=True)
class Kept:
    """What a worker remembers for a day, the latest of all time zones."""

    on: date
    deals: dict[Known, Past] = field(default_factory=dict)
    tried: dict[Watch, Tried] = field(default_factory=dict)


KEPT: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()
"""By the pool of the database it came from."""


def company_past(session: Session, on: date) -> list[Past]:
    """The newest decided deals of the company, newest first, each by its own days."""
    return list(_kept(session, on).deals.values())


def tried_on_past(session: Session, watches: Iterable[Watch], on: date) -> list[Tried]:
    """What each watch would have said of the company's past, in their order."""
    kept = _kept(session, on)
    return [_tried(kept, watch) for watch in watches]


def _tried(kept: Kept, watch: Watch) -> Tried:
    if watch not in kept.tried:
        kept.tried[watch] = tried(watch, kept.deals.values())
    return kept.tried[watch]


def _kept(session: Session, on: date) -> Kept:
    """What this worker remembers, brought up to date."""
    pool = session.connection().engine.pool
    before = KEPT.get(pool)
    if before is None or before.on < on:
        before = KEPT[pool] = Kept(on)
    deals = _newest(session, on)
    if list(before.deals) == deals:
        return before
    told = before.deals | _told(session, [one for one in deals if one not in before.deals], on)
    KEPT[pool] = Kept(before.on, {one: told[one] for one in deals if one in told})
    return KEPT[pool]


def _told(session: Session, missing: list[Known], on: date) -> dict[Known, Past]:
    found: dict[Known, Past] = {}
    for at in range(0, len(missing), AT_ONCE):
        some = [deal_id for deal_id, _version in missing[at : at + AT_ONCE]]
        ids = select(Opportunity.id).where(Opportunity.id.in_(some))
        for row, record in records_of(session, ids, on):
            found[row.id, row.version] = _lived(row, record)
    return found


def _newest(session: Session, on: date) -> list[Known]:
    rows = session.execute(
        select(Opportunity.id, Opportunity.version)
        .where(
            Opportunity.outcome.in_(DECIDED),
            Opportunity.closed_on <= on,
            Opportunity.archived_at.is_(None),
        )
        .order_by(Opportunity.closed_on.desc(), Opportunity.id.desc())
        .limit(MOST_DEALS)
    )
    return [(row.id, row.version) for row in rows]


def _lived(row: Any, record: Record) -> Past:
    days = (day for day in looks(record) if day < row.closed_on)
    seen = ((day, facts_on(record, day)) for day in days)
    kept = tuple((day, facts) for day, facts in seen if facts is not None)
    return Past(row.id, row.account_id, row.outcome in SIGNED, row.closed_on, kept)
