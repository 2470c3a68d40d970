"""Sales of an account over time: years, months, and the period that classes are told from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.accounts.size_class import MONTHS, SalesFact, margin_of


@dataclass(frozen=True, slots=True)
class Period:
    """From a day on, until a day (exclusive)."""

    since: date
    until: date

    @property
    def last(self) -> date:
        """The last day in it."""
        return date.fromordinal(self.until.toordinal() - 1)

    @property
    def months(self) -> int:
        """How many months it spans, for periods of whole months."""
        return _ordinal(self.until) - _ordinal(self.since)


def _ordinal(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_after(day: date, months: int) -> date:
    """The first of a month so many after that of a day, or before it.

    >>> month_after(date(2026, 1, 31), -1)
    datetime.date(2025, 12, 1)
    """
    ordinal = _ordinal(day) + months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def class_period(on: date, months: int = MONTHS) -> Period:
    """The last whole months before the one of ``on``: the running month would pull the mean down.

    >>> class_period(date(2026, 3, 2), 12)
    Period(since=datetime.date(2025, 3, 1), until=datetime.date(2026, 3, 1))
    """
    return Period(month_after(on, -months), on.replace(day=1))


def year_to(year: int, on: date) -> Period:
    """A calendar year, as far as it has come by ``on``; the whole of it once past.

    >>> year_to(2026, date(2026, 3, 2)).until, year_to(2025, date(2026, 3, 2)).until
    (datetime.date(2026, 3, 3), datetime.date(2026, 1, 1))
    """
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    if on >= end:
        return Period(start, end)
    return Period(start, max(start, date.fromordinal(on.toordinal() + 1)))


def year_before(period: Period) -> Period:
    """The same days a year before; what ends on 29 February ends on the 28th there.

    >>> year_before(Period(date(2028, 1, 1), date(2028, 2, 29))).until
    datetime.date(2027, 2, 28)
    """
    return Period(_a_year_before(period.since), _a_year_before(period.until))


def _a_year_before(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - 1, day.month, last)


def growth(now: Decimal, before: Decimal) -> Decimal | None:
    """Change as a share of what was before; None when that was nothing, or less.

    >>> growth(Decimal(120), Decimal(100)), growth(Decimal(5), Decimal(0))
    (Decimal('0.2'), None)
    """
    return (now - before) / before if before > 0 else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of sales lines; ``costed`` is the part of ``amount`` whose cost is known."""

    amount: Decimal = Decimal()
    costed: Decimal = Decimal()
    cost: Decimal = Decimal()
    lines: int = 0

    @property
    def margin(self) -> Decimal | None:
        """Gross margin, 0-1, of the sales whose cost is known; None when there are none."""
        return margin_of(self.fact)

    @property
    def fact(self) -> SalesFact:
        """The same, as the size class is told from it."""
        return SalesFact(self.amount, self.costed, self.cost, self.lines)

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.amount + other.amount,
            self.costed + other.costed,
            self.cost + other.cost,
            self.lines + other.lines,
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """A month of a chart: its height and that of a year before, 0-100 of the tallest.

    What is below zero has no height; the table beside the chart tells it.
    """

    month: date
    height: float
    height_before: float


def bars(year: int, now: dict[int, Totals], before: dict[int, Totals]) -> list[Bar]:
    """The twelve months of a year beside those of the year before; empty without a sale."""
    tallest = max((one.amount for one in (*now.values(), *before.values())), default=Decimal())
    if tallest <= 0:
        return []
    return [
        Bar(
            date(year, month, 1),
            _height(now.get(month), tallest),
            _height(before.get(month), tallest),
        )
        for month in range(1, 13)
    ]


def _height(totals: Totals | None, tallest: Decimal) -> float:
    return round(float(max(totals.amount, Decimal()) / tallest * 100), 1) if totals else 0.0
