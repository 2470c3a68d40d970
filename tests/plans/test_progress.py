"""The line to the target and where a goal stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plans.progress import Way, expected_value, progress, way_of
from app.plans.rules import Standing

# ten days of ten each: on day n the line asks for 100 + 10 n
WAY = Way(Decimal(100), Decimal(200), date(2026, 1, 1), date(2026, 1, 11))
HALF = date(2026, 1, 6)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2025, 12, 1), 100),
        (date(2026, 1, 1), 100),
        (HALF, 150),
        (date(2026, 1, 11), 200),
        (date(2026, 2, 1), 200),
    ],
)
def test_the_line_runs_straight_from_baseline_to_target(on, value):
    assert expected_value(WAY, on) == value


@pytest.mark.parametrize(
    ("on", "value"), [(date(2026, 1, 3), 105), (date(2026, 1, 5), 110), (date(2026, 1, 8), 155)]
)
def test_the_line_bends_at_a_milestone(on, value):
    # 100 → 110 in four days, then 110 → 200 in six: 15 a day
    way = replace(WAY, milestones=((date(2026, 1, 5), Decimal(110)),))

    assert expected_value(way, on) == value


def test_milestones_outside_the_period_bend_nothing():
    way = replace(WAY, milestones=((date(2025, 6, 1), Decimal(7)), (WAY.due_on, Decimal(9))))

    assert expected_value(way, HALF) == 150


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        ("139.99", Standing.BEHIND),
        ("140", Standing.ON_TRACK),
        ("150", Standing.ON_TRACK),
        ("160", Standing.ON_TRACK),
        ("160.01", Standing.AHEAD),
    ],
)
def test_a_tenth_of_the_way_to_either_side_is_on_track(value, standing):
    assert progress(WAY, Decimal(value), HALF).standing is standing


@pytest.mark.parametrize(
    ("value", "standing"),
    [("61", Standing.BEHIND), ("60", Standing.ON_TRACK), ("39.9", Standing.AHEAD)],
)
def test_a_target_below_the_baseline_is_approached_downwards(value, standing):
    way = replace(WAY, target=Decimal(0))

    assert progress(way, Decimal(value), HALF).standing is standing


@pytest.mark.parametrize(
    ("on", "value", "standing"),
    [
        (date(2026, 1, 11), "100", Standing.BEHIND),
        (date(2026, 1, 12), "199", Standing.MISSED),
        (date(2026, 1, 12), "200", Standing.DONE),
    ],
)
def test_a_goal_is_missed_only_after_its_due_day(on, value, standing):
    assert progress(WAY, Decimal(value), on).standing is standing


@pytest.mark.parametrize(
    ("value", "standing"),
    [("89", Standing.BEHIND), ("90", Standing.ON_TRACK), ("111", Standing.AHEAD)],
)
def test_holding_what_there_is_allows_a_tenth_of_it(value, standing):
    way = replace(WAY, target=Decimal(100))

    found = progress(way, Decimal(value), HALF)

    assert found.standing is standing
    assert found.share_done is None


def test_shares_are_of_the_way():
    found = progress(WAY, Decimal(130), HALF)

    assert (found.share_done, found.share_due) == (0.3, 0.5)


def test_what_is_missing_is_said_and_is_not_a_number():
    no_reading = progress(WAY, None, HALF)
    no_line = progress(None, Decimal(1), HALF)

    assert no_reading.standing is no_line.standing is Standing.UNKNOWN
    assert str(no_reading.reasons[0]) == "There is no reading yet."
    assert no_line.share_done is None


@pytest.mark.parametrize("gone", range(4))
def test_there_is_no_way_without_both_its_ends(gone):
    ends = [Decimal(1), Decimal(2), date(2026, 1, 1), date(2026, 2, 1)]
    ends[gone] = None

    assert way_of(*ends) is None


def test_there_is_no_way_back_in_time():
    assert way_of(Decimal(1), Decimal(2), date(2026, 2, 1), date(2026, 1, 1)) is None


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 11)), unique=True),
    st.dates(date(2025, 12, 1), date(2026, 2, 1)),
)
def test_with_milestones_on_the_line_the_line_does_not_move(days, on):
    points = tuple((day, expected_value(WAY, day)) for day in days)

    assert expected_value(replace(WAY, milestones=points), on) == expected_value(WAY, on)
