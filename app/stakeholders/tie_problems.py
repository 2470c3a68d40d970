"""What may not be drawn on a map, and what on it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable

from app.stakeholders.layers import WEIGHTS, PowerMap, pair_of
from app.stakeholders.map_facts import TieFact
from app.stakeholders.rules import TieKind
from app.vocabulary import N_, Reason, because

OPPOSITES = {TieKind.ALLIED: TieKind.AT_ODDS, TieKind.AT_ODDS: TieKind.ALLIED}


def problems_adding_tie(tie: TieFact, drawn: PowerMap) -> list[Reason]:
    """Why a tie may not be added to a map; an empty list means that it may.

    Refused: a tie to oneself or to nobody, one already there, a weight outside 1…3, a
    second manager, a reporting loop (named), and allied with someone at odds with.
    """
    unknown = [one for one in (tie.from_id, tie.to_id) if one not in drawn.people]
    if unknown:
        return [because(N_("There is no such person on this map"))]
    if tie.from_id == tie.to_id:
        name = drawn.name(tie.from_id)
        return [because(N_("%(name)s cannot be tied to themselves"), name=name)]
    problems = [*_repeats(tie, drawn), *_contradicts(tie, drawn)]
    if tie.kind is TieKind.INFLUENCES and tie.weight not in WEIGHTS:
        problems.append(
            because(N_("The weight must be 1, 2 or 3, not %(weight)s"), weight=tie.weight)
        )
    if tie.kind is TieKind.REPORTS_TO:
        problems.extend(_reporting_problems(tie, drawn))
    return problems


def loop_in(pairs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """The first reporting loop, as ids from lowest round to its manager; () when there is none.

    Takes (report, manager) pairs. Each person is looked at once, whatever the length.

    >>> loop_in([(1, 2), (2, 3), (3, 1)])
    (1, 2, 3)
    >>> loop_in([(1, 2), (2, 3)])
    ()
    """
    managers: dict[int, list[int]] = {}
    for report, manager in sorted(pairs):
        managers.setdefault(report, []).append(manager)
    done: set[int] = set()
    for start in managers:
        loop = _loop_from(start, managers, done)
        if loop:
            lowest = loop.index(min(loop))
            return tuple(loop[lowest:] + loop[:lowest])
    return ()


def loop_reason(loop: tuple[int, ...], drawn: PowerMap) -> Reason:
    """A reporting loop in words, naming everyone on it."""
    names = " → ".join(drawn.name(one) for one in (*loop, loop[0]))
    return because(N_("The reporting lines run in a circle: %(names)s"), names=names)


def contradictions(drawn: PowerMap) -> tuple[Reason, ...]:
    """What on the map cannot all be true: loops, two managers, allied yet at odds."""
    found = []
    loop = loop_in(drawn.layers[TieKind.REPORTS_TO])
    if loop:
        found.append(loop_reason(loop, drawn))
    for report, managers in drawn.managers.items():
        if len(managers) > 1:
            found.append(_two_managers(report, managers, drawn))
    for one, other in drawn.layers[TieKind.ALLIED]:
        if drawn.are_at_odds(one, other):
            found.append(_both_ways(one, other, drawn))
    return tuple(found)


def _loop_from(start: int, managers: dict[int, list[int]], done: set[int]) -> list[int]:
    """Walk up from one person, depth first, without recursion: a chain may be long."""
    path: list[int] = []
    on_path: set[int] = set()
    waiting: list[tuple[int, bool]] = [(start, False)]
    while waiting:
        person, is_left = waiting.pop()
        if is_left:
            on_path.discard(path.pop())
            done.add(person)
        elif person in on_path:
            return path[path.index(person) :]
        elif person not in done:
            path.append(person)
            on_path.add(person)
            waiting.append((person, True))
            waiting.extend((one, False) for one in managers.get(person, ()))
    return []


def _repeats(tie: TieFact, drawn: PowerMap) -> list[Reason]:
    if pair_of(tie) not in drawn.layers[tie.kind]:
        return []
    values = {"one": drawn.name(tie.from_id), "other": drawn.name(tie.to_id), "tie": tie.kind}
    return [Reason(N_("This tie is there already: %(one)s, %(tie)s, %(other)s"), values)]


def _contradicts(tie: TieFact, drawn: PowerMap) -> list[Reason]:
    opposite = OPPOSITES.get(tie.kind)
    if opposite is None or pair_of(tie) not in drawn.layers[opposite]:
        return []
    return [_both_ways(tie.from_id, tie.to_id, drawn)]


def _reporting_problems(tie: TieFact, drawn: PowerMap) -> list[Reason]:
    others = tuple(one for one in drawn.managers.get(tie.from_id, ()) if one != tie.to_id)
    problems = [_two_managers(tie.from_id, (*others, tie.to_id), drawn)] if others else []
    climb = _climb(tie.to_id, tie.from_id, drawn)
    if climb:
        problems.append(loop_reason((tie.from_id, *climb), drawn))
    return problems


def _climb(start: int, goal: int, drawn: PowerMap) -> tuple[int, ...]:
    """The managers from ``start`` up to just below ``goal``; () when it is not above."""
    came_from = {start: start}
    waiting = [start]
    while waiting:
        person = waiting.pop()
        if person == goal:
            return _trail(came_from, start, goal)
        for manager in drawn.managers.get(person, ()):
            if manager not in came_from:
                came_from[manager] = person
                waiting.append(manager)
    return ()


def _trail(came_from: dict[int, int], start: int, goal: int) -> tuple[int, ...]:
    trail = []
    person = goal
    while person != start:
        person = came_from[person]
        trail.append(person)
    return tuple(reversed(trail))


def _two_managers(report: int, managers: tuple[int, ...], drawn: PowerMap) -> Reason:
    return because(
        N_("%(name)s would report to two people: %(one)s and %(other)s"),
        name=drawn.name(report),
        one=drawn.name(managers[0]),
        other=drawn.name(managers[1]),
    )


def _both_ways(one: int, other: int, drawn: PowerMap) -> Reason:
    return because(
        N_("%(one)s and %(other)s are said to be allied and at odds"),
        one=drawn.name(one),
        other=drawn.name(other),
    )
