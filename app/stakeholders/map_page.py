"""A map with its answers, put together for a page.

Answers are kept for as long as the facts are the same: the facts are the key, so
nothing here can be stale, and workers need not agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from app.row_ids import possible_row
from app.stakeholders.finding import Finding
from app.stakeholders.findings import findings
from app.stakeholders.map_differences import MapChange, differing, map_differences
from app.stakeholders.map_drawing import Drawing, Point, drawing
from app.stakeholders.map_facts import CoverageFact, MapFacts
from app.stakeholders.map_layout import Arrangement, Positions
from app.stakeholders.map_report import all_answers, as_plain
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.rules import Support, TieKind
from app.stakeholders.what_if import (
    AddCoverage,
    Change,
    ChangeSupport,
    Difference,
    RemoveColleague,
    RemovePerson,
    what_if,
)
from app.vocabulary import Reason

MOST_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class MapPage:
    """What the page prints; there is one of each. ``names`` are theirs by id, ``ours`` our
    people's."""

    answers: MapAnswers
    findings: tuple[Finding, ...]
    drawing: Drawing
    names: Mapping[int, str]
    ours: Mapping[int, str]
    depends: Mapping[int, list[Reason]]
    routes: Mapping[int, int]
    own: frozenset[int]
    changes: tuple[MapChange, ...]

    @property
    def cold(self) -> frozenset[int]:
        """Ids of those not seen for longer than their rhythm."""
        return frozenset(one.person_id for one in self.answers.our_ties.cold)

    @property
    def changed(self) -> frozenset[int]:
        """Ids of those whom a change is about."""
        return frozenset(one for change in self.changes for one in change.people)


def map_page(
    facts: MapFacts,
    arrangement: Arrangement,
    kept: Positions,
    *,
    base: MapFacts | None = None,
    earlier: MapFacts | None = None,
) -> MapPage:
    """The map laid out, those in ``kept`` where they were put by hand, and what it says.

    ``base`` is the account's map, to mark where an opportunity's differs; ``earlier``
    the same map on another day, to tell what changed.
    """
    return _put_together(facts, arrangement, tuple(kept.items()), base, earlier)


@lru_cache(maxsize=MOST_KEPT)
def _put_together(
    facts: MapFacts,
    arrangement: Arrangement,
    kept: tuple[tuple[int, Point], ...],
    base: MapFacts | None,
    earlier: MapFacts | None,
) -> MapPage:
    found, lines = _read(facts)
    placed = found.positions(arrangement)
    placed |= {one: at for one, at in kept if one in placed}
    return MapPage(
        answers=found,
        findings=lines,
        drawing=drawing(found.drawn, placed, found.settings),
        names={person.id: person.name for person in facts.people},
        ours={tie.colleague_id: tie.colleague_name for tie in facts.coverage},
        depends={
            one: [each.reason for each in found.dependences if each.for_id == one]
            for one in found.deciders
        },
        routes={each.person_id: each.count for each in found.routes},
        own=differing(base, facts) if base else frozenset(),
        changes=map_differences(earlier, facts) if earlier else (),
    )


def supposed(facts: MapFacts, what: str, who: str, colleague: CoverageFact) -> Supposition | None:
    """What would be different if …; None when the question names nobody on the map.

    ``who`` is p and the id of one of theirs, or c and the id of one of ours.
    """
    change = _supposed(facts, what, who, colleague)
    if change is None:
        return None
    return Supposition(what, who, what_if(facts, change).differences)


@dataclass(frozen=True, slots=True)
class Supposition:
    """A question and what would be different."""

    what: str
    who: str
    differences: tuple[Difference, ...]


def _supposed(facts: MapFacts, what: str, who: str, colleague: CoverageFact) -> Change | None:
    side, known = who[:1], possible_row(who[1:]) or 0
    if side == "c" and what == "leaves":
        ours = {one.colleague_id for one in facts.coverage}
        return RemoveColleague(known) if known in ours else None
    if side != "p" or known not in {person.id for person in facts.people}:
        return None
    changes: dict[str, Change] = {
        "leaves": RemovePerson(known),
        "champions": ChangeSupport(known, Support.CHAMPIONS),
        "opposes": ChangeSupport(known, Support.OPPOSES),
        "reached": AddCoverage(replace(colleague, person_id=known)),
    }
    return changes.get(what)


def map_json(facts: MapFacts, layer: TieKind | None = None) -> dict[str, Any]:
    """The facts and every answer to them, plain enough for JSON."""
    found, _lines = _read(facts)
    return {"facts": as_plain(facts), "answers": as_plain(all_answers(found, layer))}


@lru_cache(maxsize=MOST_KEPT)
def _read(facts: MapFacts) -> tuple[MapAnswers, tuple[Finding, ...]]:
    found = answers(facts)
    return found, findings(found)
