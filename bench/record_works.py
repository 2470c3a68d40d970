"""An account's records with many years behind it, beside those of one that has just begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db import make_engine, now
from app.records.credit_models import Payment, Receivable
from app.records.models import Sale

LINES_A_YEAR = 5_000
INVOICES_A_YEAR = 500
ACCOUNT = 1
AT_ONCE = 20_000


def reading(url: str, years: int) -> Callable[[], object]:
    """What the records pages of an account ask, with so many years of sales and invoices."""
    engine, on = make_engine(url), now().date()
    with engine.begin() as connection:
        for first in range(0, LINES_A_YEAR * years, AT_ONCE):
            last = min(first + AT_ONCE, LINES_A_YEAR * years)
            connection.execute(insert(Sale), [_line(on, number) for number in range(first, last)])
        invoices = [_invoice(on, number) for number in range(INVOICES_A_YEAR * years)]
        connection.execute(insert(Receivable), invoices)
        connection.execute(insert(Payment), [_payment(one) for one in invoices])

    def read() -> object:
        with Session(engine.execution_options(writes=False)) as session:
            return _pages(session, on)

    return read


def _line(on: date, number: int) -> dict[str, Any]:
    day = on - timedelta(days=number * 365 // LINES_A_YEAR)
    return {"account_id": ACCOUNT, "on": day, "description": "", "quantity": 1, "amount": 10}


def _invoice(on: date, number: int) -> dict[str, Any]:
    day = on - timedelta(days=60 + number * 365 // INVOICES_A_YEAR)
    return {
        "id": 10_000_000 + number,
        "account_id": ACCOUNT,
        "number": f"I{number}",
        "on": day,
        "due_on": day + timedelta(days=30),
        "amount": Decimal(100),
        "settled_on": day + timedelta(days=40),
        "version": 1,
        "note": "",
    }


def _payment(invoice: dict[str, Any]) -> dict[str, Any]:
    return {
        "account_id": ACCOUNT,
        "receivable_id": invoice["id"],
        "on": invoice["settled_on"],
        "amount": invoice["amount"],
    }


def _pages(session: Session, on: date) -> list[object]:
    """Sales of a year by month, product and line; attendance; credit; what is owed."""
    from app.paging import Place
    from app.records import credit_queries, queries, selling_queries
    from app.records.attendance import months_until
    from app.records.entry_changes import judge_credit
    from app.records.rules import Period, year_to

    year, tomorrow = year_to(on.year, on), on + timedelta(days=1)
    two_years = Period(months_until(on, 25)[0], tomorrow)
    return [
        queries.totals_by_month(session, ACCOUNT, Period(date(on.year - 1, 1, 1), tomorrow)),
        queries.sales_by_product(session, ACCOUNT, year),
        queries.sale_rows(session, ACCOUNT, year, Place()),
        queries.years_with_sales(session, ACCOUNT),
        selling_queries.attendance_months(session, ACCOUNT, two_years),
        selling_queries.buying_days(session, ACCOUNT, two_years),
        judge_credit(session, ACCOUNT, on),
        credit_queries.owed_of(session, ACCOUNT, on),
        credit_queries.receivable_rows(session, ACCOUNT, Place(), on, is_open=True),
    ]
