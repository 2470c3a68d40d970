"""Whose needs Today is asked for, as conditions that every SELECT of it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, Sight, people_led_by, within
from app.overview.models import Snooze
from app.overview.needs import Kind, Need, lateness, urgency
from app.users.models import User

WEEK = timedelta(days=7)
MOST = 15
"""Of each kind: nobody works through more in a day."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose needs are asked for: their own, and of the ``people`` they lead if they wish."""

    user_id: int
    seen: Seen
    now: datetime
    people: tuple[int, ...] = ()

    def owns(self, column: Any) -> ColumnElement[bool]:
        """Rows whose person, in ``column``, is the asker or one of those led."""
        if self.people and isinstance(self.seen, Sight) and self.seen.is_wide:
            column = func.coalesce(column, 0)  # nearly all: no index is of use, but that of days
        return cast("ColumnElement[bool]", column.in_((self.user_id, *self.people)))

    def sees(self, account_id: Any) -> ColumnElement[bool]:
        """Rows of accounts that the asker may see and that are not put away.

        To be asked with Account joined from the outside: then the rows are gone through in
        their own order, and not account by account, which costs as much as there are accounts.
        """
        return and_(within(account_id, self.seen), Account.archived_at.is_(None))

    def awake(self, kind: Kind, row_id: Any, on: date) -> ColumnElement[bool]:
        """Rows that the asker has not put off."""
        asleep = select(Snooze.row_id).where(
            Snooze.user_id == self.user_id, Snooze.kind == kind, Snooze.until > on
        )
        return cast("ColumnElement[bool]", row_id.not_in(asleep))


def people_led(session: Session, user_id: int) -> tuple[int, ...]:
    """Those who report to a person, at any remove."""
    return tuple(session.scalars(select(people_led_by(user_id).c.id)))


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Our people's names by id."""
    wanted = {one for one in ids if one is not None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def dated(kind: Kind, rows: Iterable[Any], on: date) -> Iterable[Need]:
    """Lines from rows of (id, account, its name, title, day due, whose)."""
    for row_id, account_id, name, title, due_on, owner_id in rows:
        worth = urgency(kind, (on - due_on).days)
        yield Need(kind, row_id, account_id, name, title, lateness(due_on, on), worth, owner_id)
