"""What was changed on an account, or in the company, newest first, with the names it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, false, or_, select
from sqlalchemy.orm import Session

from app.db import Base
from app.history import Change
from app.paging import Page, Place, page_of
from app.users.models import User

NAMES = ("name", "title", "statement")
Names = dict[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row's changes in one go; ``born`` is what it was made with, where that is known."""

    id: int
    at: datetime
    by: str
    entity: str
    entity_id: int
    act: str
    title: str
    columns: dict[str, list[Any]]
    born: dict[str, Any]


def change_rows(session: Session, account_id: int | None, place: Place) -> Page[ChangeRow]:
    """A page of an account's changes; of the company's own (None): people, products, settings."""
    query = (
        select(
            Change.id,
            Change.at,
            User.name.label("by"),
            Change.entity,
            Change.entity_id,
            Change.act,
            Change.title,
            Change.columns,
        )
        .outerjoin(User, User.id == Change.user_id)
        .where(Change.account_id == account_id)
    )
    page = page_of(session, query, Change.id, Change.id, place, descending=True)
    born = _births(session, {(row.entity, row.entity_id) for row in page.rows})
    rows = [_change_row(row, born.get((row.entity, row.entity_id), {})) for row in page.rows]
    return replace(page, rows=rows)


def _change_row(row: Any, born: dict[str, Any]) -> ChangeRow:
    return ChangeRow(
        row.id,
        row.at,
        row.by or "",
        row.entity,
        row.entity_id,
        row.act,
        row.title,
        row.columns,
        born,
    )


def _births(session: Session, ids: set[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
    """What each row was made with."""
    grouped: dict[str, list[int]] = {}
    for entity, entity_id in sorted(ids):
        grouped.setdefault(entity, []).append(entity_id)
    wanted = [
        (Change.entity == entity) & Change.entity_id.in_(several)
        for entity, several in grouped.items()
    ]
    found = session.execute(
        select(Change.entity, Change.entity_id, Change.columns).where(
            Change.act == "created", or_(false(), *wanted)
        )
    )
    return {
        (row.entity, row.entity_id): {name: pair[1] for name, pair in row.columns.items()}
        for row in found
    }


def target_of(entity: str, column: str) -> str | None:
    """The table that a column of an entity points to."""
    known = Base.metadata.tables.get(entity)
    if known is None or column not in known.c:
        return None
    return next((key.column.table.name for key in known.c[column].foreign_keys), None)


def names_in(session: Session, rows: Iterable[ChangeRow]) -> Names:
    """The names of all that the changes point to: one SELECT for each kind of thing."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        for column, value in _pointers(row):
            target = target_of(row.entity, column)
            if target is not None and isinstance(value, int):
                wanted.setdefault(target, set()).add(value)
    names: Names = {}
    for target, ids in sorted(wanted.items()):
        names |= _names(session, target, ids)
    return names


def _pointers(row: ChangeRow) -> Iterable[tuple[str, Any]]:
    yield from row.born.items()
    for column, (old, new) in row.columns.items():
        yield column, old
        yield column, new


def _names(session: Session, target: str, ids: set[int]) -> Names:
    known = Base.metadata.tables[target]
    column = _name_column(known)
    if column is None:
        return {}
    rows = session.execute(select(known.c.id, column.label("name")).where(known.c.id.in_(ids)))
    return {(target, row.id): row.name for row in rows}


def _name_column(known: Table) -> Column[Any] | None:
    return next((known.c[name] for name in NAMES if name in known.c), None)


def find_change(session: Session, account_id: int, change_id: int) -> Change | None:
    """One change of an account."""
    return session.scalar(
        select(Change).where(Change.id == change_id, Change.account_id == account_id)
    )
