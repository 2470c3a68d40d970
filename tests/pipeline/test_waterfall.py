"""What changed between two days: each deal has one reason, and the steps add up to the cent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.rules import Outcome
from app.pipeline.waterfall import Change, DealState, step_of, waterfalls

END = date(2026, 12, 31)
LATER = END + timedelta(1)


def state(amount=100, close_on=END, outcome=Outcome.OPEN, currency="CNY", id=1):
    value = None if amount is None else Decimal(amount)
    return DealState(id, "Monitors", "First Hospital", currency, outcome, value, close_on)


@pytest.mark.parametrize(
    ("before", "after", "change", "difference"),
    [
        (None, state(), Change.NEW, 100),
        (state(outcome=Outcome.LOST), state(), Change.NEW, 100),
        (state(close_on=LATER), state(), Change.PULLED, 100),
        (state(close_on=None), state(), Change.PULLED, 100),
        (state(), state(150), Change.UP, 50),
        (state(None), state(150), Change.UP, 150),
        (state(), state(70), Change.DOWN, -30),
        (state(), state(900, LATER), Change.PUSHED, -100),
        (state(), state(close_on=None), Change.PUSHED, -100),
        (state(), state(90, outcome=Outcome.LOST), Change.LOST, -100),
        (state(), state(outcome=Outcome.WITHDRAWN), Change.LOST, -100),
        (state(), state(120, outcome=Outcome.WON), Change.WON, -100),
        (state(), state(outcome=Outcome.CLOSED), Change.WON, -100),
        (state(), None, Change.GONE, -100),
    ],
)
def test_each_deal_has_one_reason(before, after, change, difference):
    step = step_of(before, after, END)

    assert (step.change, step.difference) == (change, difference)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, None),
        (state(), state()),
        (state(close_on=LATER), state(500, LATER)),
        (None, state(close_on=LATER)),
        (state(None), state(None)),
        (None, state(outcome=Outcome.WON)),
    ],
)
def test_what_counts_for_as_much_as_before_is_no_step(before, after):
    assert step_of(before, after, END) is None


cents = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
states = st.builds(
    state,
    st.none() | cents,
    st.sampled_from([None, END, LATER, END - timedelta(40)]),
    st.sampled_from(list(Outcome)),
    st.sampled_from(["CNY", "USD", "EUR"]),
)
deals = st.lists(states, max_size=25).map(
    lambda found: [
        DealState(place, one.name, one.account, one.currency, one.outcome, one.amount, one.close_on)
        for place, one in enumerate(found)
    ]
)


@given(deals, deals)
def test_money_never_loses_a_cent_over_currencies(before, after):
    currencies = {one.id: one.currency for one in before}
    after = [one for one in after if currencies.get(one.id, one.currency) == one.currency]

    for found in waterfalls(before, after, END):
        assert found.opening + sum(found.sums.values()) == found.closing
        assert sum(found.count(change) for change in Change) == len(found.steps)
        mine = [one.counted(END) for one in after if one.currency == found.currency]
        assert found.closing == sum(mine, Decimal(0))


@given(deals)
def test_nothing_changed_is_no_step(found):
    assert all(
        not one.steps and one.opening == one.closing for one in waterfalls(found, found, END)
    )
