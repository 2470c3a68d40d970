"""The figures a forecast is made of, held against published and hand-made numbers."""

from __future__ import annotations

from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pipeline.accuracy import bias, brier, log_loss, reliability, skill, velocity, wape
from app.pipeline.chances import NOTHING, Interval, Record, stage_chance, wilson
from app.pipeline.distribution import MANY, Bet, deviation, expected, outlook, simulated
from app.pipeline.rules import Stage
from app.pipeline.survival import incidence

AMOUNTS = (100, 200, 50, 400, 80, 60, 30, 500)
CHANCES = (0.9, 0.9, 0.8, 0.6, 0.5, 0.3, 0.2, 0.1)
CAME = (True, True, False, True, False, False, True, False)
EIGHT = [Bet(amount, chance) for amount, chance in zip(AMOUNTS, CHANCES, strict=True)]
SAID = list(zip(CHANCES, CAME, strict=True))


@pytest.mark.parametrize(
    ("wins", "cases", "low", "high"),
    [(3, 10, 0.108, 0.603), (7, 20, 0.181, 0.567), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)],
)
def test_wilsons_interval_is_the_published_one(wins, cases, low, high):
    found = wilson(wins, cases)

    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_no_case_says_nothing():
    assert wilson(0, 0) == Interval(0.0, 1.0)


@given(st.integers(1, 5000), st.data())
def test_the_interval_holds_the_share_and_stays_within_bounds(cases, data):
    wins = data.draw(st.integers(0, cases))

    found = wilson(wins, cases)

    assert 0 <= found.low <= wins / cases + 1e-12
    assert wins / cases - 1e-12 <= found.high <= 1


@pytest.mark.parametrize(
    ("own", "company", "value", "cases"),
    [
        (NOTHING, Record(30, 100), 0.3, 100),
        (Record(20, 20), Record(30, 100), 0.65, 20),  # (20 + 20 × .3) / 40
        (Record(0, 60), Record(30, 100), 0.075, 60),  # (0 + 20 × .3) / 80
        (Record(5, 19), Record(4, 8), 15 / 39, 8),  # (5 + 20 × .5) / 39
        (Record(5, 7), Record(5, 7), None, 7),
    ],
)
def test_history_draws_an_owners_record_to_the_companys(own, company, value, cases):
    found = stage_chance(Stage.BIDDING, own, company)

    assert found.value == (None if value is None else pytest.approx(value))
    assert found.cases == cases
    assert str(found.reason)


def test_records_add_up():
    assert Record(1, 2) + Record(3, 4) == Record(4, 6)


# Freireich and others 1963, 6-mercaptopurine; (weeks, relapse seen). The curve is in every
# textbook, such as Kleinbaum and Klein, Survival Analysis, table 2.1.
ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
LASTING = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
LEUKAEMIA = [*((weeks, True) for weeks in ENDED), *((weeks, None) for weeks in LASTING)]


@pytest.mark.parametrize(
    ("weeks", "share"),
    [
        (5, 1.0),
        (6, 0.8571),
        (7, 0.8067),
        (9, 0.8067),
        (10, 0.7529),
        (13, 0.6902),
        (16, 0.6275),
        (22, 0.5378),
        (23, 0.4482),
        (99, 0.4482),
    ],
)
def test_the_curve_is_the_textbooks(weeks, share):
    assert round(1 - incidence(LEUKAEMIA).share(weeks), 4) == share


def test_what_is_under_way_is_judged_by_those_that_lasted_as_long():
    found = incidence(LEUKAEMIA)

    assert found.share(6, already=7) == pytest.approx(1 - 0.690196 / 0.806723, abs=1e-5)
    assert found.share(0) == found.within(0) == 0
    assert incidence([]).within(100) == 0


def test_an_age_that_few_have_reached_is_taken_for_the_last_that_eight_have():
    found = incidence(LEUKAEMIA)

    assert found.known_until == 20  # by week 22 seven are left
    assert found.within(6, already=30) == found.within(6, already=20)


def test_the_expected_sum_is_the_published_one():
    assert expected([Bet(3_800, 0.90), Bet(22_500, 0.20)]) == pytest.approx(7_920)


def test_eight_deals_have_the_published_mean_and_deviation():
    found = outlook(EIGHT)

    assert found.mean == pytest.approx(664)
    assert round(found.deviation, 2) == round(deviation(EIGHT), 2) == 261.34


