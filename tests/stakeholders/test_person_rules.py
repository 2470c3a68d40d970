"""What counts for one person: standing, disagreement, advice, the list and our side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.stakeholders.dealing import NO_RELATION, ROLE_GUIDES, STYLE_ADVICE, advice
from app.stakeholders.disagreement import WITHIN, disagreement
from app.stakeholders.map_drawing import clipped, curved_path, reporting_path
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.map_layout import places_in
from app.stakeholders.our_side import Help, approach_groups, rescue_matrix
from app.stakeholders.people_list import PeopleWish, departments, people_rows, wished
from app.stakeholders.person_facts import HoldingRow, JudgementRow
from app.stakeholders.rules import (
    Approach,
    Confidence,
    ContractPhase,
    DecisionStyle,
    Depth,
    HelpSource,
    Influence,
    Role,
    Support,
    TieKind,
)
from app.stakeholders.standing import standing
from tests.factories import DAY

LATER = DAY + timedelta(days=10)


def judged(on=DAY, support=None, influence=None, author="Ada", **more) -> JudgementRow:
    values = {"source": "", "note": "", "is_agreed": False, "opportunity_id": None, **more}
    return JudgementRow(
        id=1,
        on=on,
        support=support,
        influence=influence,
        confidence=Confidence.HEARD,
        user_id=1,
        author=author,
        opportunity="",
        **values,
    )


def held(role, since=DAY, until=None, opportunity_id=None) -> HoldingRow:
    return HoldingRow(role, opportunity_id, "", since, until)


class TestStanding:
    def test_nothing_said_is_nothing_known(self):
        found = standing([], [], DAY)

        assert found.roles == ()
        assert (found.support, found.influence) == (None, None)
        assert not found.own_roles and not found.own_support

    def test_support_and_influence_each_count_from_their_newest_reading(self):
        rows = [
            judged(LATER, influence=Influence.STRONG),
            judged(DAY, support=Support.SUPPORTS, influence=Influence.SOME),
        ]

        found = standing([], rows, LATER)

        assert (found.support, found.influence) == (Support.SUPPORTS, Influence.STRONG)

    def test_what_is_said_after_the_day_does_not_count_yet(self):
        found = standing(
            [held(Role.GUIDE, since=LATER)], [judged(LATER, support=Support.OPPOSES)], DAY
        )

        assert found.roles == () and found.support is None

    def test_a_role_ends_on_the_day_it_is_laid_down(self):
        rows = [held(Role.GUIDE, until=LATER)]

        assert standing(rows, [], LATER - timedelta(1)).roles == (Role.GUIDE,)
        assert standing(rows, [], LATER).roles == ()

    def test_the_opportunitys_own_come_before_the_accounts(self):
        roles = [held(Role.DECIDER), held(Role.BLOCKER, opportunity_id=7)]
        views = [
            judged(LATER, support=Support.CHAMPIONS),
            judged(support=Support.OPPOSES, opportunity_id=7),
        ]

        own, other = standing(roles, views, LATER, 7), standing(roles, views, LATER, 8)

        assert own.roles == (Role.BLOCKER,) and own.support is Support.OPPOSES
        assert own.own_roles and own.own_support
        assert other.roles == (Role.DECIDER,) and other.support is Support.CHAMPIONS

    def test_no_role_in_an_opportunity_hides_the_accounts(self):
        assert standing([held(Role.DECIDER), held(None, opportunity_id=7)], [], DAY, 7).roles == ()


class TestDisagreement:
    FOR, AGAINST = Support.SUPPORTS, Support.SCEPTICAL

    def test_the_newest_view_of_each_judge_is_compared(self):
        rows = [
            judged(LATER, self.AGAINST, author="Ben"),
            judged(LATER, self.FOR),
            judged(DAY, self.AGAINST),
        ]

        found = disagreement(rows, LATER)

        assert [one.author for one in found.views] == ["Ben", "Ada"]
        assert found.spread == 2

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            [judged(support=Support.SUPPORTS)],
            [judged(support=Support.SUPPORTS), judged(support=Support.SUPPORTS, author="Ben")],
            [judged(support=Support.SUPPORTS), judged(influence=Influence.SOME, author="Ben")],
            [
                judged(support=Support.SUPPORTS),
                judged(support=Support.OPPOSES, author="Ben", opportunity_id=7),
            ],
            [
                judged(support=Support.SUPPORTS, is_agreed=True),
                judged(support=Support.OPPOSES, author="Ben"),
            ],
        ],
        ids=["nobody", "one", "agree", "another thing", "another deal", "settled"],
    )
    def test_there_is_none(self, rows):
        assert disagreement(rows, DAY) is None

    def test_a_view_counts_for_180_days_and_not_before_its_own(self):
        rows = [judged(DAY, self.FOR), judged(DAY, self.AGAINST, author="Ben")]

        assert disagreement(rows, DAY + WITHIN) is not None
        assert disagreement(rows, DAY + WITHIN + timedelta(1)) is None
        assert disagreement(rows, DAY - timedelta(1)) is None

    def test_who_differs_after_the_team_agreed_reopens_it(self):
        rows = [
            judged(LATER, self.AGAINST, author="Ben"),
            judged(DAY, self.FOR, is_agreed=True),
        ]

        assert disagreement(rows, LATER) is not None


class TestAdvice:
    def test_every_role_has_its_signs_and_cares_and_every_style_its_advice(self):
        assert set(ROLE_GUIDES) == set(Role)
        assert set(STYLE_ADVICE) == set(DecisionStyle)
        assert all(guide.signs and guide.cares for guide in ROLE_GUIDES.values())

    def test_the_style_comes_first_and_no_relation_last(self):
        found = advice(frozenset({Role.BLOCKER, Role.GUIDE}), DecisionStyle.LEADING, is_met=False)

        assert found[0] == STYLE_ADVICE[DecisionStyle.LEADING]
        assert found[-1] == NO_RELATION
        assert len(found) == 5

    def test_nothing_known_and_met_is_no_advice(self):
        assert advice(frozenset(), None, is_met=True) == []


FACTS = MapFacts(
    people=(
        PersonFact(1, "Wang Fang", department="Board", roles=frozenset({Role.DECIDER}), level=1),
        PersonFact(2, "li Wei", title="Buyer", department="Buying", support=Support.OPPOSES),
        PersonFact(3, "Chen Jie", roles=frozenset({Role.EXECUTOR}), influence=Influence.SOME),
        PersonFact(4, "Somebody", is_placeholder=True),
    ),
    ties=(TieFact(TieKind.REPORTS_TO, 2, 1),),
    coverage=(
        CoverageFact(1, "Ada", 2, Depth.MUTUAL, DAY),
        CoverageFact(2, "Ben", 2, Depth.NODDING, LATER),
        CoverageFact(1, "Ada", 3, None, None),
    ),
    on=LATER,
)


class TestList:
    def test_a_row_has_the_deepest_tie_the_last_contact_and_the_manager(self):
        row = next(row for row in people_rows(FACTS) if row.id == 2)

        assert (row.depth, row.last_contact) == (Depth.MUTUAL, LATER)
        assert row.manager.name == "Wang Fang"

    def test_names_are_sorted_whatever_their_case(self):
        assert [row.person.name for row in people_rows(FACTS)] == [
            "Chen Jie",
            "li Wei",
            "Somebody",
            "Wang Fang",
        ]

    @pytest.mark.parametrize(
        ("wish", "ids"),
        [
            (PeopleWish(sort="level"), [1, 3, 2, 4]),
            (PeopleWish(sort="support", descending=True), [2, 3, 4, 1]),
            (PeopleWish(sort="depth"), [2, 3, 4, 1]),
            (PeopleWish(text="BUYER"), [2]),
            (PeopleWish(reach="some"), [3, 2]),
            (PeopleWish(reach="one"), [3]),
            (PeopleWish(reach="none"), [4, 1]),
            (PeopleWish(support="unknown", role=Role.DECIDER), [1]),
        ],
    )
    def test_rows_are_filtered_and_sorted_the_unknown_last(self, wish, ids):
        assert [row.id for row in wished(people_rows(FACTS), wish)] == ids

    def test_departments_are_those_that_are_named(self):
        assert departments(FACTS) == ["Board", "Buying"]


class TestOurSide:
    def test_everyone_found_is_in_one_group_chosen_before_suggested(self):
        groups = approach_groups(FACTS, {3: Approach.WIN}, {(2, 1): Depth.CLOSE})

        found = {group.approach: [one.person.id for one in group.people] for group in groups}
        assert found == {
            Approach.WIN: [1, 3],
            Approach.CONTAIN: [2],
            Approach.HOLD: [],
            Approach.RESPECT: [],
        }

    def test_a_tie_falls_short_of_what_is_wanted(self):
        groups = approach_groups(FACTS, {}, {(2, 1): Depth.HARDSHIP, (2, 2): Depth.NODDING})

        ties = next(one for group in groups for one in group.people if one.person.id == 2).ties
        assert [one.falls_short for one in ties] == [True, False]

    def test_a_tie_that_nobody_judged_falls_short_of_any(self):
        groups = approach_groups(FACTS, {}, {(3, 1): Depth.NODDING})

        ties = next(one for group in groups for one in group.people if one.person.id == 3).ties
        assert ties[0].falls_short

    def test_the_rescue_network_has_nine_cells_and_shows_the_empty_ones(self):
        lawyer = Help(1, ContractPhase.NEGOTIATION, HelpSource.OURS, "Our lawyer", "")

        found = rescue_matrix([lawyer])

        assert [phase for phase, _cells in found] == list(ContractPhase)
        assert [len(cell) for _phase, cells in found for cell in cells] == [
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
        ]


class TestDrawing:
    def test_wide_letters_take_more_room(self):
        assert clipped("Wang Fang", 6) == "Wang Fang"
        assert clipped("王芳王芳王芳王芳", 6) == "王芳王芳王…"

    def test_a_line_from_below_is_an_elbow_and_beside_a_curve(self):
        assert reporting_path((100, 200), (50, 50)) == "M50 50V151H100V200"
        assert "Q" in reporting_path((100, 50), (50, 50))

    def test_two_cards_in_one_place_are_joined_by_a_point(self):
        assert curved_path((5, 5), (5, 5)) == "M5 5Q5 5 5 5"

    @pytest.mark.parametrize("text", ["1:2", "x:1:1", "1:1:1:1", "1: 1:1", "12345678901:1:1"])
    def test_what_is_no_place_is_refused(self, text):
        assert places_in(["1:1:1", text]) is None
