"""Stance, the twelve tests, false willingness and value surplus."""

from __future__ import annotations

from datetime import date

import pytest

from app.accounts.key_tests import key_score
from app.accounts.rules import (
    HINTS,
    AccountKind,
    Aspect,
    Judgement,
    KeyTest,
    Loyalty,
    Ownership,
    is_false_willingness,
)
from app.accounts.stance import BY_KIND, BY_LOYALTY, BY_OWNERSHIP, stance
from app.accounts.value_surplus import ValueFact, surplus


def test_each_fact_of_an_account_has_its_advice():
    assert (set(BY_OWNERSHIP), set(BY_LOYALTY)) == (set(Ownership), set(Loyalty))
    assert set(BY_KIND) == set(AccountKind)
    assert set(HINTS) == set(Aspect)


def test_a_state_owned_disloyal_core_account_is_led_with_service_for_the_near_term():
    said = stance(AccountKind.CORE, Ownership.STATE, Loyalty.DISLOYAL)

    assert [(advice.since, str(advice.what)) for advice in said] == [
        (Ownership.STATE, "Lead with service."),
        (Loyalty.DISLOYAL, "Think of the near-term benefit."),
        (AccountKind.CORE, "Treat it as a strategic ally: first in line for policy and money."),
    ]


def test_nothing_follows_from_what_is_not_known():
    assert stance(None, None, None) == []


def test_there_are_twelve_tests():
    assert len(KeyTest) == 12


def test_an_unanswered_test_is_unknown_and_not_a_no():
    score = key_score({KeyTest.PROFIT: True, KeyTest.LOSS: True, KeyTest.GOALS: False})

    assert (score.yes, score.no, score.unknown) == (2, 1, 9)
    assert score.share == pytest.approx(2 / 3)


def test_without_an_answer_there_is_no_score():
    assert key_score({}).share is None


@pytest.mark.parametrize(
    ("judgement", "shown_in", "is_false"),
    [
        (Judgement.WEAK, 0, False),
        (Judgement.FAIR, 0, False),
        (Judgement.GOOD, 0, True),
        (Judgement.STRONG, 0, True),
        (Judgement.GOOD, 1, False),
    ],
)
def test_willingness_that_shows_in_nothing_is_false(judgement, shown_in, is_false):
    assert is_false_willingness(judgement, shown_in=shown_in) is is_false


def test_value_surplus_is_gain_less_cost_less_what_was_expected():
    # by hand: 9 - 4 - 6
    assert surplus(ValueFact(date(2026, 3, 2), gain=9, cost=4, expected=6)) == -1
