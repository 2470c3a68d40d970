"""What happens to commercial records beyond what was typed of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.records.attendance import months_until
from app.records.communication import months_later
from app.records.contract_models import Contract, ContractFile, ContractPart
from app.records.contract_queries import find_part
from app.records.contracts import Part, PartFact
from app.records.credit import Proposal, Score, growth_score, payment_score, propose
from app.records.credit_models import Credit, Payment, Receivable
from app.records.credit_queries import CENT_HALF, granted_to, invoice_facts, payments_of
from app.records.queries import totals_by_month
from app.records.rules import Period
from app.records.support_models import Communication, Promotion

PIECE = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was found to be."""

    name: str
    kind: str
    content: bytes


def keep_file(
    session: Session, contract: Contract, file: Given, user_id: int, at: datetime
) -> ContractFile:
    """Keep a file with a contract."""
    kept = ContractFile(
        account_id=contract.account_id,
        contract_id=contract.id,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        content=file.content,
        user_id=user_id,
        at=at,
    )
    session.add(kept)
    return kept


def settle_part(session: Session, contract: Contract, part: Part, fact: PartFact) -> ContractPart:
    """Keep which points of a part are settled, and how."""
    kept = find_part(session, contract.id, part)
    if kept is None:
        kept = ContractPart(account_id=contract.account_id, contract_id=contract.id, part=part)
        session.add(kept)
    kept.points = sorted(fact.points)
    kept.words, kept.is_needless = fact.words, fact.is_needless
    return kept


@dataclass(frozen=True, slots=True)
class Judged:
    """What the records say of an account's credit on a day."""

    payment: Score
    growth: Score
    proposal: Proposal


def judge_credit(session: Session, account_id: int, on: date, days: int | None = None) -> Judged:
    """Scores from payments and sales up to a day, and what they propose for so many days."""
    payment = payment_score(invoice_facts(session, account_id, on), on)
    before, now = _two_years(session, account_id, on)
    growth = growth_score(now, before)
    monthly = sum(now, Decimal()) / 12
    return Judged(payment, growth, propose(payment, growth, monthly, days))


def _two_years(session: Session, account_id: int, on: date) -> tuple[list[Decimal], list[Decimal]]:
    """Sales of the twenty-four whole months before the one of ``on``, in two years."""
    months = months_until(on, 25)
    found = totals_by_month(session, account_id, Period(months[0], months[-1]))
    sales = [
        found[month.year, month.month].amount if (month.year, month.month) in found else Decimal()
        for month in months[:-1]
    ]
    return sales[:12], sales[12:]


def decide_credit(
    session: Session, credit: Credit, account: Account, user_id: int, on: date
) -> None:
    """Note who decided, with the scores and the size class of the day."""
    judged = judge_credit(session, account.id, on, credit.days)
    credit.payment_score, credit.growth_score = judged.payment.value, judged.growth.value
    credit.size_class = account.size_class
    credit.decided_on, credit.decider_id = on, user_id


def complete(session: Session, row: Any) -> None:
    """Add to what was typed what follows from it; it is written with the rest, not before."""
    with session.no_autoflush:
        _complete(session, row)


def _complete(session: Session, row: Any) -> None:
    if isinstance(row, Receivable):
        _complete_invoice(session, row)
    if isinstance(row, Promotion) and row.appraised_on is None:
        row.is_worth = None


def _complete_invoice(session: Session, row: Receivable) -> None:
    """A due day that nobody gave follows from the days granted; what was paid decides the rest."""
    if row.due_on is None:
        granted = granted_to(session, row.account_id, row.on)
        if granted is not None and granted.days is not None:
            row.due_on = row.on + timedelta(days=granted.days)
    payments = payments_of(session, row.id) if row.id else []
    is_paid = bool(payments) and sum(one.amount for one in payments) == row.amount
    row.settled_on = payments[-1].on if is_paid else None


def repeat(session: Session, row: Communication) -> Communication | None:
    """The next of what comes again, once this one is done."""
    if row.months is None or row.done_on is None:
        return None
    following = Communication(
        account_id=row.account_id,
        kind=row.kind,
        title=row.title,
        due_on=months_later(row.due_on, row.months),
        months=row.months,
        owner_id=row.owner_id,
    )
    row.months = None
    session.add(following)
    return following


def pay(session: Session, receivable: Receivable, on: date, amount: Decimal) -> Payment:
    """Note money that came in for an invoice."""
    payment = Payment(
        account_id=receivable.account_id, receivable_id=receivable.id, on=on, amount=amount
    )
    session.add(payment)
    session.flush()
    settle(session, [receivable.id])
    return payment


def take_back(session: Session, payment: Payment) -> None:
    """Remove a payment that was noted by mistake."""
    session.delete(payment)
    session.flush()
    settle(session, [payment.receivable_id])


def settle(session: Session, receivable_ids: Iterable[int]) -> None:
    """Set the day on which each invoice was paid in full, as its payments say."""
    of_it = Payment.receivable_id == Receivable.id
    paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(of_it)
    last = select(func.max(Payment.on)).where(of_it)
    is_paid = func.abs(Receivable.amount - paid.scalar_subquery()) < CENT_HALF
    day = case((is_paid, last.scalar_subquery()))
    wanted = sorted(receivable_ids)
    for start in range(0, len(wanted), PIECE):
        session.execute(
            update(Receivable)
            .where(Receivable.id.in_(wanted[start : start + PIECE]))
            .values(settled_on=day)
            .execution_options(synchronize_session=False)
        )
