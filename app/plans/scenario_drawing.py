"""A scenario as a drawing: the period's sales added up, the year before, and the range ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from app.plans.scenarios import YEAR, Scenario, Sold, before, months_between

WIDTH, HEIGHT, MARGIN = 640, 220, 8


@dataclass(frozen=True, slots=True)
class ScenarioDrawing:
    """Points for a box of WIDTH × HEIGHT; ``top`` is the amount at its upper edge."""

    sold: str
    last_year: str
    likely: str
    band: str
    today: float
    top: float


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the table below: what was sold, a year before, and the sums ahead."""

    month: date
    sold: float | None
    last_year: float
    low: float | None
    likely: float | None
    high: float | None


def month_rows(found: Scenario, sold: Sold, start: date, end: date, on: date) -> list[MonthRow]:
    """Every month of the period; what is to come as sums from the period's start."""
    ahead = {one.month: one.until_then for one in found.ahead}
    rows = []
    for month in months_between(start, end):
        range_ = ahead.get(month)
        rows.append(
            MonthRow(
                date(*month, 1),
                sold.get(month, 0.0) if month <= (on.year, on.month) else None,
                sold.get(before(month, YEAR), 0.0),
                range_.low if range_ else None,
                range_.likely if range_ else None,
                range_.high if range_ else None,
            )
        )
    return rows


def draw(found: Scenario, sold: Sold, start: date, end: date, on: date) -> ScenarioDrawing:
    """The lines of what was sold, of the year before, and the band between low and high."""
    months = months_between(start, end)
    past = [month for month in months if month < (on.year, on.month)]
    own = [0.0, *accumulate(sold.get(month, 0.0) for month in past)]
    earlier = [0.0, *accumulate(sold.get(before(month, YEAR), 0.0) for month in months)]
    ranges = [one.until_then for one in found.ahead]
    top = max([*own, *earlier, *(one.high for one in ranges), 1.0])
    at = _scale(len(months), top)
    first = (len(past), own[-1])
    places = [len(past) + 1 + step for step in range(len(ranges))]
    likely = [first, *zip(places, (one.likely for one in ranges), strict=True)]
    upper = [first, *zip(places, (one.high for one in ranges), strict=True)]
    lower = list(reversed([*zip(places, (one.low for one in ranges), strict=True)]))
    return ScenarioDrawing(
        sold=at(list(enumerate(own))),
        last_year=at(list(enumerate(earlier))),
        likely=at(likely),
        band=at([*upper, *lower]),
        today=round(WIDTH * len(past) / len(months), 1),
        top=top,
    )


def _scale(months: int, top: float) -> Callable[[Sequence[tuple[int, float]]], str]:
    def at(points: Sequence[tuple[int, float]]) -> str:
        return " ".join(
            f"{round(x / months * WIDTH, 1)},"
            f"{round(HEIGHT - MARGIN - y / top * (HEIGHT - 2 * MARGIN), 1)}"
            for x, y in points
        )

    return at
