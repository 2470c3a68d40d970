"""A wholesaler's real year: classes, attendance and warnings as of monthly days."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete

from app.accounts.models import Account
from app.accounts.rules import Segment
from app.alerts.rules import Kind
from app.alerts.watch_changes import Look, told
from app.db import now
from app.exchange.known import known_accounts
from app.records.attendance import attendance
from app.records.changes import yardstick
from app.records.class_past import classes_on, monthly_days
from app.records.models import Sale
from app.records.rules import Period
from app.records.selling_queries import attendance_months, buying_days
from tests.exchange.shared import shared

YEAR = "online_retail_2010-12_2011-12.csv.gz"
LAST = date(2011, 12, 9)
FIRST, LAST = date(2010, 12, 1), date(2011, 12, 9)
OFTEN, LARGE, GONE = "12748.0", "12415.0", "16919.0"


@pytest.fixture
def year(tmp_path):
    """The lines of a hundred customers and of two more: a file of them, and as they are."""
    with gzip.open(shared("online_retail", YEAR), "rt", encoding="utf-8", newline="") as text:
        lines = [next(text), *(line for line in text if re.search(rf",127..|{LARGE}|{GONE}", line))]
    rows = [row for row in csv.DictReader(lines)
            if row["CustomerID"][:3] == "127" or row["CustomerID"] in {LARGE, GONE}]  # fmt: skip
    path = tmp_path / "year.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path, rows


def bought(rows, customer, since, until):
    """What a customer bought from a day on until another by the file itself, and on which days."""
    days, amount = set(), Decimal()
    for row in rows:
        day = row["InvoiceDate"][:10]
        if row["CustomerID"] == customer and since.isoformat() <= day < until.isoformat():
            line = Decimal(row["UnitPrice"]) * int(row["Quantity"])
            amount += line.quantize(Decimal("0.01"))
            days |= {day} if line > 0 else set()
    return amount, days


def churns(warnings):
    """Whether one of the warnings is of churn."""
    return any(one.kind is Kind.CHURN for one in warnings)


def test_classes_attendance_and_warnings_as_of_monthly_days(runs, session, ada, year):
    path, rows = year
    report = runs.bring("sales", path, creates_accounts=True, segment=Segment.RETAIL, on=LAST)
    accounts = known_accounts(session, None)
    often, large, gone = (accounts.find(one.removesuffix(".0")) for one in (OFTEN, LARGE, GONE))
    days, rod = monthly_days(LAST, 12), yardstick(session)

    by_day = {on: classes_on(session, rod, on) for on in days}
    looks = {on: told(session, [often, gone], Look(on, now())) for on in days}
    whole = Period(FIRST, date(2011, 12, 10))
    facts = attendance_months(session, often, whole), buying_days(session, often, whole)

    assert report.counts == {"new": len(rows)}
    # by hand, from the file: each customer with a line before the day has a class, and one alone
    for on, found in by_day.items():
        buyers = {row["CustomerID"] for row in rows if row["InvoiceDate"][:10] < on.isoformat()}
        assert (found.standing.whole, found.unknown) == (len(buyers), 0)
    amount, _days = bought(rows, LARGE, FIRST, date(2011, 12, 1))
    # 123,725 over twelve months is 1.03 a month, in 10,000: B in retail
    assert Decimal(1) <= amount / 12 / 10_000 < 3
    assert session.get_one(Account, large).size_class == "B"
    _amount, on_days = bought(rows, OFTEN, FIRST, date(2011, 12, 10))
    assert attendance(*facts, LAST).cycle.intervals == len(on_days) - 1 == 112
    # nine of its ten intervals were 22 days at most; it bought for the last time on 6 July
    assert [on.month for on in days if churns(looks[on][gone])] == [9, 10, 11, 12]
    assert not any(churns(looks[on][often]) for on in days[1:]), "but for the days of Christmas"

    session.execute(delete(Sale).where(Sale.on > date(2011, 9, 1)))
    then = told(session, [often, gone], Look(date(2011, 9, 1), now()))
    assert then == looks[date(2011, 9, 1)], "what came later changed the warnings of a day"
