"""Who can bring us to whom: a directed graph from us, over our people, to theirs.

us → colleague → stakeholder → stakeholder. Strengths lie in (0, 1] and multiply along
a path; ``cost`` is −ln of the strength, so that the strongest path is the shortest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import IntEnum
from math import log
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from app.later import Later
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_facts import CoverageFact, PersonFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Depth, TieKind

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = Later("networkx")


class Side(IntEnum):
    """Whose a node is; keeps ids of ours and of theirs apart."""

    US = 0
    OURS = 1
    THEIRS = 2


class Node(NamedTuple):
    """A node of the access graph: us, one of ours, or one of theirs."""

    side: Side
    id: int


class Pull(NamedTuple):
    """Why an edge is as strong as it is: its tie's strength and what it is multiplied by."""

    tie: TieKind | CoverageFact | None
    base: float
    factor: float


AccessGraph: TypeAlias = "nx.DiGraph[Node]"
US = Node(Side.US, 0)


def ours(colleague_id: int) -> Node:
    """The node of one of ours."""
    return Node(Side.OURS, colleague_id)


def theirs(person_id: int) -> Node:
    """The node of one of theirs."""
    return Node(Side.THEIRS, person_id)


def contact_factor(last_contact: date | None, on: date, settings: MapSettings) -> float:
    """What is left of a tie since the last contact, 0…1: halved per half-life, with a floor.

    No contact on record counts as long ago: the floor. A contact after ``on`` is fresh.

    >>> contact_factor(date(2026, 1, 1), date(2026, 6, 30), MapSettings())
    0.5
    >>> contact_factor(None, date(2026, 6, 30), MapSettings())
    0.25
    """
    if last_contact is None:
        return settings.contact_floor
    days = max((on - last_contact).days, 0)
    return max(settings.contact_floor, half_left(days, settings.contact_half_life_days))


def half_left(days: int, half_life_days: int) -> float:
    """The share left after some days of halving; formula 0.5 ** (days / half-life).

    >>> half_left(360, 180)
    0.25
    """
    return float(0.5 ** (days / half_life_days))


def readiness(person: PersonFact, settings: MapSettings) -> float:
    """How ready someone is to bring us further, 0…1; a placeholder brings us nowhere."""
    if person.is_placeholder:
        return 0.0
    return settings.readiness[person.support]


def coverage_base(depth: Depth | None, settings: MapSettings) -> float:
    """The strength of our tie by depth alone; a depth not judged is a nodding acquaintance."""
    return settings.coverage_strength[Depth.NODDING if depth is None else depth]


def access_graph(drawn: PowerMap, settings: MapSettings) -> AccessGraph:
    """The access graph as defined; edges of no strength are left out.

    Between two people the strongest usable tie counts. A pair at odds has no edge,
    whatever else ties them. Every person is a node, reachable or not.
    """
    graph: AccessGraph = nx.DiGraph()
    graph.add_node(US)
    graph.add_nodes_from(theirs(person_id) for person_id in drawn.people)
    for person_id in drawn.people:
        for tie in drawn.ties_to(person_id):
            colleague = ours(tie.colleague_id)
            _add(graph, US, colleague, Pull(None, 1.0, 1.0))
            fresh = contact_factor(tie.last_contact, drawn.on, settings)
            pull = Pull(tie, coverage_base(tie.depth, settings), fresh)
            _add(graph, colleague, theirs(person_id), pull)
    ready = {one.id: readiness(one, settings) for one in drawn.people.values()}
    for (giver, taker), (kind, base) in sorted(_strongest(drawn, settings).items()):
        _add(graph, theirs(giver), theirs(taker), Pull(kind, base, ready[giver]))
    return graph


def strength_between(graph: AccessGraph, giver: Node, taker: Node) -> float:
    """The strength of one edge, 0…1; 0 where there is none."""
    edge = graph.get_edge_data(giver, taker)
    return edge["pull"].base * edge["pull"].factor if edge else 0.0


def _add(graph: AccessGraph, giver: Node, taker: Node, pull: Pull) -> None:
    strength = pull.base * pull.factor
    if strength > 0:
        graph.add_edge(giver, taker, cost=log(1 / strength), pull=pull)


def _strongest(
    drawn: PowerMap, settings: MapSettings
) -> Mapping[tuple[int, int], tuple[TieKind, float]]:
    best: dict[tuple[int, int], tuple[TieKind, float]] = {}
    for giver, taker, kind, base in _usable(drawn, settings):
        known = best.get((giver, taker))
        if (known is None or base > known[1]) and not drawn.are_at_odds(giver, taker):
            best[giver, taker] = (kind, base)
    return best


def _usable(drawn: PowerMap, settings: MapSettings) -> Iterator[tuple[int, int, TieKind, float]]:
    for one, other in drawn.layers[TieKind.ALLIED]:
        yield one, other, TieKind.ALLIED, settings.allied_strength
        yield other, one, TieKind.ALLIED, settings.allied_strength
    for (giver, taker), weight in drawn.layers[TieKind.INFLUENCES].items():
        yield giver, taker, TieKind.INFLUENCES, settings.influence_strength[weight]
    for report, manager in drawn.layers[TieKind.REPORTS_TO]:
        yield report, manager, TieKind.REPORTS_TO, settings.reporting_up_strength
        yield manager, report, TieKind.REPORTS_TO, settings.reporting_down_strength
