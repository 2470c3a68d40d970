"""Attendance 客户考勤: how regularly an account buys, by cycle, frequency, range, quantity and
amount [000]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median, quantiles

from app.vocabulary import N_, Reason, because

MONTHS_SHOWN = 24
FEWEST_INTERVALS = 4
"""Fewer intervals say nothing of a rhythm."""


@dataclass(frozen=True, slots=True)
class MonthFact:
    """A month: days bought on, different products, quantity and amount, returns taken off.

    ``returned`` is what came back, as a positive amount; ``month`` is its first day.
    """

    month: date
    days: int = 0
    products: int = 0
    quantity: Decimal = Decimal()
    amount: Decimal = Decimal()
    returned: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class Cycle:
    """Days between one buying day and the next: the middle one and where nine of ten end.

    None when there are fewer than four intervals.
    """

    median: float | None
    ninth: float | None
    since_last: int | None
    intervals: int

    @property
    def is_overdue(self) -> bool:
        """Whether the account has been away longer than nine times of ten before."""
        return self.ninth is not None and (self.since_last or 0) > self.ninth


def cycle(days: Sequence[date], on: date) -> Cycle:
    """The rhythm of an account's buying days, which are given in order.

    >>> cycle([date(2026, 1, day) for day in (1, 8, 15, 22, 29)], date(2026, 2, 2)).median
    7.0
    """
    intervals = [(later - day).days for day, later in pairwise(days)]
    since = (on - days[-1]).days if days else None
    if len(intervals) < FEWEST_INTERVALS:
        return Cycle(None, None, since, len(intervals))
    ninth = quantiles(intervals, n=10, method="inclusive")[-1]
    return Cycle(median(intervals), ninth, since, len(intervals))


def months_until(on: date, count: int = MONTHS_SHOWN) -> list[date]:
    """The first days of the months up to the one of ``on``, oldest first.

    >>> months_until(date(2026, 1, 9), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    last = on.year * 12 + on.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(last - count + 1, last + 1)]


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the five, now and a year before: a mean of whole months; None when unknown."""

    now: float | None
    before: float | None

    @property
    def change(self) -> float | None:
        """The change as a share of what was before."""
        if self.now is None or not self.before:
            return None
        return (self.now - self.before) / self.before


@dataclass(frozen=True, slots=True)
class Attendance:
    """The five measures, month by month and as means; and what stands out."""

    months: tuple[MonthFact, ...]
    cycle: Cycle
    frequency: Measure
    range: Measure
    quantity: Measure
    amount: Measure
    notes: tuple[Reason, ...]


def attendance(months: Sequence[MonthFact], days: Sequence[date], on: date) -> Attendance:
    """How an account attends: the last twelve whole months beside the twelve before them.

    ``months`` are those with sales; the running month is shown and left out of the means.
    """
    by_month = {one.month: one for one in months}
    shown = [by_month.get(month, MonthFact(month)) for month in months_until(on, MONTHS_SHOWN + 1)]
    before, now = shown[:12], shown[12:24]
    rhythm = cycle(days, on)
    return Attendance(
        tuple(shown),
        rhythm,
        _measure(now, before, "days"),
        _measure(now, before, "products"),
        _measure(now, before, "quantity"),
        _measure(now, before, "amount"),
        tuple(_notes(now, rhythm)),
    )


def _measure(now: Sequence[MonthFact], before: Sequence[MonthFact], name: str) -> Measure:
    return Measure(_mean(now, name), _mean(before, name))


def _mean(months: Sequence[MonthFact], name: str) -> float | None:
    if not any(one.days for one in months):
        return None
    return sum(float(getattr(one, name)) for one in months) / len(months)


def _notes(now: Sequence[MonthFact], rhythm: Cycle) -> list[Reason]:
    found = []
    absent = sum(not one.days for one in now)
    if absent:
        found.append(because(N_("Nothing was bought in %(count)s of twelve months."), count=absent))
    if rhythm.ninth is None:
        words = N_("Too few buying days to tell a rhythm: %(count)s intervals, four are needed.")
        found.append(because(words, count=rhythm.intervals))
    elif rhythm.is_overdue:
        words = N_(
            "%(days)s days since the last order: nine times of ten it came within %(usual)s."
        )
        found.append(because(words, days=rhythm.since_last, usual=round(rhythm.ninth)))
    return found


@dataclass(frozen=True, slots=True)
class Mark:
    """A month in the picture: four heights, 0-100 of the tallest; below zero has none."""

    month: date
    days: float
    products: float
    quantity: float
    amount: float


def marks(months: Sequence[MonthFact]) -> list[Mark]:
    """The picture's bars; empty when nothing was bought."""
    tallest = {name: max((float(getattr(one, name)) for one in months), default=0.0)
               for name in ("days", "products", "quantity", "amount")}  # fmt: skip
    if not tallest["days"]:
        return []
    return [Mark(one.month, *(_height(one, name, top) for name, top in tallest.items()))
            for one in months]  # fmt: skip


def _height(one: MonthFact, name: str, top: float) -> float:
    return round(max(float(getattr(one, name)), 0.0) / top * 100, 1) if top > 0 else 0.0
