"""The size classes of days gone by, told from the records of then as they are told today [000]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, SizeClassReading
from app.accounts.rules import SizeClass
from app.records.changes import Measured, Yardstick, measured_on
from app.records.class_changes import CLASSES, Standing
from app.records.rules import month_after


def monthly_days(on: date, count: int) -> list[date]:
    """The first days of so many months, the last one that of the day's own month.

    >>> monthly_days(date(2011, 12, 9), 2)
    [datetime.date(2011, 11, 1), datetime.date(2011, 12, 1)]
    """
    return [month_after(on, -back) for back in range(count - 1, -1, -1)]


@dataclass(frozen=True, slots=True)
class PastClasses:
    """A day's classes: how many accounts in each, and how many bought but have none."""

    standing: Standing
    unknown: int


def classes_on(session: Session, rod: Yardstick, on: date) -> PastClasses:
    """How many accounts were in each class on a day, by what they had bought by then."""
    found = Counter(one.sized.size_class for _account, one in measured_on(session, rod, on))
    counts = tuple((one, found[one]) for one in CLASSES)
    return PastClasses(Standing(on, counts), found[None])


def fill_history(session: Session, rod: Yardstick, days: Sequence[date]) -> int:
    """Keep the classes of past days, wherever they changed, of accounts that had none kept by then.

    What was kept on its day stays. Gives how many were kept; the caller commits.
    """
    first = _first_kept(session)
    last: dict[int, SizeClass] = {}
    count = 0
    for on in sorted(days):
        rows = list(_changed(measured_on(session, rod, on), on, first, last))
        if rows:
            session.execute(insert(SizeClassReading), rows)
            count += len(rows)
    _set_classes(session, {one: found for one, found in last.items() if one not in first})
    return count


def _first_kept(session: Session) -> dict[int, date]:
    reading = SizeClassReading
    query = select(reading.account_id, func.min(reading.on)).group_by(reading.account_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _changed(
    found: Iterator[tuple[Account, Measured]],
    on: date,
    first: dict[int, date],
    last: dict[int, SizeClass],
) -> Iterator[dict[str, Any]]:
    for account, measured in found:
        size = measured.sized.size_class
        if size is None or size is last.get(account.id) or on >= first.get(account.id, date.max):
            continue
        last[account.id] = size
        yield {
            "account_id": account.id,
            "on": on,
            "since": measured.period.since,
            "monthly_sales": measured.monthly_sales,
            "margin": measured.margin,
            "size_class": size,
        }


def _set_classes(session: Session, classes: dict[int, SizeClass]) -> None:
    """An account whose class was never kept is of the last one found."""
    for account in session.scalars(select(Account).where(Account.id.in_(classes))):
        account.size_class = classes[account.id]
