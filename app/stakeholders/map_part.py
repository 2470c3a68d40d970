"""A map too large to draw whole: those who weigh most on a decision, or one unit at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import replace
from heapq import nsmallest

from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.rules import Role

DRAWN_WHOLE = 1_000
"""People up to which a map is drawn and answered whole: beyond, a browser and a reader are lost."""
DRAWN_IN_PART = 400


def part_of(facts: MapFacts, unit: str = "") -> MapFacts:
    """The people of a unit ("": all), or, where they are too many, those who matter most.

    First deciders, then who holds a role, whom we know, who was judged, who has most ties;
    then by id. The same for the same facts, whatever their order.
    """
    people = [one for one in facts.people if not unit or one.unit == unit]
    if len(people) > DRAWN_WHOLE:
        people = _weightiest(facts, people)
    return facts if len(people) == len(facts.people) else among(facts, {one.id for one in people})


def among(facts: MapFacts, ids: Container[int]) -> MapFacts:
    """A map of some of its people, with the ties among them and ours to them."""
    return replace(
        facts,
        people=tuple(one for one in facts.people if one.id in ids),
        ties=tuple(one for one in facts.ties if one.from_id in ids and one.to_id in ids),
        coverage=tuple(one for one in facts.coverage if one.person_id in ids),
    )


def units(facts: MapFacts) -> list[str]:
    """The units there are, by name."""
    return sorted({one.unit for one in facts.people if one.unit})


def _weightiest(facts: MapFacts, people: list[PersonFact]) -> list[PersonFact]:
    ties = Counter(end for tie in facts.ties for end in (tie.from_id, tie.to_id))
    known = {tie.person_id for tie in facts.coverage}

    def place(one: PersonFact) -> tuple[bool, bool, bool, bool, int, int]:
        return (
            Role.DECIDER not in one.roles,
            not one.roles,
            one.id not in known,
            one.support is None and one.influence is None,
            -ties[one.id],
            one.id,
        )

    return nsmallest(DRAWN_IN_PART, people, key=place)
