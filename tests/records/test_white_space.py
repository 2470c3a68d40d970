"""White space: the five letters, what is open, and what stays unknown [002]."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.records.white_space import (
    CellFact,
    problems_counting,
    problems_sharing,
    totals,
    white,
)


def cell(**facts):
    """A cell of ten buyers, four of them developed, who buy 200."""
    values = {"buyers": 10, "developed": 4, "said": Decimal(200), **facts}
    return white(CellFact("East", "Pumps", **values))


def test_mean_potential_and_what_is_open_follow_from_three_figures():
    # by hand: D = 200 / 4 = 50, E = 50 × 10 = 500, open 6 buyers and 300
    found = cell()

    assert (found.mean, found.potential) == (50, 500)
    assert (found.coverage_count, found.coverage_sales) == (0.4, 0.4)
    assert (found.open_count, found.open_sales) == (6, 300)


def test_records_come_before_a_persons_word():
    assert cell(recorded=Decimal(400)).potential == 1000


@pytest.mark.parametrize(
    "facts",
    [
        {"buyers": None},
        {"developed": 0},
        {"developed": None},
        {"said": None},
    ],
)
def test_what_is_not_known_stays_unknown_and_is_never_nought(facts):
    found = cell(**facts)

    assert found.potential is None
    assert found.open_sales is None
    assert found.reasons


def test_with_nobody_developed_a_persons_mean_gives_the_potential():
    found = cell(developed=0, said=Decimal(0), mean=Decimal(30))

    assert (found.potential, found.open_sales) == (300, 300)
    assert any("person’s estimate" in str(one) for one in found.reasons)


def test_a_persons_mean_gives_way_to_what_the_developed_bring():
    assert cell(mean=Decimal(999)).mean == 50


@given(some.integers(1, 500), some.integers(1, 500), some.integers(0, 10**6))
def test_sales_never_exceed_the_potential(buyers, developed, sales):
    developed = min(developed, buyers)
    found = cell(buyers=buyers, developed=developed, said=Decimal(sales))

    assert found.open_sales >= 0
    assert found.potential >= found.sales - Decimal("0.000001")


def test_sums_leave_out_what_is_unknown_and_count_it():
    found = totals([cell(), cell(buyers=None)])

    assert (found.sales, found.potential, found.open_sales, found.unknown) == (400, 500, 300, 1)


@pytest.mark.parametrize(
    ("unit", "open_sales"),
    [
        ({"said": Decimal(40)}, 300),  # the whole account holds it already
        ({"recorded": Decimal(40)}, 360),  # an account apart: D = 10, E = 100, open 60
        ({"said": Decimal(40), "series": "Monitors"}, 360),
    ],
)
def test_a_unit_within_the_whole_account_is_not_counted_twice(unit, open_sales):
    whole = white(CellFact("", "Pumps", 10, 4, said=Decimal(200)))
    facts = {"unit": "East", "series": "Pumps", "buyers": 10, "developed": 4, **unit}
    part = white(CellFact(**facts))

    assert totals([whole, part]).open_sales == open_sales


def test_more_cannot_be_developed_than_could_buy():
    assert problems_counting(4, 4) == []
    assert problems_counting(3, 4) != []
    assert problems_counting(None, 4) == []


def test_shares_come_to_the_whole_at_most():
    assert problems_sharing({1: Decimal("0.5"), 2: Decimal("0.5")}) == []
    assert problems_sharing({1: Decimal("0.5"), 2: Decimal("0.51")}) != []
