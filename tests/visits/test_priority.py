"""Whom to see next: each factor alone moves the rank the right way; a table by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stakeholders.rules import Role, Support
from app.visits.priority import Candidate, gaps, priority_of, ranked, staleness
from app.visits.proposal import Proposed, Wish, proposal, wishes

ON = date(2026, 11, 23)  # a Monday


def seen(days: int) -> date:
    return ON - timedelta(days=days)


EVEN = Candidate(
    1, "Even", sway=0.2, last_contact=seen(30), rhythm_days=30, ties=2, support=Support.NEUTRAL
)

# By hand: sway × days/rhythm × (1 + 0.5 role + 0.3 single + 0.5 unknown or falling + 0.5 needed).
TABLE = [
    (EVEN, 0.2 * 1.0 * 1.0),
    (replace(EVEN, sway=0.4), 0.4),
    (replace(EVEN, last_contact=seen(45)), 0.2 * 1.5),
    (replace(EVEN, last_contact=seen(300)), 0.2 * 4.0),  # four rhythms are the most
    (replace(EVEN, last_contact=None), 0.2 * 2.0),  # never seen counts as two rhythms
    (replace(EVEN, rhythm_days=60), 0.2 * 0.5),
    (replace(EVEN, ties=1), 0.2 * 1.3),
    (replace(EVEN, support=None), 0.2 * 1.5),
    (replace(EVEN, support_before=Support.SUPPORTS), 0.2 * 1.5),
    (replace(EVEN, roles=frozenset({Role.GUIDE}), is_only_holder=True), 0.2 * 1.5),
    (replace(EVEN, is_needed_for="Ward monitors"), 0.2 * 1.5),
    (replace(EVEN, ties=0, support=None, is_needed_for="Ward monitors"), 0.2 * 2.3),
    (replace(EVEN, sway=0.0), 0.0),
    (replace(EVEN, sway=0.0, roles=frozenset({Role.GUIDE})), 0.02),  # a role is never nothing
]


@pytest.mark.parametrize(("one", "value"), TABLE)
def test_a_priority_is_sway_times_staleness_times_gaps(one: Candidate, value: float):
    assert priority_of(one, ON).value == pytest.approx(value)


@pytest.mark.parametrize(
    "more",
    [
        {"sway": 0.3},
        {"last_contact": seen(40)},
        {"rhythm_days": 20},
        {"ties": 1},
        {"support": None},
        {"is_needed_for": "Ward monitors"},
    ],
)
def test_each_factor_alone_moves_the_rank_the_right_way(more):
    other = replace(EVEN, person_id=2, name="Zoe", **more)

    first, second = ranked([EVEN, other], ON)

    assert (first.person_id, second.person_id) == (2, 1)


def test_a_priority_shows_its_parts_and_says_why():
    found = priority_of(replace(EVEN, ties=1, support=None), ON)

    assert found.value == pytest.approx(found.sway * found.staleness * found.gap_factor)
    assert [str(reason) for reason in found.reasons] == [
        "Last seen 30 days ago; the rhythm is 30",
        "Only one of ours knows them",
        "Where they stand is unknown",
    ]


def test_rising_support_is_no_gap():
    assert gaps(replace(EVEN, support_before=Support.OPPOSES)) == []


def test_a_contact_ahead_of_the_day_is_not_stale():
    assert staleness(ON + timedelta(days=3), 30, ON) == 0


PEOPLE = st.builds(
    Candidate,
    person_id=st.integers(1, 50),
    name=st.sampled_from(["Li", "Wu", "Zhao"]),
    sway=st.floats(0, 1),
    ties=st.integers(0, 3),
    support=st.sampled_from([None, *Support]),
    rhythm_days=st.integers(1, 200),
)


@given(st.lists(PEOPLE, max_size=12, unique_by=lambda one: one.person_id), st.randoms())
def test_the_order_of_the_data_changes_nothing(people, chance):
    shuffled = list(people)
    chance.shuffle(shuffled)

    assert ranked(people, ON) == ranked(shuffled, ON)


def wish(account_id: int, place: str, value: float) -> Wish:
    one = replace(EVEN, person_id=account_id, sway=value)
    return Wish(account_id, f"A{account_id}", place, (priority_of(one, ON),))


WEEK = [ON + timedelta(days=number) for number in range(3)]


def planned(plan: list[Proposed]) -> list[tuple[int, int]]:
    return [((one.on - ON).days, one.wish.account_id) for one in plan]


def test_the_weightiest_come_first_and_one_place_is_one_day():
    found = [wish(1, "North", 0.9), wish(2, "South", 0.5), wish(3, "North", 0.1)]

    plan = proposal(found, WEEK, dict.fromkeys(WEEK, 2))

    assert planned(plan) == [(0, 1), (0, 3), (1, 2)]


def test_no_day_takes_more_than_it_has_room_for():
    found = [wish(number, "North", 1 / number) for number in range(1, 6)]

    plan = proposal(found, WEEK, {WEEK[0]: 1, WEEK[1]: 0, WEEK[2]: 2})

    assert planned(plan) == [(0, 1), (2, 2), (2, 3)]


def test_unchanged_data_gives_the_same_plan():
    found = [wish(number, place, 0.3) for number, place in enumerate("NSNS", start=1)]

    assert proposal(found, WEEK, dict.fromkeys(WEEK, 1)) == proposal(
        list(found), list(WEEK), dict.fromkeys(WEEK, 1)
    )


def test_whoever_was_just_seen_is_left_alone():
    fresh = priority_of(replace(EVEN, last_contact=seen(20)), ON)

    assert wishes([(1, "First Hospital", "North")], {1: [fresh]}) == []
