"""Whose needs Today is asked for, as conditions that every SELECT of it takes.

Two dozen SELECTs are put together at more cost than they are answered, so each is built once
for all who ask alike: who asks, for whom and on which day are names in it, filled in each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Date, Integer, Result, Row, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import MOST_OUTSIDERS, Sight, people_led_by, within
from app.overview.models import Snooze
from app.overview.needs import Kind, Need, lateness, urgency
from app.paging import Query
from app.remembered import keep, recalled
from app.users.models import User
from app.users.rules import UserRole

WEEK = timedelta(days=7)
MOST = 15
"""Of each kind: nobody works through more in a day."""

ASKER: ColumnElement[int] = bindparam("user_id", type_=Integer)
OWNERS = bindparam("owners", expanding=True, type_=Integer)
AMONG = bindparam("among", expanding=True, type_=Integer)
DAY = bindparam("day", type_=Date)
SOON = bindparam("soon", type_=Date)
"""What is filled in: who asks, whose rows, which rows, the day, and the day in a week."""


@dataclass(frozen=True, slots=True)
class Team:
    """Those whom somebody leads; where that is nearly everybody, those they do not lead."""

    ids: tuple[int, ...] = ()
    is_all_but: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """How Today is asked: what decides how its statements look, and not what is filled in."""

    role: UserRole
    is_wide: bool
    outsiders: tuple[int, ...]
    leads: bool
    is_all_but: bool = False
    is_among: bool = False

    @property
    def seen(self) -> Sight:
        """What whoever asks may read."""
        return Sight(ASKER, self.role, self.is_wide, self.outsiders)

    def owns(self, column: Any) -> ColumnElement[bool]:
        """Rows whose person, in ``column``, is the asker or one of those led."""
        if self.leads and self.is_wide:
            column = func.coalesce(column, 0)  # nearly all: no index is of use, but that of days
        whose = column.not_in(OWNERS) if self.is_all_but else column.in_(OWNERS)
        return cast("ColumnElement[bool]", whose)

    def among(self, row_id: Any) -> list[ColumnElement[bool]]:
        """That a row is among those that are asked for again."""
        return [row_id.in_(AMONG)] if self.is_among else []

    def sees(self, account_id: Any) -> ColumnElement[bool]:
        """Rows of accounts that the asker may see and that are not put away.

        To be asked with Account joined from the outside: then the rows are gone through in
        their own order, and not account by account, which costs as much as there are accounts.
        """
        return and_(within(account_id, self.seen), Account.archived_at.is_(None))

    def awake(self, kind: Kind, row_id: Any) -> ColumnElement[bool]:
        """Rows that the asker has not put off."""
        asleep = select(Snooze.row_id).where(
            Snooze.user_id == ASKER, Snooze.kind == kind, Snooze.until > DAY
        )
        return cast("ColumnElement[bool]", row_id.not_in(asleep))


Build = Callable[[Asking], Query]
Rows = Result[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose needs are asked for: their own, and of the ``team`` they lead if they wish."""

    user_id: int
    seen: Sight
    now: datetime
    team: Team = Team()

    def rows(self, session: Session, build: Build, on: date, **filled: Any) -> Rows:
        """The rows of a statement on a day; ``filled`` is what only it has names for."""
        sight, team = self.seen, self.team
        how = Asking(
            sight.role,
            sight.is_wide,
            sight.outsiders,
            team.is_all_but or bool(team.ids),
            team.is_all_but,
            "among" in filled,
        )
        named = {"user_id": self.user_id, "owners": self._owners, "day": on, "soon": on + WEEK}
        return session.execute(_built(build, how), {**named, **filled})

    @property
    def _owners(self) -> tuple[int, ...]:
        """Nobody's rows are among neither: 0 stands for nobody."""
        return (0, *self.team.ids) if self.team.is_all_but else (self.user_id, *self.team.ids)

    def first_rows(
        self, session: Session, build: Build, on: date, **filled: Any
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows of a statement that has no order to go by.

        Of a whole company's it is kept for a minute which they are, and they are read again.
        """
        if not self.seen.is_wide:
            return self.rows(session, build, on, **filled).all()
        key = ("today", build, self.user_id, self.team)
        ids = recalled(session, key, on)
        if ids is not None:
            return self.rows(session, build, on, among=ids, **filled).all()
        found = self.rows(session, build, on, **filled).all()
        keep(session, key, on, tuple(row.id for row in found))
        return found


@lru_cache(maxsize=256)
def _built(build: Build, how: Asking) -> Query:
    return build(how)


def team_of(session: Session, user_id: int, seen: Sight) -> Team:
    """Those who report to a person, at any remove; in one SELECT, or two."""
    if seen.is_wide:
        others = tuple(session.scalars(NOT_LED, {"user_id": user_id}))
        if len(others) <= MOST_OUTSIDERS:
            return Team(others, is_all_but=True)
    return Team(tuple(session.scalars(LED, {"user_id": user_id})))


LED = select(people_led_by(ASKER).c.id)
NOT_LED = select(User.id).where(User.id != ASKER, User.id.not_in(LED)).limit(MOST_OUTSIDERS + 1)


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Our people's names by id."""
    wanted = {one for one in ids if one is not None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def due_within_the_week(kind: Kind, model: Any, title: Any) -> Build:
    """What somebody is to do by a day, from rows that have an owner and end by being done."""

    def build(asker: Asking) -> Query:
        return (
            select(model.id, model.account_id, Account.name, title, model.due_on, model.owner_id)
            .outerjoin(Account, Account.id == model.account_id)
            .where(
                asker.owns(model.owner_id),
                model.done_on.is_(None),
                model.due_on <= SOON,
                model.archived_at.is_(None),
                asker.sees(model.account_id),
                asker.awake(kind, model.id),
            )
            .order_by(model.due_on)
            .limit(MOST)
        )

    return build


def dated(kind: Kind, rows: Iterable[Any], on: date) -> Iterable[Need]:
    """Lines from rows of (id, account, its name, title, day due, whose)."""
    for row_id, account_id, name, title, due_on, owner_id in rows:
        worth = urgency(kind, (on - due_on).days)
        yield Need(kind, row_id, account_id, name, title, lateness(due_on, on), worth, owner_id)
