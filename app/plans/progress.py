"""How far a goal is against the line that leads to its target; product definitions, Goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.plans.rules import Standing
from app.vocabulary import N_, Reason, because

TOLERANCE = Decimal("0.1")
"""Of the way, to either side, that still counts as on track (product definition)."""

Point = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Way:
    """From where to where, from when to when, and the milestones between."""

    baseline: Decimal
    target: Decimal
    starts_on: date
    due_on: date
    milestones: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A goal's standing with what it was told from; shares are of the way, 1 is the target."""

    standing: Standing
    reasons: tuple[Reason, ...]
    value: Decimal | None = None
    expected: Decimal | None = None
    share_done: float | None = None
    share_due: float | None = None


def way_of(
    baseline: Decimal | None,
    target: Decimal | None,
    starts_on: date | None,
    due_on: date | None,
    milestones: tuple[Point, ...] = (),
) -> Way | None:
    """A way, when both its ends are known and in order; else None: no line can be drawn."""
    if baseline is None or target is None or starts_on is None or due_on is None:
        return None
    return Way(baseline, target, starts_on, due_on, milestones) if starts_on < due_on else None


def line(way: Way) -> list[Point]:
    """The points of the line to the target: the start, the milestones between, the due day."""
    between = [point for point in sorted(way.milestones) if way.starts_on < point[0] < way.due_on]
    return [(way.starts_on, way.baseline), *between, (way.due_on, way.target)]


def expected_value(way: Way, on: date) -> Decimal:
    """What the line asks for on a day: the baseline before the start, the target after due.

    >>> way = Way(Decimal(100), Decimal(200), date(2026, 1, 1), date(2026, 1, 11))
    >>> expected_value(way, date(2026, 1, 6))
    Decimal('150')
    """
    points = line(way)
    if on <= way.starts_on:
        return way.baseline
    for (since, low), (until, high) in pairwise(points):
        if on <= until:
            return low + (high - low) * (on - since).days / (until - since).days
    return way.target


def progress(way: Way | None, value: Decimal | None, on: date) -> Progress:
    """The standing of a goal that has reached ``value`` by the day ``on``.

    Behind and ahead begin beyond a tenth of the way; after the due day a goal is done or
    missed. With a target equal to the baseline, a tenth of the target stands for the way.

    >>> way = Way(Decimal(100), Decimal(200), date(2026, 1, 1), date(2026, 1, 11))
    >>> progress(way, Decimal(139), date(2026, 1, 6)).standing
    <Standing.BEHIND: 'behind'>
    """
    if way is None:
        reason = N_("Without baseline, target, start and due day there is no line.")
        return Progress(Standing.UNKNOWN, (because(reason),), value)
    if value is None:
        return Progress(Standing.UNKNOWN, (because(N_("There is no reading yet.")),))
    expected = expected_value(way, on)
    reasons = (
        because(N_("It stands at %(value)s."), value=value),
        because(N_("The line asks for %(expected)s by now."), expected=round(expected, 2)),
    )
    standing = _standing(way, value, expected, on)
    shares = _share(way, value), _share(way, expected)
    return Progress(standing, reasons, value, expected, *shares)


def _share(way: Way, value: Decimal) -> float | None:
    """The share of the way that a value stands for; None when there is no way to go."""
    whole = way.target - way.baseline
    return float((value - way.baseline) / whole) if whole else None


def _standing(way: Way, value: Decimal, expected: Decimal, on: date) -> Standing:
    sign = -1 if way.target < way.baseline else 1
    if on > way.due_on:
        return Standing.DONE if (value - way.target) * sign >= 0 else Standing.MISSED
    leeway = abs(way.target - way.baseline or way.target) * TOLERANCE
    lead = (value - expected) * sign
    if lead < -leeway:
        return Standing.BEHIND
    return Standing.AHEAD if lead > leeway else Standing.ON_TRACK
