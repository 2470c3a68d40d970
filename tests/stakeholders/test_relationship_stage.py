"""The relationship's stage, told by who talks to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.accounts.rules import RelationshipStage
from app.stakeholders.relationship_stage import StageReading, TradeFact, relationship_stage
from app.stakeholders.rules import Depth
from tests.stakeholders.map_cast import DAY, covers, facts, person

TRADING = TradeFact(first_sale=date(2024, 1, 1), last_sale=DAY)


def staff(*departments: str):
    return [person(number, department=name) for number, name in enumerate(departments, 1)]


def stage(*given, trade: TradeFact = TRADING) -> StageReading:
    return relationship_stage(facts(*given), trade)


def said(reasons) -> list[str]:
    return [str(reason) for reason in reasons]


def test_before_any_trade_it_is_a_pre_key_account_however_many_talk():
    found = stage(*staff("A", "B"), covers(1, 1), covers(2, 2), trade=TradeFact())

    assert found.stage is RelationshipStage.PRE_KEY_ACCOUNT
    assert said(found.evidence) == ["No trade is on record yet"]


def test_one_of_ours_and_their_buyer_are_early():
    found = stage(*staff("Purchasing", "Finance"), covers(1, 1))

    assert found.stage is RelationshipStage.EARLY
    assert said(found.evidence) == [
        "Trade since 2024-01-01",
        "Their departments in touch with us: 1",
        "Colleagues of ours in touch with them: 1",
        "Joint teams: 0",
    ]
    assert said(found.lacking) == ["The next stage has departments in touch: 2; now 1"]


def test_a_second_department_makes_it_mid():
    found = stage(*staff("Purchasing", "Finance"), covers(1, 1), covers(1, 2))

    assert found.stage is RelationshipStage.MID
    assert said(found.lacking) == [
        "The next stage has departments in touch: 4; now 2",
        "The next stage has colleagues of ours in touch: 3; now 1",
    ]


FOUR = [*staff("A", "B", "C", "D"), covers(1, 1), covers(2, 2), covers(3, 3)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([], RelationshipStage.MID),
        ([covers(3, 4)], RelationshipStage.PARTNERSHIP),
        ([covers(3, 4, Depth.NONE)], RelationshipStage.MID),
        ([covers(3, 4, last_contact=None)], RelationshipStage.PARTNERSHIP),
        ([covers(3, 4, last_contact=DAY - timedelta(days=365))], RelationshipStage.PARTNERSHIP),
        ([covers(3, 4, last_contact=DAY - timedelta(days=366))], RelationshipStage.MID),
        ([covers(3, 99)], RelationshipStage.MID),
    ],
)
def test_four_departments_and_three_of_ours_make_a_partnership(more, expected):
    assert stage(*FOUR, *more).stage is expected


def test_three_of_ours_are_needed_for_a_partnership():
    two_of_ours = [*staff("A", "B", "C", "D"), *[covers(one % 2, one) for one in (1, 2, 3, 4)]]

    assert stage(*two_of_ours).stage is RelationshipStage.MID


def test_somebody_outside_the_customer_is_no_department_of_theirs():
    outsider = person(4, department="D", is_outside=True)

    assert stage(*FOUR[:3], *FOUR[4:], outsider, covers(3, 4)).stage is RelationshipStage.MID


def test_joint_teams_make_it_synergistic():
    joint = TradeFact(date(2024, 1, 1), DAY, joint_teams=1)

    assert stage(*FOUR, covers(3, 4), trade=joint).stage is RelationshipStage.SYNERGISTIC
    assert stage(*FOUR, trade=joint).stage is RelationshipStage.MID
    assert said(stage(*FOUR, covers(3, 4)).lacking) == ["The next stage has joint teams: 1; now 0"]


def test_a_year_without_trade_or_contact_uncouples():
    old = DAY - timedelta(days=366)
    past = TradeFact(date(2020, 1, 1), old)

    silent = stage(*staff("A"), covers(1, 1, last_contact=old), trade=past)
    unseen = stage(trade=past)
    seen = stage(*staff("A"), covers(1, 1, last_contact=DAY), trade=past)

    assert silent.stage is unseen.stage is RelationshipStage.UNCOUPLED
    assert said(silent.evidence) == [
        "The last trade was on 2025-05-31",
        "The last contact was on 2025-05-31",
    ]
    assert said(unseen.evidence)[1] == "No contact is on record"
    assert seen.stage is RelationshipStage.EARLY


def test_an_ending_that_is_said_uncouples_at_once():
    ending = TradeFact(date(2024, 1, 1), DAY, joint_teams=3, is_ending=True)

    found = stage(*FOUR, covers(3, 4), trade=ending)

    assert found.stage is RelationshipStage.UNCOUPLED
    assert said(found.evidence) == ["The cooperation is said to be ending"]
