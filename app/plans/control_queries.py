"""What is asked of the database for the control of a plan: counts from its start to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Date, FromClause, and_, bindparam, case, distinct, func, or_, select, true
from sqlalchemy.orm import Session

from app.paging import Query
from app.pipeline.models import Opportunity
from app.pipeline.rules import SIGNED
from app.plans.action_rules import ActionKind
from app.plans.control import Counts, Signal, Watched, signal, values
from app.plans.models import AccountPlan, Action
from app.plans.places import (
    ACCOUNT,
    PLAN,
    SINCE,
    SINCE_THEN,
    UNTIL,
    UNTIL_THEN,
    a_year_apart,
)
from app.plans.review_models import Watch
from app.records.feedback import Voice
from app.records.models import Feedback, Sale
from app.users.models import User
from app.visits.models import Visit


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A measure watched in a plan."""

    id: int
    measure: Watched
    limit: Decimal
    owner: str | None
    follow_up: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure watched, its value, and what that says."""

    row: WatchRow
    value: Decimal | None
    signal: Signal


WORST_FIRST = (Signal.CROSSED, Signal.UNKNOWN, Signal.CALM)


def watch_rows(session: Session, plan_id: int) -> list[WatchRow]:
    """What a plan watches, in the order of the measures."""
    rows: Iterable[Any] = session.execute(_watches(), {"plan_id": plan_id})
    found = [WatchRow(row[0], Watched(row[1]), *row[2:]) for row in rows]
    return sorted(found, key=lambda one: list(Watched).index(one.measure))


@cache
def _watches() -> Query:
    return (
        select(Watch.id, Watch.measure, Watch.limit, User.name, Watch.follow_up)
        .outerjoin(User, User.id == Watch.owner_id)
        .where(Watch.plan_id == PLAN, Watch.archived_at.is_(None))
    )


def find_watch(session: Session, plan_id: int, measure: Watched) -> Watch | None:
    """A measure's row in a plan, put away or not."""
    return session.scalar(select(Watch).where(Watch.plan_id == plan_id, Watch.measure == measure))


def watched(
    session: Session, plan: AccountPlan, on: date, counts: Counts | None = None
) -> list[Reading]:
    """What a plan watches with what each measure says, those beyond their limit first.

    ``counts`` are what the records count, where somebody has asked already.
    """
    rows = watch_rows(session, plan.id)
    found = values(counts or counts_of(session, plan, on)) if rows else {}
    said = [
        Reading(row, found[row.measure], signal(row.measure, found[row.measure], row.limit))
        for row in rows
    ]
    return sorted(said, key=lambda one: WORST_FIRST.index(one.signal))


def counts_of(session: Session, plan: AccountPlan, on: date) -> Counts:
    """What the records count for a plan up to a day, in one SELECT."""
    until = min(on, plan.ends_on)
    days = {"on": on, **a_year_apart(plan.starts_on, until)}
    named = {"account_id": plan.account_id, "plan_id": plan.id, **days}
    row: Any = session.execute(_counted(), named).one()
    is_costed = row.cost is not None and row.of_costed is not None and row.of_costed > 0
    return Counts(
        sales=row.sales,
        sales_before=row.sales_before,
        margin=round(100 * (row.of_costed - row.cost) / row.of_costed, 1) if is_costed else None,
        products=row.products,
        late=row.late,
        events=row.events,
        promotions=row.promotions,
        budget=Decimal(row.budget or 0),
        spent=Decimal(row.spent or 0),
        silence=(until - row.seen_on).days if row.seen_on else None,
        visit_cost=Decimal(row.visit_cost or 0),
        contracts=row.contracts,
        answers=row.answers,
    )


@cache
def _counted() -> Query:
    """Five kinds of records side by side: each has one row of counts."""
    first, *others = (one.subquery() for one in (_sold(), _acted(), _visited(), _signed(), _owed()))
    whole: FromClause = first
    for other in others:
        whole = whole.join(other, true())
    return select(*(column for one in (first, *others) for column in one.c)).select_from(whole)


def _sold() -> Query:
    inside = and_(Sale.on >= SINCE, Sale.on <= UNTIL)
    before = and_(Sale.on >= SINCE_THEN, Sale.on <= UNTIL_THEN)
    costed = and_(inside, Sale.cost.is_not(None))
    return select(
        func.sum(case((inside, Sale.amount))).label("sales"),
        func.sum(case((inside, Sale.cost))).label("cost"),
        func.sum(case((costed, Sale.amount))).label("of_costed"),
        func.sum(case((before, Sale.amount))).label("sales_before"),
        func.count(distinct(case((inside, Sale.product_id)))).label("products"),
    ).where(Sale.account_id == ACCOUNT, Sale.on >= SINCE_THEN, Sale.on <= UNTIL)


def _acted() -> Query:
    is_done = and_(Action.done_on.is_not(None), Action.done_on <= UNTIL)
    late = and_(Action.done_on.is_(None), Action.due_on < bindparam("on", type_=Date))
    event, promotion = (
        and_(is_done, Action.kind == kind) for kind in (ActionKind.EVENT, ActionKind.PROMOTION)
    )
    return select(
        func.count(case((late, 1))).label("late"),
        func.count(case((event, 1))).label("events"),
        func.count(case((promotion, 1))).label("promotions"),
        func.sum(Action.budget).label("budget"),
        func.sum(Action.spent).label("spent"),
    ).where(Action.plan_id == PLAN, Action.archived_at.is_(None))


def _visited() -> Query:
    inside = Visit.held_on.between(SINCE, UNTIL)
    cost = func.sum(case((inside, Visit.cost))).label("visit_cost")
    return select(func.max(Visit.held_on).label("seen_on"), cost).where(
        Visit.account_id == ACCOUNT, Visit.held_on <= UNTIL, Visit.archived_at.is_(None)
    )


def _signed() -> Query:
    return (
        select(func.count().label("contracts"))
        .select_from(Opportunity)
        .where(
            Opportunity.account_id == ACCOUNT,
            Opportunity.outcome.in_(SIGNED),
            Opportunity.closed_on.between(SINCE, UNTIL),
            Opportunity.archived_at.is_(None),
        )
    )


def _owed() -> Query:
    """Feedback that waits for a decision or, the customer's, for an answer."""
    owed = and_(Feedback.voice == Voice.CUSTOMER, Feedback.answered_on.is_(None))
    waiting = or_(Feedback.decided_on.is_(None), owed)
    kept = Feedback.archived_at.is_(None)
    query = select(func.count().label("answers")).select_from(Feedback)
    return query.where(Feedback.account_id == ACCOUNT, kept, waiting)