def test_quantiles_are_those_of_every_case_counted_out():
    found = outlook(EIGHT)
    cases = []
    for wins in product((0, 1), repeat=8):
        weight = 1.0
        for won, chance in zip(wins, CHANCES, strict=True):
            weight *= chance if won else 1 - chance
        cases.append((sum(w * a for w, a in zip(wins, AMOUNTS, strict=True)), weight))

    def counted_out(share):
        below = 0.0
        for amount, weight in sorted(cases):
            below += weight
            if below >= share:
                return amount
        return None

    step = sum(AMOUNTS) / 8192
    for share, value in ((0.1, found.p10), (0.5, found.p50), (0.9, found.p90)):
        assert abs(value - counted_out(share)) <= 8 * step


def test_three_deals_can_make_the_forecast():
    assert outlook(EIGHT).biggest == pytest.approx((240 + 180 + 90) / 664)


@pytest.mark.parametrize("bets", [[], [Bet(0, 0.5)], [Bet(100, 0.0)]])
def test_nothing_to_win_brings_nothing(bets):
    found = outlook(bets)

    assert (found.mean, found.p10, found.p90, found.biggest) == (0, 0, 0, 0)


def test_what_is_certain_is_certain():
    found = outlook([Bet(100, 1.0), Bet(50, 1.0)])

    assert (found.p10, found.p90) == (pytest.approx(150, abs=0.05), pytest.approx(150, abs=0.05))


bets_drawn = st.lists(st.builds(Bet, st.floats(1, 1e7), st.floats(0, 1)), min_size=1, max_size=30)


@given(bets_drawn)
def test_quantiles_are_in_order_and_within_what_there_is(bets):
    found = outlook(bets)
    whole = sum(bet.amount for bet in bets)

    assert 0 <= found.p10 <= found.p50 <= found.p90 <= whole * (1 + 30 / 8192)
    assert found.mean == pytest.approx(expected(bets))


@given(bets_drawn, st.randoms(use_true_random=False))
def test_the_order_of_deals_does_not_matter(bets, random):
    mixed = list(bets)
    random.shuffle(mixed)

    one, other = outlook(bets), outlook(mixed)
    step = sum(bet.amount for bet in bets) / 8192

    assert abs(one.p50 - other.p50) <= 2 * step


def test_the_convolution_and_the_simulation_agree():
    bets = [Bet(1000 + 37 * (number % 91), 0.05 + (number % 17) / 20) for number in range(200)]

    exact, thrown = outlook(bets), simulated(bets, runs=20_000)

    sampling = 4 * exact.deviation / sqrt(20_000)
    assert abs(thrown.mean() - exact.mean) < sampling
    for share, value in ((0.1, exact.p10), (0.5, exact.p50), (0.9, exact.p90)):
        assert abs(np.quantile(thrown, share) - value) < 3 * sampling


def test_the_same_seed_throws_the_same():
    assert (simulated(EIGHT, runs=50) == simulated(EIGHT, runs=50)).all()


def test_errors_of_amounts_are_the_published_ones():
    pairs = [(120, 100), (80, 100), (200, 180), (50, 0)]

    assert round(wape(pairs), 4) == 0.2895
    assert round(bias(pairs), 4) == 0.1842
    assert wape([(5, 0)]) is None
    assert bias([]) is None


def test_errors_of_probabilities_are_the_published_ones():
    assert round(brier(SAID), 5) == 0.22625
    assert round(log_loss(SAID), 5) == 0.63695
    assert skill(SAID) == pytest.approx(1 - 0.22625 / 0.25)


def test_without_cases_there_is_no_score():
    assert brier([]) is None
    assert skill([]) is None
    assert log_loss([]) is None
    assert reliability([]) == []


def test_skill_is_not_known_when_all_went_the_same_way():
    assert skill([(0.9, True), (0.8, True)]) is None


def test_one_wrong_certainty_costs_much_but_not_infinitely():
    assert 10 < log_loss([(1.0, False)]) < 14


def test_reliability_holds_what_was_said_against_what_came():
    bins = reliability([(0.11, False), (0.19, True), (1.0, True)])

    assert [(round(one.said, 2), one.came, one.cases) for one in bins] == [
        (0.15, 0.5, 2),
        (1.0, 1.0, 1),
    ]
    assert bins[0].interval == wilson(1, 2)


def test_velocity_is_the_published_one():
    assert round(velocity(40, 25_000, 0.25, 90), 2) == 2_777.78
    assert velocity(40, 25_000, 0.25, 0) is None


