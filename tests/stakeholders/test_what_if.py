"""What would change: before and after, nothing saved."""

from __future__ import annotations

import pytest

from app.stakeholders.map_facts import MapFacts
from app.stakeholders.rules import Depth, Role, Support
from app.stakeholders.what_if import (
    AddCoverage,
    AddTie,
    ChangeSupport,
    RemoveColleague,
    RemovePerson,
    RemoveTie,
    changed_by,
    what_if,
)
from tests.stakeholders.map_cast import (
    DAY,
    allied,
    covers,
    decider,
    facts,
    influences,
    people,
    person,
)

READY = {"support": Support.CHAMPIONS, "support_on": DAY}


def told(given: MapFacts, *changes) -> dict[str, bool | None]:
    found = what_if(given, *changes)
    return {str(one.reason): one.is_better for one in found.differences}


@pytest.fixture
def one_way() -> MapFacts:
    """C1 knows the guide, who alone brings us to the decider."""
    return facts(
        decider(1), person(2, Role.GUIDE, **READY), covers(1, 2), allied(2, 1), influences(2, 1)
    )


def test_without_a_change_nothing_differs(one_way):
    assert what_if(one_way).differences == ()


def test_what_is_asked_is_not_done(one_way):
    found = what_if(one_way, RemovePerson(2))

    assert found.before.facts == one_way
    assert list(found.after.drawn.people) == [1]


def test_losing_the_one_we_depend_on_cuts_the_way_in(one_way):
    differences = told(one_way, RemovePerson(2))

    assert differences == {
        "Way in to P1: strength from 0.76 to 0.0": False,
        "Routes to P1 that share nobody: from 1 to 0": False,
        "The lean: from 0.0 … 1.0 to -1.0 … 1.0": False,
        "guide: from 3 to 0": False,
        "Sway of P1: from 50 % to 100 %": None,
    }


def test_losing_one_of_ours_cuts_all_their_ties(one_way):
    differences = told(one_way, RemoveColleague(1))

    assert differences["Way in to P1: strength from 0.76 to 0.0"] is False
    assert differences["guide: from 3 to 1"] is False
    assert differences["There would be no way in to P2"] is False


def test_losing_the_only_decider_is_said(one_way):
    differences = told(one_way, RemovePerson(1))

    assert differences["Nobody would be known to decide"] is False
    assert differences["decider: from 1 to 0"] is False


def test_a_second_tie_ends_a_dependence(one_way):
    differences = told(one_way, AddCoverage(covers(2, 1, Depth.NODDING)))

    assert differences == {
        "Routes to P1 that share nobody: from 1 to 2": True,
        "No longer so: Every way to P1 starts with our own C1": True,
        "No longer so: Every way to P1 runs through P2": True,
        "decider: from 1 to 2": True,
    }


def test_a_tie_of_ours_to_a_key_person_brings_them_into_reach(one_way):
    away = facts(*one_way.people, person(3, Role.BLOCKER), *one_way.ties, *one_way.coverage)

    assert told(away, AddCoverage(covers(1, 3)))["There would be a way in to P3"] is True


def test_a_change_of_mind_moves_the_lean_and_the_way_in(one_way):
    differences = told(one_way, ChangeSupport(2, Support.SCEPTICAL))

    assert differences["Way in to P1: strength from 0.76 to 0.23"] is False
    assert differences["The lean: from 0.0 … 1.0 to -0.75 … 0.25"] is False
    assert differences["guide: from 3 to 2"] is False


def test_forgetting_a_reading_widens_the_lean_and_is_neither_good_nor_bad():
    neutral = facts(decider(1, support=Support.NEUTRAL, support_on=DAY))

    assert told(neutral, ChangeSupport(1, None)) == {"The lean: from 0.0 … 0.0 to -1.0 … 1.0": None}


def test_an_opponent_who_softens_is_for_the_better():
    opposed = facts(decider(1, support=Support.OPPOSES, support_on=DAY))

    assert told(opposed, ChangeSupport(1, Support.SCEPTICAL)) == {
        "The lean: from -1.0 … -1.0 to -0.5 … -0.5": True
    }


def test_a_new_tie_moves_sway(one_way):
    third = facts(*one_way.people, person(3), *one_way.ties, *one_way.coverage)

    differences = told(third, AddTie(influences(3, 1)))

    assert differences["Sway of P3: from 0 % to 25 %"] is None
    assert differences["Sway of P2: from 50 % to 25 %"] is None


def test_a_new_gatekeeper_is_a_new_dependence():
    two_ways = facts(
        *[decider(1), *people(3, **READY)[1:]],
        *[covers(1, 2), covers(2, 3), allied(2, 1), allied(3, 1)],
    )

    differences = told(two_ways, RemoveTie(allied(1, 3)))

    assert differences["Every way to P1 runs through P2"] is False
    assert differences["Every way to P1 starts with our own C1"] is False


def test_changes_add_up(one_way):
    both = told(one_way, ChangeSupport(2, None), ChangeSupport(2, Support.CHAMPIONS))

    assert both == {}


class TestChangedFacts:
    def test_removing_a_person_takes_their_ties_along(self, one_way):
        left = changed_by(one_way, RemovePerson(2))

        assert (left.ties, left.coverage) == ((), ())

    def test_removing_somebody_who_is_not_there_changes_nothing(self, one_way):
        assert changed_by(one_way, RemovePerson(99)) == one_way

    def test_a_tie_is_removed_from_either_side_where_it_has_none(self, one_way):
        assert changed_by(one_way, RemoveTie(allied(1, 2))).ties == (influences(2, 1),)
        assert changed_by(one_way, RemoveTie(influences(1, 2))) == one_way

    def test_support_is_read_on_the_day_of_the_map(self, one_way):
        changed = changed_by(one_way, ChangeSupport(1, Support.SUPPORTS))

        assert changed.people[0].support is Support.SUPPORTS
        assert changed.people[0].support_on == one_way.on
        assert changed.people[1] == one_way.people[1]
