"""A review as a meeting: which deals are talked about, in which order, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from app.pipeline.agenda import Topic
from app.vocabulary import Reason

MOST_DEALS = 100
"""More than a hundred deals are no meeting; the largest of each topic come first anyway."""
LONGEST = timedelta(days=366)
USUAL = timedelta(days=7)


class Named(Protocol):
    """A deal as an agenda names it under one topic."""

    @property
    def id(self) -> int: ...
    @property
    def why(self) -> Reason: ...


class Listed(Protocol):
    """A topic with the deals it names."""

    @property
    def topic(self) -> Topic: ...
    @property
    def items(self) -> Iterable[Named]: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A deal to talk about, once, with every reason for it."""

    deal: Named
    topics: tuple[tuple[Topic, Reason], ...]


def entries(points: Iterable[Listed]) -> list[Entry]:
    """The deals in the order of the meeting: by their first topic, each with all its topics."""
    deals: dict[int, Named] = {}
    topics: dict[int, list[tuple[Topic, Reason]]] = {}
    for point in points:
        for item in point.items:
            deals.setdefault(item.id, item)
            topics.setdefault(item.id, []).append((point.topic, item.why))
    listed = [Entry(deal, tuple(topics[deal_id])) for deal_id, deal in deals.items()]
    return listed[:MOST_DEALS]


def since_day(wanted: date | None, last: date | None, on: date) -> date:
    """The day a review looks back to: as asked if within a year, else the last review's,
    else a week ago.

    >>> since_day(None, date(2026, 6, 1), date(2026, 6, 8))
    datetime.date(2026, 6, 1)
    >>> since_day(date(2030, 1, 1), None, date(2026, 6, 8))
    datetime.date(2026, 6, 1)
    """
    for day in (wanted, last):
        if day is not None and on - LONGEST <= day < on:
            return day
    return on - USUAL


class Task(Protocol):
    """Something that somebody took on."""

    @property
    def due(self) -> date | None: ...
    @property
    def done_on(self) -> date | None: ...


def is_late(task: Task, on: date) -> bool:
    """Whether something was to be done before today and is not."""
    return task.done_on is None and task.due is not None and task.due < on
