"""Sheets whose columns are months: each month of a row is a line, in a plan and in sales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.exchange.month_columns import MonthName, month_name, names_unfolded, unfolded
from app.exchange.tables import UnreadableFile
from app.exchange.uploads import likeliest_kind
from app.records.models import Sale
from app.records.support_models import SalesPlan
from tests.exchange.runs import why
from tests.exchange.shared import table


@pytest.mark.parametrize(
    ("header", "month", "year"),
    [
        ("1月", 1, None),
        ("12月份", 12, None),
        ("十一月计划", 11, None),
        ("2026年1月", 1, 2026),
        ("２０２６年１０月（万元）", 10, 2026),
        ("2026-03", 3, 2026),
        ("2026/3", 3, 2026),
        ("2026.03", 3, 2026),
        ("2026-03-01", 3, 2026),
        ("2026-03-01 00:00:00", 3, 2026),
        ("202603", 3, 2026),
        ("03/2026", 3, 2026),
        ("January", 1, None),
        ("Sept.", 9, None),
        ("Jan-26", 1, 2026),
        ("Feb '27", 2, 2027),
        ("March 2026 plan", 3, 2026),
        ("Dec 2026 Sales (USD)", 12, 2026),
    ],
)
def test_a_month_is_known_in_digits_and_words(header, month, year):
    assert month_name(header) == MonthName(month, year)


@pytest.mark.parametrize(
    "header",
    ["", "13月", "0月", "2026", "3", "Market", "Mayor", "Junior", "1月数量", "1月实际", "Q1",
     "2026-13", "月份", "合计", "Decision", "March past", "2026-03-15"],
)  # fmt: skip
def test_what_only_looks_like_a_month_is_none(header):
    assert month_name(header) is None


def lines(text, filename="made.csv"):
    with table(text) as opened:
        found = unfolded(opened, filename)
        return found.columns, list(found.rows()), found


@pytest.mark.parametrize(
    ("text", "filename"),
    [
        ("客户,2026年1月,2月,2026-3,合计\nA,10,,0,10\n", "2026.csv"),
        ("客户,1月,2月,3月,合计\nA,10,,0,10\n", "销售计划2026.csv"),
        ("2026年销售计划,,,,\n客户,1月,2月,3月,合计\nA,10,,0,10\n", "计划.csv"),
        ("客户,年度,1月,2月,3月,合计\nA,2026年,10,,0,10\n", "计划.csv"),
    ],
)
def test_each_month_that_is_filled_is_a_line_of_its_year(text, filename):
    columns, rows, found = lines(text, filename)

    assert columns == ("客户", "合计", "月份", "金额")
    assert [cells for _number, cells in rows] == [
        ("A", "10", "2026-01-01", "10"),
        ("A", "10", "2026-03-01", "0"),
    ]
    assert found.column_of(rows[1][1]).endswith("3月") or found.column_of(rows[1][1]) == "2026-3"
    assert found.guesses[-1].subject == "months"


def test_without_a_year_anywhere_the_file_is_refused_and_other_tables_stay_as_they_are():
    with pytest.raises(UnreadableFile, match="without a year"):
        lines("Customer,Jan,Feb,Mar\nA,1,2,3\n")

    for same in ("Name,Jan 2026,Feb 2026\nA,1,2\n", "Name,Jan,January,Feb\nA,1,2,3\n"):
        with table(same) as opened:
            assert unfolded(opened) is opened
    assert names_unfolded(("a", "Jan", "Feb", "Mar")) == ("a", "Month", "Amount")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("客户,产品,1月,2月,3月", "sales_plans"),
        ("Customer,Jan 2026,Feb 2026,Mar 2026", "sales_plans"),
        ("Customer name,City,Industry,Phone,1月,2月,3月", "accounts"),
    ],
)
def test_a_sheet_of_months_is_taken_for_a_plan_unless_it_tells_more_of_something_else(header, kind):
    with table(f"{header}\n") as opened:
        assert likeliest_kind(opened, ("accounts", "sales", "sales_plans")) == kind


def test_a_plan_by_months_is_looked_through_and_brought_in(runs, session, make, ada):
    make.product("GTX Pro")
    make.account("First Hospital", owner=ada)
    text = (
        "客户名称,产品,2026年1月（万元）,2026年2月（万元）,2026年3月（万元）,合计\n"
        "First Hospital,GTX Pro,1.5,,x,9\n"
        "First Hospital,,2,0.5,,9\n"
        "合计,,3.5,0.5,,9\n"
    )

    dry = runs.look("sales_plans", text)
    report = runs.bring("sales_plans", text)
    again = runs.look("sales_plans", text)

    counted = {state.value: count for state, count in report.counts.items()}
    assert (counted, dry.counts) == ({"new": 3, "refused": 3}, report.counts)
    assert again.as_dict()["same"] == 3
    assert [one.name for one in report.refused] == [
        "First Hospital · 2026年3月（万元）", "合计 · 2026年1月（万元）", "合计 · 2026年2月（万元）"
    ]  # fmt: skip
    assert why(report)[0].startswith("2: “x”")
    rows = session.execute(select(SalesPlan.month, SalesPlan.amount).order_by(SalesPlan.id))
    assert rows.all() == [
        (date(2026, 1, 1), Decimal(15000)),
        (date(2026, 1, 1), Decimal(20000)),
        (date(2026, 2, 1), Decimal(5000)),
    ]

    runs.bring("sales", "Customer,Jan 2026,Feb 2026,Mar 2026\nFirst Hospital,7,,8.5\n")

    sold = session.execute(select(Sale.on, Sale.amount).order_by(Sale.on)).all()
    assert sold == [(date(2026, 1, 1), Decimal(7)), (date(2026, 3, 1), Decimal("8.5"))]
