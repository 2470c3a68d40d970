"""What is asked of the database for the control of a plan: counts from its start to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, case, distinct, func, or_, select
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


def watched(session: Session, plan: AccountPlan, on: date) -> list[Reading]:
    """What a plan watches with what each measure says, those beyond their limit first."""
    rows = watch_rows(session, plan.id)
    found = values(counts_of(session, plan, on)) if rows else {}
    said = [
        Reading(row, found[row.measure], signal(row.measure, found[row.measure], row.limit))
        for row in rows
    ]
    return sorted(said, key=lambda one: WORST_FIRST.index(one.signal))


def counts_of(session: Session, plan: AccountPlan, on: date) -> Counts:
    """What the records count for a plan up to a day, in five SELECTs."""
    until = min(on, plan.ends_on)
    sold = _sales(session, plan, until)
    acted = _actions(session, plan, until, on)
    visited = _visits(session, plan, until)
    return Counts(
        **sold,
        **acted,
        **visited,
        contracts=_counted(session, _signed(), plan, until)[0],
        answers=_counted(session, _unanswered(), plan, until)[0],
    )


def _sales(session: Session, plan: AccountPlan, until: date) -> dict[str, Any]:
    named = {"account_id": plan.account_id, **a_year_apart(plan.starts_on, until)}
    row: Any = session.execute(_sold(), named).one()
    sales, cost, of_costed, earlier, products = row
    is_costed = cost is not None and of_costed is not None and of_costed > 0
    margin = round(100 * (of_costed - cost) / of_costed, 1) if is_costed else None
    return {
        "sales": sales,
        "sales_before": earlier,
        "margin": margin,
        "products": products,
    }


@cache
def _sold() -> Query:
    inside = and_(Sale.on >= SINCE, Sale.on <= UNTIL)
    before = and_(Sale.on >= SINCE_THEN, Sale.on <= UNTIL_THEN)
    costed = and_(inside, Sale.cost.is_not(None))
    return select(
        func.sum(case((inside, Sale.amount))),
        func.sum(case((inside, Sale.cost))),
        func.sum(case((costed, Sale.amount))),
        func.sum(case((before, Sale.amount))),
        func.count(distinct(case((inside, Sale.product_id)))),
    ).where(Sale.account_id == ACCOUNT, Sale.on >= SINCE_THEN, Sale.on <= UNTIL)


def _actions(session: Session, plan: AccountPlan, until: date, on: date) -> dict[str, Any]:
    named = {"plan_id": plan.id, "until": until, "on": on}
    row: Any = session.execute(_acted(), named).one()
    names = ("late", "events", "promotions", "budget", "spent")
    return dict(zip(names, (*row[:3], Decimal(row[3] or 0), Decimal(row[4] or 0)), strict=True))


@cache
def _acted() -> Query:
    is_done = and_(Action.done_on.is_not(None), Action.done_on <= UNTIL)
    late = and_(Action.done_on.is_(None), Action.due_on < bindparam("on", type_=Date))
    return select(
        func.count(case((late, 1))),
        func.count(case((and_(is_done, Action.kind == ActionKind.EVENT), 1))),
        func.count(case((and_(is_done, Action.kind == ActionKind.PROMOTION), 1))),
        func.coalesce(func.sum(Action.budget), 0),
        func.coalesce(func.sum(Action.spent), 0),
    ).where(Action.plan_id == PLAN, Action.archived_at.is_(None))


def _visits(session: Session, plan: AccountPlan, until: date) -> dict[str, Any]:
    last, cost = _counted(session, _visited(), plan, until)
    silence = (until - last).days if last else None
    return {"silence": silence, "visit_cost": Decimal(cost or 0)}


@cache
def _visited() -> Query:
    inside = Visit.held_on.between(SINCE, UNTIL)
    return select(func.max(Visit.held_on), func.sum(case((inside, Visit.cost)))).where(
        Visit.account_id == ACCOUNT, Visit.held_on <= UNTIL, Visit.archived_at.is_(None)
    )


def _counted(session: Session, query: Query, plan: AccountPlan, until: date) -> Any:
    """The one row that a statement has about a plan's account from its start to a day."""
    named = {"account_id": plan.account_id, "since": plan.starts_on, "until": until}
    return session.execute(query, named).one()


@cache
def _signed() -> Query:
    return (
        select(func.count())
        .select_from(Opportunity)
        .where(
            Opportunity.account_id == ACCOUNT,
            Opportunity.outcome.in_(SIGNED),
            Opportunity.closed_on.between(SINCE, UNTIL),
            Opportunity.archived_at.is_(None),
        )
    )


@cache
def _unanswered() -> Query:
    """Feedback that waits for a decision or, the customer's, for an answer."""
    owed = and_(Feedback.voice == Voice.CUSTOMER, Feedback.answered_on.is_(None))
    waiting = or_(Feedback.decided_on.is_(None), owed)
    kept = Feedback.archived_at.is_(None)
    query = select(func.count()).select_from(Feedback)
    return query.where(Feedback.account_id == ACCOUNT, kept, waiting)
