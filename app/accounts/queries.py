"""What is asked of the database about accounts; who may see which comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    false,
    func,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.users.models import User
from app.users.rules import Level, UserRole, level_of

Who = int | ColumnElement[int]
"""A person's id, or what stands for it in a statement that many ask."""


def people_led_by(user_id: Who) -> CTE:
    """The ids of all who report to a person, at any remove, as a recursive CTE."""
    led = select(User.id).where(User.manager_id == user_id).cte(recursive=True)
    below = aliased(User)
    return led.union(select(below.id).where(below.manager_id == led.c.id))


def visible_accounts(user_id: Who, role: UserRole) -> Select[Any]:
    """A SELECT of the account ids a person may read; narrow any list by ``IN`` it."""
    seats = select(Membership.account_id)
    if role is not UserRole.DIRECTOR:
        return seats.where(Membership.user_id == user_id)
    return seats.where(Membership.user_id.in_(_them_and_theirs(user_id)))


def _them_and_theirs(user_id: Who) -> Any:
    """A person and all they lead: one IN, which the index answers."""
    return select(people_led_by(user_id).c.id).union_all(select(type_coerce(user_id, Integer)))


MOST_OUTSIDERS = 100
REMEMBERED = 256
Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Sight:
    """Which accounts a person may read, as a condition.

    The few accounts of most people are gathered first. Whoever leads the company sees nearly
    all: for them (``is_wide``) an account that has a team at all may be read unless it is among
    those in whose teams there are only ``outsiders``, whom they do not lead. So a page of fifty
    rows costs them the same however many accounts there are.
    """

    user_id: Who
    role: UserRole
    is_wide: bool = False
    outsiders: tuple[int, ...] = ()

    def of(self, account_id: Any) -> ColumnElement[bool]:
        """That a row's account, whose id is in a column, may be read."""
        if not self.is_wide:
            return within(account_id, visible_accounts(self.user_id, self.role))
        seat = aliased(Membership)
        return exists().where(seat.account_id == account_id) & self.of_seat(account_id)

    def of_seat(self, account_id: Any) -> ColumnElement[bool]:
        """That an account may be read by whoever leads the company, where it has a team."""
        hidden: ColumnElement[bool] = account_id.not_in(self._hidden())
        return hidden if self.outsiders else true()

    def _hidden(self) -> Select[Any]:
        theirs, ours = aliased(Membership), aliased(Membership)
        led = exists().where(
            ours.account_id == theirs.account_id, ours.user_id.not_in(self.outsiders)
        )
        return select(theirs.account_id).where(theirs.user_id.in_(self.outsiders), ~led)


def built_once(build: Callable[..., Built]) -> Callable[..., Built]:
    """A builder of statements that remembers what it built for a Sight and the same wishes.

    Putting a statement together costs more than its answer, and people ask the same again.
    """
    remembered = lru_cache(maxsize=REMEMBERED)(build)

    @wraps(build)
    def ask(seen: Seen | None, *wishes: Any) -> Built:
        return remembered(seen, *wishes) if isinstance(seen, Sight) else build(seen, *wishes)

    return ask


def sight_of(session: Session, user_id: int, role: UserRole, manager_id: int | None) -> Sight:
    """What a person may read, in at most one SELECT, asked for those whom nobody leads."""
    narrow = Sight(user_id, role)
    if role is not UserRole.DIRECTOR or manager_id is not None:
        return narrow
    others = tuple(session.scalars(OUTSIDERS, {"user_id": user_id}))
    if len(others) > MOST_OUTSIDERS:
        return narrow
    return Sight(user_id, role, is_wide=True, outsiders=others)


def _outsiders() -> Select[Any]:
    user_id: BindParameter[int] = bindparam("user_id", type_=Integer)
    led = select(people_led_by(user_id).c.id)
    has_seat = exists().where(Membership.user_id == User.id)
    others = select(User.id).where(User.id != user_id, User.id.not_in(led), has_seat)
    return others.limit(MOST_OUTSIDERS + 1)


OUTSIDERS = _outsiders()
"""Members of teams whom a person does not lead; one more than are borne with tells enough."""


Seen = Sight | Select[Any]
"""Accounts that may be read: as a condition, or as a SELECT of their ids."""


def within(account_id: Any, seen: Seen) -> ColumnElement[bool]:
    """That a row's account is among those ``seen``."""
    if isinstance(seen, Sight):
        return seen.of(account_id)
    condition: ColumnElement[bool] = account_id.in_(seen)
    return condition


def editable_accounts(user_id: int, role: UserRole) -> Select[Any]:
    """A SELECT of the account ids a person may change; nothing for readers."""
    seats = visible_accounts(user_id, role)
    if role is UserRole.READER:
        return seats.where(false())
    if role is UserRole.DIRECTOR:
        led = Membership.user_id.in_(select(people_led_by(user_id).c.id))
        return seats.where((Membership.level >= Level.EDIT) | led)
    return seats.where(Membership.level >= Level.EDIT)


def ids_among(session: Session, accounts: Select[Any], ids: Iterable[int]) -> frozenset[int]:
    """Which of some accounts are among those that a SELECT of this module gives.

    Their seats are looked at one by one: a director's people are more than a page's accounts.
    """
    seat = aliased(Membership)
    theirs = select(seat.id).where(seat.account_id.in_(set(ids)))
    return frozenset(session.scalars(accounts.where(Membership.id.in_(theirs))))


def _account_asked(*, by_director: bool) -> Select[Any]:
    """An account by bound ids, the person's place in its team, whether they lead a member."""
    account_id: BindParameter[int] = bindparam("account_id", type_=Integer)
    user_id = bindparam("user_id", type_=Integer)
    held = select(func.max(Membership.level)).where(
        Membership.account_id == account_id, Membership.user_id == user_id
    )
    columns: list[Any] = [Account, held.scalar_subquery()]
    if by_director:
        led = select(people_led_by(user_id).c.id)
        seat = exists().where(Membership.account_id == account_id, Membership.user_id.in_(led))
        columns.append(seat)
    return select(*columns).where(Account.id == account_id)


HELD_ACCOUNT, LED_ACCOUNT = _account_asked(by_director=False), _account_asked(by_director=True)
"""Built once: most pages ask one of them, and building costs as much as the answer."""


def find_account(
    session: Session, account_id: int, user_id: int, role: UserRole
) -> tuple[Account, Level] | None:
    """An account with the level a person has on it, in one SELECT; None when invisible."""
    asked = LED_ACCOUNT if role is UserRole.DIRECTOR else HELD_ACCOUNT
    found = session.execute(asked, {"account_id": account_id, "user_id": user_id}).one_or_none()
    if found is None:
        return None
    own = Level(found[1]) if found[1] else None
    level = level_of(role, own, leads_a_member=len(found) > 2 and bool(found[2]))
    return (found[0], level) if level else None
