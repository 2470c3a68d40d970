"""What is asked of the database to look at accounts: which are due, by which limits."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.alerts.lifecycle import Kept
from app.alerts.models import Alert, AlertCheck, AlertLimit
from app.alerts.rules import Kind, Level, Limits
from app.alerts.settings import ALERTS, AlertSettings, own_limits, settings_from
from app.history import Change
from app.records.imported import last_import
from app.records.models import Sale
from app.stakeholders.models import ContactReading
from app.users.models import Setting
from app.users.queries import find_setting
from app.users.rules import Level as Access

RULES = "2"
"""To be raised when the rules change: every account is then due."""
TOLD_BY: tuple[Any, ...] = (Change, Sale, ContactReading)
"""What people change is in the history; sales and contacts, which are not, tell by themselves."""
LOOKED = "alerts-looked"
AGAIN = 100
"""Newest rows of each that are looked at again: PostgreSQL's writers may commit out of turn."""
MOST_TOUCHED = 5_000
"""Beyond so many accounts it is as quick to count them all."""


def alert_settings(session: Session) -> AlertSettings:
    """What the company set for its warnings."""
    return settings_from(find_setting(session, ALERTS))


def marks(session: Session, ids: Collection[int] | None = None) -> dict[int, str]:
    """A mark of every account's records, in a few SELECTs: the same records, the same mark."""
    alive = select(Account.id).where(Account.archived_at.is_(None))
    parts: dict[int, list[str]] = {
        one: [RULES] for one in session.scalars(_of(alive, Account.id, ids))
    }
    for model in TOLD_BY:
        seen = select(model.account_id, func.max(model.id), func.count()).group_by(model.account_id)
        rows = session.execute(_of(seen, model.account_id, ids))
        told = {row[0]: f"{row[1]}.{row[2]}" for row in rows}
        for one, said in parts.items():
            said.append(told.get(one, "-"))
    return {one: " ".join(said) for one, said in parts.items()}


def _of(query: Any, column: Any, ids: Collection[int] | None) -> Any:
    return query if ids is None else query.where(column.in_(ids))


@dataclass(frozen=True, slots=True)
class Looked:
    """Up to where records were looked through: on which day, by which rules, after which import,
    and the newest rows; with accounts last, since an import may bring them without history."""

    on: str
    rules: str
    imported: str
    newest: tuple[int, ...]

    def follows(self, other: Looked) -> bool:
        """Whether only rows were added since the other."""
        mine, theirs = (self.on, self.rules, self.imported), (other.on, other.rules, other.imported)
        pairs = zip(self.newest, other.newest, strict=True)
        return mine == theirs and all(one >= was for one, was in pairs)


def looked_now(session: Session, on: date) -> Looked:
    """Where the records end now; to be asked before what is due."""
    newest = session.execute(NEWEST).one()
    return Looked(on.isoformat(), RULES, last_import(session), tuple(one or 0 for one in newest))


NEWEST = select(*(select(func.max(one.id)).scalar_subquery() for one in (*TOLD_BY, Account)))


def kept_look(session: Session) -> Looked | None:
    """Up to where everything has been looked through; None before the first time."""
    text = find_setting(session, LOOKED)
    if text is None:
        return None
    day, rules, imported, newest = json.loads(text)
    return Looked(day, rules, imported, tuple(newest))


def keep_look(session: Session, looked: Looked) -> None:
    """Note that everything up to there has been looked through; the caller commits."""
    session.merge(Setting(key=LOOKED, value=json.dumps(astuple(looked))))


def due(session: Session, on: date) -> dict[int, str]:
    """Accounts whose records have changed since they were looked at, then those of an earlier
    day; each with its mark.

    On a day on which all have been looked at, only those with new rows are counted.
    """
    before = kept_look(session)
    if before is None or not looked_now(session, on).follows(before):
        return _due(session, on, None)
    touched = _touched(session, before)
    return _due(session, on, touched if len(touched) <= MOST_TOUCHED else None)


def _touched(session: Session, before: Looked) -> set[int]:
    """The accounts with rows since then."""
    *marks, last = before.newest
    found = set(session.scalars(select(Account.id).where(Account.id > last)))
    for model, newest in zip(TOLD_BY, marks, strict=True):
        query = select(model.account_id).where(model.id > newest - AGAIN).distinct()
        found.update(one for one in session.scalars(query) if one is not None)
    return found


def _due(session: Session, on: date, ids: Collection[int] | None) -> dict[int, str]:
    check = AlertCheck
    rows = session.execute(
        _of(select(check.account_id, check.mark, check.on), check.account_id, ids)
    )
    seen = {row.account_id: (row.mark, row.on) for row in rows}
    changed, older = {}, {}
    for one, mark in marks(session, ids).items():
        was, day = seen.get(one, ("", date.min))
        if day <= on and was != mark:
            changed[one] = mark
        elif day < on:
            older[one] = mark
    return {**changed, **older}


def limits_of(session: Session, ids: Collection[int], company: Limits) -> dict[int, Limits]:
    """The limits of each account that has some of its own."""
    rows = session.execute(
        select(AlertLimit.account_id, AlertLimit.name, AlertLimit.value).where(
            AlertLimit.account_id.in_(ids)
        )
    )
    own: dict[int, list[Any]] = defaultdict(list)
    for account_id, name, value in rows:
        own[account_id].append((name, value))
    return {one: own_limits(company, listed) for one, listed in own.items()}


def kept_of(session: Session, ids: Collection[int]) -> dict[int, list[Kept]]:
    """The newest warning about each subject of some accounts."""
    newest = (
        select(func.max(Alert.id))
        .where(Alert.account_id.in_(ids), Alert.kind != Kind.EVENT, Alert.archived_at.is_(None))
        .group_by(Alert.account_id, Alert.kind, Alert.subject_id)
    )
    found: dict[int, list[Kept]] = defaultdict(list)
    for row in session.scalars(select(Alert).where(Alert.id.in_(newest)).order_by(Alert.id)):
        found[row.account_id].append(
            Kept(
                row.id,
                Kind(row.kind),
                row.subject_id,
                Level(row.level),
                row.closed_on,
                row.closer_id is not None,
                row.holds,
            )
        )
    return found


def owners_of(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Who owns each account: of several, the one for longest."""
    rows = session.execute(
        select(Membership.account_id, func.min(Membership.id))
        .where(Membership.account_id.in_(list(ids)), Membership.level == Access.OWN)
        .group_by(Membership.account_id)
    )
    first = [row[1] for row in rows]
    seats = select(Membership.account_id, Membership.user_id).where(Membership.id.in_(first))
    return {row.account_id: row.user_id for row in session.execute(seats)}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many warnings a look opened and cleared."""

    looked: int = 0
    opened: int = 0
    cleared: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.looked + other.looked, self.opened + other.opened, self.cleared + other.cleared
        )
