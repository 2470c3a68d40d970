"""Maps drawn elsewhere, or exported from here, as rows: GraphML and our own JSON.

Such a file holds people and what ties them. Each is a sheet of its own, as in a workbook, so that
people are imported first and their ties after them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from app.exchange.tables import Guess, OddRow, Row, Table, UnreadableFile
from app.vocabulary import N_, because

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # nosec B405 - the type alone; defusedxml reads

PEOPLE, TIES = "people", "relationships"
MAX_CHARACTERS = 20_000_000
"""A map of 5,000 people is a tenth of it."""
NAMES = ("name", "label", "Name", "Label")
ENDS = ("from", "to", "kind", "weight", "depth", "last_contact", "since")
TOO_LARGE = N_("The map is too large. Leave out what is not about people and retry.")
NO_MAP = N_("This is not a map: it has no people and ties. Save the people as .xlsx or CSV.")
BROKEN = N_("The map is damaged. Export it anew and retry.")
BOTH_INSIDE = N_("The file holds people, and the ties between them. Import the people first.")
CHOSEN = N_("You chose it.")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes, by their ids, with what is written on it."""

    start: str
    end: str
    values: Values


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by their ids, in order, and the lines between them."""

    nodes: Mapping[str, Values]
    edges: tuple[Edge, ...]


def is_graphml(start: str) -> bool:
    """Whether a text that begins so is GraphML."""
    return "<graphml" in start[:2_000]


def graph_table(lines: Iterable[str], wanted: str | None, *, is_json: bool) -> Table:
    """The people of a map as a Table, or its ties where that sheet is asked for."""
    text = _whole(lines)
    graph = from_json(text) if is_json else from_graphml(text)
    if wanted not in {None, PEOPLE, TIES}:
        raise UnreadableFile(
            because(
                N_("The workbook has no sheet %(sheet)s. It has: %(sheets)s."),
                sheet=wanted,
                sheets=f"{PEOPLE}, {TIES}",
            )
        )
    name = wanted or PEOPLE
    columns, rows = ties_of(graph) if name == TIES else people_of(graph)
    others = tuple(one for one in (PEOPLE, TIES) if one != name)
    why = because(CHOSEN if wanted else BOTH_INSIDE)
    guess = Guess("sheet", name, is_sure=bool(wanted), why=why, others=others)
    make = partial(_numbered, rows, columns)
    return Table(columns, make, sheet=name, guesses=(guess,), about_rows=len(rows))


def _whole(lines: Iterable[str]) -> str:
    kept, size = [], 0
    for line in lines:
        size += len(line)
        if size > MAX_CHARACTERS:
            raise UnreadableFile(because(TOO_LARGE))
        kept.append(line)
    return "".join(kept)


def _numbered(
    rows: list[dict[str, str]], columns: tuple[str, ...], _odd: list[OddRow]
) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield number, tuple(row.get(column, "") for column in columns)


def people_of(graph: Graph) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Columns and rows of the people of theirs, each with whom they report to."""
    chiefs = {
        edge.start: named(edge.end, graph.nodes[edge.end])
        for edge in graph.edges
        if edge.values.get("kind") == "reports_to" and edge.end in graph.nodes
    }
    theirs = {key: node for key, node in graph.nodes.items() if node.get("side") != "ours"}
    rows = [
        {
            **{name: written(value) for name, value in node.items() if name not in NAMES},
            "name": named(key, node),
            "reports_to": chiefs.get(key, ""),
        }
        for key, node in theirs.items()
    ]
    return columns_of(rows, ("name", "reports_to"), without={"side"}), rows


def ties_of(graph: Graph) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Columns and rows of the ties; one that does not say its kind is an influence."""
    rows = [
        {
            "kind": "influences",
            **{name: written(value) for name, value in edge.values.items()},
            "from": named(edge.start, graph.nodes.get(edge.start, {})),
            "to": named(edge.end, graph.nodes.get(edge.end, {})),
        }
        for edge in graph.edges
    ]
    return columns_of(rows, ENDS[:3], without=set()), rows


def columns_of(
    rows: list[dict[str, str]], first: tuple[str, ...], *, without: set[str]
) -> tuple[str, ...]:
    """Every name that some row has, those asked for first."""
    names = dict.fromkeys((*first, *(name for row in rows for name in row)))
    return tuple(name for name in names if name not in without)


def named(key: str, node: Values) -> str:
    """What a node is called: its name or label, else its id."""
    return next((written(node[name]) for name in NAMES if node.get(name)), key)


def written(value: Any) -> str:
    """A value as a cell's text."""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else " ".join(str(value).split())


def from_graphml(text: str) -> Graph:
    """Nodes and edges with their data by name; the labels that yEd draws count as names."""
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnreadableFile(because(BROKEN)) from error
    keys = {key.get("id"): key.get("attr.name") or "label" for key in _all(root, "key")}
    nodes = {node.get("id", ""): _data(node, keys) for node in _all(root, "node")}
    edges = (
        Edge(edge.get("source", ""), edge.get("target", ""), _data(edge, keys))
        for edge in _all(root, "edge")
    )
    return _graph(nodes, edges)


def _all(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if _local(one) == name)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _data(element: Element, keys: Mapping[str | None, str]) -> dict[str, str]:
    """What is written on a node or an edge; of a drawing inside only its text."""
    return {
        keys[data.get("key")]: "".join(data.itertext()).strip()
        for data in element
        if _local(data) == "data" and data.get("key") in keys
    }


def from_json(text: str) -> Graph:
    """The people, ties and coverage of a map.json of ours."""
    try:
        whole = json.loads(text)
        facts = whole.get("facts", whole)
        people = {f"p{one['id']}": _person(one) for one in facts["people"]}
        ours = {
            f"c{one['colleague_id']}": {"name": one["colleague_name"], "side": "ours"}
            for one in facts["coverage"]
        }
        edges = (*map(_tie, facts["ties"]), *map(_coverage, facts["coverage"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableFile(because(NO_MAP)) from error
    return _graph({**people, **ours}, edges)


KEPT = ("name", "title", "department", "unit", "level", "roles", "support", "influence")


def _person(one: Values) -> Values:
    return {**{name: one.get(name) for name in KEPT}, "is_outside": one.get("is_outside") or ""}


def _tie(one: Values) -> Edge:
    values = {"kind": one["kind"], "weight": one["weight"]}
    return Edge(f"p{one['from_id']}", f"p{one['to_id']}", values)


def _coverage(one: Values) -> Edge:
    values = {"kind": "coverage", "depth": one["depth"], "last_contact": one["last_contact"]}
    return Edge(f"c{one['colleague_id']}", f"p{one['person_id']}", values)


def _graph(nodes: Mapping[str, Values], edges: Iterable[Edge]) -> Graph:
    if not nodes:
        raise UnreadableFile(because(NO_MAP))
    return Graph(nodes, tuple(edges))
