"""The steps of a way in, in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.stakeholders.access_graph import AccessGraph, Node, Pull, Side, strength_between
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_facts import CoverageFact
from app.stakeholders.rules import TieKind
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: who brings us to whom, how surely (0…1), and why."""

    giver: Node
    taker: Node
    giver_name: str
    taker_name: str
    strength: float
    reasons: tuple[Reason, ...]


def step(graph: AccessGraph, drawn: PowerMap, giver: Node, taker: Node) -> Step:
    """The step along one edge of the access graph, explained."""
    pull: Pull = graph.edges[giver, taker]["pull"]
    one, other = name_of(giver, drawn), name_of(taker, drawn)
    if isinstance(pull.tie, CoverageFact):
        reasons = _coverage_reasons(pull.tie, other, pull)
    else:
        backwards = (taker.id, giver.id) in drawn.layers[TieKind.REPORTS_TO]
        tie = _tie_reason(pull, one, other, backwards)
        reasons = (tie, _readiness_reason(giver.id, drawn, pull))
    return Step(giver, taker, one, other, strength_between(graph, giver, taker), reasons)


def name_of(node: Node, drawn: PowerMap) -> str:
    """The name behind a node, ours or theirs."""
    if node.side is Side.THEIRS:
        return drawn.name(node.id)
    return next(
        tie.colleague_name
        for ties in drawn.coverage.values()
        for tie in ties
        if tie.colleague_id == node.id
    )


def _coverage_reasons(tie: CoverageFact, name: str, pull: Pull) -> tuple[Reason, ...]:
    values = {"one": tie.colleague_name, "other": name, "strength": pull.base}
    depth = Reason(N_("%(one)s covers %(other)s, how deeply nobody has said: %(strength)s"), values)
    if tie.depth is not None:
        values = {**values, "depth": tie.depth}
        depth = Reason(N_("%(one)s and %(other)s, %(depth)s: %(strength)s"), values)
    factor = round(pull.factor, 2)
    if tie.last_contact is None:
        return depth, because(N_("No contact on record: times %(factor)s"), factor=factor)
    contact = because(
        N_("Last contact %(day)s: times %(factor)s"), day=tie.last_contact, factor=factor
    )
    return depth, contact


def _tie_reason(pull: Pull, one: str, other: str, backwards: bool) -> Reason:
    values = {"one": one, "other": other, "strength": pull.base}
    if pull.tie is TieKind.ALLIED:
        return Reason(N_("%(one)s is allied with %(other)s: %(strength)s"), values)
    if pull.tie is TieKind.INFLUENCES:
        return Reason(N_("%(one)s influences %(other)s: %(strength)s"), values)
    if backwards:
        return Reason(N_("%(one)s is the manager of %(other)s: %(strength)s"), values)
    return Reason(N_("%(one)s reports to %(other)s: %(strength)s"), values)


def _readiness_reason(person_id: int, drawn: PowerMap, pull: Pull) -> Reason:
    person = drawn.people[person_id]
    values = {"name": person.name, "factor": pull.factor}
    if person.support is None:
        return Reason(N_("How %(name)s stands to us is unknown: times %(factor)s"), values)
    values = {**values, "support": person.support}
    return Reason(N_("%(name)s, %(support)s: times %(factor)s"), values)
