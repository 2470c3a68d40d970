"""Reporting trees laid out side by side: a manager centred above the reports.

Reports who have none of their own stand together in a block, so that a manager of thirty
is not thirty columns wide. Nothing recurses: a chain may be as long as it likes.
"""

from __future__ import annotations

from math import ceil, sqrt

from app.stakeholders.layers import PowerMap

LEAVES_IN_ONE_ROW = 4
GAP = 0.5
"""Between two trees, and between a block of leaves and the branches beside it."""


def tree_positions(drawn: PowerMap) -> dict[int, tuple[float, float]]:
    """Places for everyone with a reporting line, in grid units; others are left out.

    Someone with two managers hangs below the first. In a loop the lowest id is taken
    for the top, so that everybody is placed.
    """
    children, tops = _forest(drawn)
    widths = _widths(children, tops)
    placed: dict[int, tuple[float, float]] = {}
    left = 0.0
    for top in tops:
        _place(top, left, children, widths, placed)
        left += widths[top] + GAP
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


def _leaf_columns(count: int) -> int:
    return count if count <= LEAVES_IN_ONE_ROW else max(LEAVES_IN_ONE_ROW, ceil(sqrt(2 * count)))


def _widths(children: dict[int, list[int]], tops: list[int]) -> dict[int, float]:
    """The columns that each person's tree takes, from the leaves up."""
    order: list[int] = []
    waiting = list(tops)
    while waiting:
        person_id = waiting.pop()
        order.append(person_id)
        waiting.extend(children[person_id])
    widths: dict[int, float] = {}
    for person_id in reversed(order):
        branches, leaves = _split(person_id, children)
        parts = [widths[one] for one in branches]
        if leaves:
            parts.append(float(_leaf_columns(len(leaves))))
        widths[person_id] = max(1.0, sum(parts) + GAP * (len(parts) - 1))
    return widths


def _place(
    top: int,
    left: float,
    children: dict[int, list[int]],
    widths: dict[int, float],
    placed: dict[int, tuple[float, float]],
) -> None:
    waiting = [(top, left, 0)]
    while waiting:
        person_id, left, depth = waiting.pop()
        placed[person_id] = (left + (widths[person_id] - 1) / 2, float(depth))
        branches, leaves = _split(person_id, children)
        for one in branches:
            waiting.append((one, left, depth + 1))
            left += widths[one] + GAP
        columns = _leaf_columns(len(leaves))
        for place, one in enumerate(leaves):
            placed[one] = (left + place % columns, float(depth + 1 + place // columns))
