"""The lean and its range, what narrows it, and whom to win next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.stakeholders.lean import Verdict
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.rules import Depth, Support
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

HALF_YEAR_AGO = DAY - timedelta(days=180)


def asked(*given) -> MapAnswers:
    return answers(facts(*given))


def span(lean) -> tuple[float, float, float]:
    return lean.low, lean.known, lean.high


def test_what_is_known_counts_by_sway():
    """By hand: the decider keeps half, two advisers a quarter each: ½·1 − ¼·½ + ¼·0."""
    lean = asked(
        decider(1, support=Support.CHAMPIONS, support_on=DAY),
        person(2, support=Support.SCEPTICAL, support_on=DAY),
        person(3, support=Support.NEUTRAL, support_on=DAY),
        *[influences(2, 1), influences(3, 1)],
    ).lean

    assert span(lean) == pytest.approx((0.375, 0.375, 0.375))
    assert lean.known_share == pytest.approx(1)
    assert lean.verdict is Verdict.FOR_US
    assert lean.narrowing == ()


def test_unknown_support_is_a_range_and_not_a_zero():
    """By hand: ½ known at +½, ½ unknown: ¼ − ½ … ¼ + ½."""
    lean = asked(
        decider(1, support=Support.SUPPORTS, support_on=DAY), person(2), influences(2, 1)
    ).lean

    assert span(lean) == pytest.approx((-0.25, 0.25, 0.75))
    assert lean.known_share == pytest.approx(0.5)
    assert lean.verdict is Verdict.OPEN
    assert [part.person_id for part in lean.narrowing] == [2]


def test_when_everyone_is_unknown_anything_may_be():
    lean = asked(decider(1), person(2), influences(2, 1)).lean

    assert span(lean) == pytest.approx((-1, 0, 1))


def test_a_reading_fades_toward_unknown_by_half_each_half_year():
    """By hand: f = ½; known ½·2/2 = ½, and half the view is open again."""
    lean = asked(decider(1, support=Support.CHAMPIONS, support_on=HALF_YEAR_AGO)).lean

    assert span(lean) == pytest.approx((0, 0.5, 1))
    assert lean.parts[0].fresh == pytest.approx(0.5)
    assert lean.parts[0].width == pytest.approx(1)


@pytest.mark.parametrize("on", [None, DAY, DAY + timedelta(days=9)])
def test_a_reading_of_today_or_without_a_day_counts_in_full(on):
    lean = asked(decider(1, support=Support.OPPOSES, support_on=on)).lean

    assert span(lean) == pytest.approx((-1, -1, -1))
    assert lean.verdict is Verdict.AGAINST_US


def test_a_wide_open_neutral_is_not_the_same_as_a_neutral():
    neutral = asked(decider(1, support=Support.NEUTRAL, support_on=DAY)).lean
    unknown = asked(decider(1)).lean

    assert span(neutral) == (0, 0, 0)
    assert span(unknown) == (-1, 0, 1)


def test_those_whose_view_would_tell_most_come_first():
    """By hand: sway ½, ⅓, ⅙; open widths ½ (half faded), ⅔ and ⅓."""
    lean = asked(
        decider(1, support=Support.SUPPORTS, support_on=HALF_YEAR_AGO),
        *[person(2), person(3), person(4)],
        *[influences(2, 1, 1), influences(3, 1, 2)],
    ).lean

    assert [part.person_id for part in lean.narrowing] == [3, 1, 2]
    assert [part.person_id for part in lean.parts] == [1, 3, 2]


def test_without_a_decider_there_is_no_lean():
    assert asked(person(1, support=Support.CHAMPIONS)).lean is None
    assert asked().lean is None


def test_the_lean_says_what_it_counted():
    lean = asked(
        decider(1, support=Support.SUPPORTS, support_on=HALF_YEAR_AGO),
        *[person(2), person(3, support=Support.NEUTRAL)],
        *[influences(2, 1), influences(3, 1)],
    ).lean

    assert [str(part.reason) for part in lean.parts] == [
        "P1: sway 50 %, 1, seen 2025-12-03, counts for 50 %",
        "P2: sway 25 %, support unknown",
        "P3: sway 25 %, 0, day unknown",
    ]
    assert [str(reason) for reason in lean.reasons] == [
        "Each view counts by its holder's sway: from -0.38 to 0.62",
        "Readings fresh enough cover 50 % of the sway; the rest may go either way",
    ]


class TestWorthWinning:
    def test_a_step_gains_half_the_sway_times_the_way_in(self):
        worth = asked(
            decider(1, support=Support.NEUTRAL), person(2), influences(2, 1), covers(7, 2)
        ).worth_winning

        assert [one.person_id for one in worth] == [2, 1]
        assert [one.gain for one in worth] == pytest.approx([0.25, 0.25])
        assert [one.strength for one in worth] == pytest.approx([0.95, 0.95 * 0.4 * 0.4])
        assert worth[0].worth == pytest.approx(0.25 * 0.95)
        assert [str(one.reason) for one in worth] == [
            "P2, support unknown: a step up gains 0.25, way in 0.95",
            "P1, 0: a step up gains 0.25, way in 0.15",
        ]

    @pytest.mark.parametrize(
        "given",
        [
            [decider(1, support=Support.CHAMPIONS), covers(7, 1)],
            [decider(1), person(2)],
            [decider(1, is_placeholder=True), covers(7, 1)],
            [person(1), covers(7, 1)],
        ],
        ids=["a champion", "out of reach", "a placeholder", "no decider"],
    )
    def test_some_are_not_to_be_won(self, given):
        assert asked(*given).worth_winning == ()

    def test_someone_without_sway_is_not_worth_a_step(self):
        worth = asked(decider(1), person(2), covers(7, 1), covers(7, 2), allied(1, 2)).worth_winning

        assert [one.person_id for one in worth] == [1]

    def test_equal_worth_is_ordered_by_who_was_there_first(self):
        worth = asked(*[decider(one) for one in (3, 1, 2)], *[covers(7, one) for one in (2, 3, 1)])

        assert [one.person_id for one in worth.worth_winning] == [1, 2, 3]

    def test_a_deeper_tie_makes_the_same_step_worth_more(self):
        shallow = asked(*people(1), decider(2), covers(7, 2, Depth.NODDING)).worth_winning[0]
        deep = asked(*people(1), decider(2), covers(7, 2, Depth.CLOSE)).worth_winning[0]

        assert deep.worth > shallow.worth
