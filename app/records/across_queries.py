"""What of all accounts' records somebody should look at: asked once for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.records.ageing import Ageing, ageing
from app.records.contract_models import Contract
from app.records.contracts import ContractFact, ContractStanding, contract_standing
from app.records.credit_models import Credit
from app.records.credit_queries import granted_by_account, owed_by_account
from app.records.service import CaseFact, CaseKind, CaseStanding, case_standing
from app.records.support_models import Promotion, ServiceCase
from app.users.models import User

MOST = 50
AHEAD = 400
"""Contracts that end later warn of nothing yet, whatever their notice."""
Seen = Select[Any]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An application for credit, or a promotion, that waits for a yes."""

    id: int
    account_id: int
    account: str
    title: str
    by: str
    since: date
    amount: Decimal | None
    currency: str
    is_credit: bool


def waiting_rows(session: Session, seen: Seen, on: date) -> list[WaitingRow]:
    """What waits for a decision, the oldest first."""
    found = [*_credits(session, seen), *_promotions(session, seen, on)]
    return sorted(found, key=lambda row: row.since)[:MOST]


def _credits(session: Session, seen: Seen) -> Iterator[WaitingRow]:
    row = Credit
    query = (
        select(row.id, row.account_id, Account.name, row.request, func.coalesce(User.name, ""),
               row.on, row.asked, Account.currency)
        .join(Account, Account.id == row.account_id)
        .outerjoin(User, User.id == row.user_id)
        .where(row.account_id.in_(seen), row.decided_on.is_(None), row.archived_at.is_(None))
        .order_by(row.on, row.id)
        .limit(MOST)
    )  # fmt: skip
    for one in session.execute(query):
        yield WaitingRow(*one, is_credit=True)


def _promotions(session: Session, seen: Seen, on: date) -> Iterator[WaitingRow]:
    row = Promotion
    query = (
        select(row.id, row.account_id, Account.name, row.name, func.coalesce(User.name, ""),
               row.starts_on, row.budget, Account.currency)
        .join(Account, Account.id == row.account_id)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id.in_(seen), row.is_approved.is_(None), row.archived_at.is_(None))
        .where(row.ends_on >= on)
        .order_by(row.starts_on, row.id)
        .limit(MOST)
    )  # fmt: skip
    for one in session.execute(query):
        yield WaitingRow(*one, is_credit=False)


@dataclass(frozen=True, slots=True)
class DebtRow:
    """What an account owes."""

    account_id: int
    account: str
    currency: str
    ageing: Ageing


def debt_rows(session: Session, seen: Seen, on: date, decided_by: date) -> list[DebtRow]:
    """The accounts that owe something: beyond their limit first, then by what is overdue.

    The credit is that ``decided_by`` the company's day, which need not be the person's.
    """
    owed = owed_by_account(session, seen, on)
    granted = granted_by_account(session, seen, decided_by)
    query = select(Account.id, Account.name, Account.currency).where(Account.id.in_(seen))
    rows = [
        DebtRow(*one, ageing(owed[one.id], granted[one.id].limit if one.id in granted else None))
        for one in session.execute(query.where(Account.archived_at.is_(None)))
        if one.id in owed
    ]
    rows.sort(key=lambda row: (-(row.ageing.over_limit or 0), -row.ageing.overdue))
    return rows[:MOST]


@dataclass(frozen=True, slots=True)
class EndingRow:
    """A contract that warns."""

    id: int
    account: str
    title: str
    owner: str
    standing: ContractStanding


def ending_rows(session: Session, seen: Seen, on: date) -> list[EndingRow]:
    """The contracts that warn: those that end soonest first."""
    row = Contract
    soon = row.ends_on.between(on, on + timedelta(days=AHEAD))
    unsigned = row.signed_on.is_(None) & (row.starts_on <= on)
    query = (
        select(row.id, Account.name, row.title, func.coalesce(User.name, ""), row.signed_on,
               row.starts_on, row.ends_on, row.ended_on, row.notice_days, row.renews)
        .join(Account, Account.id == row.account_id)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id.in_(seen), row.archived_at.is_(None), row.ended_on.is_(None))
        .where(or_(soon, unsigned))
        .order_by(row.ends_on, row.id)
        .limit(MOST * 4)
    )  # fmt: skip
    found = [_ending(one, on) for one in session.execute(query)]
    return [one for one in found if one.standing.warnings][:MOST]


def _ending(row: Any, on: date) -> EndingRow:
    cells = list(row)
    cells[4:] = [contract_standing(ContractFact(*cells[4:]), on)]
    return EndingRow(*cells)


@dataclass(frozen=True, slots=True)
class OpenCaseRow:
    """A case whose customer waits."""

    id: int
    account_id: int
    account: str
    kind: CaseKind
    title: str
    owner: str
    standing: CaseStanding


def open_case_rows(session: Session, seen: Seen, on: date) -> list[OpenCaseRow]:
    """The cases without an answer, the oldest first."""
    row = ServiceCase
    query = (
        select(row.id, row.account_id, Account.name, row.kind, row.title,
               func.coalesce(User.name, ""), row.on, row.answer_by, row.investigated_on,
               row.decided_on)
        .join(Account, Account.id == row.account_id)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id.in_(seen), row.archived_at.is_(None), row.answered_on.is_(None))
        .order_by(row.on, row.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        OpenCaseRow(one[0], one[1], one[2], CaseKind(one[3]), one[4], one[5],
                    case_standing(CaseFact(*one[6:]), on))
        for one in session.execute(query)
    ]  # fmt: skip
