"""What is asked of the database about what accounts owe and cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.alerts.money import SPANS_BEFORE, Budget, Debt, Spent
from app.alerts.trade import SPAN
from app.plans.models import Action
from app.records.credit_models import Credit, Payment, Receivable
from app.records.support_models import Expense, Promotion
from app.visits.models import Visit


def debts(session: Session, ids: Collection[int], on: date) -> dict[int, Debt]:
    """What each account owes on a day, beside its limit; those without an invoice are missing."""
    limits = _limits(session, ids, on)
    paid = (
        select(Payment.receivable_id, func.sum(Payment.amount).label("amount"))
        .where(Payment.account_id.in_(ids), Payment.on <= on)
        .group_by(Payment.receivable_id)
        .subquery()
    )
    left = Receivable.amount - func.coalesce(paid.c.amount, 0)
    is_late = and_(Receivable.due_on < on, left > 0)
    late = func.sum(case((Receivable.due_on < on, left), else_=0))
    oldest = func.min(case((is_late, Receivable.due_on)))
    rows = session.execute(
        select(Receivable.account_id, func.sum(left), late, oldest)
        .outerjoin(paid, paid.c.receivable_id == Receivable.id)
        .where(
            Receivable.account_id.in_(ids), Receivable.on <= on, Receivable.archived_at.is_(None)
        )
        .group_by(Receivable.account_id)
    )
    return {
        account_id: Debt(_cents(owed), _cents(overdue), limits.get(account_id), due_on)
        for account_id, owed, overdue, due_on in rows
    }


def _limits(session: Session, ids: Collection[int], on: date) -> dict[int, Decimal]:
    """The limit of the newest credit decided, where it still holds."""
    rows = session.execute(
        select(Credit.account_id, Credit.limit, Credit.until)
        .where(Credit.account_id.in_(ids), Credit.decided_on <= on, Credit.archived_at.is_(None))
        .order_by(Credit.decided_on, Credit.id)
    )
    newest = {row.account_id: row for row in rows}
    return {
        one: row.limit
        for one, row in newest.items()
        if row.limit is not None and (row.until is None or row.until >= on)
    }


def _cents(amount: Any) -> Decimal:
    return round(Decimal(str(amount)), 2)


def spendings(session: Session, ids: Collection[int], on: date) -> dict[int, list[Spent]]:
    """What each account cost on which day, over the year up to a day: visits, actions, expenses."""
    since = on - SPAN * (SPANS_BEFORE + 1)
    parts = (
        (Visit, Visit.held_on, Visit.cost),
        (Action, Action.done_on, Action.spent),
        (Expense, Expense.on, Expense.amount),
    )
    rows: Any = session.execute(
        union_all(
            *(
                select(model.account_id, day.label("day"), cost.label("cost")).where(
                    model.account_id.in_(ids),
                    day > since,
                    day <= on,
                    cost > 0,
                    model.archived_at.is_(None),
                )
                for model, day, cost in parts
            )
        )
    )
    found: dict[int, list[Spent]] = defaultdict(list)
    for account_id, *spent in rows:
        found[account_id].append((spent[0], spent[1]))
    return found


def budgets(session: Session, ids: Collection[int], on: date) -> dict[int, list[Budget]]:
    """What under way, or just over, was to cost something, and what it has cost."""
    spent = func.coalesce(func.sum(Expense.amount), 0)
    promoted = (
        select(Promotion.account_id, Promotion.name, Promotion.budget, spent)
        .join(
            Expense,
            and_(
                Expense.promotion_id == Promotion.id,
                Expense.on <= on,
                Expense.archived_at.is_(None),
            ),
        )
        .where(
            Promotion.account_id.in_(ids),
            Promotion.budget > 0,
            Promotion.archived_at.is_(None),
            Promotion.ends_on > on - SPAN,
        )
        .group_by(Promotion.id)
    )
    acted = select(Action.account_id, Action.title, Action.budget, Action.spent).where(
        Action.account_id.in_(ids),
        Action.budget > 0,
        Action.spent > Action.budget,
        Action.archived_at.is_(None),
        or_(Action.done_on.is_(None), Action.done_on > on - SPAN),
        func.coalesce(Action.done_on, Action.due_on, on) <= on,
    )
    found: dict[int, list[Budget]] = defaultdict(list)
    asked: tuple[Any, ...] = (promoted, acted)
    for query in asked:
        for account_id, title, budget, cost in session.execute(query):
            found[account_id].append(Budget(title, budget, cost))
    return found
