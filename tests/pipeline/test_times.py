"""Where deals stood, how long they stay, who is stuck. Expected numbers: by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.moving import Standing
from app.pipeline.rules import STAGES, Outcome, Stage
from app.pipeline.times import MoveFact, Stay, is_stuck, norm_days, standing_on, stays_of
from app.pipeline.totals import by_currency, by_outcome

OPENED = date(2026, 1, 5)
OPEN, WON, LOST, CLOSED = Outcome.OPEN, Outcome.WON, Outcome.LOST, Outcome.CLOSED


def move(days: int, to: Stage, outcome: Outcome = OPEN) -> MoveFact:
    return MoveFact(OPENED + timedelta(days=days), to, outcome)


HISTORY = (
    move(0, Stage.PROSPECTING),
    move(10, Stage.QUALIFICATION),
    move(30, Stage.NEGOTIATION),
    move(40, Stage.DELIVERY, WON),
    move(100, Stage.DELIVERY, CLOSED),
)


@pytest.mark.parametrize(
    ("days", "stage", "outcome"),
    [
        (0, Stage.PROSPECTING, OPEN),
        (9, Stage.PROSPECTING, OPEN),
        (10, Stage.QUALIFICATION, OPEN),
        (39, Stage.NEGOTIATION, OPEN),
        (40, Stage.DELIVERY, WON),
        (5000, Stage.DELIVERY, CLOSED),
    ],
)
def test_a_deal_stands_where_its_last_move_until_then_put_it(days, stage, outcome):
    assert standing_on(HISTORY, OPENED + timedelta(days=days)) == Standing(stage, outcome)


def test_before_it_was_opened_a_deal_stands_nowhere():
    assert standing_on(HISTORY, OPENED - timedelta(days=1)) is None


def test_of_two_moves_on_one_day_the_one_appended_last_counts():
    there_and_back = (move(0, Stage.PROPOSAL), move(5, Stage.BIDDING), move(5, Stage.PROPOSAL))

    assert standing_on(there_and_back, OPENED + timedelta(days=5)).stage is Stage.PROPOSAL


def test_stays_follow_one_another_and_only_progress_goes_on():
    stays = stays_of(HISTORY)

    assert [(stay.stage, stay.days(date(2027, 1, 1)), stay.went_on) for stay in stays] == [
        (Stage.PROSPECTING, 10, True),
        (Stage.QUALIFICATION, 20, True),
        (Stage.NEGOTIATION, 10, True),
        (Stage.DELIVERY, 60, True),
    ]


def test_a_stay_that_lasts_is_counted_until_today_and_did_not_go_on():
    (stay,) = stays_of([move(0, Stage.BIDDING)])

    assert stay == Stay(Stage.BIDDING, OPENED, None)
    assert stay.days(OPENED + timedelta(days=7)) == 7


def test_a_loss_and_a_step_back_end_a_stay_without_going_on():
    stays = stays_of(
        [
            move(0, Stage.BIDDING),
            move(3, Stage.PROPOSAL),
            move(8, Stage.PROPOSAL, LOST),
            move(20, Stage.PROPOSAL),
        ]
    )

    assert [(stay.stage, stay.went_on, stay.until) for stay in stays] == [
        (Stage.BIDDING, False, OPENED + timedelta(days=3)),
        (Stage.PROPOSAL, False, OPENED + timedelta(days=8)),
        (Stage.PROPOSAL, False, None),
    ]


def test_a_stay_never_has_fewer_than_no_days():
    assert Stay(Stage.BIDDING, OPENED, None).days(OPENED - timedelta(days=3)) == 0


@pytest.mark.parametrize(
    ("stays", "norm"),
    [
        ({}, None),
        ({5: 7}, None),
        ({5: 8}, 5),
        ({1: 4, 2: 4, 3: 1, 9: 1}, 2),  # 80 % of ten is eight: reached at two days
        ({1: 7, 50: 3}, 50),
        ({30: 2, 10: 8}, 10),
    ],
)
def test_the_norm_is_what_four_of_five_did_not_exceed(stays, norm):
    assert norm_days(stays) == norm


@given(st.dictionaries(st.integers(0, 900), st.integers(1, 20), min_size=1))
def test_at_least_four_of_five_stay_within_the_norm(stays):
    norm = norm_days(stays)
    total = sum(stays.values())

    if norm is None:
        assert total < 8
    else:
        within = sum(count for days, count in stays.items() if days <= norm)
        before = sum(count for days, count in stays.items() if days < norm)
        assert within >= 0.8 * total > before


@pytest.mark.parametrize(
    ("days", "norm", "stuck"), [(31, 30, True), (30, 30, False), (900, None, False)]
)
def test_a_deal_is_stuck_beyond_the_norm_and_never_without_one(days, norm, stuck):
    assert is_stuck(days, norm) is stuck


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(STAGES)), min_size=1, max_size=9))
def test_the_last_stay_is_where_the_deal_stands(steps):
    moves = [move(days, stage) for days, stage in sorted(steps, key=lambda step: step[0])]

    last = stays_of(moves)[-1]

    assert last.until is None
    assert last.stage is standing_on(moves, OPENED + timedelta(days=400)).stage


def test_nothing_sums_to_nothing():
    assert by_currency([]) == []
    assert by_outcome([]) == {}
