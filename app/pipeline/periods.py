"""Months, quarters and years that forecasts are made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both in it."""

    start: date
    end: date


def quarter_of(on: date) -> Period:
    """The quarter a day is in.

    >>> quarter_of(date(2026, 11, 22))
    Period(start=datetime.date(2026, 10, 1), end=datetime.date(2026, 12, 31))
    """
    first = 3 * ((on.month - 1) // 3) + 1
    return Period(date(on.year, first, 1), _last_day(on.year, first + 2))


def _last_day(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def month_of(on: date) -> Period:
    """The month a day is in.

    >>> month_of(date(2028, 2, 29)).end
    datetime.date(2028, 2, 29)
    """
    return Period(on.replace(day=1), _last_day(on.year, on.month))


def year_of(on: date) -> Period:
    """The calendar year a day is in."""
    return Period(date(on.year, 1, 1), date(on.year, 12, 31))


def after(period: Period, kind: Callable[[date], Period]) -> Period:
    """The month, quarter or year that follows one.

    >>> after(quarter_of(date(2026, 11, 22)), quarter_of).start
    datetime.date(2027, 1, 1)
    """
    return kind(date.fromordinal(period.end.toordinal() + 1))


def quarters_before(on: date, count: int) -> list[Period]:
    """The ``count`` whole quarters before the one a day is in, oldest first.

    >>> [one.start.isoformat() for one in quarters_before(date(2026, 2, 1), 2)]
    ['2025-07-01', '2025-10-01']
    """
    found: list[Period] = []
    start = quarter_of(on).start
    for _each in range(count):
        found.insert(0, quarter_of(date.fromordinal(start.toordinal() - 1)))
        start = found[0].start
    return found


def quarters_between(start: date, end: date) -> list[Period]:
    """The whole quarters from a day to a day, oldest first.

    >>> [one.start.isoformat() for one in quarters_between(date(2026, 1, 1), date(2026, 7, 15))]
    ['2026-01-01', '2026-04-01']
    """
    return periods_between(start, end, quarter_of)


def periods_between(start: date, end: date, kind: Callable[[date], Period]) -> list[Period]:
    """The whole months, quarters or years from a day to a day, oldest first."""
    found: list[Period] = []
    one = kind(start)
    while one.end <= end:
        if one.start >= start:
            found.append(one)
        one = after(one, kind)
    return found
