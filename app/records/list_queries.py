"""Lists of commercial records as they go out in files: of one account, or of many.

Columns have the names that imports know them by, so that what goes out comes back in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.records.contract_models import Contract
from app.records.contract_queries import parts_of
from app.records.contracts import PartState
from app.records.credit_models import Credit, Payment, Receivable
from app.records.models import Product
from app.records.support_models import (
    Communication,
    Expense,
    Loan,
    Promotion,
    SalesPlan,
    ServiceCase,
)
from app.stakeholders.models import Stakeholder
from app.users.models import User
from app.vocabulary import N_

WORDS = {
    "account": N_("Account"),
    "number": N_("Number"),
    "about": N_("What it is about"),
    "spent_on": N_("Spent on"),
    "signed": N_("Signed on"),
    "starts": N_("Starts on"),
    "ends": N_("Ends on"),
    "notice_days": N_("Days of notice"),
    "renews": N_("Renews itself"),
    "ended": N_("Ended early on"),
    "amount": N_("Amount"),
    "owner": N_("Owner"),
    "parts": N_("Complete parts"),
    "notes": N_("Notes"),
    "date": N_("Date"),
    "asked": N_("Limit asked for"),
    "asked_days": N_("Days to pay asked for"),
    "request": N_("Why it is asked for"),
    "surveyed": N_("Surveyed on"),
    "survey": N_("Survey"),
    "analysed": N_("Analysed on"),
    "analysis": N_("Analysis"),
    "payment_score": N_("Payment-history score"),
    "growth_score": N_("Growth score"),
    "grade": N_("Credit grade"),
    "limit": N_("Credit limit"),
    "days": N_("Days to pay"),
    "decided": N_("Decided on"),
    "until": N_("Holds until"),
    "reason": N_("Reason"),
    "due": N_("Due"),
    "paid": N_("Paid"),
    "paid_on": N_("Paid on"),
    "month": N_("Month"),
    "product": N_("Product"),
    "spec": N_("Specification"),
    "quantity": N_("Quantity"),
    "kind": N_("Kind"),
    "what": N_("What happened"),
    "person": N_("Who said so"),
    "answer_by": N_("Answer promised by"),
    "investigated": N_("Investigated on"),
    "findings": N_("What was found"),
    "verdict": N_("Verdict"),
    "decision": N_("Decision"),
    "cost": N_("What it cost us"),
    "answered": N_("Answered on"),
    "answer": N_("Answer to the customer"),
    "closed": N_("Closed on"),
    "name": N_("Name"),
    "budget": N_("Budget"),
    "spent": N_("Spent"),
    "approved": N_("Approved"),
    "appraised": N_("Appraised on"),
    "appraisal": N_("What it brought"),
    "promotion": N_("Promotion"),
    "purpose": N_("Purpose"),
    "returned": N_("Returned on"),
    "monthly_cost": N_("Cost a month"),
    "months": N_("Again after months"),
    "done": N_("Done on"),
    "outcome": N_("What came of it"),
}
"""What each column is called for people."""
PIECE = 500
Among = Select[Any] | Iterable[int] | None
Query = Select[*tuple[Any, ...]]
Cells = tuple[Any, ...]


def _owner(owner_id: Any) -> Any:
    return select(User.name).where(User.id == owner_id).scalar_subquery()


def _product(product_id: Any) -> Any:
    return select(Product.name).where(Product.id == product_id).scalar_subquery()


def _contracts() -> dict[str, Any]:
    row = Contract
    return {
        "number": row.number, "name": row.title, "signed": row.signed_on, "starts": row.starts_on,
        "ends": row.ends_on, "notice_days": row.notice_days, "renews": row.renews,
        "ended": row.ended_on, "amount": row.amount, "owner": _owner(row.owner_id),
        "notes": row.notes, "parts": row.id,
    }  # fmt: skip


def _credits() -> dict[str, Any]:
    row = Credit
    return {
        "date": row.on, "asked": row.asked, "asked_days": row.asked_days, "request": row.request,
        "surveyed": row.surveyed_on, "survey": row.survey, "analysed": row.analysed_on,
        "analysis": row.analysis, "payment_score": row.payment_score,
        "growth_score": row.growth_score, "grade": row.grade, "limit": row.limit,
        "days": row.days, "decided": row.decided_on, "until": row.until, "reason": row.reason,
    }  # fmt: skip


def _receivables() -> dict[str, Any]:
    row = Receivable
    of_it = Payment.receivable_id == row.id
    paid = select(func.sum(Payment.amount)).where(of_it).correlate(row).scalar_subquery()
    last = select(func.max(Payment.on)).where(of_it).correlate(row).scalar_subquery()
    return {
        "number": row.number, "date": row.on, "due": row.due_on, "amount": row.amount,
        "paid": paid, "paid_on": last, "notes": row.note,
    }  # fmt: skip


def _sales_plans() -> dict[str, Any]:
    row = SalesPlan
    return {
        "month": row.month, "product": _product(row.product_id), "spec": row.spec,
        "quantity": row.quantity, "amount": row.amount,
    }  # fmt: skip


def _service() -> dict[str, Any]:
    row = ServiceCase
    person = select(Stakeholder.name).where(Stakeholder.id == row.stakeholder_id).scalar_subquery()
    return {
        "kind": row.kind, "number": row.number, "about": row.title, "date": row.on,
        "what": row.words, "person": person, "product": _product(row.product_id),
        "quantity": row.quantity, "amount": row.amount, "owner": _owner(row.owner_id),
        "answer_by": row.answer_by, "investigated": row.investigated_on, "findings": row.findings,
        "decided": row.decided_on, "verdict": row.verdict, "decision": row.decision,
        "cost": row.cost, "answered": row.answered_on, "answer": row.answer,
        "closed": row.closed_on,
    }  # fmt: skip


def _promotions() -> dict[str, Any]:
    row = Promotion
    spent = select(func.sum(Expense.amount)).where(
        Expense.promotion_id == row.id, Expense.archived_at.is_(None)
    )
    return {
        "name": row.name, "product": _product(row.product_id), "starts": row.starts_on,
        "ends": row.ends_on, "budget": row.budget, "spent": spent.correlate(row).scalar_subquery(),
        "approved": row.is_approved, "owner": _owner(row.owner_id), "appraised": row.appraised_on,
        "appraisal": row.appraisal,
    }  # fmt: skip


def _expenses() -> dict[str, Any]:
    row = Expense
    of = select(Promotion.name).where(Promotion.id == row.promotion_id).scalar_subquery()
    return {
        "kind": row.kind, "date": row.on, "amount": row.amount, "spent_on": row.words,
        "promotion": of, "owner": _owner(row.user_id),
    }  # fmt: skip


def _loans() -> dict[str, Any]:
    row = Loan
    return {
        "kind": row.kind, "name": row.name, "purpose": row.purpose, "owner": _owner(row.owner_id),
        "starts": row.starts_on, "due": row.due_on, "returned": row.returned_on,
        "monthly_cost": row.monthly_cost,
    }  # fmt: skip


def _communication() -> dict[str, Any]:
    row = Communication
    return {
        "kind": row.kind, "name": row.title, "due": row.due_on, "months": row.months,
        "owner": _owner(row.owner_id), "done": row.done_on, "outcome": row.outcome,
    }  # fmt: skip


LISTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "contracts": (Contract, _contracts()),
    "credits": (Credit, _credits()),
    "receivables": (Receivable, _receivables()),
    "sales_plans": (SalesPlan, _sales_plans()),
    "service": (ServiceCase, _service()),
    "promotions": (Promotion, _promotions()),
    "expenses": (Expense, _expenses()),
    "loans": (Loan, _loans()),
    "communication": (Communication, _communication()),
}


def header_of(name: str) -> tuple[str, ...]:
    """A list's columns, by the names that imports know."""
    return ("account", *LISTS[name][1])


def listed(session: Session, name: str, among: Among) -> Iterator[Cells]:
    """A list's rows of the accounts given (None: of all), archived ones left out."""
    model, columns = LISTS[name]
    query: Query = (
        select(Account.name, *columns.values())
        .select_from(model)
        .join(Account, Account.id == model.account_id)
        .where(model.archived_at.is_(None), Account.archived_at.is_(None))
        .order_by(model.account_id, model.id)
    )
    if among is not None:
        query = query.where(model.account_id.in_(among))
    rows = session.execute(query.execution_options(yield_per=PIECE))
    for piece in rows.partitions():
        yield from _with_parts(session, piece) if name == "contracts" else map(_plain, piece)


def _plain(row: Iterable[Any]) -> Cells:
    return tuple(("yes" if cell else "no") if isinstance(cell, bool) else cell for cell in row)


def _with_parts(session: Session, piece: Iterable[Any]) -> Iterator[Cells]:
    """Contracts, with the names of their complete parts in place of their number."""
    rows = list(piece)
    found = parts_of(session, (row[-1] for row in rows))
    for *cells, contract_id in rows:
        done = [one.part for one in found[contract_id].parts if one.state is PartState.COMPLETE]
        yield (*_plain(cells), ";".join(done))
