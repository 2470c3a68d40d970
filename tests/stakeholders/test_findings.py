"""What a map says: ranked, reasoned, each line with an act; nothing without data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.stakeholders.finding import URGENCY, Finding, FindingKind
from app.stakeholders.findings import findings
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.power_map import answers
from app.stakeholders.rules import Act, Depth, Role, Support
from tests.stakeholders.map_cast import (
    DAY,
    allied,
    at_odds,
    covers,
    decider,
    facts,
    influences,
    people,
    person,
    reports,
)

Kind = FindingKind
READY = {"support": Support.CHAMPIONS, "support_on": DAY}


def says(*given) -> list[Finding]:
    return list(findings(answers(facts(*given))))


def of_kind(kind: FindingKind, *given) -> list[Finding]:
    return [one for one in says(*given) if one.kind is kind]


def headline(kind: FindingKind, *given) -> str:
    return str(of_kind(kind, *given)[0].headline)


def kinds(*given) -> set[FindingKind]:
    return {one.kind for one in says(*given)}


def test_every_kind_has_its_urgency():
    assert set(URGENCY) == set(FindingKind)
    assert all(0 < urgency <= 1 for urgency in URGENCY.values())


def test_an_empty_map_says_one_thing():
    (only,) = says()

    assert only.kind is Kind.EMPTY
    assert only.act is Act.FIND_PERSON
    assert (only.people, only.act_on, only.act_by) == ((), None, None)


def test_lines_come_by_weight_and_at_most_three_of_a_kind():
    found = says(*[decider(one) for one in range(1, 8)], covers(1, 1))

    weights = [one.weight for one in found]
    assert weights == sorted(weights, reverse=True)
    assert len([one for one in found if one.kind is Kind.NO_WAY_IN]) == 3


class TestDeciders:
    def test_nobody_known_to_decide(self):
        first = says(person(1))[0]

        assert (first.kind, first.act) == (Kind.NO_DECIDER, Act.FIND_PERSON)

    def test_a_guide_in_reach_is_asked_who_decides(self):
        guide = person(1, Role.GUIDE)

        first = says(guide, person(2, Role.GUIDE), covers(5, 1))[0]

        assert (first.kind, first.act) == (Kind.NO_DECIDER, Act.ASK_GUIDE)
        assert (first.act_on, first.act_by) == (1, 5)

    def test_a_placeholder_does_not_decide(self):
        found = says(decider(1, is_placeholder=True, name="Head of purchasing"))

        assert {Kind.NO_DECIDER, Kind.PLACEHOLDER} <= {one.kind for one in found}
        assert Kind.NO_WAY_IN not in {one.kind for one in found}
        assert found[0].people == (1,)

    def test_a_placeholder_guide_is_not_asked(self):
        guide = person(1, Role.GUIDE, is_placeholder=True)

        assert says(guide, covers(5, 1))[0].act is Act.FIND_PERSON

    def test_a_decider_without_a_way_in_wants_our_executive(self):
        (found,) = of_kind(Kind.NO_WAY_IN, decider(1))

        assert (found.act, found.act_on) == (Act.BRING_EXECUTIVE, 1)
        assert str(found.headline) == "P1 decides, and there is no way in"

    def test_or_the_guide(self):
        (found,) = of_kind(Kind.NO_WAY_IN, decider(1), person(2, Role.GUIDE), covers(5, 2))

        assert (found.act, found.act_on, found.act_by) == (Act.ASK_GUIDE, 2, 5)

    def test_the_best_way_in_names_who_introduces(self):
        (found,) = of_kind(Kind.WAY_IN, decider(1), person(2, **READY), covers(5, 2), allied(1, 2))

        assert str(found.headline) == "The best way in to P1 is through P2"
        assert (found.act, found.act_on, found.act_by) == (Act.ASK_INTRODUCTION, 2, 5)
        assert len(found.reasons) == 5

    def test_a_decider_we_know_is_to_be_visited(self):
        (found,) = of_kind(Kind.WAY_IN, decider(1), covers(5, 1))

        assert str(found.headline) == "P1 decides, and is ours to reach directly"
        assert (found.act, found.act_on) == (Act.PLAN_VISIT, 1)

    def test_an_introduction_to_ask_for_weighs_more_than_a_door_that_stands_open(self):
        direct, asked = of_kind(
            Kind.WAY_IN,
            decider(1),
            decider(2),
            person(3, **READY),
            covers(5, 1),
            allied(3, 2),
            covers(5, 3),
            influences(3, 2),
        )[::-1]

        assert (direct.people, asked.people) == ((1,), (2,))
        assert direct.weight == pytest.approx(URGENCY[Kind.WAY_IN] * 0.65)
        assert asked.weight > direct.weight

    def test_whom_we_depend_on(self):
        found = of_kind(Kind.DEPENDENCE, decider(1), person(2, **READY), covers(5, 2), allied(1, 2))

        assert [str(one.headline) for one in found] == [
            "Every way to P1 starts with our own C5",
            "Every way to P1 runs through P2",
        ]
        assert [one.people for one in found] == [(1,), (2, 1)]
        assert str(found[0].reasons[0]) == "Without them, P1 is out of reach"

    @pytest.mark.parametrize(
        ("days", "is_new"), [(0, True), (120, True), (121, False), (-1, False)]
    )
    def test_a_new_decider_is_seen_early(self, days, is_new):
        new = decider(1, since=DAY - timedelta(days=days))

        assert (Kind.NEW_DECIDER in kinds(new)) is is_new

    def test_a_placeholder_is_not_new(self):
        assert Kind.NEW_DECIDER not in kinds(decider(1, since=DAY, is_placeholder=True))

    def test_a_missing_guide_matters_more_than_a_missing_executor(self):
        found = of_kind(Kind.ROLE_GAP, decider(1))

        assert [one.headline.values["role"] for one in found] == [
            Role.GUIDE,
            Role.BLOCKER,
            Role.PROPOSER,
        ]
        assert found[0].act is Act.FIND_PERSON

    def test_the_best_placed_of_ours_has_the_deepest_tie_then_the_latest(self):
        def by(*ties) -> int | None:
            return of_kind(Kind.WAY_IN, decider(1), *ties)[0].act_by

        before = DAY - timedelta(days=9)
        assert by(covers(3, 1, Depth.MUTUAL), covers(4, 1, Depth.CLOSE, before)) == 4
        assert by(covers(3, 1, Depth.CLOSE, before), covers(4, 1)) == 4
        assert by(covers(3, 1, None, None), covers(4, 1, None, None)) == 3


class TestStances:
    def test_an_opponent_is_heard_out(self):
        (found,) = of_kind(Kind.OPPOSITION, decider(1, support=Support.SCEPTICAL))

        assert (found.act, found.act_on) == (Act.HEAR_OUT, 1)
        assert str(found.headline) == "P1 stands against us: -1"

    def test_or_a_friend_they_listen_to_is_sent(self):
        (found,) = of_kind(
            Kind.OPPOSITION,
            *[decider(1), person(2, support=Support.OPPOSES), person(3, **READY)],
            *[influences(2, 1), influences(3, 2)],
        )

        assert (found.act, found.act_on) == (Act.SEND_FRIEND, 3)
        assert found.people == (2, 1)
        assert [str(reason) for reason in found.reasons[1:]] == [
            "25 % of the view of P1 stems from P2",
            "50 % of the view of P2 stems from P3",
        ]

    def test_a_friend_they_hardly_listen_to_is_not(self):
        chain = [influences(5, 4), influences(4, 3), influences(3, 2)]

        (found,) = of_kind(
            Kind.OPPOSITION,
            *[decider(1), person(2, support=Support.OPPOSES), person(3), person(4)],
            *[person(5, **READY), *chain, influences(9, 2)],
            *[person(6), influences(6, 2, 3)],
        )

        assert found.act is Act.HEAR_OUT

    @pytest.mark.parametrize(
        ("support", "text", "act"),
        [
            (None, "The group could go either way", Act.LEARN_STANCE),
            (Support.NEUTRAL, "The group could go either way", Act.PLAN_VISIT),
            (
                Support.SUPPORTS,
                "The group leans our way, whatever the unknown think",
                Act.PLAN_VISIT,
            ),
            (
                Support.OPPOSES,
                "The group leans against us, whatever the unknown think",
                Act.PLAN_VISIT,
            ),
        ],
    )
    def test_the_lean_is_told_for_what_it_is(self, support, text, act):
        (found,) = of_kind(Kind.LEAN, decider(1, support=support), covers(5, 1))

        assert (str(found.headline), found.act, found.act_on) == (text, act, 1)

    def test_a_lean_with_nobody_to_win_says_no_name(self):
        (found,) = of_kind(Kind.LEAN, decider(1, support=Support.NEUTRAL))

        assert (found.act, found.act_on) == (Act.PLAN_VISIT, None)

    def test_without_a_decider_no_lean_is_told(self):
        assert not {Kind.LEAN, Kind.UNKNOWN_STANCE, Kind.WORTH_WINNING} & kinds(
            person(1, support=Support.OPPOSES), covers(5, 1)
        )

    def test_an_unknown_view_that_tells_much_is_wanted(self):
        found = of_kind(
            Kind.UNKNOWN_STANCE,
            *[decider(1, **READY), *people(3)[1:]],
            *[influences(2, 1, 2), influences(3, 1, 1)],
        )

        assert [one.act_on for one in found] == [2, 3]
        assert found[0].act is Act.LEARN_STANCE

    def test_an_eighth_of_the_sway_is_much(self):
        """By hand: four advisers sway ⅛ each, which leaves ¼ of the lean open apiece."""
        four = [influences(one, 1) for one in range(2, 6)]

        found = of_kind(Kind.UNKNOWN_STANCE, decider(1, **READY), *people(5)[1:], *four)

        assert [one.act_on for one in found] == [2, 3, 4]

    def test_an_unknown_view_that_tells_little_is_not(self):
        many = [influences(one, 1) for one in range(2, 9)]

        assert of_kind(Kind.UNKNOWN_STANCE, decider(1, **READY), *people(8)[1:], *many) == []

    def test_a_placeholders_view_cannot_be_asked(self):
        assert not of_kind(Kind.UNKNOWN_STANCE, decider(1, is_placeholder=True))

    def test_worth_winning_is_told_with_its_parts(self):
        (found,) = of_kind(Kind.WORTH_WINNING, decider(1), covers(5, 1))

        assert str(found.headline) == "Worth winning next: P1"
        assert found.act is Act.PLAN_VISIT


class TestCoverage:
    def test_going_cold(self):
        (found,) = of_kind(Kind.GOING_COLD, decider(1), covers(5, 1, last_contact=None))

        assert str(found.headline) == "P1 is going cold"
        assert (found.act, found.act_by) == (Act.PLAN_VISIT, 5)

    def test_neglected_and_single(self):
        assert headline(Kind.NEGLECTED, person(1, Role.GUIDE)) == "None of ours knows P1"
        assert headline(Kind.SINGLE_TIE, decider(1), covers(5, 1)) == "Only C5 of ours knows P1"

    def test_doubled_effort_is_told_only_where_it_is_missing_elsewhere(self):
        doubled = [decider(1), person(2), covers(5, 2), covers(6, 2), covers(5, 1)]

        assert Kind.DOUBLED not in kinds(*doubled)
        (found,) = of_kind(Kind.DOUBLED, *doubled, person(3, Role.GUIDE))
        assert (found.act, found.reasons) == (Act.SHARE_OUT, ())


class TestStructure:
    def test_a_contradiction_is_to_be_put_right(self):
        (found,) = of_kind(Kind.CONTRADICTION, *people(2), allied(1, 2), at_odds(1, 2))

        assert found.act is Act.PUT_RIGHT

    def test_quiet_powers_and_titles_only(self):
        given = [
            *people(6)[:5],
            decider(6),
            *[reports(2, 1), reports(3, 2), reports(4, 3), reports(5, 4), reports(6, 5)],
            *[influences(4, 6, 3), influences(5, 6, 3), influences(3, 4, 1)],
        ]

        assert headline(Kind.QUIET_POWER, *given) == "P6 sways more than the title says"
        assert headline(Kind.TITLE_ONLY, *given) == "P1 sways less than the title says"

    def test_a_group_we_know_nobody_in(self):
        def clique(*members: int):
            return [allied(one, other) for one in members for other in members if one < other]

        given = [*people(7), *clique(1, 2, 3, 4), *clique(5, 6, 7), reports(4, 5)]

        (found,) = of_kind(Kind.GROUP, *given, covers(9, 1))

        assert str(found.headline) == "None of ours knows anyone in the group round P5"
        assert found.people == (5, 6, 7)

    def test_a_map_without_ties_says_so(self):
        (found,) = of_kind(Kind.NO_TIES, *people(2))
        (asked,) = of_kind(Kind.NO_TIES, person(1), person(2, Role.GUIDE), covers(5, 2))

        assert (found.act, found.act_on) == (Act.FILL_IN, None)
        assert (asked.act, asked.act_on) == (Act.ASK_GUIDE, 2)
        assert Kind.NO_TIES not in kinds(person(1))

    def test_somebody_to_be_found_is_asked_of_the_guide(self):
        somebody = person(1, is_placeholder=True, name="Head of law")

        (alone,) = of_kind(Kind.PLACEHOLDER, somebody)
        (asked,) = of_kind(Kind.PLACEHOLDER, somebody, person(2, Role.GUIDE), covers(5, 2))

        assert str(alone.headline) == "Still to be found: Head of law"
        assert (alone.act, alone.act_on) == (Act.FIND_PERSON, None)
        assert (asked.act, asked.act_on) == (Act.ASK_GUIDE, 2)


def test_a_case_of_more_sway_weighs_more():
    found = of_kind(
        Kind.NEGLECTED, decider(1), person(2, Role.GUIDE), person(3, Role.GUIDE), influences(3, 1)
    )

    assert [one.act_on for one in found] == [1, 3, 2]
    assert found[0].weight == pytest.approx(URGENCY[Kind.NEGLECTED])
    assert found[2].weight == pytest.approx(URGENCY[Kind.NEGLECTED] / 2)


def test_the_order_of_the_facts_does_not_matter():
    given = facts(
        *[decider(1), person(2, Role.GUIDE, **READY), *people(9)[2:]],
        *[influences(2, 1, 3), allied(3, 4), allied(4, 5), reports(6, 1), reports(7, 1)],
        *[covers(1, 2), covers(2, 6), covers(3, 6)],
    )
    turned: MapFacts = replace(
        given, people=given.people[::-1], ties=given.ties[::-1], coverage=given.coverage[::-1]
    )

    assert findings(answers(given)) == findings(answers(turned))
