"""Ways in, routes that share nobody, and whom we depend on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Depth, Support
from app.stakeholders.ways_in import Access, WayIn
from tests.stakeholders.map_cast import (
    DAY,
    allied,
    at_odds,
    covers,
    decider,
    drawn,
    ids,
    influences,
    people,
    person,
    reports,
)

READY = {"support": Support.CHAMPIONS}


def access(*given) -> Access:
    return Access(drawn(*given), MapSettings())


def through(way: WayIn) -> list[str]:
    return ids(tuple(step.giver for step in way.steps))


def said(reasons) -> list[str]:
    return [str(reason) for reason in reasons]


class TestWayIn:
    def test_the_strongest_product_wins_over_the_fewest_steps(self):
        ways = access(
            *people(3, **READY),
            *[covers(1, 3, Depth.NODDING), covers(1, 1), influences(1, 2, 3), allied(2, 3)],
        ).ways_in(3)

        assert through(ways.best) == ["C1", "P1", "P2"]
        assert ways.best.strength == pytest.approx(0.95 * 0.9 * 0.8)
        assert [through(way) for way in ways.alternates] == [["C1"]]

    def test_a_decider_who_is_ours_to_reach_directly(self):
        ways = access(decider(1), covers(1, 1, Depth.HARDSHIP)).ways_in(1)

        assert ways.best.is_direct
        assert ways.best.strength == ways.strength == 0.8
        assert said(ways.reasons) == ["C1 of ours knows P1"]

    def test_every_step_is_told_in_words(self):
        seen = DAY - timedelta(days=180)
        ways = access(
            *[person(1, support=Support.SUPPORTS), person(2), person(3), person(4)],
            *[
                covers(1, 1, Depth.HARDSHIP, seen),
                reports(1, 2),
                reports(3, 2),
                influences(3, 4, 2),
            ],
        ).ways_in(4)

        told = [said(step.reasons) for step in ways.best.steps]

        assert told[0] == ["C1 and P1, 3: 0.8", "Last contact 2025-12-03: times 0.5"]
        assert told[1] == ["P1 reports to P2: 0.5", "P1, 1: times 0.9"]
        assert told[2] == [
            "P2 is the manager of P3: 0.7",
            "How P2 stands to us is unknown: times 0.4",
        ]
        assert told[3][0] == "P3 influences P4: 0.65"
        assert said(ways.reasons) == ["The strongest way to P4: steps 4, strength 0.01"]

    def test_what_is_not_known_of_our_tie_is_said(self):
        ways = access(*people(2), covers(1, 1, None, None), allied(1, 2)).ways_in(2)

        assert said(ways.best.steps[0].reasons) == [
            "C1 covers P1, how deeply nobody has said: 0.2",
            "No contact on record: times 0.25",
        ]
        assert said(ways.best.steps[1].reasons)[0] == "P1 is allied with P2: 0.8"

    def test_each_alternate_ends_with_another_introducer(self):
        ways = access(
            *people(5, **READY),
            *[covers(1, 1), covers(1, 4)],
            *[influences(1, 2, 3), influences(4, 2, 2), influences(1, 3, 2)],
            *[influences(2, 5, 3), influences(3, 5, 3), influences(4, 5, 1)],
        ).ways_in(5)

        assert through(ways.best) == ["C1", "P1", "P2"]
        assert [through(way) for way in ways.alternates] == [["C1", "P1", "P3"], ["C1", "P4"]]

    def test_there_are_no_more_than_two_alternates(self):
        ways = access(
            *people(6, **READY),
            *[covers(1, one) for one in range(1, 6)],
            *[allied(one, 6) for one in range(1, 6)],
        ).ways_in(6)

        assert len(ways.alternates) == 2

    def test_no_way_leads_through_somebody_who_opposes_us(self):
        ways = access(
            person(1, support=Support.OPPOSES), person(2), covers(1, 1), allied(1, 2)
        ).ways_in(2)

        assert ways.best is None
        assert ways.strength == 0

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ([*people(2), allied(1, 2)], "none of ours knows anybody here"),
            ([*people(2), covers(1, 1)], "nobody who would bring us is known"),
            ([*people(2), covers(1, 1), at_odds(1, 2)], "nobody who would bring us is known"),
            (
                [*people(3), covers(1, 1), allied(2, 3)],
                "none of ours knows those who could bring us",
            ),
        ],
    )
    def test_when_there_is_no_way_in_the_reason_says_what_is_missing(self, given, why):
        goal = given[1].id if len(given) < 5 else 3

        ways = access(*given).ways_in(goal)

        assert ways.best is None
        assert ways.alternates == ()
        assert said(ways.reasons) == [f"No way in to P{goal}: {why}"]

    def test_strengths_are_told_for_everyone_at_once(self):
        strengths = access(*people(3, **READY), covers(1, 1), allied(1, 2)).strengths

        assert strengths == {1: pytest.approx(0.95), 2: pytest.approx(0.76), 3: 0.0}

    def test_the_best_way_and_the_table_of_strengths_agree(self):
        reach = access(*people(4), covers(1, 1), reports(1, 2), reports(2, 3), influences(3, 4, 2))

        for one in range(1, 5):
            assert reach.ways_in(one).strength == pytest.approx(reach.strengths[one])


class TestIndependentRoutes:
    def test_routes_that_share_a_person_count_once(self):
        reach = access(
            *people(4, **READY),
            *[covers(1, 1), covers(2, 2), allied(1, 3), allied(2, 3), allied(3, 4)],
        )

        assert reach.independent_routes(3).count == 2
        assert reach.independent_routes(4).count == 1

    def test_routes_that_share_one_of_ours_count_once(self):
        reach = access(*people(3, **READY), covers(1, 1), covers(1, 2), allied(1, 3), allied(2, 3))

        assert reach.independent_routes(3).count == 1

    def test_a_direct_tie_is_a_route_of_its_own(self):
        reach = access(*people(2, **READY), covers(1, 1), covers(2, 2), allied(1, 2))

        assert [ids(route) for route in reach.independent_routes(2).routes] == [
            ["C2"],
            ["C1", "P1"],
        ]

    def test_the_first_route_found_may_have_to_give_way(self):
        """The textbook trap (Menger 1927): taking a → d first would block the second route."""
        a, b, c, d, goal = 1, 2, 3, 4, 5
        reach = access(
            *people(5, **READY),
            *[covers(1, a), covers(2, b)],
            *[influences(a, d), influences(a, c), influences(b, d)],
            *[influences(c, goal), influences(d, goal)],
        )

        assert reach.independent_routes(goal).count == 2

    def test_somebody_out_of_reach_has_no_route(self):
        routes = access(*people(2), covers(1, 1)).independent_routes(2)

        assert routes.count == 0
        assert str(routes.reason) == "Routes to P2 that share nobody: 0"


class TestDependence:
    def test_a_diamond_depends_on_its_tip_and_not_on_its_sides(self):
        tip, left, right, goal = 1, 2, 3, 4
        reach = access(
            *people(4, **READY),
            *[covers(1, tip), covers(2, tip)],
            *[influences(tip, left), influences(tip, right)],
            *[influences(left, goal), influences(right, goal)],
        )

        found = reach.dependences(goal)

        assert ids(tuple(one.on for one in found)) == ["P1"]
        assert said(one.reason for one in found) == ["Every way to P4 runs through P1"]

    def test_one_of_ours_may_be_the_one_we_depend_on(self):
        found = access(*people(2, **READY), covers(9, 1), allied(1, 2)).dependences(2)

        assert said(one.reason for one in found) == [
            "Every way to P2 starts with our own C9",
            "Every way to P2 runs through P1",
        ]

    def test_nobody_is_depended_on_for_somebody_out_of_reach(self):
        assert access(*people(2), covers(1, 1)).dependences(2) == ()

    def test_the_flow_graph_of_lengauer_and_tarjan(self):
        """Figure 1 of their paper (1979), less the edge back to the root; R is us."""
        edges = "AD BA BD BE CF CG DL EH FI GI GJ HE HK IK JI KI LH"
        number = {name: place for place, name in enumerate("ABCDEFGHIJKL", 1)}
        reach = access(
            *[person(place, name=name, **READY) for name, place in number.items()],
            *[covers(number[name], number[name]) for name in "ABC"],
            *[influences(number[giver], number[taker]) for giver, taker in edges.split()],
        )

        def theirs_alone(name: str) -> str:
            found = reach.dependences(number[name])
            return "".join("ABCDEFGHIJKL"[one.on.id - 1] for one in found if one.on.side == 2)

        told = {name: theirs_alone(name) for name in number}

        assert told == {
            **dict.fromkeys("ABCDEHIK", ""),
            "F": "C",
            "G": "C",
            "J": "CG",
            "L": "D",
        }
