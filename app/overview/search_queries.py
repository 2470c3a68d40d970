"""What the search box finds: accounts, people and opportunities, one SELECT each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, within
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome, Stage
from app.search import SearchKey, folded, key_range
from app.stakeholders.models import Stakeholder
from app.vocabulary import Term

KEYS_A_NAME = 4
"""How many keys of one name are expected to match; the rest of a page is found by typing on."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; ``stage`` is an opportunity's, or how it ended."""

    id: int
    name: str
    notes: tuple[str, ...]
    stage: Term | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, by kind, those whose names begin with the words first."""

    accounts: list[Hit]
    people: list[Hit]
    opportunities: list[Hit]

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.accounts) + len(self.people) + len(self.opportunities)


def find_all(session: Session, seen: Seen, text: str, most: int = 8) -> Hits:
    """At most ``most`` of each kind on the accounts ``seen``; nothing for an empty text."""
    if not folded(text):
        return Hits([], [], [])
    return Hits(
        _accounts(session, seen, text, most),
        _people(session, seen, text, most),
        _opportunities(session, seen, text, most),
    )


def _matches(kind: str, seen: Seen, text: str, most: int) -> Subquery:
    """The first keys that begin with the words, found before any name is looked up."""
    return (
        select(SearchKey.entity_id, SearchKey.key)
        .where(SearchKey.kind == kind, key_range(text), within(SearchKey.account_id, seen))
        .order_by(SearchKey.key, SearchKey.entity_id)
        .limit(most * KEYS_A_NAME)
        .subquery()
    )


def _first(rows: Iterable[Any], most: int) -> list[Any]:
    """The first row of each id, in order."""
    kept: dict[int, Any] = {}
    for row in rows:
        kept.setdefault(row.id, row)
    return list(kept.values())[:most]


def _accounts(session: Session, seen: Seen, text: str, most: int) -> list[Hit]:
    row = Account
    found = _matches("account", seen, text, most)
    rows = session.execute(
        select(row.id, row.name, row.other_name, row.city)
        .join(found, found.c.entity_id == row.id)
        .where(row.archived_at.is_(None))
        .order_by(found.c.key, row.id)
    )
    return [Hit(one.id, one.name, (one.other_name, one.city)) for one in _first(rows, most)]


def _people(session: Session, seen: Seen, text: str, most: int) -> list[Hit]:
    row = Stakeholder
    found = _matches("stakeholder", seen, text, most)
    rows = session.execute(
        select(row.id, row.name, row.title, Account.name.label("account"))
        .join(found, found.c.entity_id == row.id)
        .join(Account, Account.id == row.account_id)
        .where(row.archived_at.is_(None), Account.archived_at.is_(None))
        .order_by(found.c.key, row.id)
    )
    return [Hit(one.id, one.name, (one.title, one.account)) for one in _first(rows, most)]


def _opportunities(session: Session, seen: Seen, text: str, most: int) -> list[Hit]:
    row = Opportunity
    found = _matches("opportunity", seen, text, most)
    rows = session.execute(
        select(row.id, row.name, row.stage, row.outcome, Account.name.label("account"))
        .join(found, found.c.entity_id == row.id)
        .join(Account, Account.id == row.account_id)
        .where(row.archived_at.is_(None), Account.archived_at.is_(None))
        .order_by(found.c.key, row.id)
    )
    return [Hit(one.id, one.name, (one.account,), _standing(one)) for one in _first(rows, most)]


def _standing(row: Any) -> Term:
    is_open = row.outcome == Outcome.OPEN
    return Stage(row.stage) if is_open else Outcome(row.outcome)
