"""Reviews of plans as Today knows them: due to who owns the account, waiting for a director."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.overview.asker import ASKER, DAY, MOST, SOON, WEEK, Asker, Asking
from app.overview.needs import Kind, Need, asked_need, lateness, urgency
from app.paging import Query
from app.plans.action_rules import months_on
from app.plans.models import AccountPlan
from app.plans.review_models import PlanReview
from app.plans.review_rules import MONTHS_BETWEEN, ReviewStatus, next_due
from app.plans.rules import PlanStatus
from app.users.models import User
from app.users.rules import Level, UserRole

SHORT_MONTHS = timedelta(days=3)
"""A month's last day, so many months back, may be this much earlier."""


def reviews_due(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Reviews that the asker's plans are due for, and those that wait for the asker's yes."""
    by = months_on(on + WEEK, -MONTHS_BETWEEN) + SHORT_MONTHS
    for row in asker.first_rows(session, _reviews, on, by=by):
        if row.status == ReviewStatus.WAITING:
            found = asked_need(row.holder, row.on, on)
        else:
            due_on = next_due(row.starts_on, row.on, row.next_on)
            if due_on > on + WEEK:
                continue
            found = lateness(due_on, on), urgency(Kind.REVIEW, (on - due_on).days)
        yield Need(Kind.REVIEW, row.id, row.account_id, row.account, row.title, *found)


def _reviews(asker: Asking) -> Query:
    """Plans with their newest review, where it waits or another is near, longest ago first."""
    plan = (AccountPlan.id, AccountPlan.account_id, AccountPlan.title, AccountPlan.starts_on)
    review = (PlanReview.status, PlanReview.on, PlanReview.next_on)
    return (
        select(*plan, *review, Account.name.label("account"), User.name.label("holder"))
        .outerjoin(Account, Account.id == AccountPlan.account_id)
        .outerjoin(PlanReview, PlanReview.id == _newest())
        .outerjoin(User, User.id == PlanReview.user_id)
        .where(
            *asker.among(AccountPlan.id),
            or_(_waits(), _is_near(asker)),
            AccountPlan.archived_at.is_(None),
            asker.sees(AccountPlan.account_id),
            asker.awake(Kind.REVIEW, AccountPlan.id),
        )
        .order_by(func.coalesce(PlanReview.next_on, _last_on()), AccountPlan.id)
        .limit(MOST)
    )


def _newest() -> Any:
    """The last review of a plan, under way or approved."""
    held = aliased(PlanReview)
    return (
        select(held.id)
        .where(held.plan_id == AccountPlan.id, held.archived_at.is_(None))
        .order_by(held.on.desc(), held.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _waits() -> ColumnElement[bool]:
    """That a review waits, and the asker is a director, who may approve it."""
    asking = aliased(User)
    directs = exists().where(asking.id == ASKER, asking.role == UserRole.DIRECTOR)
    return and_(PlanReview.status == ReviewStatus.WAITING, directs)


def _is_near(asker: Asking) -> ColumnElement[bool]:
    """That a plan in force, of an account owned, has no review under way and is due for one."""
    owned = select(Membership.account_id).where(
        asker.owns(Membership.user_id), Membership.level == Level.OWN
    )
    by = bindparam("by", type_=Date)
    return and_(
        AccountPlan.status == PlanStatus.ACTIVE,
        AccountPlan.starts_on <= DAY,
        AccountPlan.ends_on >= DAY,
        AccountPlan.account_id.in_(owned),
        or_(PlanReview.id.is_(None), PlanReview.status == ReviewStatus.APPROVED),
        or_(PlanReview.next_on <= SOON, and_(PlanReview.next_on.is_(None), _last_on() <= by)),
    )


def _last_on() -> Any:
    return func.coalesce(PlanReview.on, AccountPlan.starts_on)
