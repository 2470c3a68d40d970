"""What is asked of the database for the control of a plan: counts from its start to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, or_, select
from sqlalchemy.orm import Session

from app.pipeline.models import Opportunity
from app.pipeline.rules import SIGNED
from app.plans.action_rules import ActionKind
from app.plans.control import Counts, Signal, Watched, signal, values
from app.plans.models import AccountPlan, Action
from app.plans.review_models import Watch
from app.records.feedback import Voice
from app.records.models import Feedback, Sale
from app.users.models import User
from app.visits.models import Visit

YEAR = timedelta(days=365)


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
    rows = session.execute(
        select(Watch.id, Watch.measure, Watch.limit, User.name, Watch.follow_up)
        .outerjoin(User, User.id == Watch.owner_id)
        .where(Watch.plan_id == plan_id, Watch.archived_at.is_(None))
    )
    found = [WatchRow(row[0], Watched(row[1]), *row[2:]) for row in rows]
    return sorted(found, key=lambda one: list(Watched).index(one.measure))


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
        contracts=_contracts(session, plan, until),
        answers=_answers(session, plan.account_id),
    )


def _sales(session: Session, plan: AccountPlan, until: date) -> dict[str, Any]:
    inside = and_(Sale.on >= plan.starts_on, Sale.on <= until)
    before = and_(Sale.on >= plan.starts_on - YEAR, Sale.on <= until - YEAR)
    costed = and_(inside, Sale.cost.is_not(None))
    sales, cost, of_costed, earlier, products = session.execute(
        select(
            func.sum(case((inside, Sale.amount))),
            func.sum(case((inside, Sale.cost))),
            func.sum(case((costed, Sale.amount))),
            func.sum(case((before, Sale.amount))),
            func.count(distinct(case((inside, Sale.product_id)))),
        ).where(
            Sale.account_id == plan.account_id,
            Sale.on >= plan.starts_on - YEAR,
            Sale.on <= until,
        )
    ).one()
    is_costed = cost is not None and of_costed is not None and of_costed > 0
    margin = round(100 * (of_costed - cost) / of_costed, 1) if is_costed else None
    return {
        "sales": sales,
        "sales_before": earlier,
        "margin": margin,
        "products": products,
    }


def _actions(session: Session, plan: AccountPlan, until: date, on: date) -> dict[str, Any]:
    is_done = and_(Action.done_on.is_not(None), Action.done_on <= until)
    late = and_(Action.done_on.is_(None), Action.due_on < on)
    row = session.execute(
        select(
            func.count(case((late, 1))),
            func.count(case((and_(is_done, Action.kind == ActionKind.EVENT), 1))),
            func.count(case((and_(is_done, Action.kind == ActionKind.PROMOTION), 1))),
            func.coalesce(func.sum(Action.budget), 0),
            func.coalesce(func.sum(Action.spent), 0),
        ).where(Action.plan_id == plan.id, Action.archived_at.is_(None))
    ).one()
    names = ("late", "events", "promotions", "budget", "spent")
    return dict(zip(names, (*row[:3], Decimal(row[3] or 0), Decimal(row[4] or 0)), strict=True))


def _visits(session: Session, plan: AccountPlan, until: date) -> dict[str, Any]:
    inside = Visit.held_on.between(plan.starts_on, until)
    last, cost = session.execute(
        select(func.max(Visit.held_on), func.sum(case((inside, Visit.cost)))).where(
            Visit.account_id == plan.account_id, Visit.held_on <= until, Visit.archived_at.is_(None)
        )
    ).one()
    silence = (until - last).days if last else None
    return {"silence": silence, "visit_cost": Decimal(cost or 0)}


def _contracts(session: Session, plan: AccountPlan, until: date) -> int:
    signed: list[ColumnElement[bool]] = [
        Opportunity.account_id == plan.account_id,
        Opportunity.outcome.in_(SIGNED),
        Opportunity.closed_on.between(plan.starts_on, until),
        Opportunity.archived_at.is_(None),
    ]
    return session.scalar(select(func.count()).select_from(Opportunity).where(*signed)) or 0


def _answers(session: Session, account_id: int) -> int:
    """Feedback that waits for a decision or, the customer's, for an answer."""
    owed = and_(Feedback.voice == Voice.CUSTOMER, Feedback.answered_on.is_(None))
    waiting = or_(Feedback.decided_on.is_(None), owed)
    query = select(func.count()).select_from(Feedback)
    kept = Feedback.archived_at.is_(None)
    return session.scalar(query.where(Feedback.account_id == account_id, kept, waiting)) or 0
