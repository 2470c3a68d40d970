"""What is asked of the database about effort: accounts, their contacts, what they bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.rules import AccountKind, SizeClass
from app.records.models import Sale
from app.users.company import COMPANY, company_from
from app.users.queries import find_setting
from app.visits.investment import ContactFact, EffortFact
from app.visits.models import Visit
from app.visits.rules import Commitment

MOST_NEAR = 500
"""Up to so many accounts their contacts are looked for by account; beyond, by day."""
KEY_CLASSES = frozenset({SizeClass.AAA, SizeClass.AA, SizeClass.A})
GIVEN = frozenset({Commitment.YES, Commitment.PART})
HELD = Visit.__table__.c
"""The table's own columns: by the thousand, the mapper costs more than the database."""


def effort_facts(session: Session, seen: Select[Any], since: date, until: date) -> list[EffortFact]:
    """The accounts among those ``seen`` with their contacts and sales, both days in; 4 SELECTs.

    Sales are in the company's currency; those in a currency without a rate count as nought.
    """
    accounts = session.execute(
        select(Account.id, Account.name, Account.kind, Account.size_class, Account.currency).where(
            Account.archived_at.is_(None), Account.is_holding.is_(False), Account.id.in_(seen)
        )
    ).all()
    contacts = _contacts(session, _near([row.id for row in accounts], seen, since, until))
    worth = _worth(session, seen, since, until, accounts)
    return [
        EffortFact(
            row.id,
            row.name,
            row.kind == AccountKind.CORE or row.size_class in KEY_CLASSES,
            worth.get(row.id, Decimal()),
            tuple(contacts.get(row.id, ())),
        )
        for row in accounts
    ]


def _near(
    ids: Sequence[int], seen: Select[Any], since: date, until: date
) -> list[ColumnElement[bool]]:
    """Which contacts count. A range of days would be gone through for the whole company."""
    if len(ids) > MOST_NEAR:
        return [HELD.account_id.in_(seen), HELD.held_on.between(since, until)]
    by_account = func.coalesce(HELD.held_on, null())  # so that no index of days is taken
    return [HELD.account_id.in_(ids), by_account.between(since, until)]


def _contacts(
    session: Session, wanted: Iterable[ColumnElement[bool]]
) -> dict[int, list[ContactFact]]:
    rows = session.execute(
        select(HELD.account_id, HELD.held_on, HELD.cost, HELD.is_reactive)
        .add_columns(HELD.commitment_sought != "", HELD.commitment)
        .where(HELD.archived_at.is_(None), *wanted)
        .order_by(HELD.held_on)
    )
    found: dict[int, list[ContactFact]] = defaultdict(list)
    free = Decimal()
    for account_id, on, cost, is_reactive, sought, commitment in rows:
        is_sought, is_given = bool(sought or commitment), commitment in GIVEN
        found[account_id].append(ContactFact(on, cost or free, is_reactive, is_sought, is_given))
    return found


def _worth(
    session: Session, seen: Select[Any], since: date, until: date, accounts: Sequence[Any]
) -> dict[int, Decimal]:
    company = company_from(find_setting(session, COMPANY))
    own = company.rate(company.currency) or Decimal(1)
    rates = {row.id: (company.rate(row.currency) or Decimal()) / own for row in accounts}
    rows = session.execute(
        select(Sale.account_id, func.sum(Sale.amount))
        .where(Sale.account_id.in_(seen), Sale.on.between(since, until))
        .group_by(Sale.account_id)
    )
    return {
        account_id: Decimal(str(amount)) * rates.get(account_id, Decimal())
        for account_id, amount in rows
    }
