"""Formal rank against sway."""

from __future__ import annotations

import pytest

from app.stakeholders.informal import formal_levels
from app.stakeholders.power_map import answers
from tests.stakeholders.map_cast import (
    decider,
    drawn,
    facts,
    influences,
    people,
    person,
    reports,
)


def standings(*given):
    return answers(facts(*given)).standings


def who(found) -> list[int]:
    return [one.person_id for one in found]


class TestLevels:
    def test_levels_follow_the_reporting_lines(self):
        levels = formal_levels(drawn(*people(4), reports(2, 1), reports(3, 2), reports(4, 2)))

        assert levels == {1: 1, 2: 2, 3: 3, 4: 3}

    def test_a_recorded_level_counts_before_the_line(self):
        levels = formal_levels(
            drawn(person(1), person(2, level=4), person(3), reports(2, 1), reports(3, 2))
        )

        assert levels == {1: 1, 2: 4, 3: 5}

    def test_a_top_with_a_recorded_level_hands_it_down(self):
        assert formal_levels(drawn(person(1, level=3), person(2), reports(2, 1))) == {1: 3, 2: 4}

    def test_somebody_without_a_line_or_a_level_has_no_rank(self):
        assert formal_levels(drawn(person(1), person(2, level=2))) == {2: 2}

    def test_nobody_is_on_top_of_a_loop(self):
        assert formal_levels(drawn(*people(2), reports(1, 2), reports(2, 1))) == {}


HIERARCHY = [reports(2, 1), reports(3, 1), reports(4, 2), reports(5, 2), reports(6, 3)]


def test_somebody_low_who_sways_the_decider_is_a_quiet_power():
    found = standings(*people(6)[1:], decider(1), *HIERARCHY, influences(6, 1, 3))

    assert who(found.quiet_powers) == [6]
    assert who(found.titles_only) == []
    power = found.quiet_powers[0]
    assert (power.formal, power.informal) == (0.2, 0.8)
    assert power.difference == pytest.approx(0.6)
    assert str(power.reason) == "P6: above 20 % by rank, above 80 % by sway"


def test_somebody_high_who_sways_nobody_has_a_title_only():
    found = standings(
        *people(6)[:5],
        decider(6),
        *[reports(2, 1), reports(3, 2), reports(4, 3), reports(5, 4), reports(6, 5)],
        *[influences(4, 6, 3), influences(5, 6, 3), influences(3, 4, 1)],
    )

    assert who(found.titles_only) == [1, 2]
    assert who(found.quiet_powers) == [6]


def test_those_furthest_apart_come_first():
    found = standings(*people(6)[1:], decider(1), *HIERARCHY, influences(6, 1, 3)).everyone

    differences = [abs(one.difference) for one in found]
    assert differences == sorted(differences, reverse=True)
    assert len(found) == 6


@pytest.mark.parametrize(
    "given",
    [
        [*people(6), *HIERARCHY],
        [decider(1), *people(4)[1:], reports(2, 1), reports(3, 1), reports(4, 1)],
        [decider(1), *people(9)[1:]],
    ],
    ids=["no decider", "four people", "no ranks"],
)
def test_without_enough_to_compare_nothing_is_said(given):
    assert standings(*given).everyone == ()
