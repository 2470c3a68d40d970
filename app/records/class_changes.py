"""How the classes of a portfolio changed over time, from the readings that were kept [000]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.rules import SizeClass
from app.records.rules import month_after

QUARTERS = 8
CLASSES = tuple(SizeClass)


@dataclass(frozen=True, slots=True)
class Read:
    """A class that was kept for an account on a day."""

    account_id: int
    name: str
    on: date
    size_class: SizeClass


@dataclass(frozen=True, slots=True)
class Step:
    """A change of an account's class; ``up`` is positive for so many classes risen."""

    account_id: int
    name: str
    on: date
    before: SizeClass
    after: SizeClass

    @property
    def up(self) -> int:
        """How many classes it rose, negative for a fall."""
        return CLASSES.index(self.before) - CLASSES.index(self.after)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many accounts are in each class on a day."""

    on: date
    counts: tuple[tuple[SizeClass, int], ...]

    @property
    def whole(self) -> int:
        """How many have a class at all."""
        return sum(count for _size_class, count in self.counts)


def quarter_days(on: date, count: int = QUARTERS) -> list[date]:
    """The beginnings of the last quarters, oldest first, and the day itself.

    >>> quarter_days(date(2026, 3, 20), 2)
    [datetime.date(2025, 10, 1), datetime.date(2026, 1, 1), datetime.date(2026, 3, 20)]
    """
    start = month_after(on, -((on.month - 1) % 3))
    days = [month_after(start, -3 * back) for back in range(count - 1, -1, -1)]
    return [*days, on]


def standings(reads: Sequence[Read], days: Sequence[date]) -> list[Standing]:
    """Each day's counts by the last class kept for every account by then.

    It begins with the first day on which any account had a class, else with the last day.
    """
    found = [_standing(reads, day) for day in days]
    return [one for one in found if one.whole] or found[-1:]


def _standing(reads: Sequence[Read], day: date) -> Standing:
    last = {one.account_id: one.size_class for one in reads if one.on <= day}
    counts = Counter(last.values())
    return Standing(day, tuple((one, counts[one]) for one in CLASSES))


def steps(reads: Iterable[Read], since: date) -> list[Step]:
    """The changes since a day, newest first; ``reads`` come in the order of their days."""
    found, last = [], dict[int, SizeClass]()
    for one in reads:
        before = last.get(one.account_id)
        if before is not None and before is not one.size_class and one.on >= since:
            found.append(Step(one.account_id, one.name, one.on, before, one.size_class))
        last[one.account_id] = one.size_class
    return sorted(found, key=lambda step: (step.on, step.up, step.name), reverse=True)
