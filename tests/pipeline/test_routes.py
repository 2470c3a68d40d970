"""Two routes to a decider that share nobody: as on the map, and as known on the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pipeline.around import Held
from app.pipeline.routes import (
    Known,
    MapPast,
    Said,
    Tied,
    Touched,
    has_two_routes,
    two_routes_known,
)
from app.stakeholders.layers import power_map
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Depth, Role, Support, TieKind
from app.stakeholders.ways_in import Access

LONG_AGO, THEN, EVE = date(2025, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
DEAL, OTHER_DEAL = 1, 2
DECIDER, SECRETARY, ENGINEER = 10, 11, 12
ADA, BEN = 1, 2


def known(person, *, since=LONG_AGO, until=None, is_placeholder=False):
    return Known(person, is_placeholder, since, until)


def touched(user, person, *, since=LONG_AGO, until=None):
    return Touched(user * 100 + person, user, person, since, until)


def decides(person=DECIDER, *, deal=None, role=Role.DECIDER, since=LONG_AGO, until=None):
    return Held(person, deal, role, since, until)


def past(**more):
    """Ada knows the decider; Ben the secretary, who reports to the decider."""
    given = {
        "people": [known(DECIDER), known(SECRETARY), known(ENGINEER)],
        "ties": [Tied(TieKind.REPORTS_TO, SECRETARY, DECIDER, LONG_AGO, None)],
        "touches": [touched(ADA, DECIDER), touched(BEN, SECRETARY)],
        "held": [decides()],
    }
    return MapPast(**{**given, **more})


CASES = {
    "one direct, one over a third person": (past(), True),
    "both of ours in touch with the decider": (
        past(touches=[touched(ADA, DECIDER), touched(BEN, DECIDER)], ties=[]),
        True,
    ),
    "one of ours on both routes": (
        past(touches=[touched(ADA, DECIDER), touched(ADA, SECRETARY)]),
        False,
    ),
    "one of theirs on both routes": (
        past(touches=[touched(ADA, SECRETARY), touched(BEN, SECRETARY)]),
        False,
    ),
    "nobody decides": (past(held=[]), False),
    "somebody decides another deal": (past(held=[decides(deal=OTHER_DEAL)]), False),
    "decides at the account and has no role in this deal": (
        past(held=[decides(), decides(deal=DEAL, role=None)]),
        False,
    ),
    "a tie that had ended": (
        past(ties=[Tied(TieKind.REPORTS_TO, SECRETARY, DECIDER, LONG_AGO, EVE)]),
        False,
    ),
    "a tie drawn later": (
        past(ties=[Tied(TieKind.REPORTS_TO, SECRETARY, DECIDER, date(2026, 5, 2), None)]),
        False,
    ),
    "a secretary who had left": (past(people=[known(DECIDER), known(SECRETARY, until=EVE)]), False),
    "a secretary nobody has found": (
        past(people=[known(DECIDER), known(SECRETARY, is_placeholder=True)]),
        False,
    ),
    "a touch judged to be no relation": (
        past(depths={BEN * 100 + SECRETARY: [(THEN, Depth.NONE)]}),
        False,
    ),
    "a secretary who opposes us": (
        past(said={SECRETARY: [Said(THEN, None, Support.OPPOSES)]}),
        False,
    ),
    "who opposes us in another deal": (
        past(said={SECRETARY: [Said(THEN, OTHER_DEAL, Support.OPPOSES)]}),
        True,
    ),
    "and is for us in this one": (
        past(
            said={
                SECRETARY: [
                    Said(LONG_AGO, DEAL, Support.SUPPORTS),
                    Said(THEN, None, Support.OPPOSES),
                ]
            }
        ),
        True,
    ),
    "two at odds": (
        past(
            ties=[
                Tied(TieKind.REPORTS_TO, SECRETARY, DECIDER, LONG_AGO, None),
                Tied(TieKind.AT_ODDS, DECIDER, SECRETARY, LONG_AGO, None),
            ]
        ),
        False,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_two_routes_share_nobody_on_the_day(case):
    recorded, expected = CASES[case]

    assert has_two_routes(recorded, DEAL, EVE) is expected


PEOPLE = st.integers(1, 6)
PAIRS = st.sets(st.tuples(PEOPLE, PEOPLE), max_size=12)


@settings(max_examples=60, deadline=None)
@given(lines=PAIRS, touches=st.sets(st.tuples(st.integers(1, 3), PEOPLE), max_size=6))
def test_it_is_what_the_map_counts(lines, touches):
    people = tuple(PersonFact(one, str(one)) for one in range(1, 7))
    ties = tuple(TieFact(TieKind.INFLUENCES, *pair) for pair in sorted(lines))
    ours = tuple(CoverageFact(user, str(user), person) for user, person in sorted(touches))

    access = Access(power_map(MapFacts(people, ties, ours, EVE)), MapSettings())

    for person in range(1, 7):
        assert access.has_two_routes(person) is (access.independent_routes(person).count >= 2)


@settings(max_examples=60, deadline=None)
@given(
    lines=PAIRS,
    touches=st.sets(st.tuples(st.integers(1, 3), PEOPLE), max_size=6),
    unfound=st.sets(PEOPLE, max_size=2),
    deciders=st.sets(PEOPLE, min_size=1, max_size=2),
)
def test_what_is_seen_without_drawing_the_map_is_what_the_map_counts(
    lines, touches, unfound, deciders
):
    recorded = past(
        people=[known(one, is_placeholder=one in unfound) for one in range(1, 7)],
        ties=[Tied(TieKind.INFLUENCES, *pair, LONG_AGO, None) for pair in sorted(lines)],
        touches=[touched(*pair) for pair in sorted(touches)],
        held=[decides(one) for one in deciders],
    )
    people = tuple(PersonFact(one, "", is_placeholder=one in unfound) for one in range(1, 7))
    ties = tuple(TieFact(TieKind.INFLUENCES, *pair) for pair in sorted(lines))
    ours = tuple(CoverageFact(user, "", person) for user, person in sorted(touches))

    access = Access(power_map(MapFacts(people, ties, ours, EVE)), MapSettings())

    counted = any(access.independent_routes(one).count >= 2 for one in deciders)
    assert has_two_routes(recorded, DEAL, EVE) is counted
    assert two_routes_known(recorded, DEAL, EVE) is (counted if touches else None)
