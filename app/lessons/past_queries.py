"""The company's past: its newest decided deals, each as it was known week by week.

What a deal looked like while it was open seldom changes once it is decided, and takes a while
to tell. So each worker remembers it for the day, deal by deal, and tells only those anew that
were decided since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.lessons.facts import Record, facts_on, looks
from app.lessons.record_queries import records_of
from app.lessons.trying import Past
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
    """What a worker remembers of a day."""

    on: date
    deals: dict[Known, Past] = field(default_factory=dict)


KEPT: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()
"""By the pool of the database it came from."""


def company_past(session: Session, on: date) -> list[Past]:
    """The newest decided deals of the company, newest first, each by its own days."""
    pool = session.connection().engine.pool
    kept = KEPT.get(pool)
    if kept is None or kept.on != on:
        kept = KEPT[pool] = Kept(on)
    deals = _newest(session, on)
    missing = [one for one in deals if one not in kept.deals]
    for some in _batches(missing):
        ids = select(Opportunity.id).where(Opportunity.id.in_([one[0] for one in some]))
        for row, record in records_of(session, ids, on):
            kept.deals[row.id, row.version] = _lived(row, record)
    kept.deals = {one: kept.deals[one] for one in deals if one in kept.deals}
    return list(kept.deals.values())


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


def _batches(deals: list[Known]) -> list[list[Known]]:
    return [deals[at : at + AT_ONCE] for at in range(0, len(deals), AT_ONCE)]


def _lived(row: Any, record: Record) -> Past:
    days = (day for day in looks(record) if day < row.closed_on)
    seen = ((day, facts_on(record, day)) for day in days)
    kept = tuple((day, facts) for day, facts in seen if facts is not None)
    return Past(row.id, row.account_id, row.outcome in SIGNED, row.closed_on, kept)
