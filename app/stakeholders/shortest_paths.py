"""All shortest paths of an unweighted graph, by numpy: reach, distance and betweenness.

Brandes' algorithm (2001) from many sources at once. A search's frontier is an array of
(source, node) cells; each level follows all their ties in one go, so the work is that
of the graph whatever its shape, a long chain included.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.later import Later

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
    Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
else:
    np = Later("numpy")


CELLS_AT_ONCE = 1_000_000
"""Sources are taken in batches whose cells and ties stay below this: some 50 MB."""


@dataclass(frozen=True, slots=True)
class ShortestPaths:
    """Per node: how many others it reaches, at what total distance, and its betweenness.

    ``between`` counts, over ordered pairs, the share of shortest paths through the node.
    """

    reached: dict[int, int]
    distance: dict[int, int]
    between: dict[int, float]


def shortest_paths(ids: list[int], onward: Mapping[int, Set[int]]) -> ShortestPaths:
    """Shortest paths among all nodes, ties followed from each node to those in ``onward``."""
    graph = _Ties.of(ids, onward)
    count = len(ids)
    reached, distance = np.zeros(count, np.int64), np.zeros(count, np.int64)
    between = np.zeros(count)
    batch = max(1, CELLS_AT_ONCE // max(count, len(graph.targets), 1))
    for first in range(0, count, batch):
        sources = np.arange(first, min(first + batch, count))
        search = _Search(graph, sources, count)
        reached[sources], distance[sources] = search.reach()
        between += search.between()
    return ShortestPaths(
        dict(zip(ids, reached.tolist(), strict=True)),
        dict(zip(ids, distance.tolist(), strict=True)),
        dict(zip(ids, between.tolist(), strict=True)),
    )


@dataclass(frozen=True, slots=True)
class _Ties:
    """Targets of all nodes one after the other; ``starts[i]`` is where node i's begin."""

    starts: Ints
    counts: Ints
    targets: Ints

    @classmethod
    def of(cls, ids: list[int], onward: Mapping[int, Set[int]]) -> _Ties:
        place = {one: index for index, one in enumerate(ids)}
        targets = [place[taker] for one in ids for taker in sorted(onward[one])]
        counts = np.array([len(onward[one]) for one in ids], np.int64)
        return cls(np.cumsum(counts) - counts, counts, np.array(targets, np.int64))

    def follow(self, nodes: Ints) -> tuple[Ints, Ints]:
        """For each tie out of these nodes: the place in ``nodes`` it starts from, its target."""
        counts = self.counts[nodes]
        origin = np.repeat(np.arange(len(nodes)), counts)
        within = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
        return origin, self.targets[self.starts[nodes][origin] + within]


class _Search:
    """Breadth first from several sources at once. A cell is source × count + node."""

    def __init__(self, graph: _Ties, sources: Ints, count: int) -> None:
        self.count = count
        self.sources = sources
        self.own = np.arange(len(sources)) * count + sources
        self.depth = np.full(len(sources) * count, -1, np.int64)
        self.marks = np.zeros(len(sources) * count, np.int64)
        self.ways = np.zeros(len(sources) * count)
        self.steps: list[tuple[Ints, Ints]] = []
        self.depth[self.own] = 0
        self.ways[self.own] = 1
        frontier = self.own
        while len(frontier):
            frontier = self._advance(graph, frontier, len(self.steps) + 1)

    def _advance(self, graph: _Ties, frontier: Ints, level: int) -> Ints:
        origin, nodes = graph.follow(frontier % self.count)
        came_from = frontier[origin]
        cells = came_from - came_from % self.count + nodes
        fresh = (self.depth[cells] < 0).nonzero()[0]
        cells, came_from = cells[fresh], came_from[fresh]
        self.depth[cells] = level
        np.add.at(self.ways, cells, self.ways[came_from])
        self.steps.append((came_from, cells))
        return self._each_once(cells)

    def _each_once(self, cells: Ints) -> Ints:
        """Without sorting: the last place to mark a cell is the one that stands for it."""
        places = np.arange(len(cells))
        self.marks[cells] = places
        return cells[self.marks[cells] == places]

    def reach(self) -> tuple[Ints, Ints]:
        """How many others each source reaches, and the sum of the distances to them."""
        depth = self.depth.reshape(len(self.sources), self.count)
        return (depth > 0).sum(axis=1), np.where(depth > 0, depth, 0).sum(axis=1)

    def between(self) -> Floats:
        """Each node's betweenness from these sources: dependencies, summed from the far end."""
        dependency = np.zeros(len(self.depth))
        for came_from, cells in reversed(self.steps):
            share = self.ways[came_from] / self.ways[cells] * (1 + dependency[cells])
            np.add.at(dependency, came_from, share)
        dependency[self.own] = 0
        total: Floats = dependency.reshape(len(self.sources), self.count).sum(axis=0)
        return total
