"""Our side of the map: who of ours holds which tie, in the four groups of what to do [002]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact
from app.stakeholders.our_ties import suggested_approach
from app.stakeholders.rules import Approach, ContractPhase, Depth, HelpSource


@dataclass(frozen=True, slots=True)
class WantedTie:
    """A tie of ours as it is and as it is wanted."""

    tie: CoverageFact
    wanted: Depth | None

    @property
    def falls_short(self) -> bool:
        """True when a deeper tie is wanted than there is."""
        return self.wanted is not None and (self.tie.depth or Depth.NONE) < self.wanted


@dataclass(frozen=True, slots=True)
class Covered:
    """A person and our ties to them; ``is_chosen``: the approach is somebody's choice."""

    person: PersonFact
    ties: tuple[WantedTie, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ApproachGroup:
    """Those to be treated alike, those we cover least first."""

    approach: Approach
    people: tuple[Covered, ...]


def approach_groups(
    facts: MapFacts,
    chosen: Mapping[int, Approach],
    wanted: Mapping[tuple[int, int], Depth],
) -> tuple[ApproachGroup, ...]:
    """The four groups, in the order of the course, everyone in the one chosen or suggested.

    ``wanted`` is the depth wanted by (person, colleague).
    """
    ties: dict[int, list[WantedTie]] = {person.id: [] for person in facts.people}
    for tie in facts.coverage:
        if tie.person_id in ties:
            pair = (tie.person_id, tie.colleague_id)
            ties[tie.person_id].append(WantedTie(tie, wanted.get(pair)))
    grouped: dict[Approach, list[Covered]] = {approach: [] for approach in Approach}
    for person in facts.people:
        if not person.is_placeholder:
            approach = chosen.get(person.id) or suggested_approach(person)
            covered = Covered(person, tuple(ties[person.id]), person.id in chosen)
            grouped[approach].append(covered)
    return tuple(
        ApproachGroup(approach, tuple(sorted(people, key=_thinly_first)))
        for approach, people in grouped.items()
    )


def _thinly_first(one: Covered) -> tuple[int, str]:
    deepest = max((each.tie.depth or Depth.NODDING for each in one.ties), default=Depth.NONE)
    return int(deepest), one.person.name


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody who helps, and for what."""

    id: int
    phase: ContractPhase
    source: HelpSource
    who: str
    purpose: str


def rescue_matrix(
    helpers: Iterable[Help],
) -> tuple[tuple[ContractPhase, tuple[Sequence[Help], ...]], ...]:
    """Three phases × three sources; an empty cell is an empty list, and shows."""
    cells: dict[tuple[ContractPhase, HelpSource], list[Help]] = {
        (phase, source): [] for phase in ContractPhase for source in HelpSource
    }
    for one in helpers:
        cells[one.phase, one.source].append(one)
    return tuple(
        (phase, tuple(cells[phase, source] for source in HelpSource)) for phase in ContractPhase
    )
