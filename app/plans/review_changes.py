"""What happens to a review: it is begun, written, sent, sent back or approved."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.plans.models import AccountPlan
from app.plans.review_models import PlanReview
from app.plans.review_queries import review_rows
from app.plans.review_rules import ReviewStatus
from app.plans.version_queries import freeze


def begin_review(session: Session, plan: AccountPlan, on: date, user_id: int) -> PlanReview:
    """A review of what changed since the last one, or since the plan began."""
    last = next(iter(review_rows(session, plan.id)), None)
    since = last.on if last is not None else min(plan.starts_on, on)
    review = PlanReview(
        account_id=plan.account_id, plan_id=plan.id, since=since, on=on, user_id=user_id
    )
    session.add(review)
    session.flush()
    return review


def approve(
    session: Session,
    review: PlanReview,
    plan: AccountPlan,
    *,
    at: datetime,
    on: date,
    user_id: int,
    remark: str,
) -> None:
    """The director approves: the plan is frozen as it stands."""
    review.status = ReviewStatus.APPROVED
    review.approver_id = user_id
    review.approved_on = on
    review.remark = remark
    freeze(session, plan, at, user_id=user_id, review_id=review.id)


def send_back(review: PlanReview, remark: str) -> None:
    """The director asks for more, in words."""
    review.status = ReviewStatus.RETURNED
    review.remark = remark
