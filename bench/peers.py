"""python -m bench.peers: the map's graph work beside the same work by igraph, rustworkx, networkx.

The others are optional and never needed by the app; one that is not installed is said to be
missing, not left out in silence.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import networkx as nx

from app.stakeholders.access_graph import US, access_graph, theirs
from app.stakeholders.layers import PowerMap, power_map
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.measures import measures
from app.stakeholders.power_map import answers
from bench.map_times import SIZES, facts_of

PEERS = ("igraph", "rustworkx")
Timed = tuple[str, str, float]


def main() -> None:
    """Print what each takes, in milliseconds, by the size of the map."""
    known = {name: _module(name) for name in PEERS}
    for name, module in known.items():
        if module is None:
            say(f"{name} is not installed: nothing is compared with it (pip install {name})")
    for size in SIZES:
        say(f"\n{size:,} people")
        for what, who, seconds in _times(size, known):
            say(f"  {what:<34}{who:<12}{seconds * 1000:>10,.1f} ms")


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _times(size: int, known: dict[str, Any]) -> Iterator[Timed]:
    facts = facts_of(size)
    drawn = power_map(facts)
    pairs = sorted({(min(pair), max(pair)) for pair in drawn.pairs()})
    yield "measures of everyone", "ours", _best(lambda: measures(drawn))
    yield "measures of everyone", "networkx", _best(lambda: _by_networkx(drawn, pairs))
    if known["igraph"] is not None:
        yield "measures of everyone", "igraph", _best(lambda: _by_igraph(known["igraph"], pairs))
    if known["rustworkx"] is not None:
        rustworkx = known["rustworkx"]
        yield "all but constraint", "rustworkx", _best(lambda: _by_rustworkx(rustworkx, pairs))
    yield from _ways_in(size, known)


def _by_networkx(drawn: PowerMap, pairs: list[tuple[int, int]]) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(drawn.people)
    graph.add_edges_from(pairs)
    nx.betweenness_centrality(graph)
    nx.closeness_centrality(graph)
    nx.constraint(graph)


def _by_igraph(igraph: Any, pairs: list[tuple[int, int]]) -> None:
    graph = igraph.Graph.TupleList(pairs)
    graph.betweenness()
    graph.closeness()
    graph.constraint()


def _by_rustworkx(rustworkx: Any, pairs: list[tuple[int, int]]) -> None:
    graph = rustworkx.PyGraph()
    graph.extend_from_edge_list(pairs)
    rustworkx.betweenness_centrality(graph)
    rustworkx.closeness_centrality(graph)


def _ways_in(size: int, known: dict[str, Any]) -> Iterator[Timed]:
    """The strongest way to everyone and whom each hangs on: shortest paths and dominators."""
    facts = facts_of(size)
    graph = access_graph(power_map(facts), MapSettings())
    number = {node: place for place, node in enumerate(graph)}
    edges = [(number[one], number[other], data["cost"]) for one, other, data in graph.edges.data()]
    goal = theirs(1)
    what = "ways in and dependences"
    yield what, "ours", _best(lambda: _ours(facts, goal.id))
    if known["igraph"] is not None:
        yield what, "igraph", _best(lambda: _ways_by_igraph(known["igraph"], edges, number[US]))
    if known["rustworkx"] is not None:
        yield what, "rustworkx", _best(lambda: _ways_by_rust(known["rustworkx"], edges, number[US]))


def _ours(facts: Any, goal: int) -> None:
    access = answers(facts).access
    access.ways_in(goal)
    access.dependences(goal)


def _ways_by_igraph(igraph: Any, edges: list[tuple[int, int, float]], us: int) -> None:
    graph = igraph.Graph([edge[:2] for edge in edges], directed=True)
    graph.distances(us, weights=[edge[2] for edge in edges])
    graph.dominator(us)


def _ways_by_rust(rustworkx: Any, edges: list[tuple[int, int, float]], us: int) -> None:
    graph = rustworkx.PyDiGraph()
    graph.extend_from_weighted_edge_list(edges)
    rustworkx.dijkstra_shortest_path_lengths(graph, us, edge_cost_fn=float)
    rustworkx.immediate_dominators(graph, us)


def _best(work: Callable[[], object], tries: int = 3) -> float:
    """The quickest of some tries, by this process's processor time."""
    taken = []
    for _ in range(tries):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def say(words: str) -> None:
    """What was found."""
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    main()
