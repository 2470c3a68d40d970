"""Credit and promotions that wait for a decision, as Today tells them to whoever may decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.overview.asker import DAY, MOST, Asker, Asking
from app.overview.needs import Kind, Need, asked_need, planned_need
from app.paging import Query
from app.records.credit_models import Credit
from app.records.support_models import Promotion
from app.users.models import User
from app.users.rules import UserRole

DECIDERS = frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR})
"""Who may decide on credit and on support, by the policy."""


def credits_waiting(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Applications for credit that nobody has decided on, the oldest first."""
    if asker.seen.role in DECIDERS:
        for row in asker.rows(session, _credits, on):
            found = asked_need(row.name, row.on, on, Kind.CREDIT)
            yield Need(Kind.CREDIT, row.id, row.account_id, row.account, row.account, *found)


def promotions_waiting(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Promotions that nobody has answered and that are not over, those that begin first first."""
    if asker.seen.role in DECIDERS:
        for row in asker.rows(session, _promotions, on):
            found = planned_need(row.name, row.starts_on, on)
            yield Need(Kind.PROMOTION, row.id, row.account_id, row.account, row.title, *found)


def _credits(asker: Asking) -> Query:
    credit = (Credit.id, Credit.account_id, Credit.on)
    return (
        select(*credit, Account.name.label("account"), User.name)
        .outerjoin(Account, Account.id == Credit.account_id)
        .outerjoin(User, User.id == Credit.user_id)
        .where(
            Credit.decided_on.is_(None),
            Credit.archived_at.is_(None),
            asker.sees(Credit.account_id),
            asker.awake(Kind.CREDIT, Credit.id),
        )
        .order_by(Credit.on, Credit.id)
        .limit(MOST)
    )


def _promotions(asker: Asking) -> Query:
    promotion = (Promotion.id, Promotion.account_id, Promotion.starts_on)
    named = (Promotion.name.label("title"), Account.name.label("account"), User.name)
    return (
        select(*promotion, *named)
        .outerjoin(Account, Account.id == Promotion.account_id)
        .outerjoin(User, User.id == Promotion.owner_id)
        .where(
            Promotion.is_approved.is_(None),
            Promotion.ends_on >= DAY,
            Promotion.archived_at.is_(None),
            asker.sees(Promotion.account_id),
            asker.awake(Kind.PROMOTION, Promotion.id),
        )
        .order_by(Promotion.starts_on, Promotion.id)
        .limit(MOST)
    )
