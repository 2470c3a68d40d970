"""The measures of the literature, so that a map can be held against published tables.

Over the undirected, unweighted graph of all ties among their people (coverage aside),
or over one layer alone, directed where the layer is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.stakeholders.layers import Pair, PowerMap
from app.stakeholders.rules import UNDIRECTED, TieKind
from app.stakeholders.shortest_paths import shortest_paths


@dataclass(frozen=True, slots=True)
class PersonMeasures:
    """One person's measures. What a graph does not define is None.

    ``degree``: ties (in and out added when directed). ``degree_share``: of the n − 1
    others (Freeman 1978; undirected). ``closeness``: (reached ÷ distance) × (reached ÷
    (n − 1)), Freeman's with Wasserman and Faust's factor for graphs in pieces (1994);
    undirected; 0 for an island. ``betweenness_raw``: shortest paths through the person
    (Freeman 1977); ``betweenness``: that over the (n − 1)(n − 2) pairs, half as many
    when undirected. ``constraint``: Burt's (1992), undirected; None for an island.
    """

    person_id: int
    degree: int
    in_degree: int | None
    out_degree: int | None
    degree_share: float | None
    closeness: float | None
    betweenness_raw: float
    betweenness: float
    constraint: float | None


@dataclass(frozen=True, slots=True)
class Measures:
    """A graph's measures and each person's, in order of id.

    ``density``: ties over possible ties, 0…1. ``reciprocity``: the share of directed
    ties that are returned; None when undirected, or without ties.
    """

    layer: TieKind | None
    is_directed: bool
    ties: int
    density: float
    reciprocity: float | None
    people: tuple[PersonMeasures, ...]

    def of(self, person_id: int) -> PersonMeasures:
        """One person's measures; a KeyError names who is not on the map."""
        for one in self.people:
            if one.person_id == person_id:
                return one
        raise KeyError(person_id)


def measures(drawn: PowerMap, layer: TieKind | None = None) -> Measures:
    """The measures of all ties together, or of one layer.

    Between two people all ties together count as one, whatever their kinds and ways.
    """
    is_directed = layer is not None and layer not in UNDIRECTED
    pairs = set(drawn.pairs()) if layer is None else set(drawn.layers[layer])
    if not is_directed:
        pairs = {(min(pair), max(pair)) for pair in pairs}
    count = len(drawn.people)
    possible = count * (count - 1) if is_directed else count * (count - 1) // 2
    rows = _directed(drawn, pairs) if is_directed else _undirected(drawn, pairs)
    return Measures(
        layer=layer,
        is_directed=is_directed,
        ties=len(pairs),
        density=len(pairs) / possible if possible else 0.0,
        reciprocity=_reciprocity(pairs) if is_directed else None,
        people=rows,
    )


def constraint(neighbours: dict[int, set[int]], person_id: int) -> float | None:
    """Burt's constraint of one person in an unweighted, undirected graph; None for an island.

    Σ over neighbours j of (p_ij + Σ_q p_iq p_qj)², with p_ij = 1 ÷ i's ties: how much of
    a person's ties lead back to one another. 1 for a single tie; small for a broker.
    """
    mine = neighbours[person_id]
    if not mine:
        return None
    total = 0.0
    for other in mine:
        through = sum(1 / len(neighbours[shared]) for shared in sorted(mine & neighbours[other]))
        total += ((1 + through) / len(mine)) ** 2
    return total


def _undirected(drawn: PowerMap, pairs: set[Pair]) -> tuple[PersonMeasures, ...]:
    ids = list(drawn.people)
    neighbours = _adjacency(ids, [*pairs, *((other, one) for one, other in pairs)])
    paths = shortest_paths(ids, neighbours)
    others = len(ids) - 1
    return tuple(
        PersonMeasures(
            person_id=one,
            degree=len(neighbours[one]),
            in_degree=None,
            out_degree=None,
            degree_share=len(neighbours[one]) / others if others else None,
            closeness=_closeness(paths.reached[one], paths.distance[one], others),
            betweenness_raw=paths.between[one] / 2,
            betweenness=_share(paths.between[one], others),
            constraint=constraint(neighbours, one),
        )
        for one in ids
    )


def _directed(drawn: PowerMap, pairs: set[Pair]) -> tuple[PersonMeasures, ...]:
    ids = list(drawn.people)
    onward = _adjacency(ids, pairs)
    back = _adjacency(ids, [(taker, giver) for giver, taker in pairs])
    paths = shortest_paths(ids, onward)
    return tuple(
        PersonMeasures(
            person_id=one,
            degree=len(back[one]) + len(onward[one]),
            in_degree=len(back[one]),
            out_degree=len(onward[one]),
            degree_share=None,
            closeness=None,
            betweenness_raw=paths.between[one],
            betweenness=_share(paths.between[one], len(ids) - 1),
            constraint=None,
        )
        for one in ids
    )


def _adjacency(ids: list[int], pairs: Iterable[Pair]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {one: set() for one in ids}
    for giver, taker in pairs:
        found[giver].add(taker)
    return found


def _closeness(reached: int, distance: int, others: int) -> float:
    return reached / distance * reached / others if distance else 0.0


def _share(between: float, others: int) -> float:
    """Over all ordered pairs of others; the raw count of an undirected graph has each twice."""
    return between / (others * (others - 1)) if others > 1 else 0.0


def _reciprocity(pairs: set[Pair]) -> float | None:
    returned = sum((taker, giver) in pairs for giver, taker in pairs)
    return returned / len(pairs) if pairs else None
