"""What may be drawn, and what contradicts itself."""

from __future__ import annotations

import pytest

from app.stakeholders.rules import TieKind
from app.stakeholders.tie_problems import contradictions, loop_in, problems_adding_tie
from tests.stakeholders.map_cast import (
    TieFact,
    allied,
    at_odds,
    drawn,
    influences,
    people,
    reports,
)


def said(problems) -> list[str]:
    return [str(problem) for problem in problems]


def test_a_usable_tie_has_no_problem():
    assert problems_adding_tie(reports(1, 2), drawn(*people(2))) == []


def test_a_tie_to_nobody_is_refused():
    problems = problems_adding_tie(allied(1, 9), drawn(*people(2)))

    assert said(problems) == ["There is no such person on this map"]


def test_a_tie_to_oneself_is_refused():
    problems = problems_adding_tie(allied(1, 1), drawn(*people(2)))

    assert said(problems) == ["P1 cannot be tied to themselves"]


@pytest.mark.parametrize("tie", [allied(1, 2), allied(2, 1), influences(1, 2)])
def test_a_tie_that_is_there_already_is_refused(tie):
    problems = problems_adding_tie(tie, drawn(*people(2), allied(1, 2), influences(1, 2)))

    assert len(problems) == 1
    assert "already" in str(problems[0])


def test_influence_may_run_both_ways():
    assert problems_adding_tie(influences(2, 1), drawn(*people(2), influences(1, 2))) == []


@pytest.mark.parametrize("weight", [0, 4, -1])
def test_a_weight_outside_one_to_three_is_refused(weight):
    problems = problems_adding_tie(influences(1, 2, weight), drawn(*people(2)))

    assert said(problems) == [f"The weight must be 1, 2 or 3, not {weight}"]


@pytest.mark.parametrize(("there", "new"), [(allied, at_odds), (at_odds, allied)])
def test_nobody_is_allied_and_at_odds_with_the_same_person(there, new):
    problems = problems_adding_tie(new(2, 1), drawn(*people(2), there(1, 2)))

    assert said(problems) == ["P2 and P1 are said to be allied and at odds"]


def test_a_second_manager_is_refused_and_both_are_named():
    problems = problems_adding_tie(reports(1, 3), drawn(*people(3), reports(1, 2)))

    assert said(problems) == ["P1 would report to two people: P2 and P3"]


def test_a_reporting_loop_is_refused_and_named():
    hierarchy = drawn(*people(4), reports(1, 2), reports(2, 3), reports(4, 3))

    problems = problems_adding_tie(reports(3, 1), hierarchy)

    assert said(problems) == ["The reporting lines run in a circle: P3 → P1 → P2 → P3"]


def test_two_people_cannot_report_to_each_other():
    problems = problems_adding_tie(reports(2, 1), drawn(*people(2), reports(1, 2)))

    assert said(problems) == ["The reporting lines run in a circle: P2 → P1 → P2"]


def test_a_loop_among_those_above_does_not_hang_the_check():
    circle = drawn(*people(3), reports(1, 2), reports(2, 1))

    assert problems_adding_tie(reports(3, 1), circle) == []


@pytest.mark.parametrize(
    ("pairs", "loop"),
    [
        ([], ()),
        ([(1, 2), (2, 3)], ()),
        ([(1, 2), (3, 2)], ()),
        ([(1, 2), (1, 3), (2, 4), (3, 4)], ()),
        ([(2, 1), (1, 2)], (1, 2)),
        ([(9, 3), (3, 4), (4, 5), (5, 3)], (3, 4, 5)),
        ([(7, 7)], (7,)),
    ],
)
def test_a_loop_is_found_wherever_it_starts(pairs, loop):
    assert loop_in(pairs) == loop


def test_a_long_chain_of_command_is_no_trouble():
    assert loop_in((number, number + 1) for number in range(50_000)) == ()


def test_a_map_with_contradictions_names_each():
    wrong = drawn(
        *people(5),
        *[reports(1, 2), reports(2, 1), reports(3, 4), reports(3, 5)],
        *[allied(4, 5), at_odds(5, 4)],
    )

    assert said(contradictions(wrong)) == [
        "The reporting lines run in a circle: P1 → P2 → P1",
        "P3 would report to two people: P4 and P5",
        "P4 and P5 are said to be allied and at odds",
    ]


def test_a_sound_map_has_no_contradiction():
    assert contradictions(drawn(*people(3), reports(1, 2), allied(2, 3))) == ()


def test_what_cannot_be_is_left_off_the_map():
    odd = drawn(
        *people(2),
        *[allied(1, 1), influences(1, 9), influences(9, 1)],
        *[influences(1, 2, 2), influences(1, 2, 3), influences(1, 2, 1), influences(2, 1, 7)],
        *[TieFact(TieKind.ALLIED, 2, 1), TieFact(TieKind.ALLIED, 1, 2)],
    )

    assert odd.layers[TieKind.INFLUENCES] == {(1, 2): 3, (2, 1): 3}
    assert odd.layers[TieKind.ALLIED] == {(1, 2): 1}
