"""Where people stand: everyone, apart, quickly, the same each time."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from app.stakeholders.map_layout import Arrangement, colleague_positions
from app.stakeholders.power_map import answers
from app.stakeholders.rules import Influence, TieKind
from tests.stakeholders.map_cast import (
    covers,
    decider,
    drawn,
    facts,
    influences,
    people,
    person,
    reports,
)
from tests.stakeholders.networks import lazega

EVERY = pytest.mark.parametrize("by", Arrangement)


def placed(by: Arrangement, *given):
    return answers(facts(*given)).positions(by)


def apart(found) -> float:
    return min((dist(one, other) for one, other in combinations(found.values(), 2)), default=9)


def size(found) -> tuple[float, float]:
    return max(x for x, _ in found.values()), max(y for _, y in found.values())


DEPARTMENTS = ["Finance", "Law", "", "Purchasing"]
CROWD = [
    person(one, department=DEPARTMENTS[one % 4], level=one % 3 or None) for one in range(1, 60)
]
CHART = [reports(one, one // 3) for one in range(3, 40)]


@EVERY
@pytest.mark.parametrize(
    "ties", [[], CHART, [*CHART, reports(1, 39)]], ids=["none", "chart", "loop"]
)
def test_everyone_has_a_place_of_their_own(by, ties):
    found = placed(by, *CROWD, *ties)

    assert set(found) == set(range(1, 60))
    assert apart(found) >= 1 - 1e-9
    assert min(x for x, _ in found.values()) >= 0
    assert min(y for _, y in found.values()) >= 0


@EVERY
def test_an_empty_map_has_no_places(by):
    assert placed(by) == {}


@EVERY
def test_the_order_of_the_facts_does_not_move_anybody(by):
    assert placed(by, *CROWD, *CHART) == placed(by, *CROWD[::-1], *CHART[::-1])


class TestHierarchy:
    def test_a_manager_stands_centred_above_the_reports(self):
        found = placed(Arrangement.HIERARCHY, *people(4), *[reports(one, 1) for one in (2, 3, 4)])

        assert found == {1: (1, 0), 2: (0, 1), 3: (1, 1), 4: (2, 1)}

    def test_branches_stand_beside_each_other_under_their_own_chief(self):
        found = placed(
            Arrangement.HIERARCHY,
            *people(6),
            *[reports(2, 1), reports(3, 1), reports(4, 2), reports(5, 2), reports(6, 3)],
        )

        assert found == {
            1: (1.25, 0),
            2: (0.5, 1),
            3: (2.5, 1),
            4: (0, 2),
            5: (1, 2),
            6: (2.5, 2),
        }

    def test_thirty_reports_are_stacked_and_not_thirty_wide(self):
        found = placed(
            Arrangement.HIERARCHY, *people(31), *[reports(one, 31) for one in range(1, 31)]
        )

        width, height = size(found)
        assert width <= 10
        assert height <= 5

    def test_a_very_wide_chart_is_stacked_no_higher_than_eight(self):
        chart = [reports(one, 1) for one in range(2, 42)]
        chart += [reports(9 * one + place, one) for one in range(5, 42) for place in range(9)]

        found = placed(Arrangement.HIERARCHY, *people(400), *chart)

        assert size(found)[1] <= 2 + 8
        assert apart(found) >= 1

    def test_people_without_a_line_stand_below_by_level_then_department(self):
        given = [
            *people(2),
            person(3, level=2, department="Law"),
            person(4, level=2, department="Finance"),
            *[person(5), person(6, level=1)],
        ]

        found = placed(Arrangement.HIERARCHY, *given, reports(2, 1))

        assert found[1][1] < found[2][1] < found[6][1] < found[4][1] < found[5][1]
        assert found[3][1] == found[4][1]
        assert found[4][0] < found[3][0]

    def test_a_loop_is_drawn_from_its_lowest_number(self):
        found = placed(
            Arrangement.HIERARCHY, *people(3), reports(1, 2), reports(2, 3), reports(3, 1)
        )

        assert found[1][1] < found[3][1] < found[2][1]

    def test_someone_with_two_managers_stands_below_the_first(self):
        found = placed(Arrangement.HIERARCHY, *people(3), reports(3, 1), reports(3, 2))

        assert found == {1: (0, 0), 3: (0, 1), 2: (1.5, 0)}

    def test_a_very_long_chain_is_drawn(self):
        found = placed(
            Arrangement.HIERARCHY, *people(3000), *[reports(one, one + 1) for one in range(1, 3000)]
        )

        assert found[1] == (0, 2999)

    def test_a_firm_without_reporting_lines_is_readable(self):
        """Lazega's 71 lawyers: partners in the upper band, associates in the lower."""
        firm = lazega("advice", TieKind.INFLUENCES)
        found = placed(Arrangement.HIERARCHY, *firm.people.values())

        partners = [y for one, (_, y) in found.items() if firm.people[one].level == 1]
        associates = [y for one, (_, y) in found.items() if firm.people[one].level == 2]

        assert max(partners) < min(associates)
        assert size(found)[0] < 14
        assert size(found)[1] < 8


