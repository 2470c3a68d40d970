"""What is asked of the database about accounts; who may see which comes first."""

from __future__ import annotations

from typing import Any

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
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.users.models import User
from app.users.rules import Level, UserRole, level_of


def people_led_by(user_id: int | ColumnElement[int]) -> CTE:
    """The ids of all who report to a person, at any remove, as a recursive CTE."""
    led = select(User.id).where(User.manager_id == user_id).cte(recursive=True)
    below = aliased(User)
    return led.union(select(below.id).where(below.manager_id == led.c.id))


def visible_accounts(user_id: int, role: UserRole) -> Select[Any]:
    """A SELECT of the account ids a person may read; narrow any list by ``IN`` it."""
    seats = select(Membership.account_id)
    if role is not UserRole.DIRECTOR:
        return seats.where(Membership.user_id == user_id)
    whose = select(people_led_by(user_id).c.id).union_all(select(literal(user_id)))
    return seats.where(Membership.user_id.in_(whose))  # one IN, which the index answers


def editable_accounts(user_id: int, role: UserRole) -> Select[Any]:
    """A SELECT of the account ids a person may change; nothing for readers."""
    seats = visible_accounts(user_id, role)
    if role is UserRole.READER:
        return seats.where(false())
    if role is UserRole.DIRECTOR:
        led = Membership.user_id.in_(select(people_led_by(user_id).c.id))
        return seats.where((Membership.level >= Level.EDIT) | led)
    return seats.where(Membership.level >= Level.EDIT)


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
