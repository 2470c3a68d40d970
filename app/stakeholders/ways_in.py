"""How we get to a person: the best way in, other ways, and whom every way hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import exp, inf, prod
from typing import TYPE_CHECKING, Any

from app.later import Later
from app.stakeholders.access_graph import US, AccessGraph, Node, Side, access_graph, theirs
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.steps import Step, name_of, step
from app.vocabulary import N_, Reason, because

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = Later("networkx")


@dataclass(frozen=True, slots=True)
class WayIn:
    """A path from us to a person. ``strength`` is the product of its steps', in (0, 1]."""

    person_id: int
    steps: tuple[Step, ...]
    strength: float

    @property
    def is_direct(self) -> bool:
        """True when one of ours knows the person: nobody of theirs stands between."""
        return len(self.steps) == 1

    @property
    def introducer(self) -> Node:
        """Who takes us the last step: one of theirs, or one of ours when it is direct."""
        return self.steps[-1].giver


@dataclass(frozen=True, slots=True)
class WaysIn:
    """The best way in to a person and up to two others; ``best`` is None when there is none."""

    person_id: int
    best: WayIn | None
    alternates: tuple[WayIn, ...]
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> float:
        """The strength of the best way, 0…1; 0 when there is none."""
        return self.best.strength if self.best else 0.0


@dataclass(frozen=True, slots=True)
class IndependentRoutes:
    """Routes from us to a person that share nobody on the way (Menger 1927)."""

    person_id: int
    routes: tuple[tuple[Node, ...], ...]
    reason: Reason

    @property
    def count(self) -> int:
        """How many there are; 0 when the person cannot be reached."""
        return len(self.routes)


@dataclass(frozen=True, slots=True)
class Dependence:
    """Someone, ours or theirs, who stands on every path from us to a person."""

    on: Node
    for_id: int
    reason: Reason


class Access:
    """What the access graph answers; each thing is computed once, when first asked for."""

    def __init__(self, drawn: PowerMap, settings: MapSettings) -> None:
        self.drawn = drawn
        self.settings = settings
        self.graph: AccessGraph = access_graph(drawn, settings)

    @cached_property
    def strengths(self) -> dict[int, float]:
        """The strength of the best way in to each person, 0…1; 0 for those out of reach."""
        return {
            person_id: exp(-self._costs.get(theirs(person_id), inf))
            for person_id in self.drawn.people
        }

    def ways_in(self, person_id: int) -> WaysIn:
        """The strongest way in and others that each end with another introducer.

        Each alternate is the strongest path whose last step is taken by someone who does
        not take it in a stronger way. Yen's k shortest paths would mostly list detours
        ahead of the same introduction, and paths that share nobody are counted by
        :meth:`independent_routes`; what one asks next is "who else could introduce us".
        """
        found: list[WayIn] = []
        while len(found) <= self.settings.alternates:
            way = self._strongest_way(person_id, {one.introducer for one in found})
            if way is None:
                break
            found.append(way)
        best = found[0] if found else None
        return WaysIn(person_id, best, tuple(found[1:]), (self._why(person_id, best),))

    def independent_routes(self, person_id: int) -> IndependentRoutes:
        """The most routes from us to a person that share nobody, ours or theirs, between."""
        goal = theirs(person_id)
        routes: list[tuple[Node, ...]] = []
        if goal in self._costs:
            found = nx.node_disjoint_paths(self.graph, US, goal, **self._flow_network)
            routes = sorted((tuple(path[1:-1]) for path in found), key=lambda way: (len(way), way))
        values = {"name": self.drawn.name(person_id), "count": len(routes)}
        reason = Reason(N_("Routes to %(name)s that share nobody: %(count)s"), values)
        return IndependentRoutes(person_id, tuple(routes), reason)

    def has_two_routes(self, person_id: int) -> bool:
        """Whether two routes from us to a person share nobody: then nobody stands on all of them
        (Menger 1927), which is known sooner than how many there are."""
        return self._dominators.get(theirs(person_id)) == US

    def dependences(self, person_id: int) -> tuple[Dependence, ...]:
        """Everyone who stands on all paths from us to a person, nearest to us first.

        The dominators of the person in the access graph rooted at us (Lengauer and
        Tarjan 1979). Empty when nobody does, and when the person is out of reach.
        """
        chain: list[Node] = []
        node = self._dominators.get(theirs(person_id), US)
        while node not in (None, US):
            chain.append(node)
            node = self._dominators[node]
        return tuple(self._dependence(node, person_id) for node in reversed(chain))

    @cached_property
    def _costs(self) -> dict[Node, float]:
        costs: dict[Node, float] = nx.single_source_dijkstra_path_length(
            self.graph, US, weight="cost"
        )
        return costs

    @cached_property
    def _dominators(self) -> dict[Node, Node]:
        dominators: dict[Node, Node] = nx.immediate_dominators(self.graph, US)
        return dominators

    @cached_property
    def _flow_network(self) -> dict[str, Any]:
        auxiliary = nx.algorithms.connectivity.build_auxiliary_node_connectivity(self.graph)
        return {
            "auxiliary": auxiliary,
            "residual": nx.algorithms.flow.build_residual_network(auxiliary, "capacity"),
        }

    def _strongest_way(self, person_id: int, without: set[Node]) -> WayIn | None:
        goal = theirs(person_id)

        def cost(giver: Node, taker: Node, edge: dict[str, float]) -> float | None:
            return None if taker == goal and giver in without else edge["cost"]

        try:
            path = nx.dijkstra_path(self.graph, US, goal, weight=cost)
        except nx.NetworkXNoPath:
            return None
        steps = tuple(
            step(self.graph, self.drawn, giver, taker) for giver, taker in pairwise(path[1:])
        )
        return WayIn(person_id, steps, prod(one.strength for one in steps))

    def _dependence(self, node: Node, person_id: int) -> Dependence:
        names = {"one": name_of(node, self.drawn), "name": self.drawn.name(person_id)}
        message = N_("Every way to %(name)s runs through %(one)s")
        if node.side is Side.OURS:
            message = N_("Every way to %(name)s starts with our own %(one)s")
        return Dependence(node, person_id, Reason(message, names))

    def _why(self, person_id: int, best: WayIn | None) -> Reason:
        name = self.drawn.name(person_id)
        if best is None:
            return _why_none(self.graph, self.drawn, person_id)
        if best.is_direct:
            introducer = name_of(best.introducer, self.drawn)
            return because(N_("%(one)s of ours knows %(name)s"), one=introducer, name=name)
        return because(
            N_("The strongest way to %(name)s: steps %(count)s, strength %(strength)s"),
            name=name,
            count=len(best.steps),
            strength=round(best.strength, 2),
        )


def _why_none(graph: AccessGraph, drawn: PowerMap, person_id: int) -> Reason:
    name = drawn.name(person_id)
    if not drawn.coverage:
        return because(N_("No way in to %(name)s: none of ours knows anybody here"), name=name)
    if not graph.in_degree(theirs(person_id)):
        return because(N_("No way in to %(name)s: nobody who would bring us is known"), name=name)
    return because(
        N_("No way in to %(name)s: none of ours knows those who could bring us"), name=name
    )
