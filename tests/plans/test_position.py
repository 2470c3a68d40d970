"""How features weigh and what the scores say: gaps, openings, what is ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.plans.position import (
    DEFAULT_FEATURES,
    Feature,
    Spot,
    canvas,
    canvas_order,
    findings,
    problems_ranking,
    weights,
)
from app.stakeholders.rules import Role

TRUST, PRICE, BRAND, SPEED = (Feature(key, key) for key in ("trust", "price", "brand", "speed"))
FOUR = (TRUST, PRICE, BRAND, SPEED)


def test_the_first_of_four_counts_one_and_what_was_left_out_shares_what_is_left():
    # by hand: places 1 and 2 of four count 4/4 and 3/4; the two left share 2/4 and 1/4
    found = weights(FOUR, {Role.DECIDER: {"trust": 1, "price": 2}, Role.BLOCKER: {"brand": 1}})

    # the blocker left three out, who share 3/4, 2/4, 1/4: half each
    assert found == {"trust": (1 + 0.5) / 2, "price": (0.75 + 0.5) / 2, "brand": (0.375 + 1) / 2}


def test_roles_that_rank_nothing_do_not_count():
    one = weights(FOUR, {Role.DECIDER: {"trust": 1}})

    assert weights(FOUR, {Role.DECIDER: {"trust": 1}, Role.GUIDE: {}}) == one


@given(some.permutations([one.key for one in DEFAULT_FEATURES]))
def test_a_whole_ranking_weighs_the_same_in_all_whatever_its_order(order):
    placed = {key: place for place, key in enumerate(order, start=1)}

    found = weights(DEFAULT_FEATURES, {Role.DECIDER: placed})

    assert sum(found.values()) == pytest.approx(5.5)  # 10/10 + 9/10 + … + 1/10
    assert max(found, key=found.get) == order[0]


@pytest.mark.parametrize(
    ("ours", "theirs", "spot", "words"),
    [
        (8, 6, Spot.OWN, "We lead the best of them by 2."),
        (8, 7, None, ""),
        (5, 7, Spot.GAP, "Kangsheng leads us by 2."),
        (5, 5, Spot.OPENING, "Nobody gets more than 5 of ten."),
        (6, 5, None, ""),
        (None, 4, Spot.OPENING, "Nobody gets more than 4 of ten."),
        (None, 9, None, ""),
        (None, None, None, ""),
    ],
)
def test_what_a_feature_that_matters_is_for_us(ours, theirs, spot, words):
    scores = {None: {}, 7: {}}
    if ours is not None:
        scores[None]["trust"] = ours
    if theirs is not None:
        scores[7]["trust"] = theirs

    found = findings(FOUR, {Role.DECIDER: {"trust": 1}}, scores, {7: "Kangsheng"})

    assert [one.spot for one in found] == ([spot] if spot else [])
    assert [str(one.reason) for one in found] == ([words] if spot else [])


def test_a_feature_that_matters_little_is_no_gap():
    placed = {"trust": 1, "price": 2, "brand": 3, "speed": 4}  # speed weighs 1/4

    assert findings(FOUR, {Role.DECIDER: placed}, {None: {"speed": 1}, 7: {"speed": 9}}, {}) == []


def test_the_line_goes_on_past_a_feature_without_a_score():
    ordered = canvas_order(FOUR, {Role.DECIDER: {"trust": 1, "price": 2}}, {None: {"brand": 5}})
    lines = canvas(ordered, {None: {"trust": 10, "brand": 0}})

    assert [one.key for one in ordered] == ["trust", "price", "brand"]
    assert [x for x, _y in lines[0].dots] == [106.7, 533.3]  # 640 / 3 × 0.5 and × 2.5
    assert [y for _x, y in lines[0].dots] == [12.0, 228.0]  # the box's edges, less its margin


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([1, 2], []),
        ([2, 2], ["The same place is given twice."]),
        ([0], ["Places run from 1 to 4."]),
        ([5], ["Places run from 1 to 4."]),
    ],
)
def test_a_ranking_gives_each_place_once(places, words):
    assert [str(one) for one in problems_ranking(places, 4)] == words
