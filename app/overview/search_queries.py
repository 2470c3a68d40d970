"""What the search box finds: accounts, people and opportunities, one SELECT each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
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


def find_all(session: Session, seen: Select[Any], text: str, most: int = 8) -> Hits:
    """At most ``most`` of each kind on the accounts ``seen``; nothing for an empty text."""
    if not folded(text):
        return Hits([], [], [])
    return Hits(
        _accounts(session, seen, text, most),
        _people(session, seen, text, most),
        _opportunities(session, seen, text, most),
    )


def _matching(kind: str, row_id: SQLColumnExpression[Any], seen: Select[Any], text: str) -> Any:
    return (
        (SearchKey.kind == kind)
        & (SearchKey.entity_id == row_id)
        & key_range(text)
        & SearchKey.account_id.in_(seen)
        & Account.archived_at.is_(None)
    )


def _first(rows: Iterable[Any], most: int) -> list[Any]:
    """The first row of each id, in order."""
    kept: dict[int, Any] = {}
    for row in rows:
        kept.setdefault(row.id, row)
    return list(kept.values())[:most]


def _accounts(session: Session, seen: Select[Any], text: str, most: int) -> list[Hit]:
    row = Account
    rows = session.execute(
        select(row.id, row.name, row.other_name, row.city)
        .select_from(SearchKey)
        .join(Account, Account.id == SearchKey.account_id)
        .where(_matching("account", row.id, seen, text))
        .order_by(SearchKey.key, row.id)
        .limit(most * KEYS_A_NAME)
    )
    return [Hit(one.id, one.name, (one.other_name, one.city)) for one in _first(rows, most)]


def _people(session: Session, seen: Select[Any], text: str, most: int) -> list[Hit]:
    row = Stakeholder
    rows = session.execute(
        select(row.id, row.name, row.title, Account.name.label("account"))
        .select_from(SearchKey)
        .join(Account, Account.id == SearchKey.account_id)
        .join(row, row.id == SearchKey.entity_id)
        .where(_matching("stakeholder", row.id, seen, text), row.archived_at.is_(None))
        .order_by(SearchKey.key, row.id)
        .limit(most * KEYS_A_NAME)
    )
    return [Hit(one.id, one.name, (one.title, one.account)) for one in _first(rows, most)]


def _opportunities(session: Session, seen: Select[Any], text: str, most: int) -> list[Hit]:
    row = Opportunity
    rows = session.execute(
        select(row.id, row.name, row.stage, row.outcome, Account.name.label("account"))
        .select_from(SearchKey)
        .join(Account, Account.id == SearchKey.account_id)
        .join(row, row.id == SearchKey.entity_id)
        .where(_matching("opportunity", row.id, seen, text), row.archived_at.is_(None))
        .order_by(SearchKey.key, row.id)
        .limit(most * KEYS_A_NAME)
    )
    return [Hit(one.id, one.name, (one.account,), _standing(one)) for one in _first(rows, most)]


def _standing(row: Any) -> Term:
    is_open = row.outcome == Outcome.OPEN
    return Stage(row.stage) if is_open else Outcome(row.outcome)
