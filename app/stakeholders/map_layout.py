"""Where people stand on the drawn map, in grid units: nobody closer than one to another.

x grows to the right, y downward, both from 0. Three arrangements; each is the same for
the same facts, whatever their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import ceil, cos, pi, sin, sqrt

from app.stakeholders.informal import formal_levels
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_tree import ASPECT, tree_positions
from app.vocabulary import N_, Term

Positions = dict[int, tuple[float, float]]
PLACE = re.compile(r"(\d{1,9}):(-?\d{1,4}(?:\.\d{1,9})?):(-?\d{1,4}(?:\.\d{1,9})?)", re.ASCII)


class Arrangement(Term):
    """By what the map is laid out; *free* positions are a person's own and kept elsewhere."""

    HIERARCHY = "hierarchy", N_("By hierarchy")
    INFLUENCE = "influence", N_("By influence")
    DEPARTMENT = "department", N_("By department")


def positions(
    drawn: PowerMap, by: Arrangement, shares: Mapping[int, float] | None = None
) -> Positions:
    """A place for everyone. ``shares`` is sway, wanted by INFLUENCE alone.

    HIERARCHY: reporting trees side by side, a manager above their reports; those without
    a line stand below in bands by level, then department. INFLUENCE: most sway in the
    middle, rings outward. DEPARTMENT: one block each, the most senior first.
    """
    if by is Arrangement.HIERARCHY:
        return _by_hierarchy(drawn)
    if by is Arrangement.DEPARTMENT:
        return _by_department(drawn)
    return _by_influence(drawn, shares or {})


def places_in(texts: Iterable[str]) -> Positions | None:
    """Places typed as person:x:y; None when one of them is no place on a map.

    >>> places_in(["7:1.5:2"])
    {7: (1.5, 2.0)}
    >>> places_in(["7:here"]) is None
    True
    """
    found: Positions = {}
    for text in texts:
        match = PLACE.fullmatch(text)
        if match is None:
            return None
        found[int(match[1])] = (float(match[2]), float(match[3]))
    return found


def colleague_positions(drawn: PowerMap, placed: Positions) -> Positions:
    """A row of our colleagues below the map, each as near as may be below those they know."""
    held: dict[int, list[float]] = {}
    for person_id, ties in drawn.coverage.items():
        for tie in ties:
            held.setdefault(tie.colleague_id, []).append(placed[person_id][0])
    bottom = max((y for _, y in placed.values()), default=-2.0) + 2
    found: Positions = {}
    free_from = 0.0
    for colleague_id, places in sorted(held.items(), key=lambda one: (_mean(one[1]), one[0])):
        x = max(_mean(places), free_from)
        found[colleague_id] = (x, bottom)
        free_from = x + 1
    return found


def _by_hierarchy(drawn: PowerMap) -> Positions:
    placed = tree_positions(drawn)
    rest = [one for one in drawn.people if one not in placed]
    levels = formal_levels(drawn)
    bands: dict[int | None, list[int]] = {}
    for one in sorted(rest, key=lambda one: _seniority(one, drawn, levels)):
        bands.setdefault(levels.get(one), []).append(one)
    width = max(_columns(len(drawn.people)), ceil(max((x for x, _ in placed.values()), default=0)))
    top = max((y for _, y in placed.values()), default=-1.5) + 1.5
    for members in bands.values():
        members.sort(key=lambda one: (drawn.people[one].unit, drawn.people[one].department, one))
        placed.update(_block(members, width, 0, top))
        top += ceil(len(members) / width) + 0.5
    return placed


def _by_department(drawn: PowerMap) -> Positions:
    """Blocks on shelves, left to right; a new shelf where the row would grow too wide."""
    levels = formal_levels(drawn)
    blocks: dict[tuple[str, str], list[int]] = {}
    for one in sorted(drawn.people, key=lambda one: _seniority(one, drawn, levels)):
        person = drawn.people[one]
        blocks.setdefault((person.unit, person.department), []).append(one)
    row = 1.5 * _columns(len(drawn.people))
    placed: Positions = {}
    left = top = height = 0.0
    for _, members in sorted(blocks.items()):
        columns = _columns(len(members))
        if left and left + columns > row:
            left, top, height = 0.0, top + height + 1, 0.0
        placed.update(_block(members, columns, left, top))
        left += columns + 1
        height = max(height, ceil(len(members) / columns))
    return placed


def _by_influence(drawn: PowerMap, shares: Mapping[int, float]) -> Positions:
    """Rings about whoever has the most sway; ring k holds 6k and has the radius 1.1 k.

    The ring is told by sway, the place on it by department, so that colleagues stand
    together. Without sway, judged influence and then influence ties decide.
    """
    ordered = sorted(drawn.people, key=lambda one: _weight(one, drawn, shares))
    placed: Positions = dict.fromkeys(ordered[:1], (0.0, 0.0))
    ring, taken = 1, 1
    while taken < len(ordered):
        members = ordered[taken : taken + 6 * ring]
        members.sort(key=lambda one: (drawn.people[one].unit, drawn.people[one].department, one))
        for place, one in enumerate(members):
            angle = 2 * pi * place / len(members) - pi / 2
            placed[one] = (1.1 * ring * cos(angle), 1.1 * ring * sin(angle))
        taken += len(members)
        ring += 1
    return _from_zero(placed)


def _weight(
    person_id: int, drawn: PowerMap, shares: Mapping[int, float]
) -> tuple[float, int, int, int]:
    judged = drawn.people[person_id].influence or 0
    tied = sum(weight for _, weight in drawn.influenced_by(person_id))
    return -round(shares.get(person_id, 0.0), 9), -judged, -tied, person_id


def _seniority(
    person_id: int, drawn: PowerMap, levels: Mapping[int, int]
) -> tuple[float, int, int]:
    influence = drawn.people[person_id].influence or 0
    return levels.get(person_id, float("inf")), -influence, person_id


def _columns(count: int) -> int:
    return max(1, min(count, ceil(sqrt(count * ASPECT))))


def _block(members: list[int], columns: int, left: float, top: float) -> Positions:
    return {
        one: (left + place % columns, top + place // columns) for place, one in enumerate(members)
    }


def _from_zero(placed: Positions) -> Positions:
    left = min((x for x, _ in placed.values()), default=0.0)
    top = min((y for _, y in placed.values()), default=0.0)
    return {one: (x - left, y - top) for one, (x, y) in placed.items()}


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values)
