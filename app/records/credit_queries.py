"""What is asked of the database about credit and receivables, as of any day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.paging import Page, Place, count_up_to, page_of
from app.records.ageing import Bucket, bucket_of, bucket_starts
from app.records.credit import (
    DAYS_BACK,
    CreditFact,
    CreditGrade,
    CreditState,
    InvoiceFact,
    credit_state,
)
from app.records.credit_models import Credit, Payment, Receivable
from app.users.models import User

CENT_HALF = Decimal("0.005")
"""Sums of cents kept as binary fractions differ by less."""


@dataclass(frozen=True, slots=True)
class CreditRow:
    """An application with what was decided."""

    id: int
    on: date
    by: str
    asked: Decimal | None
    asked_days: int | None
    fact: CreditFact
    grade: CreditGrade | None
    days: int | None
    decider: str
    payment_score: int | None
    growth_score: int | None
    size_class: str | None
    reason: str
    until: date | None

    @property
    def state(self) -> CreditState:
        """How far it is."""
        return credit_state(self.fact)


def credit_rows(session: Session, account_id: int, most: int = 50) -> list[CreditRow]:
    """An account's applications for credit, newest first."""
    decider = aliased(User)
    query = (
        select(
            Credit.id, Credit.on, func.coalesce(User.name, ""), Credit.asked, Credit.asked_days,
            Credit.surveyed_on, Credit.analysed_on, Credit.decided_on, Credit.limit, Credit.grade,
            Credit.days, func.coalesce(decider.name, ""), Credit.payment_score,
            Credit.growth_score, Credit.size_class, Credit.reason, Credit.until,
        )
        .outerjoin(User, User.id == Credit.user_id)
        .outerjoin(decider, decider.id == Credit.decider_id)
        .where(Credit.account_id == account_id, Credit.archived_at.is_(None))
        .order_by(Credit.on.desc(), Credit.id.desc())
        .limit(most)
    )  # fmt: skip
    return [_credit(row) for row in session.execute(query)]


def _credit(row: Any) -> CreditRow:
    cells = list(row)
    cells[5:10] = [CreditFact(*cells[5:9]), CreditGrade(cells[9]) if cells[9] else None]
    return CreditRow(*cells)


@dataclass(frozen=True, slots=True)
class Granted:
    """The credit that an account has on a day."""

    limit: Decimal
    days: int | None
    grade: str | None
    decided_on: date
    until: date | None


def granted_by_account(
    session: Session, account_ids: Iterable[int] | Select[Any] | None, on: date
) -> dict[int, Granted]:
    """The credit of each account on a day: what was decided last, unless it has run out or was
    refused; accounts without any are missing. None means all accounts.
    """
    query = (
        select(Credit.account_id, Credit.limit, Credit.days, Credit.grade, Credit.decided_on,
               Credit.until)
        .where(Credit.decided_on <= on, Credit.archived_at.is_(None))
        .order_by(Credit.decided_on, Credit.id)
    )  # fmt: skip
    if account_ids is not None:
        query = query.where(Credit.account_id.in_(account_ids))
    latest = {row.account_id: row for row in session.execute(query)}
    return {
        account_id: Granted(row.limit, row.days, row.grade, row.decided_on, row.until)
        for account_id, row in latest.items()
        if row.limit and (row.until is None or row.until >= on)
    }


def granted_to(session: Session, account_id: int, on: date) -> Granted | None:
    """The credit that an account has on a day."""
    return granted_by_account(session, [account_id], on).get(account_id)


def _paid(on: date) -> ColumnElement[Any]:
    """What had come in for a receivable by a day."""
    total = select(func.sum(Payment.amount)).where(
        Payment.receivable_id == Receivable.id, Payment.on <= on
    )
    return func.coalesce(total.correlate(Receivable).scalar_subquery(), 0)


def _standing(on: date) -> tuple[ColumnElement[bool], ...]:
    return (Receivable.archived_at.is_(None), Receivable.on <= on)


def _open(on: date) -> ColumnElement[bool]:
    """Not paid in full by a day."""
    return or_(Receivable.settled_on.is_(None), Receivable.settled_on > on)


