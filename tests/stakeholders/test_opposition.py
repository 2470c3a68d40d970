"""Who is against us, whom they sway, and who could speak with them."""

from __future__ import annotations

import pytest

from app.stakeholders.map_settings import MapSettings
from app.stakeholders.power_map import answers
from app.stakeholders.rules import Support
from tests.stakeholders.map_cast import (
    DAY,
    at_odds,
    decider,
    facts,
    influences,
    people,
    person,
    reports,
)

AGAINST = {"support": Support.OPPOSES, "support_on": DAY}
FOR = {"support": Support.SUPPORTS}


def opposition(*given, **settings):
    return answers(facts(*given), settings=MapSettings(**settings)).opposition


@pytest.mark.parametrize(
    ("support", "is_against"),
    [
        (Support.OPPOSES, True),
        (Support.SCEPTICAL, True),
        (Support.NEUTRAL, False),
        (None, False),
        (Support.SUPPORTS, False),
    ],
)
def test_opponents_are_those_known_to_stand_against_us(support, is_against):
    assert bool(opposition(person(1, support=support))) is is_against


def test_the_one_with_most_sway_comes_first():
    found = opposition(decider(1), person(2, **AGAINST), person(3, **AGAINST), influences(3, 1))

    assert [(one.person_id, one.sway) for one in found] == [(3, pytest.approx(0.5)), (2, 0)]


def test_whom_they_sway_is_told_with_how_much():
    """By hand: P2 listens to P1 alone (½); P3 to P2 (a quarter); P4 to P3 (an eighth)."""
    found = opposition(
        person(1, **AGAINST),
        *people(5)[1:],
        *[influences(1, 2), influences(2, 3), influences(3, 4), influences(4, 5)],
    )[0]

    assert [(one.person_id, one.share) for one in found.swayed] == [
        (2, pytest.approx(0.5)),
        (3, pytest.approx(0.25)),
        (4, pytest.approx(0.125)),
    ]
    assert str(found.swayed[0].reason) == "50 % of the view of P2 stems from P1"
    assert str(found.reason) == "P1: -2, seen 2026-06-01"


def test_friends_the_opponent_listens_to_are_named():
    found = opposition(
        person(1, support=Support.SCEPTICAL),
        *[person(2, **FOR), person(3, **FOR), person(4)],
        *[influences(2, 1, 1), influences(4, 1, 1), reports(2, 3)],
    )[0]

    assert [one.person_id for one in found.friends] == [2, 3]
    assert str(found.friends[0].reason) == "12 % of the view of P1 stems from P2"
    assert str(found.reason) == "P1: -1"


def test_a_friend_at_odds_with_the_opponent_is_a_rival():
    found = opposition(
        person(2, **AGAINST),
        *[person(1, **FOR), person(3, **FOR), person(4)],
        *[influences(1, 2), at_odds(1, 2), at_odds(2, 3), at_odds(2, 4), at_odds(1, 4)],
    )[0]

    assert found.friends == ()
    assert found.rivals == (1, 3)


def test_only_the_weightiest_are_explained():
    against = [person(number, **AGAINST) for number in range(1, 6)]

    found = opposition(*against, decider(9), influences(4, 9), explained_at_most=2)

    assert [one.person_id for one in found] == [4, 1]