class TestInfluence:
    def test_the_weightiest_stands_in_the_middle(self):
        found = placed(
            Arrangement.INFLUENCE, *people(7)[:6], decider(7), influences(5, 7), influences(6, 7)
        )

        middle = found[7]
        assert all(dist(middle, found[one]) == pytest.approx(1.1) for one in range(1, 7))

    def test_more_sway_stands_on_an_inner_ring(self):
        ties = [influences(one, 30) for one in range(20, 26)]
        found = placed(Arrangement.INFLUENCE, *people(29), decider(30), *ties)

        inner = [one for one in found if dist(found[one], found[30]) < 1.2]
        assert sorted(inner) == [*range(20, 26), 30]

    def test_without_a_decider_judged_influence_decides_and_then_ties(self):
        strong = person(9, influence=Influence.STRONG)

        assert middle(placed(Arrangement.INFLUENCE, *people(8), strong, influences(4, 5))) == 9
        assert middle(placed(Arrangement.INFLUENCE, *people(9), influences(4, 5))) == 4


def middle(found) -> int:
    """Whoever is nearest to everyone on the first ring: the centre of seven or more."""
    return min(found, key=lambda one: sum(dist(found[one], place) for place in found.values()))


class TestDepartment:
    def test_each_department_is_a_block_with_the_senior_first(self):
        given = [
            person(1, department="Law"),
            person(2, department="Finance", level=3),
            person(3, department="Finance", level=1),
        ]

        found = placed(Arrangement.DEPARTMENT, *given)

        assert found[3] == (0, 0)
        assert found[2] == (1, 0)
        assert found[1][0] > found[2][0] + 1 or found[1][1] > found[2][1] + 1

    def test_blocks_stand_on_shelves_as_wide_as_a_screen(self):
        """By hand: nine blocks of one; three fit in 1.5 × ⌈√13.5⌉ = 6 columns with gaps."""
        alone = [person(one, department=f"D{one}") for one in range(1, 10)]

        found = placed(Arrangement.DEPARTMENT, *alone)

        assert [found[one] for one in (1, 2, 3)] == [(0, 0), (2, 0), (4, 0)]
        assert [found[one] for one in (4, 6, 7, 9)] == [(0, 2), (4, 2), (0, 4), (4, 4)]

    def test_a_shelf_is_as_high_as_its_highest_block(self):
        """By hand: ten people in 1.5 × 4 columns; six take 3 × 2, the next shelf starts below."""
        six = [person(one, department="A") for one in range(1, 7)]
        others = [person(one, department=f"B{one}") for one in (7, 8, 9)]

        found = placed(Arrangement.DEPARTMENT, *six, *others, person(10, department="C"))

        assert found[4] == (0, 1)
        assert [found[one] for one in (7, 8, 9, 10)] == [(4, 0), (0, 3), (2, 3), (4, 3)]

    def test_units_are_kept_apart(self):
        given = [person(1, unit="North"), person(2, unit="South"), person(3, unit="North")]

        found = placed(Arrangement.DEPARTMENT, *given)

        assert dist(found[1], found[3]) == 1
        assert dist(found[2], found[3]) > 1


class TestOurs:
    def test_ours_stand_below_those_they_know_without_touching(self):
        given = drawn(*people(4), covers(1, 4), covers(2, 4), covers(3, 1), covers(3, 2))
        theirs = {1: (0.0, 0.0), 2: (1.0, 0.0), 3: (2.0, 0.0), 4: (3.0, 1.0)}

        assert colleague_positions(given, theirs) == {3: (0.5, 3), 1: (3.0, 3), 2: (4.0, 3)}

    def test_with_nobody_of_ours_there_is_no_row(self):
        assert colleague_positions(drawn(), {}) == {}
