"""Dates as they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.dates import DateOrder, date_order, read_date
from app.exchange.reading import open_table
from app.vocabulary import Reason
from tests.exchange.shared import shared

FIFTH_OF_MARCH = date(2026, 3, 5)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026-3-5", "2026/03/05", "2026.3.5", "20260305", "2026年3月5日",
        "2026年03月05号", "２０２６年３月５日", "2026 年 3 月 5 日", "3/5/2026", "03/05/26",
        "5.3.2026",
        "5-Mar-2026", "5 March 2026", "March 5, 2026", "Mar 5 2026", "5th March 2026",
        "46086", "46086.5", "2026-03-05T10:00:00.000Z", "2026-03-05 22:14:45+0800",
        "2026-03-05T12:00:00.000Z-0300", "03/05/2026T02:14:45+0800", "3/5/2026 2:30 PM",
        "2026-03-05 09:14", "2026年3月5日 上午10:30", "2026/3/5 10时30分", " 2026-03-05 ",
        "20260305T101500Z",
    ],
)  # fmt: skip
def test_a_day_is_read_as_written(text):
    assert read_date(text) == FIFTH_OF_MARCH


def test_day_first_turns_slashes_round_and_nothing_else():
    assert read_date("5/3/2026", DateOrder.DAY_FIRST) == FIFTH_OF_MARCH
    assert read_date("2026/3/5", DateOrder.DAY_FIRST) == FIFTH_OF_MARCH
    assert read_date("5.3.2026", DateOrder.MONTH_FIRST) == FIFTH_OF_MARCH


@pytest.mark.parametrize("text", ["", " ", "-", "N/A", "null", "NaT", "无", "0000-00-00"])
def test_no_date_is_none(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-30", "not a day of the calendar"),
        ("25/3/2026", "not a day of the calendar"),
        ("soon", "is not a date"),
        ("2026年3月", "names no day"),
        ("March 2026", "names no day"),
        ("2026", "names no day"),
        ("1026-03-05", "year"),
        ("9999-12-31", "year"),
        ("12345", "is not a date"),
        ("3/5", "is not a date"),
        ("5 Foo 2026", "is not a date"),
        ("2026-03-05 or so", "is not a date"),
    ],
)
def test_what_is_no_day_is_told(text, words):
    reason = read_date(text)

    assert isinstance(reason, Reason)
    assert words in str(reason)


def test_one_date_above_twelve_tells_for_the_column():
    assert date_order(["3/5/2026", "3/25/2026"]).order is DateOrder.MONTH_FIRST
    assert date_order(["3/5/2026", "25/3/2026"]).order is DateOrder.DAY_FIRST
    assert date_order(["25/3/2026"]).is_sure


def test_a_column_that_does_not_tell_is_not_sure():
    habit = date_order(["", "3/5/2026", "1/2/2026"])

    assert not habit.is_sure
    assert "3/5/2026" in str(habit.why)


def test_a_column_that_mixes_both_is_not_sure():
    habit = date_order(["3/25/2026", "25/3/2026"])

    assert not habit.is_sure
    assert "mixed" in str(habit.why)


def test_a_column_in_iso_leaves_no_doubt():
    assert date_order(["2026-03-05", "5.3.2026", ""]).is_sure


@given(DAYS)
def test_every_day_is_read_back_from_each_way_of_writing(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert read_date(f"{day.month}/{day.day}/{day.year}") == day
    assert read_date(f"{day.day}/{day.month}/{day.year}", DateOrder.DAY_FIRST) == day
    assert read_date(day.strftime("%d %B %Y")) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_none_or_a_reason(text):
    assert isinstance(read_date(text), date | Reason | None)


def test_the_dates_of_the_dataloader_are_the_days_written():
    folder = shared("crm_formats", "salesforce_dataloader", "encoding")

    with open_table(folder / "timeZoneFormatTesting.csv") as opened:
        texts = [cells[1] for _, cells in opened.rows()]

    habit = date_order(texts)
    assert (habit.order, habit.is_sure) == (DateOrder.MONTH_FIRST, True)
    assert [read_date(text, habit.order).day for text in texts] == [15, 13, 14, 14, 14, 14] * 2


@pytest.mark.parametrize("name", ["dateEndingInZ", "dateWithTimeZone", "dateOnlyWithTimeZone"])
def test_dates_with_a_zone_are_read(name):
    folder = shared("crm_formats", "salesforce_dataloader", "encoding")

    with open_table(folder / f"{name}.csv") as opened:
        dates = [index for index, column in enumerate(opened.columns) if column.startswith("DATE")]
        texts = [cells[index] for _, cells in opened.rows() for index in dates]

    assert {read_date(text) for text in texts} == {date(2010, 10, 14)}
