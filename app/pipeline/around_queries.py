"""What is recorded around deals, each fact with its day, so that any day can be asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Executable, Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import SizeClassReading
from app.accounts.rules import SizeClass
from app.pipeline.around import AccountFacts, Held, Touch
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
)
from app.stakeholders.rules import NO_ROLE, Role

ROLES: dict[str, Role | None] = {NO_ROLE: None, **{one.value: one for one in Role}}
SIZES = {one.value: one for one in SizeClass}
Accounts = Select[Any] | Sequence[int]
DECIDING = (Role.DECIDER, Role.BLOCKER)


def facts_of(
    session: Session, accounts: Accounts, until: date, *, newest: bool = False
) -> Mapping[int, AccountFacts]:
    """What was recorded of each of some accounts until a day; five SELECTs. With ``newest``
    only the last contact is read, which is all that the day itself asks for."""
    facts: dict[int, AccountFacts] = defaultdict(AccountFacts)
    for account, day, size in session.execute(_classes(accounts, until)):
        facts[account].classes.append((day, SIZES[size]))
    for account, person, deal, role, since, ended in session.execute(_held(accounts, until)):
        facts[account].held.append(Held(person, deal, ROLES[role], since, ended))
    for account, person, day, support in session.execute(_support(accounts, until)):
        facts[account].support.setdefault(person, []).append((day, support))
    for account, user, person, since, ended, left in session.execute(_touches(accounts, until)):
        last = min((one for one in (ended, left) if one is not None), default=None)
        facts[account].touches.append(Touch(user, person, since, last))
    for account, day in session.execute(_contacts(accounts, until, newest)):
        facts[account].contacts.append(day)
    return facts


def _classes(accounts: Accounts, until: date) -> Executable:
    row = SizeClassReading
    return (
        select(row.account_id, row.on, row.size_class)
        .where(row.account_id.in_(accounts), row.on <= until)
        .order_by(row.on, row.id)
    )


def _held(accounts: Accounts, until: date) -> Executable:
    row = RoleHolding
    return select(
        row.account_id, row.stakeholder_id, row.opportunity_id, row.role, row.since, row.until
    ).where(row.account_id.in_(accounts), row.since <= until)


def _support(accounts: Accounts, until: date) -> Executable:
    row = Observation
    deciding = select(RoleHolding.stakeholder_id).where(RoleHolding.role.in_(DECIDING))
    return (
        select(row.account_id, row.stakeholder_id, row.on, row.support)
        .where(row.account_id.in_(accounts), row.on <= until, row.support.is_not(None))
        .where(row.stakeholder_id.in_(deciding))
        .order_by(row.on, row.id)
    )


def _touches(accounts: Accounts, until: date) -> Executable:
    row = Coverage
    return (
        select(
            row.account_id,
            row.user_id,
            row.stakeholder_id,
            row.since,
            row.until,
            Stakeholder.left_on,
        )
        .join(Stakeholder, Stakeholder.id == row.stakeholder_id)
        .where(row.account_id.in_(accounts), row.since <= until)
        .where(Stakeholder.is_placeholder.is_(False))
    )


def _contacts(accounts: Accounts, until: date, newest: bool) -> Executable:
    row = ContactReading
    where = (row.account_id.in_(accounts), row.on <= until, row.is_contact)
    if newest:
        return select(row.account_id, func.max(row.on)).where(*where).group_by(row.account_id)
    return select(row.account_id, row.on).where(*where).distinct()