def owed_by_account(
    session: Session, account_ids: Iterable[int] | Select[Any] | None, on: date
) -> dict[int, dict[Bucket, Decimal]]:
    """What each account owes on a day, by how long it is overdue; None means all accounts."""
    steps = [(Receivable.due_on >= first, bucket.value) for bucket, first in bucket_starts(on)]
    bucket = case((Receivable.due_on.is_(None), Bucket.UNKNOWN.value), *steps,
                  else_=Bucket.LONGER.value)  # fmt: skip
    open_rows = select(
        Receivable.account_id.label("account_id"),
        bucket.label("bucket"),
        (Receivable.amount - _paid(on)).label("open"),
    ).where(*_standing(on), _open(on))
    if account_ids is not None:
        open_rows = open_rows.where(Receivable.account_id.in_(account_ids))
    part = open_rows.subquery()
    query = select(part.c.account_id, part.c.bucket, func.sum(part.c.open)).group_by(
        part.c.account_id, part.c.bucket
    )
    found: dict[int, dict[Bucket, Decimal]] = {}
    for account_id, name, amount in session.execute(query):
        cents = Decimal(str(amount)).quantize(Decimal("0.01"))
        if cents:
            found.setdefault(account_id, {})[Bucket(name)] = cents
    return found


def owed_of(session: Session, account_id: int, on: date) -> dict[Bucket, Decimal]:
    """What an account owes on a day, by how long it is overdue."""
    return owed_by_account(session, [account_id], on).get(account_id, {})


@dataclass(frozen=True, slots=True)
class ReceivableRow:
    """An invoice with what is still open of it."""

    id: int
    number: str
    on: date
    due_on: date | None
    amount: Decimal
    note: str
    paid: Decimal
    bucket: Bucket | None
    days_late: int

    @property
    def open(self) -> Decimal:
        """What is still to come."""
        return self.amount - self.paid


def receivable_rows(
    session: Session, account_id: int, place: Place, on: date, *, is_open: bool
) -> Page[ReceivableRow]:
    """A page of an account's invoices, newest first: those not paid, or all of them."""
    row, paid = Receivable, _paid(on)
    query = select(
        row.id, row.number, row.on, row.due_on, row.amount, row.note, paid.label("paid")
    ).where(row.account_id == account_id, *_standing(on))
    if is_open:
        query = query.where(_open(on))
    page = page_of(session, query, row.on, row.id, place, descending=True, size=20)
    rows = [_receivable(one, on) for one in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _receivable(row: Any, on: date) -> ReceivableRow:
    paid = Decimal(str(row.paid)).quantize(Decimal("0.01"))
    is_open = row.amount != paid
    late = max((on - row.due_on).days, 0) if is_open and row.due_on else 0
    bucket = bucket_of(row.due_on, on) if is_open else None
    cells = [*row[:6], paid, bucket, late]
    return ReceivableRow(*cells)


def invoice_facts(session: Session, account_id: int, on: date) -> list[InvoiceFact]:
    """The invoices that fell due in the year before a day, and when each was paid in full."""
    paid, last = (
        _paid(on),
        select(func.max(Payment.on)).where(
            Payment.receivable_id == Receivable.id, Payment.on <= on
        ),
    )
    query = select(
        Receivable.amount,
        Receivable.due_on,
        paid.label("paid"),
        last.correlate(Receivable).scalar_subquery().label("last"),
    ).where(
        Receivable.account_id == account_id,
        *_standing(on),
        Receivable.due_on <= on,
        Receivable.due_on > on - timedelta(days=DAYS_BACK),
    )
    return [
        InvoiceFact(row.amount, row.due_on, row.last if _is_paid(row) else None)
        for row in session.execute(query)
    ]


def _is_paid(row: Any) -> bool:
    return Decimal(str(row.paid)) > row.amount - CENT_HALF


def payments_of(session: Session, receivable_id: int) -> list[Payment]:
    """What came in for an invoice, in order."""
    query = select(Payment).where(Payment.receivable_id == receivable_id)
    return list(session.scalars(query.order_by(Payment.on, Payment.id)))
