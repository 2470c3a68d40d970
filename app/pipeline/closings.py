"""A month of closings: six weeks of days from a Monday, each with what it should bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Month:
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> Month:
        """The month before it."""
        return month_of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def month_of(day: date) -> Month:
    """The month of a day.

    >>> str(month_of(date(2026, 12, 31)).after), month_of(date(2026, 2, 9)).last.day
    ('2027-01', 28)
    """
    return Month(day.year, day.month)


def month_named(text: str | None) -> Month | None:
    """The month that an address names, such as 2026-11; None for anything else.

    >>> str(month_named("2026-03")), month_named("2026-13"), month_named("soon")
    ('2026-03', None, None)
    """
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month_of(found) if 1900 < found.year < 2200 else None


def weeks_of(month: Month) -> list[list[date]]:
    """The weeks that a month touches, each from its Monday.

    >>> [str(week[0]) for week in weeks_of(Month(2026, 2))]
    ['2026-01-26', '2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23']
    """
    monday = month.first - timedelta(days=month.first.weekday())
    count = ((month.last - monday).days // WEEK) + 1
    return [
        [monday + timedelta(days=WEEK * week + day) for day in range(WEEK)] for week in range(count)
    ]
