"""Groups that go together: communities among their people, told by their ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.later import Later
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Role, TieKind
from app.vocabulary import N_, Reason, because

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = Later("networkx")

ALLIED_WEIGHT = 3
"""An alliance binds like the strongest influence; reporting like the weakest. House convention."""

SEED = 1
"""Louvain visits people in a shuffled order; always the same one, for the same answer."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who go together. ``leading``: whoever has the most sway, else the most ties."""

    members: tuple[int, ...]
    leading: int
    sway: float
    deciders: tuple[int, ...]
    covered: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups found, largest first; ``modularity`` says how well they part, −0.5…1."""

    groups: tuple[Group, ...]
    modularity: float
    reason: Reason


def groups(drawn: PowerMap, shares: Mapping[int, float], settings: MapSettings) -> Groups:
    """Communities by Louvain's method (Blondel and others 2008), those of two or more.

    Ties weigh as they bind: influence 1–3, allied 3, reporting 1; people at odds do not
    bind. Nothing is said of fewer than five tied people, nor where the parting is weak
    (modularity below 0.2, house convention).
    """
    graph = _bonds(drawn)
    if graph.number_of_nodes() < settings.grouped_people_at_least:
        return Groups((), 0.0, because(N_("Too few ties are known to tell groups apart")))
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    modularity = nx.community.modularity(graph, found, weight="weight")
    if len(found) < 2 or modularity < settings.modularity_at_least:
        reason = because(
            N_("The ties do not part into groups: modularity %(value)s"), value=round(modularity, 2)
        )
        return Groups((), modularity, reason)
    made = [_group(sorted(members), graph, drawn, shares) for members in found]
    made.sort(key=lambda one: (-len(one.members), one.members))
    reason = because(
        N_("Groups: %(count)s, told by who is tied to whom; modularity %(value)s"),
        count=len(made),
        value=round(modularity, 2),
    )
    return Groups(tuple(made), modularity, reason)


def _bonds(drawn: PowerMap) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(
        sorted({one for kind in _BINDING for pair in drawn.layers[kind] for one in pair})
    )
    for kind in _BINDING:
        for (one, other), weight in drawn.layers[kind].items():
            if not drawn.are_at_odds(one, other):
                before = graph.get_edge_data(one, other, {"weight": 0})["weight"]
                bond = ALLIED_WEIGHT if kind is TieKind.ALLIED else weight
                graph.add_edge(one, other, weight=before + bond)
    graph.remove_nodes_from([one for one in graph if not graph.degree(one)])
    return graph


_BINDING = (TieKind.REPORTS_TO, TieKind.INFLUENCES, TieKind.ALLIED)


def _group(
    members: list[int], graph: nx.Graph[int], drawn: PowerMap, shares: Mapping[int, float]
) -> Group:
    bonds = dict(graph.degree(members, weight="weight"))
    leading = min(members, key=lambda one: (-shares.get(one, 0.0), -bonds[one], one))
    deciders = tuple(one for one in members if Role.DECIDER in drawn.people[one].roles)
    covered = tuple(one for one in members if drawn.ties_to(one))
    reason = because(
        N_("The group round %(name)s: people %(count)s, known to us %(covered)s"),
        name=drawn.name(leading),
        count=len(members),
        covered=len(covered),
    )
    sway = sum(shares.get(one, 0.0) for one in members)
    return Group(tuple(members), leading, sway, deciders, covered, reason)
