"""Low, likely and high: the rule, its spread, its limits."""

from __future__ import annotations

from datetime import date

import pytest

from app.pipeline.distribution import Bet
from app.plans.scenario_drawing import draw, month_rows
from app.plans.scenarios import Scenario, before, growth_of, known_months, months_between, scenario
from app.vocabulary import Reason

START, END = date(2026, 1, 1), date(2026, 12, 31)


def flat(amount, first=(2024, 1), last=(2025, 12)):
    """The same amount in every month."""
    return dict.fromkeys(months_between(date(*first, 1), date(*last, 1)), float(amount))


def test_flat_sales_go_on_flat_and_without_any_spread():
    found = scenario(flat(100), [], START, END, date(2026, 1, 1))

    # by hand: eleven whole months and 29/30 of the running one
    assert found.running.likely == pytest.approx(1100 + 100 * 29 / 30)
    assert found.running.low == found.running.high == found.running.likely
    assert found.growth == 1


def test_growth_is_that_of_twelve_months_over_the_twelve_before_within_bounds():
    sold = flat(100, last=(2024, 12)) | flat(120, first=(2025, 1))

    assert growth_of(sold, known_months(sold, START)) == pytest.approx(1.2)
    doubled = flat(100, last=(2024, 12)) | flat(300, first=(2025, 1))
    assert growth_of(doubled, known_months(doubled, START)) == 1.5


def test_a_season_comes_back_in_its_month():
    sold = flat(100) | {(2024, 7): 400.0, (2025, 7): 400.0}

    found = scenario(sold, [], START, END, date(2026, 1, 1))

    months = {one.month: one.likely for one in found.ahead}
    assert months[2026, 7] == pytest.approx(400)
    assert months[2026, 6] == pytest.approx(100)


def test_what_missed_in_the_past_widens_the_range_by_the_root_of_its_months():
    # by hand: every month of the last year missed 100 by 10, so a month's spread is 10;
    # twelve months from the 1st: 10 × √(11 + 29/30) × 1.2816
    sold = flat(100, last=(2024, 12))
    sold |= {(2025, month): 110.0 if month % 2 else 90.0 for month in range(1, 13)}

    found = scenario(sold, [], START, END, date(2026, 1, 1))

    reach = found.running.high - found.running.likely
    assert reach == pytest.approx(1.2816 * 10 * (11 + 29 / 30) ** 0.5)


def test_what_was_sold_is_sold_whatever_comes():
    sold = flat(100) | {(2026, 1): 5000.0}

    found = scenario(sold, [], START, END, date(2026, 2, 1))

    assert found.sold == 5000
    assert found.running.low >= 5000


def test_deals_come_on_top_with_their_own_spread():
    # by hand: a deal of 1,000 at a half: mean 500, deviation 500
    found = scenario(flat(100), [Bet(1000, 0.5)], START, END, date(2026, 1, 1))

    assert found.together.likely == pytest.approx(found.running.likely + 500)
    assert found.together.high - found.together.likely == pytest.approx(1.2816 * 500)


def test_less_than_a_year_says_so_and_less_than_two_tells_no_growth():
    refused = scenario(flat(100, first=(2025, 3)), [], START, END, START)
    found = scenario(flat(100, first=(2025, 1)), [], START, END, START)

    assert isinstance(refused, Reason)
    assert str(refused) == "Twelve whole months of sales are wanted; there are 10."
    assert isinstance(found, Scenario)
    assert "no growth can be told" in str(found.reasons[0])


def test_no_sales_at_all_is_refused_too():
    assert isinstance(scenario({}, [], START, END, START), Reason)


def test_a_period_that_has_ended_is_told_by_what_was_sold():
    found = scenario(flat(100), [], date(2025, 1, 1), date(2025, 12, 31), date(2026, 3, 1))

    assert (found.running.low, found.running.high, found.ahead) == (1200, 1200, ())


def test_a_period_two_years_ahead_grows_twice():
    sold = flat(100, last=(2024, 12)) | flat(110, first=(2025, 1))

    found = scenario(sold, [], date(2027, 1, 1), date(2027, 1, 31), date(2026, 1, 1))

    assert found.ahead[0].likely == pytest.approx(100 * 1.1**3)


def test_picture_and_table_tell_the_same_months():
    sold, on = flat(100) | {(2026, 1): 80.0}, date(2026, 2, 10)
    found = scenario(sold, [], START, END, on)

    rows, picture = month_rows(found, sold, START, END, on), draw(found, sold, START, END, on)

    assert len(rows) == 12
    assert (rows[0].sold, rows[0].likely) == (80.0, None)
    assert rows[-1].likely == found.running.likely
    assert len(picture.last_year.split()) == 13
    assert picture.today == round(640 / 12, 1)


@pytest.mark.parametrize(("count", "month"), [(1, (2025, 12)), (12, (2025, 1)), (13, (2024, 12))])
def test_months_count_back_over_the_year(count, month):
    assert before((2026, 1), count) == month
