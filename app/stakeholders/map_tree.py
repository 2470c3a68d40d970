"""Reporting trees laid out side by side: a manager centred above the reports.

Reports who have none of their own stand together in a block, stacked as high as it takes
to keep the whole near the shape of a screen. Nothing recurses: a chain may be long.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from app.stakeholders.layers import PowerMap

ASPECT = 1.5
"""Columns for each row of a drawing: a card is wide already, and so is a screen."""
ROWS_AT_MOST = 8
GAP = 0.5
"""Between two trees, and between a block of leaves and the branches beside it."""


def tree_positions(drawn: PowerMap) -> dict[int, tuple[float, float]]:
    """Places for everyone with a reporting line, in grid units; others are left out.

    Someone with two managers hangs below the first. In a loop the lowest id is taken
    for the top, so that everybody is placed.
    """
    children, tops = _forest(drawn)
    shape = _fitting(children, tops)
    placed: dict[int, tuple[float, float]] = {}
    left = 0.0
    for top in tops:
        placed.update(_places(top, left, shape, children))
        left += shape.widths[top] + GAP
    return placed


def _forest(drawn: PowerMap) -> tuple[dict[int, list[int]], list[int]]:
    """Each person's children in the drawing, and the tops, most reports first."""
    members = sorted({*drawn.reports, *drawn.managers})
    tops = [one for one in members if one not in drawn.managers]
    children: dict[int, list[int]] = {}
    seen: set[int] = set()
    for top in [*tops, *members]:
        if top not in seen:
            _hang(top, drawn, children, seen)
            if top in drawn.managers:
                tops.append(top)
    return children, tops


def _hang(top: int, drawn: PowerMap, children: dict[int, list[int]], seen: set[int]) -> None:
    seen.add(top)
    waiting = [top]
    while waiting:
        manager = waiting.pop()
        mine = [one for one in drawn.reports.get(manager, ()) if one not in seen]
        seen.update(mine)
        mine.sort(key=lambda one: (drawn.people[one].department, one))
        children[manager] = mine
        waiting.extend(mine)


def _split(person_id: int, children: dict[int, list[int]]) -> tuple[list[int], list[int]]:
    """A manager's reports: those with reports of their own, and the leaves."""
    branches = [one for one in children[person_id] if children[one]]
    return branches, [one for one in children[person_id] if not children[one]]


class _Shape(NamedTuple):
    """How many rows a block of leaves has, and how many columns each person's tree takes."""

    rows: int
    widths: dict[int, float]


def _fitting(children: dict[int, list[int]], tops: list[int]) -> _Shape:
    """The fewest rows of leaves that keep the drawing's shape."""
    order, depth = _from_the_top(children, tops)
    for rows in range(1, ROWS_AT_MOST):
        shape = _Shape(rows, _widths(order, children, rows))
        if sum(shape.widths[top] for top in tops) <= ASPECT * (depth + rows):
            return shape
    return _Shape(ROWS_AT_MOST, _widths(order, children, ROWS_AT_MOST))


def _from_the_top(children: dict[int, list[int]], tops: list[int]) -> tuple[list[int], int]:
    """Everyone, managers before their reports, and how many levels have reports."""
    order: list[int] = []
    level, depth = list(tops), -1
    while level:
        order.extend(level)
        level = [one for manager in level for one in children[manager]]
        depth += 1
    return order, depth


def _widths(order: list[int], children: dict[int, list[int]], rows: int) -> dict[int, float]:
    """The columns that each person's tree takes, from the leaves up."""
    widths: dict[int, float] = {}
    for person_id in reversed(order):
        branches, leaves = _split(person_id, children)
        parts = [widths[one] for one in branches]
        if leaves:
            parts.append(float(ceil(len(leaves) / rows)))
        widths[person_id] = max(1.0, sum(parts) + GAP * (len(parts) - 1))
    return widths


def _places(
    top: int, left: float, shape: _Shape, children: dict[int, list[int]]
) -> Iterator[tuple[int, tuple[float, float]]]:
    waiting = [(top, left, 0)]
    while waiting:
        person_id, left, depth = waiting.pop()
        yield person_id, (left + (shape.widths[person_id] - 1) / 2, float(depth))
        branches, leaves = _split(person_id, children)
        for one in branches:
            waiting.append((one, left, depth + 1))
            left += shape.widths[one] + GAP
        columns = max(1, ceil(len(leaves) / shape.rows))
        for place, one in enumerate(leaves):
            yield one, (left + place % columns, float(depth + 1 + place // columns))
