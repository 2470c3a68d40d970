"""What is asked of the database about sales plans and attendance; sums are the database's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, case, extract, func, select
from sqlalchemy.orm import Session

from app.paging import Page, Place, count_up_to, page_of
from app.records.attendance import MonthFact
from app.records.models import Product, Sale
from app.records.rules import Period
from app.records.support_models import SalesPlan


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of a sales plan."""

    id: int
    month: date
    product: str
    spec: str
    quantity: Decimal | None
    amount: Decimal


def plan_rows(session: Session, account_id: int, year: int, place: Place) -> Page[PlanRow]:
    """A page of an account's sales plan of a year, by month."""
    row = SalesPlan
    query = (
        select(row.id, row.month, func.coalesce(Product.name, ""), row.spec, row.quantity,
               row.amount)
        .outerjoin(Product, Product.id == row.product_id)
        .where(*_of_year(account_id, year))
    )  # fmt: skip
    page = page_of(session, query, row.month, row.id, place, size=24)
    rows = [PlanRow(*one) for one in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _of_year(account_id: int, year: int) -> tuple[ColumnElement[bool], ...]:
    row = SalesPlan
    return (
        row.account_id == account_id,
        row.archived_at.is_(None),
        row.month >= date(year, 1, 1),
        row.month <= date(year, 12, 31),
    )


def planned_by_month(session: Session, account_id: int, year: int) -> dict[int, Decimal]:
    """What an account is to buy in each month of a year."""
    month = extract("month", SalesPlan.month)
    query = select(month, func.sum(SalesPlan.amount)).where(*_of_year(account_id, year))
    return {int(one): Decimal(str(sum_)) for one, sum_ in session.execute(query.group_by(month))}


def planned_by_account(
    session: Session, account_ids: Iterable[int] | Select[tuple[int]] | None, period: Period
) -> dict[int, dict[date, Decimal]]:
    """What accounts are to buy in each month that begins in a period; None means all of them."""
    row = SalesPlan
    query = (
        select(row.account_id, row.month, func.sum(row.amount))
        .where(row.archived_at.is_(None), row.month >= period.since, row.month < period.until)
        .group_by(row.account_id, row.month)
    )
    if account_ids is not None:
        query = query.where(row.account_id.in_(account_ids))
    found: dict[int, dict[date, Decimal]] = {}
    for account_id, month, amount in session.execute(query):
        found.setdefault(account_id, {})[month] = Decimal(str(amount))
    return found


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """A product's plan of a period beside what was sold of it; an empty name is all the rest."""

    name: str
    planned: Decimal
    sold: Decimal
    planned_quantity: Decimal
    sold_quantity: Decimal


def plan_by_product(session: Session, account_id: int, year: int, until: date) -> list[ProductPlan]:
    """What was planned of each product for a year up to a day, and what was sold; largest plan
    first. What is sold without a line of its own counts with the rest.
    """
    planned = _planned(session, account_id, year, until)
    sold = _sold(session, account_id, Period(date(year, 1, 1), until))
    lines: dict[int | None, list[Decimal]] = {
        key: [*pair, Decimal(), Decimal()] for key, (_name, *pair) in planned.items()
    }
    for product_id, (amount, quantity) in sold.items():
        line = lines.setdefault(product_id if product_id in planned else None, [Decimal()] * 4)
        line[2] += amount
        line[3] += quantity
    names = {key: name for key, (name, *_pair) in planned.items()}
    found = [
        ProductPlan(names.get(key, ""), line[0], line[2], line[1], line[3])
        for key, line in lines.items()
    ]
    return sorted(found, key=lambda one: (one.name == "", -one.planned))


def _planned(
    session: Session, account_id: int, year: int, until: date
) -> dict[int | None, tuple[str, Decimal, Decimal]]:
    row = SalesPlan
    query = (
        select(row.product_id, func.coalesce(Product.name, ""), func.sum(row.amount),
               func.coalesce(func.sum(row.quantity), 0))
        .outerjoin(Product, Product.id == row.product_id)
        .where(*_of_year(account_id, year), row.month < until)
        .group_by(row.product_id, Product.name)
    )  # fmt: skip
    return {
        one[0]: (one[1], Decimal(str(one[2])), Decimal(str(one[3])))
        for one in session.execute(query)
    }


def _sold(
    session: Session, account_id: int, period: Period
) -> dict[int | None, tuple[Decimal, Decimal]]:
    query = (
        select(Sale.product_id, func.sum(Sale.amount), func.sum(Sale.quantity))
        .where(Sale.account_id == account_id, Sale.on >= period.since, Sale.on < period.until)
        .group_by(Sale.product_id)
    )
    return {one[0]: (Decimal(str(one[1])), Decimal(str(one[2]))) for one in session.execute(query)}


def attendance_months(session: Session, account_id: int, period: Period) -> list[MonthFact]:
    """What an account bought in each month of a period, in how many days, of how many products."""
    year, month = extract("year", Sale.on), extract("month", Sale.on)
    bought = Sale.amount > 0
    query = (
        select(
            year,
            month,
            func.count(func.distinct(case((bought, Sale.on)))),
            func.count(func.distinct(case((bought, Sale.product_id)))),
            func.sum(Sale.quantity),
            func.sum(Sale.amount),
            func.coalesce(func.sum(case((Sale.amount < 0, -Sale.amount))), 0),
        )
        .where(Sale.account_id == account_id, Sale.on >= period.since, Sale.on < period.until)
        .group_by(year, month)
    )
    return [
        MonthFact(date(int(one[0]), int(one[1]), 1), *one[2:4],
                  *(Decimal(str(sum_)) for sum_ in one[4:]))
        for one in session.execute(query)
    ]  # fmt: skip


def buying_days(session: Session, account_id: int, period: Period) -> list[date]:
    """The days on which an account bought in a period, in order."""
    query = (
        select(Sale.on)
        .where(Sale.account_id == account_id, Sale.on >= period.since, Sale.on < period.until)
        .where(Sale.amount > 0)
        .distinct()
        .order_by(Sale.on)
    )
    return list(session.scalars(query))
