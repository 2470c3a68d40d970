"""A map with its answers, put together for a page.

Answers are kept for as long as the facts are the same: the facts are the key, so
nothing here can be stale, and workers need not agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.stakeholders.finding import Finding
from app.stakeholders.findings import findings
from app.stakeholders.map_drawing import Drawing, drawing
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_layout import Arrangement, Positions
from app.stakeholders.map_report import all_answers, as_plain
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.rules import TieKind
from app.vocabulary import Reason

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class MapPage:
    """What the page prints. ``names`` are theirs by id, ``ours`` our people's."""

    answers: MapAnswers
    findings: tuple[Finding, ...]
    drawing: Drawing
    names: Mapping[int, str]
    ours: Mapping[int, str]
    depends: Mapping[int, list[Reason]]
    routes: Mapping[int, int]


def map_page(facts: MapFacts, arrangement: Arrangement, kept: Positions) -> MapPage:
    """The map laid out, those in ``kept`` where they were put by hand, and what it says."""
    found, lines = _read(facts)
    placed = found.positions(arrangement)
    placed |= {one: at for one, at in kept.items() if one in placed}
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
    )


def map_json(facts: MapFacts, layer: TieKind | None = None) -> dict[str, Any]:
    """The facts and every answer to them, plain enough for JSON."""
    found, _lines = _read(facts)
    return {"facts": as_plain(facts), "answers": as_plain(all_answers(found, layer))}


@lru_cache(maxsize=MOST_KEPT)
def _read(facts: MapFacts) -> tuple[MapAnswers, tuple[Finding, ...]]:
    found = answers(facts)
    return found, findings(found)
