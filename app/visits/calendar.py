"""Days on a calendar: which ones a view shows, and which visits cannot both be made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Protocol

from app.visits.rules import USUAL_MINUTES, monday_of

AGENDA_DAYS = 28
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``; ``before`` and ``after`` lead to those beside them."""

    view: str
    day: date
    first: date
    last: date
    before: date
    after: date

    @property
    def days(self) -> list[date]:
        """Every day shown."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def weeks(self) -> list[list[date]]:
        """Every day shown, by weeks from Monday on."""
        days = self.days
        return [days[place : place + 7] for place in range(0, len(days), 7)]


def span_of(view: str, day: date) -> Span:
    """The days of a view round a day: its week, its month in whole weeks, or four weeks on.

    >>> span_of("month", date(2026, 11, 22)).first
    datetime.date(2026, 10, 26)
    """
    if view == "month":
        return _month(day)
    if view == "agenda":
        step = timedelta(days=AGENDA_DAYS)
        return Span(view, day, day, day + step - timedelta(days=1), day - step, day + step)
    monday, week = monday_of(day), timedelta(days=7)
    return Span(view, day, monday, monday + timedelta(days=6), monday - week, monday + week)


def opening_day(on: date, *, holds_more: bool) -> date:
    """Where a calendar opens: today, or next Monday on a weekend that ``holds_more`` nothing.

    >>> opening_day(date(2026, 11, 22), holds_more=False)
    datetime.date(2026, 11, 23)
    """
    is_over = on.weekday() > FRIDAY and not holds_more
    return monday_of(on) + timedelta(days=7) if is_over else on


def _month(day: date) -> Span:
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    last = monday_of(after - timedelta(days=1)) + timedelta(days=6)
    return Span("month", day, monday_of(first), last, before, after)


class Timed(Protocol):
    """A visit, as far as it takes somebody's time."""

    @property
    def id(self) -> int: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def minutes(self) -> int | None: ...


def conflicts(visits: Iterable[Timed]) -> dict[int, list[int]]:
    """By visit, the others that the same one of ours is to make at the same time.

    Visits without an hour are in nobody's way, nor are those that follow on at once.
    """
    found: dict[int, list[int]] = {}
    timed = [one for one in visits if one.starts_at is not None and one.user_id is not None]
    for one, other in combinations(timed, 2):
        if one.user_id == other.user_id and _overlap(one, other):
            found.setdefault(one.id, []).append(other.id)
            found.setdefault(other.id, []).append(one.id)
    return found


def _overlap(one: Timed, other: Timed) -> bool:
    assert one.starts_at
    assert other.starts_at
    return one.starts_at < _end(other) and other.starts_at < _end(one)


def _end(visit: Timed) -> datetime:
    assert visit.starts_at
    return visit.starts_at + timedelta(minutes=visit.minutes or USUAL_MINUTES)
