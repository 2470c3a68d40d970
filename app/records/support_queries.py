"""What is asked of the database about promotions, money spent and what is lent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from app.paging import Page, Place, count_up_to, page_of
from app.records.models import Product, Sale
from app.records.rules import Period, year_before
from app.records.support import (
    ExpenseKind,
    Lift,
    LoanFact,
    LoanKind,
    PromotionFact,
    period_before,
    period_of,
)
from app.records.support_models import Expense, Loan, Promotion
from app.users.models import User

MOST = 100
MOST_LIFTS = 12


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """A promotion as lists show it; ``lift`` is told of those that have begun."""

    id: int
    name: str
    product_id: int | None
    product: str
    owner: str
    plan: str
    answer: str
    appraisal: str
    is_worth: bool | None
    fact: PromotionFact
    lift: Lift | None = None


def _spent() -> ColumnElement[Any]:
    total = select(func.sum(Expense.amount)).where(
        Expense.promotion_id == Promotion.id, Expense.archived_at.is_(None)
    )
    return func.coalesce(total.correlate(Promotion).scalar_subquery(), 0)


def promotion_rows(session: Session, account_id: int, on: date) -> list[PromotionRow]:
    """An account's promotions, the latest first, with what was spent and sold."""
    row = Promotion
    query = (
        select(
            row.id, row.name, row.product_id, func.coalesce(Product.name, ""),
            func.coalesce(User.name, ""), row.plan, row.answer, row.appraisal, row.is_worth,
            row.starts_on, row.ends_on, row.is_approved, row.appraised_on, row.budget, _spent(),
        )
        .outerjoin(Product, Product.id == row.product_id)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id == account_id, row.archived_at.is_(None))
        .order_by(row.starts_on.desc(), row.id.desc())
        .limit(MOST)
    )  # fmt: skip
    rows = [_promotion(one) for one in session.execute(query)]
    lifts = _lifts(session, account_id, [one for one in rows if one.fact.starts_on <= on])
    return [replace(one, lift=lifts.get(one.id)) for one in rows]


def promotion_names(session: Session, row: Promotion) -> tuple[str, str]:
    """The names of a promotion's product and of whose it is; empty where there is none."""
    product = select(Product.name).where(Product.id == row.product_id).scalar_subquery()
    owner = select(User.name).where(User.id == row.owner_id).scalar_subquery()
    found = session.execute(select(product, owner)).one()
    return found[0] or "", found[1] or ""


def _promotion(row: Any) -> PromotionRow:
    cells = list(row)
    cells[14] = Decimal(str(cells[14])).quantize(Decimal("0.01"))
    cells[9:] = [PromotionFact(*cells[9:])]
    return PromotionRow(*cells)


def _lifts(session: Session, account_id: int, rows: list[PromotionRow]) -> dict[int, Lift]:
    """What was sold around the latest promotions, in one SELECT."""
    asked = [
        (row, period)
        for row in rows[:MOST_LIFTS]
        for period in (
            period_of(row.fact),
            period_before(row.fact),
            year_before(period_of(row.fact)),
        )
    ]
    if not asked:
        return {}
    sums = [
        _sold(account_id, row.product_id, period).label(f"sold_{place}")
        for place, (row, period) in enumerate(asked)
    ]
    found = [Decimal(str(one)) for one in session.execute(select(*sums)).one()]
    return {
        row.id: Lift(*found[3 * place : 3 * place + 3])
        for place, row in enumerate(rows[:MOST_LIFTS])
    }


def _sold(account_id: int, product_id: int | None, period: Period) -> ColumnElement[Any]:
    query = select(func.coalesce(func.sum(Sale.amount), 0)).where(
        Sale.account_id == account_id, Sale.on >= period.since, Sale.on < period.until
    )
    if product_id is not None:
        query = query.where(Sale.product_id == product_id)
    return query.scalar_subquery()


def promotion_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """An account's promotions, the latest first, for a choice."""
    query = (
        select(Promotion.id, Promotion.name)
        .where(Promotion.account_id == account_id, Promotion.archived_at.is_(None))
        .order_by(Promotion.starts_on.desc(), Promotion.id.desc())
        .limit(MOST)
    )
    return [(row.id, row.name) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """Money spent."""

    id: int
    kind: ExpenseKind
    on: date
    amount: Decimal
    words: str
    promotion: str
    who: str


def expense_rows(session: Session, account_id: int, place: Place) -> Page[ExpenseRow]:
    """A page of what was spent on an account, newest first."""
    row = Expense
    query = (
        select(row.id, row.kind, row.on, row.amount, row.words,
               func.coalesce(Promotion.name, ""), func.coalesce(User.name, ""))
        .outerjoin(Promotion, Promotion.id == row.promotion_id)
        .outerjoin(User, User.id == row.user_id)
        .where(row.account_id == account_id, row.archived_at.is_(None))
    )  # fmt: skip
    page = page_of(session, query, row.on, row.id, place, descending=True, size=20)
    rows = [ExpenseRow(one[0], ExpenseKind(one[1]), *one[2:]) for one in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def spent_by_month(session: Session, account_id: int, period: Period) -> dict[int, Decimal]:
    """What was spent on an account in each month of a year."""
    month = extract("month", Expense.on)
    query = (
        select(month, func.sum(Expense.amount))
        .where(Expense.account_id == account_id, Expense.archived_at.is_(None))
        .where(Expense.on >= period.since, Expense.on < period.until)
        .group_by(month)
    )
    return {int(one): Decimal(str(amount)) for one, amount in session.execute(query)}


@dataclass(frozen=True, slots=True)
class LoanRow:
    """What is lent."""

    id: int
    kind: LoanKind
    name: str
    purpose: str
    owner: str
    fact: LoanFact


def loan_rows(session: Session, account_id: int) -> list[LoanRow]:
    """What is lent to an account, what is still out first."""
    row = Loan
    query = (
        select(row.id, row.kind, row.name, row.purpose, func.coalesce(User.name, ""),
               row.starts_on, row.due_on, row.returned_on, row.monthly_cost)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id == account_id, row.archived_at.is_(None))
        .order_by(row.returned_on.is_not(None), row.starts_on.desc(), row.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [
        LoanRow(one[0], LoanKind(one[1]), *one[2:5], LoanFact(*one[5:]))
        for one in session.execute(query)
    ]
