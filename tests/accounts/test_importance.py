"""Importance [002]: weights times scores, unscored ones as a range, and the grade."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.accounts.importance import (
    DEFAULT_SCALE,
    Factor,
    Grade,
    ImportanceScale,
    grade_of,
    importance,
    problems_weighing,
)

FLOORS = (Decimal(80), Decimal(60), Decimal(40))
SCALE = ImportanceScale(
    (Factor("sales", "Sales", Decimal(75)), Factor("image", "Image", Decimal(25))), FLOORS
)


def test_the_score_is_the_sum_of_weight_times_score():
    # by hand: 0.75 x 60 + 0.25 x 80 = 45 + 20
    found = importance(SCALE, {"sales": 60, "image": 80})

    assert (found.low, found.high, found.grade) == (65, 65, Grade.B)
    assert found.is_known


def test_a_factor_nobody_scored_makes_a_range():
    # by hand: 0.75 x 60 = 45, and 0.25 x 1 or x 100
    found = importance(SCALE, {"sales": 60})

    assert (found.low, found.high) == (Decimal("45.25"), 70)
    assert (found.grade, found.is_known) == (None, False)
    assert str(found.reasons[1]) == "Image: not scored, weighing 25 %"


def test_the_grade_is_known_when_the_whole_range_has_it():
    # by hand: from 1.75 to 26.5, which is D throughout; from 60.25 to 85, which is B or A
    assert importance(SCALE, {"sales": 2}).grade is Grade.D
    assert importance(SCALE, {"sales": 80}).grade is None


def test_without_a_single_score_nothing_is_said():
    assert importance(SCALE, {}) is None
    assert importance(SCALE, {"a factor of long ago": 90}) is None


@pytest.mark.parametrize(
    ("score", "grade"),
    [("80", "A"), ("79.99", "B"), ("60", "B"), ("59.99", "C"), ("40", "C"), ("39.99", "D")],
)
def test_a_grade_begins_at_its_floor(score, grade):
    assert grade_of(Decimal(score), DEFAULT_SCALE) == grade


def test_the_defaults_are_in_order():
    assert problems_weighing(DEFAULT_SCALE.factors, DEFAULT_SCALE.floors) == []


def test_grades_may_use_the_whole_scale():
    whole = [Factor("a", "a", Decimal(100))]

    assert problems_weighing(whole, [Decimal(100), Decimal(2), Decimal(1)]) == []


@pytest.mark.parametrize(
    ("weights", "names", "floors", "words"),
    [
        ((75, 20), "ab", (80, 60, 40), "sum to 95 %"),
        ((120, -20), "ab", (80, 60, 40), "above zero"),
        ((100, 0), "ab", (80, 60, 40), "above zero"),
        ((75, 25), "aA", (80, 60, 40), "same name"),
        ((75, 25), "ab", (80, 80, 40), "grades must begin"),
        ((75, 25), "ab", (101, 60, 40), "grades must begin"),
        ((75, 25), "ab", (80, 60, 0), "grades must begin"),
    ],
)
def test_a_scale_that_cannot_be_is_refused(weights, names, floors, words):
    factors = [
        Factor(name, name, Decimal(weight)) for name, weight in zip(names, weights, strict=True)
    ]

    problems = problems_weighing(factors, [Decimal(floor) for floor in floors])

    assert [words in str(problem) for problem in problems] == [True]
