"""Where a whole company's accounts lie: kept by each worker, and mended where something happened.

Sums over a million sales take seconds; what happens between two looks touches few accounts. The
history, new sales, seats and accounts tell which; after an import all are summed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.orm import Session

from app.accounts.importance import ImportanceScale
from app.accounts.list_queries import wished
from app.accounts.models import Account, Membership
from app.accounts.queries import Seen, Sight
from app.accounts.wishes import AccountWish
from app.beside import Work, found_or_begun
from app.history import Change
from app.records.imported import last_import
from app.records.models import Sale
from app.records.portfolio import Spot, spot
from app.records.portfolio_queries import account_facts, facts_where
from app.records.rules import Period
from app.remembered import LASTS, forget, keep, kept_or_found, recalled
from app.users.company import Company, company_text
from app.users.models import User

PIECE = 1_000
AT_ONCE = 4_000
"""Accounts that are summed while somebody waits for the page: half a second."""
PATIENCE = 0.7
"""Seconds that a page waits for more of them."""
AGAIN = 100
"""Newest rows that are looked at again: PostgreSQL's writers may commit out of turn."""
A_DAY = 86_400.0
Answer = TypeVar("Answer")
Build = Callable[[list[Spot]], Answer]
Wished = tuple[Seen, AccountWish]
"""Which accounts: among those seen, and as they were wished for."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What figures rest on besides the records: the period, the company's rates and factors."""

    period: Period
    company: Company
    scale: ImportanceScale

    @property
    def key(self) -> tuple[Any, ...]:
        """What figures on this basis are remembered by."""
        return ("portfolio", self.period, company_text(self.company), self.scale)


@dataclass(frozen=True, slots=True)
class Book:
    """Every account's place, with the newest rows that went into it and when it was looked at."""

    spots: Mapping[int, Spot]
    newest: tuple[int, ...]
    at: float


def answer_of(
    session: Session, wish: Wished, basis: Basis, build: Build[Answer], patience: float = PATIENCE
) -> Answer | Work:
    """What is built of the places of the accounts wished for, by name; of a large company how far
    those are, until known. It is remembered until something happens, for a minute at the most."""
    seen, wanted = wish
    if not (isinstance(seen, Sight) and seen.is_wide):
        facts = account_facts(session, seen, wanted, basis.period, basis.company)
        return build([spot(basis.scale, fact) for fact in facts])
    book = _whole(session, basis, patience)
    if isinstance(book, Work):
        return book
    find = partial(_built, session, wish, book, build)
    return kept_or_found(session, (build, wish, basis.key), find, mark=book.at)


def _built(session: Session, wish: Wished, book: Book, build: Build[Answer]) -> Answer:
    by_name = select(Account.id).where(*wished(*wish)).order_by(Account.name, Account.id)
    spots = book.spots
    return build([spots[one] for one in session.scalars(by_name) if one in spots])


def _whole(session: Session, basis: Basis, patience: float) -> Book | Work:
    mark = last_import(session)
    kept: Book | None = recalled(session, basis.key, mark, A_DAY)
    book = kept and _mended(session, basis, kept, mark)
    if book is not None:
        return book
    forget(session, basis.key)
    steps = (session.scalar(select(func.max(Account.id))) or 0) // PIECE + 1
    find = partial(_found, basis)
    if steps * PIECE <= AT_ONCE:
        return keep(session, basis.key, mark, find(session, Work(steps)))
    return found_or_begun(
        session, find, steps, key=basis.key, mark=mark, lasts=A_DAY, patience=patience
    )


def _found(basis: Basis, session: Session, work: Work) -> Book:
    """Every account's place, some accounts at a time."""
    newest = _newest(session)
    spots: dict[int, Spot] = {}
    for piece in range(work.total):
        spots |= _spots(session, basis, Account.id.between(piece * PIECE, (piece + 1) * PIECE - 1))
        work.step()
    return Book(spots, newest, monotonic())


def _spots(
    session: Session, basis: Basis, which: ColumnElement[bool]
) -> Iterator[tuple[int, Spot]]:
    where = [Account.archived_at.is_(None), which]
    facts = facts_where(session, where, basis.period, basis.company)
    return ((fact.id, spot(basis.scale, fact)) for fact in facts)


def _mended(session: Session, basis: Basis, book: Book, mark: str) -> Book | None:
    """A book with the accounts found anew that have new rows; None when they are too many."""
    newest = _newest(session)
    if newest == book.newest and monotonic() - book.at < LASTS:
        return book
    touched = set(session.scalars(_touched(book.newest)))
    if len(touched) > AT_ONCE:
        return None
    rest = {one: spot for one, spot in book.spots.items() if one not in touched}
    rest |= _spots(session, basis, Account.id.in_(touched))
    return keep(session, basis.key, mark, Book(rest, newest, monotonic()))


def _newest(session: Session) -> tuple[int, ...]:
    return tuple(one or 0 for one in session.execute(NEWEST).one())


NEWEST = select(
    *(select(func.max(one.id)).scalar_subquery() for one in (Change, Sale, Membership, Account))
)


def _touched(newest: tuple[int, ...]) -> Any:
    """The accounts with rows since then, and those whose people changed."""
    change, sale, seat, account = (one - AGAIN for one in newest)
    is_person = (Change.entity == User.__tablename__) & (Change.entity_id == Membership.user_id)
    return union(
        select(Change.account_id).where(Change.id > change, Change.account_id.is_not(None)),
        select(Sale.account_id).where(Sale.id > sale),
        select(Membership.account_id).where(Membership.id > seat),
        select(Account.id).where(Account.id > account),
        select(Membership.account_id).join(Change, is_person).where(Change.id > change),
    )
