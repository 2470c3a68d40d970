"""A goal's line to its target and the values read, as points of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.plans.progress import Point, Way, line

WIDTH, HEIGHT, MARGIN = 640, 180, 8


@dataclass(frozen=True, slots=True)
class GoalLine:
    """Points for polylines in a box of WIDTH × HEIGHT; ``low`` and ``high`` are its edges."""

    asked: str
    reached: str
    dots: tuple[tuple[float, float], ...]
    today: float | None
    low: Decimal
    high: Decimal


def goal_line(way: Way, values: Sequence[Point], on: date) -> GoalLine:
    """The line asked for and the line reached, drawn to the same scale.

    Values read before the start or after the due day are left out of the drawing.
    """
    asked = line(way)
    inside = [point for point in values if way.starts_on <= point[0] <= way.due_on]
    amounts = [value for _on, value in (*asked, *inside)]
    low, high = min(amounts), max(amounts)
    whole = (way.due_on - way.starts_on).days

    def place(point: Point) -> tuple[float, float]:
        across = (point[0] - way.starts_on).days / whole
        up = float((point[1] - low) / (high - low)) if high > low else 0.5
        return round(across * WIDTH, 1), round(HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN), 1)

    today = place((on, low))[0] if way.starts_on <= on <= way.due_on else None
    dots = tuple(place(point) for point in inside)
    return GoalLine(_points(place(one) for one in asked), _points(dots), dots, today, low, high)


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def days_between(starts_on: date, until: date, most: int = 9) -> list[date]:
    """At most ``most`` days spread evenly from a start to a day, both included.

    >>> days_between(date(2026, 1, 1), date(2026, 1, 3), most=2)
    [datetime.date(2026, 1, 1), datetime.date(2026, 1, 3)]
    """
    whole = (until - starts_on).days
    if whole <= 0:
        return [starts_on]
    steps = min(most - 1, whole)
    return [starts_on + timedelta(days=whole * step // steps) for step in range(steps + 1)]
