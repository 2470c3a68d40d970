"""The map as files that other programs open, and back from JSON; and what a customer may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.later import Later
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.rules import Confidence, Depth, Influence, Role, Support, TieKind

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = Later("networkx")


def customer_safe(facts: MapFacts) -> MapFacts:
    """The map as the customer may see it: their people and reporting lines, nothing we think.

    Those outside the customer, and those we only suppose to exist, are our thoughts too.
    """
    people = tuple(
        PersonFact(
            one.id,
            one.name,
            title=one.title,
            department=one.department,
            unit=one.unit,
            level=one.level,
        )
        for one in facts.people
        if not one.is_outside and not one.is_placeholder
    )
    kept = {one.id for one in people}
    lines = tuple(
        tie
        for tie in facts.ties
        if tie.kind is TieKind.REPORTS_TO and {tie.from_id, tie.to_id} <= kept
    )
    return replace(facts, people=people, ties=lines, coverage=())


def facts_from_json(data: Mapping[str, Any]) -> MapFacts:
    """Facts as map.json writes them, read back; a ValueError or KeyError where they are not."""
    return MapFacts(
        people=tuple(_person(one) for one in data["people"]),
        ties=tuple(
            TieFact(TieKind(one["kind"]), one["from_id"], one["to_id"], one["weight"])
            for one in data["ties"]
        ),
        coverage=tuple(_coverage(one) for one in data["coverage"]),
        on=date.fromisoformat(data["on"]),
    )


def _person(one: Mapping[str, Any]) -> PersonFact:
    return PersonFact(
        **{
            **one,
            "roles": frozenset(Role(role) for role in one["roles"]),
            "support": _maybe(Support, one["support"]),
            "support_on": _maybe(date.fromisoformat, one["support_on"]),
            "support_confidence": _maybe(Confidence, one["support_confidence"]),
            "influence": _maybe(Influence, one["influence"]),
            "since": _maybe(date.fromisoformat, one["since"]),
        }
    )


def _coverage(one: Mapping[str, Any]) -> CoverageFact:
    last = _maybe(date.fromisoformat, one["last_contact"])
    return CoverageFact(**{**one, "depth": _maybe(Depth, one["depth"]), "last_contact": last})


def _maybe(read: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else read(value)


def graphml(facts: MapFacts) -> bytes:
    """People, ties and ours as GraphML: ids p1… theirs, c1… ours; unknown values left out."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for one in facts.people:
        values = {
            "name": one.name,
            "side": "theirs",
            "title": one.title,
            "department": one.department,
            "unit": one.unit,
            "roles": ";".join(sorted(one.roles)),
            "level": one.level,
            "support": one.support,
            "influence": one.influence,
        }
        graph.add_node(f"p{one.id}", **_plain(values))
    for tie in facts.ties:
        graph.add_edge(f"p{tie.from_id}", f"p{tie.to_id}", kind=tie.kind.value, weight=tie.weight)
    for held in facts.coverage:
        graph.add_node(f"c{held.colleague_id}", name=_printable(held.colleague_name), side="ours")
        ours = {"kind": "coverage", "depth": held.depth, "last_contact": held.last_contact}
        graph.add_edge(f"c{held.colleague_id}", f"p{held.person_id}", **_plain(ours))
    out = BytesIO()
    nx.write_graphml(graph, out, named_key_ids=True)
    return out.getvalue()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: int(value) if isinstance(value, int) else _printable(str(value))
        for name, value in values.items()
        if value is not None and value != ""
    }


def _printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(one for one in text if one >= " " and one not in "\ufffe\uffff")
