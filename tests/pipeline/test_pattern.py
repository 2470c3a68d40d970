"""The pattern in decided deals: what it learns, when it refuses, and that it explains itself."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.accounts.queries import visible_accounts
from app.pipeline.forecast import Opinion
from app.pipeline.forecast_queries import cases_until, judged_on
from app.pipeline.pattern import RIDGE, Case, Features, _columns, fit
from app.pipeline.rules import STAGES, Outcome, Stage
from app.pipeline.standing_queries import DealWish
from app.users.rules import UserRole
from tests.pipeline.conftest import day


def cases(number=200, seed=3):
    """Deals that are won the more often the later the stage, and the less often the older."""
    dice = random.Random(seed)
    made = []
    for deal_id in range(number):
        stage = dice.choice(STAGES[:5])
        age = dice.randrange(0, 300)
        odds = 0.15 + 0.15 * STAGES.index(stage) - age / 1500
        amount = dice.choice([None, dice.uniform(1e3, 1e6)])
        made.append(Case(deal_id, Features(stage, age, amount), dice.random() < odds))
    return made


def test_it_learns_what_helps_and_what_hurts():
    found = fit(cases(2000))

    early, late = Features(Stage.PROSPECTING, 30, None), Features(Stage.NEGOTIATION, 30, None)
    old = Features(Stage.NEGOTIATION, 290, None)
    assert found.chance(early) < found.chance(old) < found.chance(late)
    assert found.chance(early) == pytest.approx(0.13, abs=0.07)
    assert found.chance(late) == pytest.approx(0.73, abs=0.07)


def test_the_fit_is_where_the_penalised_likelihood_is_flat():
    made = cases()
    found = fit(made)

    slopes = np.zeros(len(found.weights))
    for case in made:
        miss = case.won - found.chance(case.features)
        slopes[0] += miss
        for place, value in enumerate(_columns(case.features)):
            usual = found.means[place]
            scaled = ((usual if value is None else value) - usual) / found.scales[place]
            slopes[place + 1] += miss * scaled
    slopes[1:] -= RIDGE * np.array(found.weights[1:])

    assert np.abs(slopes).max() < 1e-6


def test_on_the_whole_it_says_as_many_as_came():
    made = cases()
    found = fit(made)

    said = sum(found.chance(case.features) for case in made)

    assert said == pytest.approx(sum(case.won for case in made), abs=1e-6)


def test_it_refuses_below_fifty_deals_however_many_cases():
    fifty = cases(50)

    assert fit(fifty) is not None
    assert fit(fifty[:49] * 3) is None
    assert fit([]) is None


def test_it_refuses_when_all_ended_alike():
    assert fit([Case(case.deal_id, case.features, won=True) for case in cases()]) is None


def test_one_sign_that_never_failed_does_not_make_it_certain():
    made = [
        Case(number, Features(STAGES[number % 2], 10, 5.0), won=bool(number % 2))
        for number in range(60)
    ]

    assert 0.9 < fit(made).chance(Features(STAGES[1], 10, 5.0)) < 0.9999


def test_the_order_of_cases_does_not_matter():
    made = cases()

    assert fit(made).weights == pytest.approx(fit(made[::-1]).weights)


def test_an_unknown_amount_neither_helps_nor_hurts():
    found = fit(cases())

    assert found.parts(Features(Stage.BIDDING, 40, None))[-1] == 0
    whole = [Case(c.deal_id, Features(c.features.stage, 5, None), c.won) for c in cases()]
    assert fit(whole).chance(Features(Stage.BIDDING, 5, None)) > 0


def test_it_says_what_pushes_up_and_what_down():
    found = fit(cases(2000))

    reasons = [str(one) for one in found.reasons(Features(Stage.NEGOTIATION, 1, None))]

    assert reasons[0].startswith("its stage, negotiation: odds × ")
    assert float(reasons[0].split("× ")[1]) > 1
    assert reasons[1].startswith("its age of 1 days")
    assert len(reasons) == 2


@pytest.fixture
def decided(make, ada, story):
    """Fifty decided deals: won from proposal, lost from prospecting; and an open one."""
    account = make.account(owner=ada)
    for number in range(25):
        story(account, "01-01").move("01-10", Stage.PROPOSAL).close("03-01", Outcome.WON)
        story(account, "01-01").close(f"03-{number % 9 + 1:02}", Outcome.LOST, reason="x")
    story(account, "02-01", stage="proposal", name="Open")
    return account


def test_it_learns_from_deals_decided_by_the_day_alone(session, decided):
    assert len(cases_until(session)) == 75
    assert len({case.deal_id for case in cases_until(session, day("03-01"))}) == 28
    assert cases_until(session, day("02-28")) == []


def test_the_pattern_is_the_third_opinion(session, ada, decided):
    seen = visible_accounts(ada.id, UserRole.MANAGER)
    (late,) = judged_on(session, seen, DealWish(), end=day("12-31"), today=day("03-31"))
    early = judged_on(
        session, seen, DealWish(), end=day("12-31"), today=day("03-31"), on=day("03-01")
    )

    assert late.by(Opinion.PATTERN) == late.pattern
    assert late.pattern > 0.8
    assert late.pattern_reasons
    assert {one.pattern for one in early} == {None}
