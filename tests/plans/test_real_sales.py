"""Goals on real invoices (UCI Online Retail): three customers against a table made by awk.

Each goal runs from 2011-06-30 to 2011-11-30, 153 days; so the value on its start is what the
153 days before brought, and on 2011-09-14, its 76th day, what those up to then brought. The
table sums quantity × price over the file by customer, product and days; growth is the change
from one span to the next, a part is the product's share of the whole.
"""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert

from app.plans.goal_queries import goal_rows, reports
from app.plans.metric_queries import answers_to
from app.plans.metrics import Measure, value_question
from app.plans.models import Goal
from app.plans.rules import Metric, Standing
from app.records.models import Product, Sale
from tests.exchange.shared import shared

START, MIDDLE, DUE = date(2011, 6, 30), date(2011, 9, 14), date(2011, 11, 30)
PRODUCTS = {"14646": "23084", "14911": "22423", "14156": "22423"}
BY_HAND = {
    # customer: (sales, units of its product, part of it in %, growth in %) on start, middle, due
    "14646": (
        ("100888.55", 265, "0.5463", None),
        ("104299.12", 745, "1.4857", None),
        ("131803.89", 3096, "4.8858", "30.6431"),
    ),
    "14911": (
        ("32485.03", 54, "2.0308", None),
        ("48448.68", 144, "3.5518", "98.8716"),
        ("81457.29", 193, "2.8088", "150.7533"),
    ),
    "14156": (
        ("34014.35", 51, "1.6577", None),
        ("59911.47", 74, "1.3825", "70.5935"),
        ("62280.37", 72, "1.2890", "83.1003"),
    ),
}
"""Growth is unknown where the records do not reach back to the start of the span before; on the
middle, customer 14646's begin 38 days late."""


@pytest.fixture(scope="module")
def invoices():
    """The lines of the three customers: (customer, day, product, units, amount)."""
    file = shared("online_retail", "online_retail_2010-12_2011-12.csv.gz")
    with gzip.open(file, "rb") as packed:
        lines = csv.DictReader(io.TextIOWrapper(packed, "utf-8"))
        return [
            (customer, date.fromisoformat(line["InvoiceDate"][:10]), line["StockCode"],
             Decimal(line["Quantity"]), Decimal(line["Quantity"]) * Decimal(line["UnitPrice"]))
            for line in lines
            if (customer := line["CustomerID"][:5]) in PRODUCTS
        ]  # fmt: skip


@pytest.fixture
def accounts(make, session, ada, invoices):
    """The customers with their sales, and the ids of products by code."""
    known = {customer: make.account(customer, owner=ada) for customer in PRODUCTS}
    codes = sorted({line[2] for line in invoices})
    products = {code: Product(name=code, code=code) for code in codes}
    session.add_all(products.values())
    session.flush()
    session.execute(insert(Sale), [
        {"account_id": known[customer].id, "product_id": products[code].id, "on": on,
         "quantity": quantity, "amount": amount}
        for customer, on, code, quantity, amount in invoices
    ])  # fmt: skip
    session.commit()
    return known, {code: product.id for code, product in products.items()}


def told(session, account, product, metric, on):
    """What the records tell of a goal's value on a day."""
    part = product if metric in {Metric.VOLUME, Metric.MIX} else None
    question = value_question(Measure(metric, account.id, part, Decimal(1), START, DUE), on)
    return answers_to(session, [question]).get(question)


def test_sales_units_parts_and_growth_are_as_by_hand(session, accounts):
    known, products = accounts
    metrics = (Metric.SALES, Metric.VOLUME, Metric.MIX, Metric.GROWTH)

    found = {
        customer: tuple(
            tuple(told(session, known[customer], products[code], metric, on) for metric in metrics)
            for on in (START, MIDDLE, DUE)
        )
        for customer, code in PRODUCTS.items()
    }

    assert found == {
        customer: tuple(tuple(None if one is None else Decimal(one) for one in row) for row in rows)
        for customer, rows in BY_HAND.items()
    }


# baseline + (target - baseline) x 76 / 153, by hand; behind or ahead beyond a tenth of the way:
# 14646 has 104,299.12, 6,082.70 short; 14911 has 48,448.68; 14156 has 59,911.47, within 5,092.56
LINES = {
    "14646": ("120000", "110381.82", Standing.BEHIND),
    "14911": ("50000", "41185.28", Standing.AHEAD),
    "14156": ("84939.96", "59310.73", Standing.ON_TRACK),
}


def test_the_lines_to_the_targets_are_as_by_hand(make, session, accounts):
    known, _products = accounts
    dates = {"starts_on": START, "due_on": DUE}
    for customer, (target, _expected, _standing) in LINES.items():
        plan = make.plan(known[customer], starts_on=START, ends_on=DUE)
        baseline = Decimal(BY_HAND[customer][0][0])
        values = {"metric": "sales", "baseline": baseline, "target": Decimal(target)}
        make.goal(plan, customer, **values, **dates)

    found = reports(session, goal_rows(session), MIDDLE)

    assert {one.goal.statement: one.progress.standing for one in found} == {
        customer: standing for customer, (_target, _expected, standing) in LINES.items()
    }
    assert {one.goal.statement: round(one.progress.expected, 2) for one in found} == {
        customer: Decimal(expected) for customer, (_target, expected, _standing) in LINES.items()
    }


def test_the_pace_needed_is_held_against_real_sales(make, session, accounts):
    known, _products = accounts
    plan = make.plan(known["14646"], starts_on=START, ends_on=DUE)
    dates = {"starts_on": START, "due_on": DUE}
    values = {"metric": "sales", "baseline": Decimal("100888.55")}
    goals = [
        make.goal(plan, **values, **dates, target=Decimal(target))
        # 1.19, 1.49 and 2.97 times the 100,888.55 of the 153 days before
        for target in (120_000, 150_000, 300_000)
    ]

    found = reports(session, goal_rows(session, Goal.plan_id == plan.id), MIDDLE)

    assert [one.past for one in found] == [Decimal("100888.55")] * len(goals)
    assert [one.letters[2].verdict.value for one in found] == ["stretch", "stretch", "fail"]
