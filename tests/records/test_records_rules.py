"""Periods, sums, growth and the bars of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.records.rules import (
    Period,
    Totals,
    bars,
    class_period,
    growth,
    year_before,
    year_to,
)


@pytest.mark.parametrize(
    ("on", "since", "until"),
    [
        (date(2026, 3, 1), date(2025, 3, 1), date(2026, 3, 1)),
        (date(2026, 3, 31), date(2025, 3, 1), date(2026, 3, 1)),
        (date(2026, 1, 15), date(2025, 1, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2025, 12, 1), date(2026, 12, 1)),
    ],
)
def test_a_class_is_told_from_the_last_twelve_whole_months(on, since, until):
    assert class_period(on) == Period(since, until)


def test_a_shorter_period_begins_later():
    assert class_period(date(2026, 2, 10), 3) == Period(date(2025, 11, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("year", "until"),
    [
        (2026, date(2026, 3, 3)),
        (2025, date(2026, 1, 1)),
        (2027, date(2027, 1, 1)),
    ],
)
def test_a_year_goes_as_far_as_it_has_come(year, until):
    assert year_to(year, date(2026, 3, 2)) == Period(date(year, 1, 1), until)


def test_the_last_day_of_a_year_is_in_it():
    assert year_to(2026, date(2026, 12, 31)).until == date(2027, 1, 1)


def test_the_year_before_has_the_same_days():
    assert year_before(year_to(2026, date(2026, 3, 2))) == Period(
        date(2025, 1, 1), date(2025, 3, 3)
    )


def test_growth_is_told_only_against_something():
    # by hand: from 80 to 60 is a quarter less
    assert growth(Decimal(60), Decimal(80)) == Decimal("-0.25")
    assert growth(Decimal(60), Decimal(0)) is None
    assert growth(Decimal(60), Decimal(-5)) is None


def test_sums_add_up_and_the_margin_is_of_what_has_a_cost():
    one = Totals(Decimal(100), Decimal(100), Decimal(70), 1)
    other = Totals(Decimal(50), Decimal(0), Decimal(0), 2)

    both = one + other

    assert both == Totals(Decimal(150), Decimal(100), Decimal(70), 3)
    assert both.margin == Decimal("0.3")
    assert other.margin is None


def test_the_tallest_bar_is_a_hundred_and_a_loss_has_no_height():
    now = {1: Totals(Decimal(50)), 2: Totals(Decimal(-20))}
    before = {1: Totals(Decimal(200))}

    drawn = bars(2026, now, before)

    assert [one.month.month for one in drawn] == list(range(1, 13))
    assert (drawn[0].height, drawn[0].height_before) == (25.0, 100.0)
    assert (drawn[1].height, drawn[2].height) == (0.0, 0.0)


def test_a_year_without_a_sale_has_no_bars():
    assert bars(2026, {}, {}) == []
    assert bars(2026, {1: Totals(Decimal(-5))}, {}) == []
