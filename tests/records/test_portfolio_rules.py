"""The portfolio's measures: where accounts lie, who brings how much, who stays among the first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.importance import DEFAULT_SCALE, Factor, Grade, ImportanceScale
from app.accounts.rules import Loyalty, Ownership, SizeClass
from app.records.class_changes import Read, quarter_days, standings, steps
from app.records.portfolio import (
    AccountFact,
    Corner,
    Field,
    attractiveness,
    corners,
    pareto,
    position,
    spot,
)
from app.records.portfolio_charts import PAGE, Bubble, spread
from app.records.ranking import Scored, ranking

SCALE = ImportanceScale(
    (
        Factor("sales", "Sales", Decimal(40)),
        Factor("potential", "Potential", Decimal(30)),
        Factor("reference", "Reference", Decimal(30)),
    ),
    (Decimal(80), Decimal(60), Decimal(40)),
)


def fact(number: int, sales: str | None = "0", **more) -> AccountFact:
    return AccountFact(
        number, f"A{number}", sales=None if sales is None else Decimal(sales), **more
    )


def test_attractiveness_is_of_the_account_and_not_of_our_trade_with_it():
    # by hand: (30 x 80 + 30 x 40) / 60; the 100 for sales does not count
    assert attractiveness(SCALE, {"sales": 100, "potential": 80, "reference": 40}) == 60


def test_half_of_the_weights_must_be_scored():
    # of potential 20, strategic 15, reference 10 and payment 10, that is 55: 20 is too little
    assert attractiveness(DEFAULT_SCALE, {"potential": 90}) is None
    assert attractiveness(DEFAULT_SCALE, {"potential": 90, "payment": 90}) == 90
    assert attractiveness(DEFAULT_SCALE, {"sales": 90, "profit": 90}) is None


@pytest.mark.parametrize(
    ("potential", "rivals", "field"),
    [
        (50, "0.5", Field.GUARD),
        (50, "0.51", Field.BUILD),
        (49, "0.5", Field.HARVEST),
        (49, "0.51", Field.WATCH),
        (49, None, None),
        (None, "0.2", None),
    ],
)
def test_the_four_fields_meet_in_the_middle(potential, rivals, field):
    scores = {} if potential is None else {"potential": potential, "reference": potential}
    one = fact(1, rivals=None if rivals is None else Decimal(rivals), scores=scores)

    found = spot(SCALE, one)

    assert (found.field, found.is_drawn) == (field, field is not None)


def test_rivals_with_more_than_the_whole_leave_nothing():
    assert position(Decimal("1.2")) == 0


def test_four_fifths_are_counted_from_the_largest_down():
    # by hand: 50, 80, 95 and 100 of 100
    found = pareto(
        [fact(1, "30"), fact(2, "5"), fact(3, "50"), fact(4, "15"), fact(5, None)],
        lambda one: one.sales,
    )

    assert [(row.rank, row.fact.id, row.cumulated) for row in found.rows] == [
        (1, 3, 0.5), (2, 1, 0.8), (3, 4, 0.95), (4, 2, 1.0),
    ]  # fmt: skip
    assert (found.needed, found.losing, found.unknown, found.whole) == (2, 0, 1, 100)


def test_losses_let_the_sum_run_above_the_whole():
    # by hand: 90 of 80, then 90 − 10
    found = pareto([fact(1, "-10"), fact(2, "90")], lambda one: one.sales)

    assert [row.cumulated for row in found.rows] == [1.125, 1.0]
    assert (found.needed, found.losing) == (1, 1)


@pytest.mark.parametrize("values", [[], ["0"], ["-5", "5"]])
def test_of_nothing_there_are_no_parts(values):
    found = pareto([fact(n, one) for n, one in enumerate(values)], lambda one: one.sales)

    assert found.needed is None
    assert all(row.share is None for row in found.rows)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30), st.randoms())
def test_pareto_does_not_depend_on_the_order(amounts, chance):
    facts = [fact(n, str(amount)) for n, amount in enumerate(amounts)]
    mixed = facts.copy()
    chance.shuffle(mixed)

    assert pareto(facts, lambda one: one.sales) == pareto(mixed, lambda one: one.sales)


def test_accounts_are_counted_by_who_owns_them_and_how_loyal_they_are():
    state = {"ownership": Ownership.STATE, "loyalty": Loyalty.LOYAL}

    found = corners([fact(1, "10", **state), fact(2, "5", **state), fact(3, None)])

    assert found == {
        (Ownership.STATE, Loyalty.LOYAL): Corner(2, Decimal(15)),
        (None, None): Corner(1, Decimal()),
    }


def test_the_order_is_by_score_and_says_who_has_too_few():
    # by hand: 0.4 x 90 + 0.3 x 90 + 0.3 x 90 = 90; a factor unscored counts as its middle, 50.5
    found = ranking(
        SCALE,
        [
            Scored(1, "Low", {"sales": 20, "potential": 20, "reference": 20}),
            Scored(2, "High", {"sales": 90, "potential": 90, "reference": 90}),
            Scored(3, "Open", {"sales": 50, "potential": 50}),
            Scored(4, "Hardly", {"sales": 99}),
        ],
        top=1,
        sway=0.3,
    )

    assert [(one.rank, one.name, one.score) for one in found.rows] == [
        (1, "High", 90),
        (2, "Open", Decimal("50.15")),
        (3, "Low", 20),
    ]
    assert (found.rows[0].grade, found.rows[1].grade) == (Grade.A, None)
    assert (found.unplaced, found.top, found.stays) == (1, 1, 1.0)


def test_who_is_better_in_everything_stays_first_and_who_is_better_by_a_hair_does_not():
    rivals = [
        Scored(1, "Seller", {"sales": 61, "potential": 20, "reference": 80}),
        Scored(2, "Hope", {"sales": 60, "potential": 80, "reference": 20}),
        Scored(3, "Last", {"sales": 1, "potential": 1, "reference": 1}),
    ]

    found = ranking(SCALE, rivals, top=1, sway=0.5)

    assert [one.name for one in found.rows] == ["Seller", "Hope", "Last"]
    assert 0.4 < found.rows[0].steady < 0.75
    assert found.rows[2].steady == 1.0
    # of two, one is first in every draw
    assert found.rows[0].steady == pytest.approx(found.rows[1].steady)


def test_weights_that_do_not_move_change_nothing():
    accounts = [
        Scored(n, f"A{n}", {"sales": n, "potential": n, "reference": n}) for n in range(1, 9)
    ]

    found = ranking(SCALE, accounts, top=3, sway=0.0)

    assert found.stays == 1.0
    assert {one.steady for one in found.rows} == {1.0}
    assert ranking(SCALE, [], top=3, sway=0.3).stays is None


def test_classes_are_counted_as_of_each_day_by_what_was_kept_by_then():
    reads = [
        Read(1, "One", date(2025, 3, 1), SizeClass.B),
        Read(2, "Two", date(2025, 8, 1), SizeClass.C),
        Read(1, "One", date(2025, 10, 1), SizeClass.A),
        Read(2, "Two", date(2025, 11, 1), SizeClass.C),
    ]
    days = quarter_days(date(2025, 12, 5), 3)

    found = standings(reads, days)

    assert days == [date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2025, 12, 5)]
    assert [dict(one.counts)[SizeClass.B] for one in found] == [1, 1, 0, 0]
    assert [one.whole for one in found] == [1, 1, 2, 2]
    # A is two classes above B: B+ lies between
    assert [(one.name, one.up) for one in steps(reads, days[0])] == [("One", 2)]
    assert steps(reads, date(2025, 10, 2)) == []


def test_names_in_the_picture_do_not_lie_on_each_other():
    crowd = [Bubble(f"A{n}", 40.0, 60.0, 0.1, "build") for n in range(3)]

    heights = spread([*crowd, Bubble("Far", 90.0, 60.0, 0.1, "guard")])

    assert heights[0] == heights[3] == 60.0
    assert all(one - other >= PAGE.high for one, other in pairwise(heights[:3]))


def test_days_before_the_first_class_are_left_out():
    read = Read(1, "One", date(2025, 8, 1), SizeClass.B)

    found = standings([read], quarter_days(date(2025, 12, 5), 3))

    assert [one.on for one in found] == [date(2025, 10, 1), date(2025, 12, 5)]
    assert [one.whole for one in standings([], quarter_days(date(2025, 12, 5), 3))] == [0]
