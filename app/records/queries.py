"""What is asked of the database about sales and products; sums are the database's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, extract, func, select
from sqlalchemy.orm import Session

from app.accounts.models import SizeClassReading
from app.accounts.rules import SizeClass
from app.paging import Page, Place, Query, count_up_to, page_of
from app.records.models import Product, Sale
from app.records.rules import Period, Totals
from app.users.models import User


def _sums() -> tuple[ColumnElement[Any], ...]:
    costed = case((Sale.cost.is_not(None), Sale.amount), else_=0)
    return (
        func.coalesce(func.sum(Sale.amount), 0).label("amount"),
        func.coalesce(func.sum(costed), 0).label("costed"),
        func.coalesce(func.sum(Sale.cost), 0).label("cost"),
        func.count().label("lines"),
    )


def _totals(row: Any) -> Totals:
    amount, costed, cost = (Decimal(str(sum_)) for sum_ in (row.amount, row.costed, row.cost))
    return Totals(amount, costed, cost, row.lines)


def _within(account_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        Sale.account_id == account_id,
        Sale.on >= period.since,
        Sale.on < period.until,
    )


def totals_of(session: Session, account_id: int, period: Period) -> Totals:
    """What an account bought in a period."""
    row = session.execute(select(*_sums()).where(*_within(account_id, period))).one()
    return _totals(row)


def totals_by_account(
    session: Session, account_ids: Iterable[int] | None, period: Period
) -> dict[int, Totals]:
    """What each account bought in a period; those that bought nothing are missing."""
    query = (
        select(Sale.account_id, *_sums())
        .where(Sale.on >= period.since, Sale.on < period.until)
        .group_by(Sale.account_id)
    )
    if account_ids is not None:
        query = query.where(Sale.account_id.in_(list(account_ids)))
    return {row.account_id: _totals(row) for row in session.execute(query)}


def totals_by_month(
    session: Session, account_id: int, period: Period
) -> dict[tuple[int, int], Totals]:
    """What an account bought in each (year, month) of a period."""
    year, month = extract("year", Sale.on), extract("month", Sale.on)
    rows = session.execute(
        select(year.label("year"), month.label("month"), *_sums())
        .where(*_within(account_id, period))
        .group_by(year, month)
    )
    return {(int(row.year), int(row.month)): _totals(row) for row in rows}


@dataclass(frozen=True, slots=True)
class ProductSales:
    """What an account bought of one product; an empty name stands for lines without one."""

    name: str
    series: str
    quantity: Decimal
    totals: Totals


def sales_by_product(
    session: Session, account_id: int, period: Period, most: int = 100
) -> list[ProductSales]:
    """What an account bought of each product in a period, the largest amount first."""
    amount = func.sum(Sale.amount)
    rows = session.execute(
        select(Product.name, Product.series, func.sum(Sale.quantity).label("quantity"), *_sums())
        .select_from(Sale)
        .outerjoin(Product, Product.id == Sale.product_id)
        .where(*_within(account_id, period))
        .group_by(Product.id, Product.name, Product.series)
        .order_by(amount.desc(), Product.name)
        .limit(most)
    )
    return [
        ProductSales(row.name or "", row.series or "", Decimal(str(row.quantity)), _totals(row))
        for row in rows
    ]


def years_with_sales(session: Session, account_id: int) -> list[int]:
    """The first and the last year an account bought something; empty when never."""
    # Each end by itself is one step in the index; both at once are a walk through all the lines.
    days = select(Sale.on).where(Sale.account_id == account_id).limit(1)
    ends = (days.order_by(Sale.on), days.order_by(Sale.on.desc()))
    found = session.execute(select(*(end.scalar_subquery() for end in ends))).one()
    return [day.year for day in found if day is not None]


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A sales line."""

    id: int
    on: date
    product: str
    description: str
    quantity: Decimal
    amount: Decimal
    cost: Decimal | None


def _lines(account_id: int, period: Period) -> Query:
    """An account's sales lines in a period."""
    return (
        select(
            Sale.id,
            Sale.on,
            func.coalesce(Product.name, "").label("product"),
            Sale.description,
            Sale.quantity,
            Sale.amount,
            Sale.cost,
        )
        .outerjoin(Product, Product.id == Sale.product_id)
        .where(*_within(account_id, period))
    )


def sale_rows(
    session: Session, account_id: int, period: Period, place: Place, *, returns: bool = False
) -> Page[SaleRow]:
    """A page of an account's sales lines in a period, newest first; or of its returns alone."""
    query = _lines(account_id, period)
    if returns:
        query = query.where(Sale.amount < 0)
    page = page_of(session, query, Sale.on, Sale.id, place, descending=True, size=20)
    return replace(page, rows=[SaleRow(*row) for row in page.rows])


def every_sale(session: Session, account_id: int, period: Period) -> Iterator[SaleRow]:
    """An account's sales lines in a period, in the order of their days."""
    query = _lines(account_id, period).order_by(Sale.on, Sale.id)
    for row in session.execute(query.execution_options(yield_per=500)):
        yield SaleRow(*row)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """An account's class on a day, and what went in."""

    on: date
    since: date
    monthly_sales: Decimal
    margin: Decimal | None
    size_class: SizeClass
    by: str


def class_history(session: Session, account_id: int, most: int = 24) -> list[ClassRow]:
    """An account's classes, newest first."""
    row = SizeClassReading
    found = session.execute(
        select(row.on, row.since, row.monthly_sales, row.margin, row.size_class, User.name)
        .outerjoin(User, User.id == row.user_id)
        .where(row.account_id == account_id)
        .order_by(row.on.desc(), row.id.desc())
        .limit(most)
    )
    return [ClassRow(*one[:4], SizeClass(one.size_class), one.name or "") for one in found]


PRODUCT_SORTS = ("name", "code", "series")


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A line of the product list."""

    id: int
    name: str
    code: str
    series: str
    price: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class ProductWish:
    """What a person wants to see of the products."""

    text: str = ""
    archived: bool = False
    sort: str = "name"
    descending: bool = False


def product_rows(session: Session, wish: ProductWish, place: Place) -> Page[ProductRow]:
    """A page of products, counted."""
    row = Product
    gone = row.archived_at
    query = select(row.id, row.name, row.code, row.series, row.price, row.currency).where(
        gone.is_not(None) if wish.archived else gone.is_(None)
    )
    if wish.text:
        like = f"%{wish.text.lower()}%"
        query = query.where(func.lower(row.name).like(like) | func.lower(row.code).like(like))
    key = {"name": row.name, "code": row.code, "series": row.series}[wish.sort]
    page = page_of(session, query, key, row.id, place, descending=wish.descending)
    rows = [ProductRow(*one) for one in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def product_choices(session: Session, most: int = 500) -> list[tuple[int, str]]:
    """Products still sold, by name, for a choice."""
    rows = session.execute(
        select(Product.id, Product.name)
        .where(Product.archived_at.is_(None))
        .order_by(Product.name, Product.id)
        .limit(most)
    )
    return [(row.id, row.name) for row in rows]
