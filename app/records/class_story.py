"""How an account's size class would have read month by month, from its records [000]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.accounts.rules import SizeClass
from app.accounts.size_class import SalesFact, SizeTable, margin_of, monthly_wan, size_of
from app.records.rules import Period, Totals, class_period, month_after

MOST_MONTHS = 24
"""How far back the story goes: two years show a season twice."""
ROOM = Decimal("1.15")
"""Room above the highest point of the picture."""
NEAREST = 5.0
"""How near two floors may be drawn, in hundredths of the height."""

Months = Mapping[tuple[int, int], Totals]


@dataclass(frozen=True, slots=True)
class ClassPoint:
    """The class of the months up to ``on``; sales are a month's mean in 10,000 CNY."""

    on: date
    sales: Decimal
    margin: Decimal | None
    size_class: SizeClass | None


def story_period(on: date, months: int) -> Period:
    """The months that the story of a class, told from so many months each time, needs."""
    return Period(month_after(on, -months - MOST_MONTHS), on.replace(day=1))


def class_story(
    found: Months, on: date, months: int, rate: Decimal | None, bands: SizeTable | None
) -> list[ClassPoint]:
    """The class at the beginning of each month for two years, oldest first.

    Empty without a table or a rate; it begins with the first whole span that has a sale.
    """
    if bands is None or rate is None or not found:
        return []
    first = min(date(year, month, 1) for year, month in found)
    points = []
    for back in range(MOST_MONTHS, -1, -1):
        period = class_period(month_after(on, -back), months)
        if first <= period.since or back == 0:
            points.append(_point(found, period, months, rate, bands))
    return points


def _point(
    found: Months, period: Period, months: int, rate: Decimal, bands: SizeTable
) -> ClassPoint:
    days = (month_after(period.since, step) for step in range(months))
    whole = sum((found.get((day.year, day.month), Totals()) for day in days), Totals())
    fact: SalesFact = replace(whole.fact, months=months)
    return ClassPoint(
        period.until,
        monthly_wan(fact, rate),
        margin_of(fact),
        size_of(fact, rate, bands).size_class,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Where a class begins in the picture: ``height`` is 0-100 from the ground."""

    size_class: SizeClass
    height: float


@dataclass(frozen=True, slots=True)
class StoryPicture:
    """The points of a story as places in a square of 100 by 100, and the floors within it."""

    points: tuple[tuple[float, float, ClassPoint], ...]
    floors: tuple[Line, ...]


def story_picture(story: Sequence[ClassPoint], bands: SizeTable) -> StoryPicture | None:
    """The story drawn to scale; None with fewer than two points, or nothing sold."""
    tallest = max((point.sales for point in story), default=Decimal())
    if len(story) < 2 or tallest <= 0:
        return None
    above = min((band.floor for band in bands if band.floor > tallest), default=tallest)
    top = min(above, tallest * 2) * ROOM
    points = tuple(
        (round(place * 100 / (len(story) - 1), 1), _height(point.sales, top), point)
        for place, point in enumerate(story)
    )
    return StoryPicture(points, tuple(_lines(bands, top)))


def _lines(bands: SizeTable, top: Decimal) -> Iterator[Line]:
    """The floors within the picture, from above, but for those too near to the one before."""
    last = 100.0 + NEAREST
    for band in bands:
        height = _height(band.floor, top)
        if band.floor <= top and last - height >= NEAREST:
            last = height
            yield Line(band.size_class, height)


def _height(sales: Decimal, top: Decimal) -> float:
    return round(float(max(sales, Decimal()) / top * 100), 1)
