"""The account list: what a person may wish to see of it, and its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, case, func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.accounts.queries import Seen, Sight, built_once, within
from app.accounts.rules import AccountKind, SizeClass
from app.accounts.wishes import AccountWish
from app.paging import Page, Place, count_up_to, page_of
from app.remembered import kept_or_found
from app.search import ids_found
from app.users.models import User
from app.users.rules import Level


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the account list; ``parent`` is empty when it is invisible to the reader."""

    id: int
    name: str
    other_name: str
    kind: AccountKind | None
    size_class: SizeClass | None
    industry: str
    region: str
    city: str
    owner: str
    parent: str

    @property
    def under(self) -> str:
        """What is said under its name: the other name, and what it does."""
        return " · ".join(part for part in (self.other_name, self.industry) if part)


CLASS_ORDER = {size_class: str(place) for place, size_class in enumerate(SizeClass)}


def account_rows(session: Session, seen: Seen, wish: AccountWish, place: Place) -> Page[AccountRow]:
    """A page of the accounts among those ``seen`` that a person wishes for, counted."""
    query, key = _list_query(seen, wish)
    page = page_of(session, query, key, Account.id, place, descending=wish.descending)
    parents = _parent_names(session, seen, {row.parent_id for row in page.rows} - {None})
    rows = [_account_row(row, parents) for row in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


@built_once
def _list_query(seen: Seen, wish: AccountWish) -> tuple[Select[Any], SQLColumnExpression[Any]]:
    """The accounts wished for, and what they are sorted by."""
    owner = owner_name()
    columns: tuple[Any, ...] = (
        Account.id,
        Account.name,
        Account.other_name,
        Account.kind,
        Account.size_class,
        Account.industry,
        Account.region,
        Account.city,
        Account.parent_id,
        owner.label("owner"),
    )
    return select(*columns).where(*wished(seen, wish)), _sort_key(wish.sort, owner)


def _sort_key(sort: str, owner: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    match sort:
        case "kind":
            return func.coalesce(Account.kind, "")
        case "size_class":
            return case(CLASS_ORDER, value=Account.size_class, else_="9")
        case "city":
            return Account.city
        case "region":
            return Account.region
        case "owner":
            return owner
    return Account.name


def _parent_names(session: Session, seen: Seen, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    wanted = select(Account.id, Account.name).where(Account.id.in_(ids), within(Account.id, seen))
    return {row.id: row.name for row in session.execute(wanted)}


def _account_row(row: Any, parents: dict[int, str]) -> AccountRow:
    return AccountRow(
        row.id,
        row.name,
        row.other_name,
        AccountKind(row.kind) if row.kind else None,
        SizeClass(row.size_class) if row.size_class else None,
        row.industry,
        row.region,
        row.city,
        row.owner or "",
        parents.get(row.parent_id, ""),
    )


def owner_name() -> ColumnElement[Any]:
    """The first owner of an account's team, by name; empty when there is none."""
    name = (
        select(func.min(User.name))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.account_id == Account.id, Membership.level == Level.OWN)
        .correlate(Account)
        .scalar_subquery()
    )
    return func.coalesce(name, "")


def wished(seen: Seen, wish: AccountWish) -> list[ColumnElement[bool]]:
    """The conditions on accounts that are among those ``seen`` and wished for."""
    wanted: list[ColumnElement[bool]] = [Account.archived_at.is_(None), within(Account.id, seen)]
    for column, value in (
        (Account.kind, wish.kind),
        (Account.size_class, wish.size_class),
        (Account.ownership, wish.ownership),
        (Account.loyalty, wish.loyalty),
        (Account.region, wish.region or None),
        (Account.segment, wish.segment),
        (Account.id, wish.only_id),
    ):
        if value is not None:
            wanted.append(column == value)
    if wish.owner_id is not None:
        wanted.append(Account.id.in_(_seats(wish.owner_id).where(Membership.level == Level.OWN)))
    if wish.member_id is not None:
        wanted.append(Account.id.in_(_seats(wish.member_id)))
    if wish.text:
        wanted.append(Account.id.in_(ids_found("account", wish.text)))
    return wanted


def _seats(user_id: int) -> Select[Any]:
    return select(Membership.account_id).where(Membership.user_id == user_id)


def regions(session: Session, seen: Seen) -> list[str]:
    """Every region of the accounts ``seen``, by name."""
    return list(session.scalars(_regions_query(seen)))


@built_once
def _regions_query(seen: Seen) -> Select[Any]:
    here = Account.archived_at.is_(None) & within(Account.id, seen)
    if isinstance(seen, Sight) and seen.is_wide:
        return _region_by_region(here)
    found = select(Account.region).where(Account.region != "", here)
    return found.distinct().order_by(Account.region)


def _region_by_region(here: ColumnElement[bool]) -> Select[Any]:
    """From each region to the next by the index, so that it costs as much as there are regions."""
    least = select(func.min(Account.region).label("region")).where(here)
    found = least.where(Account.region > "").cte("found", recursive=True)
    after = least.where(Account.region > found.c.region).correlate(found).scalar_subquery()
    found = found.union_all(select(after).where(found.c.region.is_not(None)))
    return select(found.c.region).where(found.c.region.is_not(None))


def owners(session: Session, seen: Seen) -> list[tuple[int, str]]:
    """Everyone who owns an account among those ``seen``, by name.

    Of a whole company it is kept for a minute: it stands above most lists.
    """

    def found() -> list[tuple[int, str]]:
        return [(row.id, row.name) for row in session.execute(_owners_query(seen))]

    is_wide = isinstance(seen, Sight) and seen.is_wide
    return kept_or_found(session, ("owners", seen), found, mark="") if is_wide else found()


@built_once
def _owners_query(seen: Seen) -> Select[int, str]:
    owning = select(Membership.user_id).where(Membership.level == Level.OWN)
    named = select(User.id, User.name).order_by(User.name, User.id)
    if isinstance(seen, Sight) and seen.is_wide:
        mine = owning.where(Membership.user_id == User.id, seen.of_seat(Membership.account_id))
        return named.where(mine.correlate(User).exists())
    return named.where(User.id.in_(owning.where(within(Membership.account_id, seen))))


def names_beginning(session: Session, seen: Seen, text: str, most: int = 20) -> list[str]:
    """Names of accounts ``seen`` that can be begun with ``text``."""
    found = select(Account.name).where(
        Account.archived_at.is_(None),
        within(Account.id, seen),
        Account.id.in_(ids_found("account", text)),
    )
    return list(session.scalars(found.order_by(Account.name).limit(most)))


def ids_named(session: Session, seen: Seen, name: str) -> list[int]:
    """The accounts ``seen`` of exactly this name, whatever its case; at most two."""
    same = (func.lower(Account.name) == name.lower()) | (Account.name == name)
    found = select(Account.id).where(same, Account.archived_at.is_(None), within(Account.id, seen))
    return list(session.scalars(found.limit(2)))


def account_figures(session: Session) -> list[dict[str, Any]]:
    """Every account with its parent and owner, for scripts."""
    parent = aliased(Account)
    rows = session.execute(
        select(
            Account.id,
            Account.external_id,
            Account.name,
            parent.name.label("parent"),
            owner_name().label("owner"),
        )
        .outerjoin(parent, parent.id == Account.parent_id)
        .where(Account.archived_at.is_(None))
        .order_by(Account.name, Account.id)
    )
    return [dict(row._mapping) for row in rows]
