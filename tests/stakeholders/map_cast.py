"""Short hands for building the facts of a map in tests; only what a test names matters."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.stakeholders.access_graph import Node
from app.stakeholders.layers import PowerMap, power_map
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.rules import Depth, Role, TieKind

DAY = date(2026, 6, 1)
DECIDES = frozenset({Role.DECIDER})


def person(person_id: int, *roles: Role, **given: Any) -> PersonFact:
    """Someone called after their number: 1 is P1."""
    name = given.pop("name", f"P{person_id}")
    return PersonFact(person_id, name, roles=frozenset(roles), **given)


def decider(person_id: int, **given: Any) -> PersonFact:
    return person(person_id, Role.DECIDER, **given)


def reports(person_id: int, manager_id: int) -> TieFact:
    return TieFact(TieKind.REPORTS_TO, person_id, manager_id)


def influences(giver: int, taker: int, weight: int = 1) -> TieFact:
    return TieFact(TieKind.INFLUENCES, giver, taker, weight)


def allied(one: int, other: int) -> TieFact:
    return TieFact(TieKind.ALLIED, one, other)


def at_odds(one: int, other: int) -> TieFact:
    return TieFact(TieKind.AT_ODDS, one, other)


def covers(
    colleague: int,
    person_id: int,
    depth: Depth | None = Depth.CLOSE,
    last_contact: date | None = DAY,
    **given: Any,
) -> CoverageFact:
    """One of ours, called after their number (1 is C1), seen today unless told otherwise."""
    return CoverageFact(colleague, f"C{colleague}", person_id, depth, last_contact, **given)


def facts(*given: PersonFact | TieFact | CoverageFact, on: date = DAY) -> MapFacts:
    """Facts from people, ties and coverage in any order."""
    return MapFacts(
        people=tuple(one for one in given if isinstance(one, PersonFact)),
        ties=tuple(one for one in given if isinstance(one, TieFact)),
        coverage=tuple(one for one in given if isinstance(one, CoverageFact)),
        on=on,
    )


def drawn(*given: PersonFact | TieFact | CoverageFact, on: date = DAY) -> PowerMap:
    """The map of some facts."""
    return power_map(facts(*given, on=on))


def people(count: int, **given: Any) -> list[PersonFact]:
    """People 1 … count, all alike."""
    return [person(number, **given) for number in range(1, count + 1)]


def ids(nodes: tuple[Node, ...]) -> list[str]:
    """Nodes by name: C1 is ours, P1 is theirs."""
    return [f"{'-CP'[node.side]}{node.id}" for node in nodes]
