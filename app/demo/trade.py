"""What the demo's accounts bought, month by month: each account's own story."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from app.accounts.models import Account, SizeClassReading
from app.accounts.rules import Segment
from app.accounts.size_class import DEFAULT_TABLES, classify
from app.demo.accounts import Customer
from app.demo.cast import GOODS
from app.demo.rows import Rows
from app.records.models import Product, Sale

MONTHS = 24
BASKETS = {
    "hospital": (9, 10, 11, 12, 3, 0),
    "chain": (11, 13, 12, 10, 8),
    "wholesaler": (10, 11, 9, 8, 12, 13),
    "clinics": (10, 13, 11),
}


def add_products(rows: Rows) -> None:
    """Everything we sell."""
    for good in GOODS:
        rows.add(Product, name=good.name, code=good.code, series=good.series, price=good.price)


def trend(trade: str, month: int) -> float:
    """What a month is against the mean; ``month`` counts from two years ago, 0 to 24."""
    match trade:
        case "growing":
            return 0.8 + 0.45 * month / MONTHS
        case "shrinking":
            return 1.15 - 0.6 * month / MONTHS
        case "seasonal":
            return 1 + 0.4 * math.sin(month * math.pi / 6)
        case "stepdown":
            return 1.1 if month < MONTHS - 5 else 0.65
        case "stopped":
            return 1.0 if month < MONTHS - 5 else 0.0
    return 1.0


def add_sales(rows: Rows, account_id: int, customer: Customer) -> None:
    """Two or three orders a month, an occasional return."""
    chance = rows.chance
    for month in range(MONTHS):
        wanted = (
            customer.monthly * 10_000 * trend(customer.trade, month) * chance.uniform(0.85, 1.15)
        )
        basket = chance.sample(BASKETS[customer.house], k=3)
        for place, good in enumerate(basket):
            start = (MONTHS - month) * 30.4
            on = rows.ago(start - 3 - 9 * place - chance.randrange(4))
            if on <= rows.on and wanted:
                _line(rows, account_id, good, wanted * (0.5, 0.3, 0.2)[place], on)
        if wanted and chance.random() < 0.08:
            _line(
                rows, account_id, basket[0], -wanted * 0.04, rows.ago((MONTHS - month) * 30.4 - 28)
            )


def _line(rows: Rows, account_id: int, good: int, amount: float, on: date) -> None:
    item = GOODS[good]
    quantity = Decimal(round(amount / float(item.price))) or Decimal(1 if amount > 0 else -1)
    total = quantity * item.price
    number = len(rows.all(Sale)) + 1
    rows.add(
        Sale,
        account_id=account_id,
        product_id=good + 1,
        external_id=f"RA-{number:05}",
        on=on,
        description=item.name,
        quantity=quantity,
        amount=total,
        cost=(total * item.cost).quantize(Decimal("0.01")),
    )


def add_classes(rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]) -> None:
    """The account's size class at the turn of each half-year, as the two tables give it."""
    for start, end in ((730, 365), (548, 183), (365, 0)):
        since, until = rows.ago(start), rows.ago(end)
        lines = [
            row
            for row in rows.all(Sale)
            if row["account_id"] == account_id and since <= row["on"] < until
        ]
        amount = sum((row["amount"] for row in lines), Decimal())
        cost = sum((row["cost"] for row in lines), Decimal())
        monthly = (amount / 12 / 10_000).quantize(Decimal("0.0001"))
        margin = ((amount - cost) / amount).quantize(Decimal("0.0001")) if amount else None
        table = DEFAULT_TABLES[Segment(customer.profile["segment"])]
        found = classify(monthly, margin, table).size_class
        rows.add(
            SizeClassReading,
            account_id=account_id,
            on=until,
            since=since,
            monthly_sales=monthly,
            margin=margin,
            size_class=found,
            user_id=ours[customer.owner],
        )
        rows.row(Account, account_id)["size_class"] = found
