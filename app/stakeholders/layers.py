"""The map as layers of ties among their people, cleaned of what cannot be.

Self ties and ties to nobody are dropped, duplicates fold into the strongest, and
everything is kept in order of id, so that no answer hangs on the order of the facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.rules import UNDIRECTED, Depth, Role, TieKind

Pair = tuple[int, int]
WEIGHTS = range(1, 4)
"""How much one person influences another: 1, 2 or 3."""


@dataclass(frozen=True)
class PowerMap:
    """A typed graph of several layers over the same people, and our ties to them.

    ``layers[kind][(a, b)]`` is the weight of the tie a → b; undirected kinds are
    stored once, lower id first. ``managers`` holds each person's managers (one, when
    the data is as it should be) and ``reports`` the same lines downward;
    ``influence`` whom each influences; ``coverage`` our ties to each.
    """

    people: Mapping[int, PersonFact]
    layers: Mapping[TieKind, Mapping[Pair, int]]
    managers: Mapping[int, tuple[int, ...]]
    reports: Mapping[int, tuple[int, ...]]
    influence: Mapping[int, tuple[int, ...]]
    coverage: Mapping[int, tuple[CoverageFact, ...]]
    on: date

    @property
    def deciders(self) -> tuple[int, ...]:
        """Ids of those who hold the decider's role, placeholders among them."""
        return self.holders(Role.DECIDER)

    def holders(self, role: Role) -> tuple[int, ...]:
        """Ids of those who hold a role, in order of id."""
        return tuple(person.id for person in self.people.values() if role in person.roles)

    def name(self, person_id: int) -> str:
        """The name of one of theirs."""
        return self.people[person_id].name

    def influenced_by(self, person_id: int) -> tuple[tuple[int, int], ...]:
        """Whom a person influences directly, each with the weight, strongest first."""
        takers = self.influence.get(person_id, ())
        ties = self.layers[TieKind.INFLUENCES]
        weighed = [(taker, ties[person_id, taker]) for taker in takers]
        return tuple(sorted(weighed, key=lambda one: (-one[1], one[0])))

    def are_at_odds(self, one: int, other: int) -> bool:
        """True when the two are recorded as at odds."""
        return (min(one, other), max(one, other)) in self.layers[TieKind.AT_ODDS]

    def ties_to(self, person_id: int) -> tuple[CoverageFact, ...]:
        """Our ties to a person that amount to a relation (deeper than none)."""
        return self.coverage.get(person_id, ())

    def last_contact(self, person_id: int) -> date | None:
        """The latest day that any of ours was in contact with them."""
        days = [tie.last_contact for tie in self.ties_to(person_id) if tie.last_contact]
        return max(days, default=None)

    def pairs(self) -> Iterator[Pair]:
        """Every tie of every layer as an ordered pair, layer by layer."""
        for ties in self.layers.values():
            yield from ties


def power_map(facts: MapFacts) -> PowerMap:
    """The layers of a map, cleaned and in order of id."""
    people = {person.id: person for person in sorted(facts.people, key=lambda one: one.id)}
    layers = _layers(facts.ties, people)
    reporting = layers[TieKind.REPORTS_TO]
    return PowerMap(
        people=people,
        layers=layers,
        managers=_by_first(reporting),
        reports=_by_first((manager, report) for report, manager in reporting),
        influence=_by_first(layers[TieKind.INFLUENCES]),
        coverage=_coverage(facts.coverage, people),
        on=facts.on,
    )


def pair_of(tie: TieFact) -> Pair:
    """The ends of a tie as stored: as given, or lower id first where it has no direction."""
    if tie.kind in UNDIRECTED:
        return min(tie.from_id, tie.to_id), max(tie.from_id, tie.to_id)
    return tie.from_id, tie.to_id


def _layers(
    ties: Iterable[TieFact], people: Mapping[int, PersonFact]
) -> dict[TieKind, dict[Pair, int]]:
    found: dict[TieKind, dict[Pair, int]] = {kind: {} for kind in TieKind}
    for tie in ties:
        if tie.from_id == tie.to_id or tie.from_id not in people or tie.to_id not in people:
            continue
        pair, layer = pair_of(tie), found[tie.kind]
        weight = min(max(tie.weight, WEIGHTS[0]), WEIGHTS[-1])
        layer[pair] = max(weight, layer.get(pair, 0))
    return {kind: dict(sorted(layer.items())) for kind, layer in found.items()}


def _by_first(pairs: Iterable[Pair]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return {first: tuple(seconds) for first, seconds in found.items()}


def _coverage(
    coverage: Iterable[CoverageFact], people: Mapping[int, PersonFact]
) -> dict[int, tuple[CoverageFact, ...]]:
    kept: dict[Pair, CoverageFact] = {}
    for tie in coverage:
        if tie.person_id not in people or tie.depth == Depth.NONE:
            continue
        pair = (tie.person_id, tie.colleague_id)
        kept[pair] = max(tie, kept.get(pair, tie), key=_closeness)
    by_person: dict[int, list[CoverageFact]] = defaultdict(list)
    for person_id, colleague_id in sorted(kept):
        by_person[person_id].append(kept[person_id, colleague_id])
    return {person_id: tuple(ties) for person_id, ties in by_person.items()}


def _closeness(tie: CoverageFact) -> tuple[int, date, str, str]:
    latest = tie.last_contact or date.min
    depth = Depth.NODDING if tie.depth is None else tie.depth
    return depth, latest, tie.colleague_name, tie.colleague_function
