"""Sales plans by month and product, set against what was sold [000]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A month: planned and sold, and both added up since the year began.

    ``is_over`` says that the month has passed; one still running is judged by the days gone.
    """

    month: date
    planned: Decimal
    sold: Decimal
    planned_so_far: Decimal
    sold_so_far: Decimal
    is_over: bool

    @property
    def share(self) -> Decimal | None:
        """Sold as a share of planned; None without a plan."""
        return self.sold / self.planned if self.planned > 0 else None


def months_of_plan(
    year: int, planned: Mapping[int, Decimal], sold: Mapping[int, Decimal], on: date
) -> list[MonthPlan]:
    """The twelve months of a year, by month number.

    >>> months_of_plan(2026, {1: Decimal(10)}, {1: Decimal(8)}, date(2026, 2, 1))[0].share
    Decimal('0.8')
    """
    months = range(1, 13)
    plans = [planned.get(month, Decimal()) for month in months]
    sales = [sold.get(month, Decimal()) for month in months]
    so_far = zip(accumulate(plans), accumulate(sales), strict=True)
    return [
        MonthPlan(date(year, month, 1), plan, sale, *sums, (year, month) < (on.year, on.month))
        for month, plan, sale, sums in zip(months, plans, sales, so_far, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """A year so far: what was planned until today by the day, and what was sold."""

    planned_year: Decimal
    due: Decimal
    sold: Decimal

    @property
    def share(self) -> Decimal | None:
        """Sold as a share of what was due by today; None when nothing was."""
        return self.sold / self.due if self.due > 0 else None


def progress(months: Sequence[MonthPlan], on: date) -> Progress:
    """How far a year is on a day: whole months, and of the running one the days gone by.

    >>> plan = months_of_plan(2026, {1: Decimal(31), 2: Decimal(28)}, {}, date(2026, 2, 14))
    >>> progress(plan, date(2026, 2, 14)).due
    Decimal('45')
    """
    due = Decimal()
    for one in months:
        if one.is_over:
            due += one.planned
        elif (one.month.year, one.month.month) == (on.year, on.month):
            due += one.planned * on.day / days_in(one.month)
    whole = sum((one.planned for one in months), Decimal())
    return Progress(whole, due, sum((one.sold for one in months), Decimal()))


def days_in(month: date) -> int:
    """How many days a month has.

    >>> days_in(date(2028, 2, 1))
    29
    """
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (following - month).days


@dataclass(frozen=True, slots=True)
class PlanBar:
    """A month in the picture: what was sold and what was planned, 0-100 of the tallest.

    Only a month that is over can be short of its plan.
    """

    month: date
    sold: float
    planned: float
    is_short: bool


def plan_bars(months: Sequence[MonthPlan]) -> list[PlanBar]:
    """The picture's bars; empty when nothing was planned or sold."""
    tallest = max((max(one.planned, one.sold) for one in months), default=Decimal())
    if tallest <= 0:
        return []
    return [_bar(one, tallest) for one in months]


def _bar(one: MonthPlan, tallest: Decimal) -> PlanBar:
    is_short = one.is_over and one.sold < one.planned
    return PlanBar(one.month, _height(one.sold, tallest), _height(one.planned, tallest), is_short)


def _height(amount: Decimal, tallest: Decimal) -> float:
    return round(float(max(amount, Decimal()) / tallest * 100), 1)
