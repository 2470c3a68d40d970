"""What there is to choose from when visits are planned and looked at."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.accounts.queries import Seen, Sight, people_led_by, within
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.search import ids_found
from app.stakeholders.models import Stakeholder
from app.users.models import User
from app.users.rules import Level, UserRole
from app.visits.models import VisitPerson

MOST_CHOICES = 300
"""What a select box can bear."""


def people_choices(session: Session, account_id: int, visit_id: int = 0) -> list[tuple[int, str]]:
    """The people of an account who are there, and those of the visit, for a choice."""
    chosen = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit_id)
    there = (
        Stakeholder.archived_at.is_(None)
        & Stakeholder.left_on.is_(None)
        & Stakeholder.is_placeholder.is_(False)
    )
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name, Stakeholder.title)
        .where(Stakeholder.account_id == account_id, or_(there, Stakeholder.id.in_(chosen)))
        .order_by(Stakeholder.name, Stakeholder.id)
    )
    return [(row.id, " · ".join(filter(None, (row.name, row.title)))) for row in rows]


def deal_choices(
    session: Session, account_id: int, deal_id: int | None = None
) -> list[tuple[int, str]]:
    """The open deals of an account, and the one chosen already."""
    open_ones = (Opportunity.outcome == Outcome.OPEN) & Opportunity.archived_at.is_(None)
    rows = session.execute(
        select(Opportunity.id, Opportunity.name)
        .where(Opportunity.account_id == account_id, or_(open_ones, Opportunity.id == deal_id))
        .order_by(Opportunity.name)
    )
    return [(row.id, row.name) for row in rows]


def account_choices(
    session: Session, user_id: int, role: UserRole, text: str, most: int = 30
) -> list[tuple[int, str]]:
    """Accounts that a person may plan a visit to, those of their name first sought by ``text``."""
    if role is UserRole.READER:
        return []
    editing = select(Membership.account_id).where(
        Membership.user_id == user_id, Membership.level >= Level.EDIT
    )
    mine: ColumnElement[bool] = Account.id.in_(editing)
    if role is UserRole.DIRECTOR:
        led = select(people_led_by(user_id).c.id)
        mine |= exists().where(Membership.account_id == Account.id, Membership.user_id.in_(led))
    query = select(Account.id, Account.name).where(Account.archived_at.is_(None), mine)
    if text:
        query = query.where(Account.id.in_(ids_found("account", text)))
    rows = session.execute(query.order_by(Account.name, Account.id).limit(most))
    return [(row.id, row.name) for row in rows]


def calendar_people(session: Session, seen: Sight, besides: int) -> list[tuple[int, str]]:
    """Those of ours on the teams of the accounts seen, by name, one left out."""
    teams = select(Membership.user_id)
    is_there: ColumnElement[bool] = User.id.in_(teams.where(seen.of(Membership.account_id)))
    if seen.is_wide:
        here = teams.where(Membership.user_id == User.id, seen.of_seat(Membership.account_id))
        is_there = here.correlate(User).exists()
    rows = session.execute(
        select(User.id, User.name)
        .where(is_there, User.archived_at.is_(None), User.id != besides)
        .order_by(User.name, User.id)
        .limit(MOST_CHOICES)
    )
    return [(row.id, row.name) for row in rows]


def calendar_accounts(session: Session, seen: Seen) -> list[tuple[int, str]]:
    """The accounts seen, by name, for a filter."""
    rows = session.execute(
        select(Account.id, Account.name)
        .where(within(Account.id, seen), Account.archived_at.is_(None))
        .order_by(Account.name, Account.id)
        .limit(MOST_CHOICES)
    )
    return [(row.id, row.name) for row in rows]


def led_choices(session: Session, user_id: int) -> list[tuple[int, str]]:
    """Those who report to a person, at any remove, by name."""
    led = select(people_led_by(user_id).c.id)
    rows = session.execute(
        select(User.id, User.name)
        .where(User.id.in_(led), User.archived_at.is_(None))
        .order_by(User.name, User.id)
        .limit(MOST_CHOICES)
    )
    return [(row.id, row.name) for row in rows]
