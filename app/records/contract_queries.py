"""What is asked of the database about contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.records.contract_models import Contract, ContractFile, ContractPart
from app.records.contracts import (
    Completeness,
    ContractFact,
    ContractStanding,
    PartFact,
    completeness,
    contract_standing,
)
from app.users.models import User

MOST = 200


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as lists show it."""

    id: int
    account_id: int
    title: str
    number: str
    amount: Decimal | None
    owner: str
    fact: ContractFact
    parts: Completeness

    def standing(self, on: date) -> ContractStanding:
        """Where it is on a day, and what it warns of."""
        return contract_standing(self.fact, on)


def contract_rows(session: Session, account_id: int) -> list[ContractRow]:
    """An account's contracts, the one that ends last first; those without an end before them."""
    query = (
        select(
            Contract.id,
            Contract.account_id,
            Contract.title,
            Contract.number,
            Contract.amount,
            func.coalesce(User.name, "").label("owner"),
            Contract.signed_on,
            Contract.starts_on,
            Contract.ends_on,
            Contract.ended_on,
            Contract.notice_days,
            Contract.renews,
        )
        .outerjoin(User, User.id == Contract.owner_id)
        .where(Contract.account_id == account_id, Contract.archived_at.is_(None))
        .order_by(Contract.ends_on.is_not(None), Contract.ends_on.desc(), Contract.id)
        .limit(MOST)
    )
    found = session.execute(query).all()
    parts = parts_of(session, (row.id for row in found))
    return [ContractRow(*row[:6], ContractFact(*row[6:]), parts[row.id]) for row in found]


def parts_of(session: Session, contract_ids: Iterable[int]) -> dict[int, Completeness]:
    """The eleven parts of contracts, by contract."""
    ids = list(contract_ids)
    row = ContractPart
    query = select(row.contract_id, row.part, row.points, row.words, row.is_needless)
    facts: dict[int, dict[str, PartFact]] = defaultdict(dict)
    kept = session.execute(query.where(row.contract_id.in_(ids)))
    for contract_id, part, points, words, is_needless in kept:
        facts[contract_id][part] = PartFact(frozenset(points or ()), words, is_needless)
    return {contract_id: completeness(facts[contract_id]) for contract_id in ids}


def fact_of(contract: Contract) -> ContractFact:
    """The days of a contract at hand."""
    return ContractFact(
        contract.signed_on,
        contract.starts_on,
        contract.ends_on,
        contract.ended_on,
        contract.notice_days,
        contract.renews,
    )


def find_part(session: Session, contract_id: int, part: str) -> ContractPart | None:
    """What is kept of a part; None while nothing is."""
    row = ContractPart
    return session.scalar(select(row).where(row.contract_id == contract_id, row.part == part))


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a contract, without what is in it."""

    id: int
    name: str
    size: int
    at: datetime
    who: str


def contract_files(session: Session, contract_id: int) -> list[FileRow]:
    """A contract's files, newest first."""
    row = ContractFile
    query = (
        select(row.id, row.name, row.size, row.at, func.coalesce(User.name, "").label("who"))
        .outerjoin(User, User.id == row.user_id)
        .where(row.contract_id == contract_id)
        .order_by(row.id.desc())
    )
    return [FileRow(*one) for one in session.execute(query)]


def find_contract_file(session: Session, contract_id: int, file_id: int) -> ContractFile | None:
    """A file, if that contract's."""
    found: Any = session.get(ContractFile, file_id)
    return found if found is not None and found.contract_id == contract_id else None
