"""What is asked of the database about what accounts owe and cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.alerts.money import SPANS_BEFORE, Budget, Debt, Spent
from app.alerts.then_queries import rewritten, stood
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
        .where(Receivable.account_id.in_(ids), Receivable.on <= on, stood(Receivable, on))
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
        .where(Credit.account_id.in_(ids), Credit.decided_on <= on, stood(Credit, on))
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
                    stood(model, on),
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
    found: dict[int, list[Budget]] = defaultdict(list)
    for account_id, one in (*_promoted(session, ids, on), *_acted(session, ids, on)):
        found[account_id].append(one)
    return found


def _promoted(session: Session, ids: Collection[int], on: date) -> Iterator[tuple[int, Budget]]:
    """Promotions with a budget on a day, and what was spent on each by then."""
    then = rewritten(session, Promotion, ids, on, "budget", "ends_on")
    spent = func.coalesce(func.sum(Expense.amount), 0).label("spent")
    of_it = and_(Expense.promotion_id == Promotion.id, Expense.on <= on, stood(Expense, on))
    one = Promotion
    rows = session.execute(
        select(one.id, one.account_id, one.name, one.budget, one.ends_on, spent)
        .join(Expense, of_it)
        .where(
            one.account_id.in_(ids),
            or_(and_(one.budget > 0, one.ends_on > on - SPAN), one.id.in_(then)),
            stood(one, on),
        )
        .group_by(one.id)
    )
    for row in rows:
        was = {**row._mapping, **then.get(row.id, {})}
        if was["budget"] and was["ends_on"] > on - SPAN:
            yield row.account_id, Budget(row.name, was["budget"], row.spent)


ACTED = ("budget", "spent", "due_on", "done_on")


def _acted(session: Session, ids: Collection[int], on: date) -> Iterator[tuple[int, Budget]]:
    """Actions under way on a day, or done of late, beyond their budget by then."""
    then = rewritten(session, Action, ids, on, *ACTED)
    one = Action
    rows = session.execute(
        select(one.id, one.account_id, one.title, one.budget, one.spent, one.due_on, one.done_on)
        .where(
            one.account_id.in_(ids),
            or_(one.spent > one.budget, one.id.in_(then)),
            or_(one.done_on.is_(None), one.done_on > on - SPAN, one.id.in_(then)),
            stood(one, on),
        )
        .order_by(one.id)
    )
    for row in rows:
        was = {**row._mapping, **then.get(row.id, {})}
        budget, spent = was["budget"], was["spent"]
        if budget and spent and spent > budget and _is_under_way(was, on):
            yield row.account_id, Budget(row.title, budget, spent)


def _is_under_way(action: Mapping[str, Any], on: date) -> bool:
    """Whether an action had come due on a day, or was done within the span before it."""
    due_on, done_on = action["due_on"], action["done_on"]
    if done_on is not None and done_on <= on:
        return bool(done_on > on - SPAN)
    return due_on is None or due_on <= on
