"""What is asked of the database about accounts; who may see which comes first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, false, func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.accounts.rules import AccountKind, Loyalty, Ownership, SizeClass
from app.paging import Page, Place, count_up_to, page_of
from app.search import ids_found
from app.users.models import User
from app.users.rules import Level, UserRole, level_of


def people_led_by(user_id: int) -> CTE:
    """The ids of all who report to a person, at any remove, as a recursive CTE."""
    led = select(User.id).where(User.manager_id == user_id).cte("led", recursive=True)
    below = aliased(User)
    return led.union(select(below.id).where(below.manager_id == led.c.id))


def visible_accounts(user_id: int, role: UserRole) -> Select[Any]:
    """A SELECT of the account ids a person may read; narrow any list by ``IN`` it."""
    seats = select(Membership.account_id)
    mine = Membership.user_id == user_id
    if role is UserRole.DIRECTOR:
        mine = mine | Membership.user_id.in_(select(people_led_by(user_id).c.id))
    return seats.where(mine)


def editable_accounts(user_id: int, role: UserRole) -> Select[Any]:
    """A SELECT of the account ids a person may change; nothing for readers."""
    seats = visible_accounts(user_id, role)
    if role is UserRole.READER:
        return seats.where(false())
    if role is UserRole.DIRECTOR:
        led = Membership.user_id.in_(select(people_led_by(user_id).c.id))
        return seats.where((Membership.level >= Level.EDIT) | led)
    return seats.where(Membership.level >= Level.EDIT)


def find_account(
    session: Session, account_id: int, user_id: int, role: UserRole
) -> tuple[Account, Level] | None:
    """An account with the level a person has on it, in one SELECT; None when invisible."""
    held = (
        select(func.max(Membership.level))
        .where(Membership.account_id == account_id, Membership.user_id == user_id)
        .scalar_subquery()
    )
    columns: list[Any] = [Account, held]
    if role is UserRole.DIRECTOR:
        led = select(people_led_by(user_id).c.id)
        columns.append(
            exists().where(Membership.account_id == account_id, Membership.user_id.in_(led))
        )
    found = session.execute(select(*columns).where(Account.id == account_id)).one_or_none()
    if found is None:
        return None
    own = Level(found[1]) if found[1] else None
    level = level_of(role, own, leads_a_member=len(found) > 2 and bool(found[2]))
    return (found[0], level) if level else None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the account list."""

    id: int
    name: str
    other_name: str
    kind: AccountKind | None
    size_class: SizeClass | None
    industry: str
    city: str
    owner: str


@dataclass(frozen=True, slots=True)
class AccountWish:
    """What a person wants to see of the account list."""

    text: str = ""
    kind: AccountKind | None = None
    ownership: Ownership | None = None
    loyalty: Loyalty | None = None
    sort: str = "name"
    descending: bool = False


def account_rows(
    session: Session, seen: Select[Any], wish: AccountWish, place: Place
) -> Page[AccountRow]:
    """A page of the accounts among those ``seen`` that a person wishes for, counted."""
    owner = _owner_name()
    sorts = {
        "name": Account.name,
        "kind": func.coalesce(Account.kind, ""),
        "size_class": func.coalesce(Account.size_class, ""),
        "city": Account.city,
        "owner": owner,
    }
    query = select(
        Account.id,
        Account.name,
        Account.other_name,
        Account.kind,
        Account.size_class,
        Account.industry,
        Account.city,
        owner.label("owner"),
    ).where(*_wished(seen, wish))
    page = page_of(session, query, sorts[wish.sort], Account.id, place, descending=wish.descending)
    rows = [_account_row(row) for row in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _account_row(row: Any) -> AccountRow:
    return AccountRow(
        row.id,
        row.name,
        row.other_name,
        AccountKind(row.kind) if row.kind else None,
        SizeClass(row.size_class) if row.size_class else None,
        row.industry,
        row.city,
        row.owner or "",
    )


def _owner_name() -> ColumnElement[Any]:
    """The first owner of an account's team, by name; empty when there is none."""
    name = (
        select(func.min(User.name))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.account_id == Account.id, Membership.level == Level.OWN)
        .correlate(Account)
        .scalar_subquery()
    )
    return func.coalesce(name, "")


def _wished(seen: Select[Any], wish: AccountWish) -> list[ColumnElement[bool]]:
    wanted = [Account.archived_at.is_(None), Account.id.in_(seen)]
    for column, value in (
        (Account.kind, wish.kind),
        (Account.ownership, wish.ownership),
        (Account.loyalty, wish.loyalty),
    ):
        if value is not None:
            wanted.append(column == value)
    if wish.text:
        wanted.append(Account.id.in_(ids_found("account", wish.text)))
    return wanted


def account_figures(session: Session) -> list[dict[str, Any]]:
    """Every account with its parent and owner, for scripts."""
    parent = aliased(Account)
    rows = session.execute(
        select(
            Account.id,
            Account.external_id,
            Account.name,
            parent.name.label("parent"),
            _owner_name().label("owner"),
        )
        .outerjoin(parent, parent.id == Account.parent_id)
        .where(Account.archived_at.is_(None))
        .order_by(Account.name, Account.id)
    )
    return [dict(row._mapping) for row in rows]
