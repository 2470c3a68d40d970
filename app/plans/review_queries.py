"""What is asked of the database about reviews of plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.paging import Query
from app.plans.models import AccountPlan
from app.plans.places import PLAN
from app.plans.review_models import PlanReview
from app.plans.review_rules import ReviewStatus, next_due
from app.users.models import User


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as lists show it."""

    id: int
    since: date
    on: date
    status: ReviewStatus
    by: str | None
    decisions: list[str]
    next_on: date | None
    approver: str | None
    approved_on: date | None
    remark: str


def review_rows(session: Session, plan_id: int) -> list[ReviewRow]:
    """A plan's reviews, newest first."""
    rows: Iterable[Any] = session.execute(_reviews(), {"plan_id": plan_id})
    return [_review_row(row) for row in rows]


@cache
def _reviews() -> Query:
    holder, approver = aliased(User), aliased(User)
    return (
        select(
            PlanReview.id,
            PlanReview.since,
            PlanReview.on,
            PlanReview.status,
            holder.name,
            PlanReview.decisions,
            PlanReview.next_on,
            approver.name,
            PlanReview.approved_on,
            PlanReview.remark,
        )
        .outerjoin(holder, holder.id == PlanReview.user_id)
        .outerjoin(approver, approver.id == PlanReview.approver_id)
        .where(PlanReview.plan_id == PLAN, PlanReview.archived_at.is_(None))
        .order_by(PlanReview.on.desc(), PlanReview.id.desc())
    )


def _review_row(row: Any) -> ReviewRow:
    cells = list(row)
    cells[3] = ReviewStatus(cells[3])
    return ReviewRow(*cells)


def find_review(session: Session, review_id: int) -> PlanReview | None:
    """A review, archived or not."""
    return session.get(PlanReview, review_id)


def find_under_way(session: Session, plan_id: int) -> PlanReview | None:
    """The review of a plan that is not approved yet, if any."""
    return session.scalar(
        select(PlanReview)
        .where(
            PlanReview.plan_id == plan_id,
            PlanReview.archived_at.is_(None),
            PlanReview.status != ReviewStatus.APPROVED,
        )
        .order_by(PlanReview.id.desc())
        .limit(1)
    )


def due_on(plan: AccountPlan, reviews: list[ReviewRow]) -> date:
    """When a plan's next review is due."""
    last = next(iter(reviews), None)
    if last is None:
        return next_due(plan.starts_on, None, None)
    return next_due(plan.starts_on, last.on, last.next_on)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A review that waits for a director."""

    id: int
    account: str
    on: date
    by: str | None


def reviews_waiting(session: Session, seen: Query) -> list[WaitingRow]:
    """Reviews sent for approval at accounts among those ``seen``, oldest first."""
    rows: Iterable[Any] = session.execute(
        select(PlanReview.id, Account.name, PlanReview.on, User.name)
        .join(Account, Account.id == PlanReview.account_id)
        .outerjoin(User, User.id == PlanReview.user_id)
        .where(
            PlanReview.status == ReviewStatus.WAITING,
            PlanReview.archived_at.is_(None),
            PlanReview.account_id.in_(seen),
        )
        .order_by(PlanReview.on, PlanReview.id)
        .limit(20)
    )
    return [WaitingRow(*row) for row in rows]
