"""Actions on a line of time, as coordinates of a drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.plans.action_rules import Lane, lane, months_on

TOP = 44
"""Pixels: the row of months above."""
LEAST = 6
"""A bar is at least so wide, to be seen; house convention."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on, in pixels: where bars may begin, how wide it is, a row's height; whether
    names stand above their bars; beyond so many months only every third is named."""

    names: int
    width: int
    row: int
    names_above: bool
    months: int


PAGE = Sheet(names=300, width=1080, row=30, names_above=False, months=15)
PHONE = Sheet(names=8, width=340, row=48, names_above=True, months=5)


@dataclass(frozen=True, slots=True)
class Task:
    """An action as the drawing needs it."""

    title: str
    owner: str
    starts_on: date | None
    due_on: date | None
    done_on: date | None
    begun_on: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it begins, how long it is, in which row, and what it stands for."""

    task: Task
    lane: Lane
    x: float
    width: float
    y: int


@dataclass(frozen=True, slots=True)
class Gantt:
    """Bars, the first days of months with their place, today's place, and the height."""

    sheet: Sheet
    bars: tuple[Bar, ...]
    months: tuple[tuple[date, float], ...]
    today: float | None
    height: int


def gantt(tasks: Sequence[Task], since: date, until: date, on: date, sheet: Sheet = PAGE) -> Gantt:
    """Tasks that have a day, between two days, each in a row of its own; by start, then due.

    One without a start is drawn as its due day; a bar that reaches outside is cut.
    """
    dated = sorted((task for task in tasks if _ends(task)), key=_order)
    whole = max((until - since).days, 1)

    def place(day: date) -> float:
        share = min(max((day - since).days / whole, 0.0), 1.0)
        return round(sheet.names + share * (sheet.width - sheet.names - 12), 1)

    bars = tuple(_bar(task, place, row, on, sheet) for row, task in enumerate(dated))
    today = place(on) if since <= on <= until else None
    months = tuple((day, place(day)) for day in _months(since, until, sheet.months))
    return Gantt(sheet, bars, months, today, TOP + sheet.row * len(bars) + 10)


def _ends(task: Task) -> date | None:
    return task.due_on or task.done_on


def _order(task: Task) -> tuple[date, date]:
    end = _ends(task)
    assert end
    return task.starts_on or end, end


def _bar(task: Task, place: Callable[[date], float], row: int, on: date, sheet: Sheet) -> Bar:
    start, end = _order(task)
    left, right = place(min(start, end)), place(max(start, end))
    state = lane(task.done_on, task.begun_on, task.due_on, on)
    width = max(round(right - left, 1), LEAST)
    return Bar(task, state, min(left, sheet.width - 12 - width), width, TOP + sheet.row * row)


def _months(since: date, until: date, most: int) -> list[date]:
    first = since.replace(day=1)
    days = [months_on(first, count) for count in range((until - since) // timedelta(days=28) + 1)]
    inside = [day for day in days if since <= day <= until]
    return inside if len(inside) <= most else [day for day in inside if day.month % 3 == 1]
