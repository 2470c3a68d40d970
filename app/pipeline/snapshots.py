"""When forecasts are locked: on the eve of each quarter, and every Sunday evening in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.pipeline.periods import Period, quarter_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A forecast of a period that should stand as of the end of a day."""

    period: Period
    on: date


def due(today: date) -> list[Due]:
    """The forecasts of the quarter at hand that should be locked by now, oldest first.

    The one of its eve, and the one of the last Sunday in it. A week that nobody was there for
    is not made up: what matters for the score is the quarter's beginning.

    >>> [str(one.on) for one in due(date(2026, 11, 18))]
    ['2026-09-30', '2026-11-15']
    >>> [str(one.on) for one in due(date(2026, 10, 2))]
    ['2026-09-30']
    """
    period = quarter_of(today)
    eve, sunday = period.start - DAY, sunday_by(today - DAY)
    days = [eve] if sunday <= eve else [eve, sunday]
    return [Due(period, on) for on in days]


def sunday_by(day: date) -> date:
    """The last Sunday until a day: a forecast of its evening was locked.

    >>> str(sunday_by(date(2026, 11, 15))), str(sunday_by(date(2026, 11, 18)))
    ('2026-11-15', '2026-11-15')
    """
    return day - timedelta(days=day.isoweekday() % 7)
