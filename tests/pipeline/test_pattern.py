"""The pattern in decided deals: what it learns, when it refuses, and that it explains itself."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.queries import visible_accounts
from app.accounts.rules import SizeClass
from app.pipeline.around import AccountFacts, Around, Held, Touch, around, routes
from app.pipeline.around_known import NOTHING_KNOWN, known_around
from app.pipeline.forecast import Opinion
from app.pipeline.forecast_queries import cases_until, judged_on
from app.pipeline.pattern import FIXED, RIDGE, Case, Features, Odds, _columns, fit
from app.pipeline.rules import STAGES, Outcome, Stage
from app.pipeline.standing_queries import DealWish
from app.stakeholders.rules import Role
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

    assert found.parts(Features(Stage.BIDDING, 40, None))[FIXED - 1] == 0
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
    assert len(cases_until(session, {})) == 75
    assert len({case.deal_id for case in cases_until(session, {}, day("03-01"))}) == 28
    assert cases_until(session, {}, day("02-28")) == []


def test_the_pattern_is_the_third_opinion(session, ada, decided):
    seen = visible_accounts(ada.id, UserRole.MANAGER)
    (late,) = judged_on(session, seen, DealWish(), end=day("12-31"), today=day("03-31"))
    early = judged_on(
        session, seen, DealWish(), end=day("12-31"), today=day("03-31"), on=day("03-01")
    )

    assert late.by(Opinion.PATTERN) == late.pattern
    assert late.pattern > 0.5
    assert late.pattern_reasons
    assert {one.pattern for one in early} == {None}


def known(number=2000, seed=5):
    """Deals that are won the more often the more willing the decider, and rarely when unknown."""
    dice = random.Random(seed)
    made = []
    for case in cases(number, seed):
        support = dice.choice([None, -2, 0, 2])
        odds = 0.1 if support is None else 0.5 + support / 5
        features = replace(case.features, around=Around(support=support))
        made.append(replace(case, features=features, won=dice.random() < odds))
    return made


ODDS = Odds(fit(known()))


def test_what_is_not_known_is_a_value_of_its_own_and_not_the_middle():
    found = fit(known())

    def chance(support):
        return found.chance(Features(Stage.BIDDING, 40, 1e4, Around(support=support)))

    assert chance(None) == pytest.approx(0.1, abs=0.1)
    assert chance(0) == pytest.approx(0.5, abs=0.1)
    assert chance(-2) < chance(0) < chance(2)


def test_a_record_that_tells_nothing_around_leaves_the_pattern_as_it_was():
    found = fit(cases())

    bare = Features(Stage.BIDDING, 40, 1e4)
    assert not found.looks_around
    assert set(found.weights[1 + FIXED :]) == {0}
    assert found.chance(replace(bare, around=Around(support=2, two_routes=True))) == found.chance(
        bare
    )


@given(
    st.sampled_from(STAGES),
    st.integers(0, 400),
    st.none() | st.floats(0, 1e7),
    st.builds(Around, st.none() | st.floats(0, 5), support=st.none() | st.integers(-2, 2)),
)
def test_many_are_weighed_as_one_by_one(stage, age, amount, known_around):
    features = Features(stage, age, amount, known_around)

    assert ODDS.chance(features) == pytest.approx(ODDS.pattern.chance(features), rel=1e-9)


def test_the_reasons_name_what_is_around_up_and_down():
    found = fit(known())

    def reasons(support):
        features = Features(Stage.BIDDING, 40, 1e4, Around(support=support))
        said = found.reasons(features)
        return {one.values["what"].message: float(one.values["factor"]) for one in said}

    assert reasons(2)["the least willing decider: %(support)s"] > 1
    assert reasons(None)["how the decider stands is not known"] < 1


DAY, TODAY = day("03-02"), day("12-31")
HELD = Held(7, None, Role.DECIDER, DAY, None)


def test_what_is_around_a_deal_is_counted_as_by_hand():
    facts = AccountFacts(
        [(DAY, SizeClass.B), (day("04-01"), SizeClass.A)],
        [HELD, Held(8, None, Role.DECIDER, DAY, None), Held(9, None, Role.BLOCKER, DAY, None),
         Held(9, 99, Role.GUIDE, DAY, None)],
        [Touch(1, 7, DAY, None), Touch(2, 7, DAY, None), Touch(2, 9, DAY, day("05-01"))],
        [DAY],
        {7: [(DAY, 2)], 8: [(DAY, 1), (day("04-01"), -1)]},
    )  # fmt: skip

    first = around(facts, 1, DAY, None, two_routes=True)

    assert first == Around(None, SizeClass.B, 2, 1, True, True, True)
    assert around(facts, 1, day("05-01"), 0.5, two_routes=False) == Around(
        0.5, SizeClass.A, 1, -1, True, False, False
    )  # the touch of the second ended that day; sixty days have gone by


def test_nothing_recorded_is_not_known_rather_than_nothing():
    assert around(AccountFacts(), 1, DAY, None) == Around()


def by_day(rows):
    return sorted(rows, key=lambda row: row[0])


DAYS = st.integers(-90, 90).map(lambda days: DAY + timedelta(days=days))
ENDS = st.none() | DAYS
FACTS = st.builds(
    AccountFacts,
    st.lists(st.tuples(DAYS, st.sampled_from(SizeClass)), max_size=4).map(by_day),
    st.lists(st.builds(Held, st.integers(1, 3), st.none(), st.sampled_from(Role), DAYS, ENDS),
             max_size=5),
    st.lists(st.builds(Touch, st.integers(1, 3), st.integers(1, 3), DAYS, ENDS), max_size=5),
    st.lists(DAYS, max_size=5),
    st.dictionaries(st.integers(1, 3), st.lists(st.tuples(DAYS, st.integers(-2, 2)), max_size=4)
                    .map(by_day)),
)  # fmt: skip


@given(FACTS)
def test_nothing_of_a_later_day_changes_what_was_around(facts):
    def until(rows):
        return [row for row in rows if row[0] <= DAY]

    then = AccountFacts(
        until(facts.classes),
        [_open(one) for one in facts.held if one.since <= DAY],
        [_open(one) for one in facts.touches if one.since <= DAY],
        [one for one in facts.contacts if one <= DAY],
        {person: until(rows) for person, rows in facts.support.items()},
    )

    assert around(facts, 1, DAY, None) == around(then, 1, DAY, None)


def _open(one):
    """As it was recorded by the day: what ends later had no end yet."""
    return one if one.until is None or one.until <= DAY else one._replace(until=None)


def test_routes_need_different_people_on_both_sides():
    assert routes([(1, 7), (2, 7), (3, 7)]) == 1
    assert routes([(1, 7), (1, 8), (2, 7)]) == 2
    assert routes([]) == 0


def test_what_is_noted_of_an_account_shows_in_what_this_worker_knows(session, make, ada):
    account, other = make.account(owner=ada), make.account(owner=ada)
    person = make.person(account, roles=("decider",))
    both = [account.id, other.id]

    before = known_around(session, both, TODAY)
    make.observation(person, support=-1, on=TODAY)
    after = known_around(session, both, TODAY)

    assert [found[account.id][None].support for found in (before, after)] == [None, -1]
    assert after[other.id] == NOTHING_KNOWN


def test_an_amount_that_came_out_at_the_end_was_not_known_before(session, make, ada, story):
    account = make.account(owner=ada)
    story(account, "01-01", amount=None).terms("03-01", amount=5).close("03-01", Outcome.WON)

    (case,) = cases_until(session, {})

    assert case.features.amount is None


def test_a_deal_is_looked_at_again_while_it_stays(session, make, ada, story):
    account = make.account(owner=ada)
    person = make.person(account, roles=("decider",))
    make.observation(person, support=1, on=day("01-11"))
    make.role(person, "decider", since=day("01-01"))
    story(account, "01-01").close("01-25", Outcome.LOST, reason="x")

    found = [case.features.around for case in cases_until(session, {Stage.PROSPECTING: 20})]

    # Days 0, 10 and 20 of the norm's twenty; day 30 is after the end.
    assert [one.against_norm for one in found] == [0, 0.5, 1]
    assert [one.support for one in found] == [None, 1, 1]