def test_many_deals_have_the_distribution_that_few_have():
    rng = np.random.default_rng(7)
    bets = [
        Bet(float(a), float(p))
        for a, p in zip(rng.integers(1, 900, 290), rng.random(290), strict=True)
    ]
    padded = bets + [Bet(1e-6, 0.5)] * 20

    few, many = outlook(bets, 40_000.0), outlook(padded, 40_000.0)

    assert len(padded) > MANY >= len(bets)
    for share in ("mean", "deviation", "p10", "p50", "p90"):
        assert getattr(many, share) == pytest.approx(getattr(few, share), rel=2e-3)
    assert many.reach == pytest.approx(few.reach, abs=5e-3)


@given(st.integers(0, 1000))
@settings(max_examples=10)
def test_exact_and_simulated_agree_within_sampling_error_for_many_deals(seed):
    rng = np.random.default_rng(seed)
    bets = [
        Bet(float(a), float(p))
        for a, p in zip(rng.lognormal(10, 1, 400), rng.random(400), strict=True)
    ]

    found, thrown = outlook(bets), simulated(bets, runs=4000, seed=seed)

    error = 4 * found.deviation / 4000**0.5
    assert abs(found.mean - thrown.mean()) < error
    for share, value in ((10, found.p10), (50, found.p50), (90, found.p90)):
        assert abs(value - np.percentile(thrown, share)) < 2.5 * error
    assert found.p10 <= found.p50 <= found.p90


@pytest.mark.parametrize(
    ("goal", "reach"),
    [
        (0, 1.0),
        (-5, 1.0),
        (40, 0.875),
        (60, 0.75),
        (90, 0.75),
        (120, 0.375),
        (140, 0.375),
        (160, 0.0),
        (1e9, 0.0),
    ],
)
def test_the_chance_to_reach_a_goal_is_counted_out(goal, reach):
    # 100 comes with ¾, 50 with ½: nothing ⅛, 50 ⅛, 100 ⅜, 150 ⅜.
    assert outlook([Bet(100, 0.75), Bet(50, 0.5)], goal).reach == pytest.approx(reach, abs=1e-6)


def test_a_goal_without_deals_is_reached_only_when_it_is_nothing():
    assert outlook([], 5).reach == 0
    assert outlook([], 0).reach == 1
    assert outlook([]).reach is None


# Two ways to end: by hand. Of eight, two are won on day 1, two lost on day 2, one is won on
# day 3 and three last for five days: F = 2/8, 2/8, 2/8 + 4/8 × 1/4.
TWO_ENDS = [(1, True)] * 2 + [(2, False)] * 2 + [(3, True)] + [(5, None)] * 3


def test_the_incidence_counts_other_ends_and_those_not_over():
    found = incidence(TWO_ENDS)

    assert found.share(1) == 0.25
    assert found.share(2) == 0.25
    assert found.share(9) == pytest.approx(0.375)
    assert found.known_until == 1  # afterwards fewer than eight are left


# By hand: after day 1 six of the eight are under way. 24 days were lived through, three of them
# ended as won and two as lost: 0.125 and 0.0833 a day, so that within 2 days 0.6 × (1 − e^−0.41667)
# = 0.20446 would be won. Of the six one was won by day 3: (6 × 1/6 + 20 × 0.20446) / 26.
def test_few_cases_are_drawn_to_the_mean_pace():
    found = incidence(TWO_ENDS)

    assert found.pace.within(2) == pytest.approx(0.20446, abs=1e-5)
    assert found.within(2, already=1) == pytest.approx((1 + 20 * 0.20446) / 26, abs=1e-5)


def test_what_never_happened_to_a_few_old_deals_may_still_happen():
    few_old = incidence([(10, True)] * 40 + [(20, False)] * 40 + [(90, None)] * 8)

    assert few_old.share(30, already=60) == 0
    assert 0 < few_old.within(30, already=60) < few_old.pace.within(30)


def test_many_cases_hardly_feel_it():
    many = incidence([(10, True)] * 4_000 + [(20, False)] * 4_000)

    assert many.within(12) == pytest.approx(many.share(12), abs=0.005)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([True, False, None])), max_size=60))
def test_the_incidence_is_a_share_and_grows(spans):
    found = incidence(spans)

    for told in (found.share, found.within):
        shares = [told(days) for days in range(0, 70, 7)]
        assert shares == sorted(shares)
        assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
    assert all(-1e-9 <= found.within(30, already=age) <= 1 + 1e-9 for age in range(0, 80, 9))
