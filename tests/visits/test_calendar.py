"""Days shown, visits that clash, holidays, and days of a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from app.visits.calendar import conflicts, opening_day, span_of
from app.visits.executives import Due, Pair, by_need, coverage_share
from app.visits.holidays_of import holidays_of
from app.visits.rules import days_of_series, may_be_logged, people_typed


@dataclass
class Slot:
    id: int
    starts_at: datetime | None
    minutes: int | None = 60
    user_id: int | None = 1


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (Slot(1, at(9)), Slot(2, at(9, 30)), True),
        (Slot(1, at(9)), Slot(2, at(10)), False),  # one follows the other
        (Slot(1, at(9), minutes=None), Slot(2, at(9, 59)), True),  # an hour unless said
        (Slot(1, at(9), minutes=30), Slot(2, at(9, 30)), False),
        (Slot(1, at(9)), Slot(2, at(9), user_id=2), False),
        (Slot(1, at(9)), Slot(2, None), False),
    ],
)
def test_two_visits_of_one_person_at_the_same_time_clash(one, other, clash):
    assert bool(conflicts([one, other])) is clash


@pytest.mark.parametrize(
    ("view", "first", "last"),
    [
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 10, 26), date(2026, 12, 6)),
        ("agenda", date(2026, 11, 22), date(2026, 12, 19)),
    ],
)
def test_a_view_shows_its_days(view, first, last):
    span = span_of(view, date(2026, 11, 22))

    assert (span.first, span.last) == (first, last)
    assert span_of(view, span.after).first > span.first > span_of(view, span.before).first


def test_chinas_long_holidays_are_known_by_name_in_both_languages():
    # National Day: 1 to 3 October by law, more by the year's plan.
    days = (date(2026, 9, 28), date(2026, 10, 11))

    english = holidays_of("CN", *days, chinese=False)

    assert {date(2026, 10, day) for day in (1, 2, 3)} <= set(english)
    assert "国庆" in holidays_of("CN", *days, chinese=True)[date(2026, 10, 1)]
    assert holidays_of("", *days, chinese=False) == {}
    assert holidays_of("XX", *days, chinese=False) == {}


def test_days_of_a_series_keep_their_distance_and_avoid_weekends():
    days = days_of_series(date(2026, 11, 20), 8, 4)

    assert days == [date(2026, 11, 20), date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]


@pytest.mark.parametrize(
    ("on", "starts_at", "wanted"),
    [
        (date(2026, 11, 22), None, True),
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 23), at(9), True),
        (date(2026, 11, 23), at(15), False),
        (date(2026, 11, 24), None, False),
    ],
)
def test_a_visit_is_logged_once_its_hour_has_come(on, starts_at, wanted):
    assert may_be_logged(on, starts_at, date(2026, 11, 23), at(12)) is wanted


def test_people_met_are_typed_a_line_each_with_commas_of_either_kind():
    found = people_typed("Li Wei, Head nurse\n\n王芳，采购员，设备科，三楼\n , nobody")

    assert [(one.name, one.title, one.department) for one in found] == [
        ("Li Wei", "Head nurse", ""),
        ("王芳", "采购员", "设备科,三楼"),
    ]


def pair(number: int, **more) -> Pair:
    return Pair(1, "First Hospital", number, f"P{number}", "President", **more)


def test_executives_who_are_late_come_first_and_the_share_counts_those_met_or_planned():
    on = date(2026, 11, 23)
    pairs = [
        pair(1, executive="Shen", last_on=date(2026, 11, 1)),
        pair(2, executive="Shen", last_on=date(2026, 1, 1)),
        pair(3),
        pair(4, executive="Shen", next_on=date(2026, 12, 1), next_id=9),
        pair(5, executive="Shen", last_on=date(2026, 6, 10)),
    ]

    found = by_need(pairs, on, 180)

    assert [one.due for one in found] == [Due.LATE, Due.NOBODY, Due.SOON, Due.PLANNED, Due.SEEN]
    assert coverage_share(found) == pytest.approx(3 / 5)
    assert coverage_share([]) is None


@pytest.mark.parametrize(
    ("on", "holds_more", "opens"),
    [
        (date(2026, 11, 20), False, date(2026, 11, 20)),
        (date(2026, 11, 21), False, date(2026, 11, 23)),
        (date(2026, 11, 22), False, date(2026, 11, 23)),
        (date(2026, 11, 22), True, date(2026, 11, 22)),
    ],
)
def test_on_a_weekend_that_holds_nothing_more_the_coming_week_is_opened(on, holds_more, opens):
    assert opening_day(on, holds_more=holds_more) == opens
