"""Our coverage: who is key, and where we are thin, late, doubled or absent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.stakeholders.map_settings import MapSettings
from app.stakeholders.our_ties import rhythm_days, suggested_approach
from app.stakeholders.power_map import answers
from app.stakeholders.rules import Approach, Depth, Influence, Role, Support
from tests.stakeholders.map_cast import DAY, covers, decider, facts, influences, people, person


def ago(days: int):
    return DAY - timedelta(days=days)


def our_ties(*given):
    return answers(facts(*given)).our_ties


def key(*given) -> dict[int, str]:
    return {one: str(why) for one, why in answers(facts(*given)).key_people.items()}


def who(remarks) -> list[int]:
    return [one.person_id for one in remarks]


class TestKeyPeople:
    def test_a_role_makes_somebody_key(self):
        assert key(person(1), person(2, Role.EXECUTOR, Role.PROPOSER)) == {2: "P2: proposer"}

    @pytest.mark.parametrize(
        ("influence", "is_key"),
        [
            (None, False),
            (Influence.NONE, False),
            (Influence.SOME, False),
            (Influence.STRONG, True),
            (Influence.DECISIVE, True),
        ],
    )
    def test_strong_influence_does(self, influence, is_key):
        assert bool(key(person(1, influence=influence))) is is_key

    def test_sway_twice_an_even_share_does(self):
        """By hand: of six people the even share is 1/6; P2 sways ½, P3 and P4 none."""
        found = key(decider(1), *people(6)[1:], influences(2, 1))

        assert found == {1: "P1: decider", 2: "P2: sway 50 %"}

    def test_just_twice_is_enough(self):
        """By hand: of four people P2 sways ½, which is twice the even share of ¼."""
        assert list(key(decider(1), *people(4)[1:], influences(2, 1))) == [1, 2]

    def test_sway_just_below_twice_an_even_share_does_not(self):
        """By hand: of three people P2 sways ½, and twice the even share is ⅔."""
        assert list(key(decider(1), *people(3)[1:], influences(2, 1))) == [1]

    def test_a_placeholder_is_never_key(self):
        assert key(decider(1, is_placeholder=True)) == {}


class TestSingleAndNeglected:
    def test_one_tie_to_a_key_person_is_told(self):
        found = our_ties(decider(1), covers(7, 1))

        assert who(found.single) == [1]
        assert found.single[0].colleague_ids == (7,)
        assert str(found.single[0].reason) == "Only C7 of ours knows P1"

    def test_two_ties_are_not_single(self):
        assert our_ties(decider(1), covers(7, 1), covers(8, 1)).single == ()

    def test_two_records_of_one_colleague_are_one_tie(self):
        assert who(our_ties(decider(1), covers(7, 1), covers(7, 1, Depth.MUTUAL)).single) == [1]

    def test_one_tie_to_an_onlooker_is_not(self):
        assert our_ties(decider(1), person(2), covers(7, 2)).single == ()

    def test_a_key_person_none_of_ours_knows_is_neglected(self):
        found = our_ties(decider(2), person(1, Role.GUIDE), covers(7, 2, Depth.NONE))

        assert who(found.neglected) == [1, 2]
        assert str(found.neglected[0].reason) == "None of ours knows P1"


class TestDoubled:
    def test_several_ties_to_an_onlooker_are_doubled(self):
        found = our_ties(decider(1), person(2), covers(7, 2), covers(8, 2)).doubled

        assert who(found) == [2]
        assert found[0].colleague_ids == (7, 8)
        assert str(found[0].reason) == "Of ours who know P2, not a key person: 2"

    def test_several_ties_to_a_key_person_are_as_they_should_be(self):
        assert our_ties(decider(1), covers(7, 1), covers(8, 1)).doubled == ()

    def test_where_nobody_is_known_to_matter_nothing_is_doubled(self):
        assert our_ties(person(1), covers(7, 1), covers(8, 1)).doubled == ()


class TestCold:
    def test_within_the_rhythm_nobody_is_cold(self):
        assert our_ties(decider(1), covers(7, 1, last_contact=ago(60))).cold == ()

    def test_a_day_beyond_the_rhythm_is_a_day_late(self):
        cold = our_ties(decider(1), covers(7, 1, last_contact=ago(61))).cold[0]

        assert (cold.person_id, cold.days_late, cold.rhythm_days) == (1, 1, 60)
        assert str(cold.reason) == ("P1 was last seen on 2026-04-01, 61 days ago; the rhythm is 60")

    def test_the_latest_contact_by_any_of_ours_counts(self):
        ties = [covers(7, 1, last_contact=ago(99)), covers(8, 1, last_contact=ago(9))]

        assert our_ties(decider(1), *ties).cold == ()

    def test_no_contact_on_record_is_a_whole_rhythm_late(self):
        cold = our_ties(person(1, Role.GUIDE), covers(7, 1, last_contact=None)).cold[0]

        assert (cold.days_late, str(cold.reason)) == (30, "No contact with P1 is on record")

    def test_the_latest_come_first(self):
        ties = [covers(7, 1, last_contact=ago(70)), covers(7, 2, last_contact=ago(90))]

        assert who(our_ties(decider(1), decider(2), *ties).cold) == [2, 1]

    def test_onlookers_have_no_rhythm_to_miss(self):
        assert our_ties(decider(1), person(2), covers(7, 2, last_contact=ago(900))).cold == ()

    @pytest.mark.parametrize(
        ("given", "days"),
        [
            (person(1), 90),
            (person(1, Role.PROPOSER), 45),
            (person(1, Role.DECIDER, Role.GUIDE), 30),
            (person(1, Role.GUIDE, rhythm_days=7), 7),
        ],
    )
    def test_the_rhythm_is_the_persons_own_or_the_shortest_of_their_roles(self, given, days):
        assert rhythm_days(given, MapSettings()) == days


@pytest.mark.parametrize(
    ("given", "approach"),
    [
        (person(1, Role.DECIDER, Role.BLOCKER), Approach.WIN),
        (person(1, Role.BLOCKER), Approach.CONTAIN),
        (person(1, Role.EXECUTOR, support=Support.SCEPTICAL), Approach.CONTAIN),
        (person(1, support=Support.OPPOSES), Approach.CONTAIN),
        (person(1, Role.EXECUTOR, support=Support.NEUTRAL), Approach.HOLD),
        (person(1, Role.GUIDE), Approach.HOLD),
        (person(1), Approach.RESPECT),
    ],
)
def test_what_to_do_with_a_person(given, approach):
    assert suggested_approach(given) is approach
