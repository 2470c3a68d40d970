"""Credit and promotions that wait for a decision, as Today tells them to whoever may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.accounts.queries import people_led_by
from app.overview.asker import ASKER, DAY, MOST, Asker, Asking
from app.overview.needs import Kind, Need, asked_need, planned_need
from app.paging import Query
from app.records.credit_models import Credit
from app.records.support_models import Promotion
from app.users.models import User
from app.users.rules import Level, UserRole

DECIDERS = frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR})
"""Who may decide on credit and on support, by the policy."""
PATIENCE = timedelta(days=7)
LONG_AGO = bindparam("long_ago", type_=Date)


def credits_waiting(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Applications for credit that nobody has decided on, the oldest first.

    First they are for whoever leads the account's owner; after a week for all who may decide.
    """
    if asker.seen.role in DECIDERS:
        for row in asker.rows(session, _credits, on, long_ago=on - PATIENCE):
            found = asked_need(row.name, row.on, on, Kind.CREDIT)
            yield Need(Kind.CREDIT, row.id, row.account_id, row.account, row.account, *found)


def promotions_waiting(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Promotions that nobody has answered and that are not over, those that begin first first.

    First they are for whoever leads the account's owner; once begun for all who may decide.
    """
    if asker.seen.role in DECIDERS:
        for row in asker.rows(session, _promotions, on):
            found = planned_need(row.name, row.starts_on, on)
            yield Need(Kind.PROMOTION, row.id, row.account_id, row.account, row.title, *found)


def _falls_to_asker(account_id: Any) -> ColumnElement[bool]:
    """That the asker is the nearest director above an owner of the account, or that none is."""
    below = select(people_led_by(ASKER).c.id)
    is_mine = and_(
        _owned_by(account_id, below),
        ~_owned_by(account_id, _led_by_directors(lambda director: director.id.in_(below))),
    )
    return or_(is_mine, ~_owned_by(account_id, _led_by_directors(lambda _director: true())))


def _owned_by(account_id: Any, people: Query) -> ColumnElement[bool]:
    return exists().where(
        Membership.account_id == account_id,
        Membership.level == Level.OWN,
        Membership.user_id.in_(people),
    )


def _led_by_directors(those: Callable[[Any], ColumnElement[bool]]) -> Query:
    """The people led, at any remove, by those directors who can sign in and meet a condition."""
    director, below = aliased(User), aliased(User)
    led = (
        select(User.id)
        .join(director, director.id == User.manager_id)
        .where(
            director.role == UserRole.DIRECTOR,
            director.password_hash.is_not(None),
            director.archived_at.is_(None),
            those(director),
        )
        .cte(recursive=True)
    )
    led = led.union(select(below.id).where(below.manager_id == led.c.id))
    return select(led.c.id)


def _credits(asker: Asking) -> Query:
    credit = (Credit.id, Credit.account_id, Credit.on)
    return (
        select(*credit, Account.name.label("account"), User.name)
        .outerjoin(Account, Account.id == Credit.account_id)
        .outerjoin(User, User.id == Credit.user_id)
        .where(
            Credit.decided_on.is_(None),
            Credit.archived_at.is_(None),
            or_(_falls_to_asker(Credit.account_id), Credit.on <= LONG_AGO),
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
            or_(_falls_to_asker(Promotion.account_id), Promotion.starts_on <= DAY),
            asker.sees(Promotion.account_id),
            asker.awake(Kind.PROMOTION, Promotion.id),
        )
        .order_by(Promotion.starts_on, Promotion.id)
        .limit(MOST)
    )
