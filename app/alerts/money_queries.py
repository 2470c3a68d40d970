"""What is asked of the database about what accounts owe and cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, and_, case, cast, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.alerts.money import SPANS_BEFORE, Budget, Debt, Spent
from app.alerts.trade import SPAN
from app.history import Change
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
    found: dict[int, list[Budget]] = defaultdict(list)
    rows: Any = session.execute(promoted)
    for account_id, *promotion in rows:
        found[account_id].append(Budget(*promotion))
    for account_id, one in _acted(session, ids, on):
        found[account_id].append(one)
    return found


def _acted(session: Session, ids: Collection[int], on: date) -> Iterator[tuple[int, Budget]]:
    """Actions under way on a day, or done of late, beyond their budget by then."""
    then = _spent_then(session, ids, on)
    is_done = Action.done_on <= on
    rows = session.execute(
        select(Action.id, Action.account_id, Action.title, Action.budget, Action.spent)
        .where(
            Action.account_id.in_(ids),
            Action.budget > 0,
            or_(Action.spent > Action.budget, Action.id.in_(then)),
            Action.archived_at.is_(None),
            or_(Action.done_on.is_(None), Action.done_on > on - SPAN),
            or_(is_done, func.coalesce(Action.due_on, on) <= on),
        )
        .order_by(Action.id)
    )
    for action_id, account_id, title, budget, spent in rows:
        known = then.get(action_id, spent) or Decimal()
        if budget is not None and known > budget:
            yield account_id, Budget(title, budget, known)


def _spent_then(session: Session, ids: Collection[int], on: date) -> dict[int, Decimal | None]:
    """What actions had cost by a day where that was written anew since, by the history."""
    newest = session.scalar(select(Change.at).order_by(Change.id.desc()).limit(1))
    if newest is None or newest.date() <= on:
        return {}
    midnight = datetime.combine(on + timedelta(days=1), time(), UTC)
    rows = session.execute(
        select(Change.entity_id, Change.columns)
        .where(
            Change.account_id.in_(ids),
            Change.entity == Action.__tablename__,
            Change.act != "created",
            Change.at >= midnight,
            cast(Change.columns, Text).contains('"spent"'),
        )
        .order_by(Change.id)
    )
    found: dict[int, Decimal | None] = {}
    for action_id, columns in rows:
        before = columns["spent"][0]
        found.setdefault(action_id, None if before is None else Decimal(before))
    return found
