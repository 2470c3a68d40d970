"""Who changed what, when: one flush listener over every tracked model.

A model is tracked by naming itself ``class X(Tracked, ...)``. The change keeps the
columns that differ, old and new, as text; it is shown to those who may see the
account, and goes when the person it is about is erased. Nothing here reaches a log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from app.db import Base, now

SKIPPED = {"id", "version", "password_hash", "session_token", "totp_secret", "content"}


class Tracked:
    """A model whose changes are kept. ``history_account`` names the column of its account."""

    history_account: ClassVar[str | None] = "account_id"


class Change(Base):
    """One flush's changes to one row: ``columns`` maps a name to ``[old, new]``."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_entity_entity_id_id", "entity", "entity_id", "id"),
        Index("ix_change_account_id_id", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    account_id: Mapped[int | None]
    entity: Mapped[str]
    entity_id: Mapped[int]
    act: Mapped[str]
    title: Mapped[str]
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)


def as_text(value: Any) -> Any:
    """A value as the history keeps it: plain ones as they are, the rest as text."""
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _differences(row: Any, *, created: bool) -> dict[str, list[Any]]:
    """The columns that this flush changed, each as ``[old, new]``."""
    state = inspect(row)
    found: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key in SKIPPED:
            continue
        change = state.attrs[attribute.key].history
        if not change.has_changes():
            continue
        old = None if created or not change.deleted else change.deleted[0]
        new = change.added[0] if change.added else None
        if as_text(old) != as_text(new):
            found[attribute.key] = [as_text(old), as_text(new)]
    return found


def _act(created: bool, columns: dict[str, list[Any]]) -> str:
    if created:
        return "created"
    if "archived_at" in columns:
        return "archived" if columns["archived_at"][1] else "restored"
    return "changed"


def _entry(session: Session, row: Any, act: str, columns: dict[str, list[Any]]) -> dict[str, Any]:
    account = type(row).history_account
    return {
        "at": now(),
        "user_id": session.info.get("user_id"),
        "account_id": getattr(row, account) if account else None,
        "entity": row.__tablename__,
        "entity_id": row.id,
        "act": act,
        "title": str(row)[:255],
        "columns": columns,
    }


def _record(session: Session, _context: UOWTransaction) -> None:
    entries = []
    for rows, created in ((session.new, True), (session.dirty, False)):
        entries += [
            _entry(session, row, _act(created, columns), columns)
            for row in rows
            if isinstance(row, Tracked) and (columns := _differences(row, created=created))
        ]
    entries += [
        _entry(session, row, "deleted", {}) for row in session.deleted if isinstance(row, Tracked)
    ]
    if entries:
        session.connection().execute(insert(Change), entries)


def note(session: Session, *, entity: str, title: str, columns: dict[str, list[Any]]) -> None:
    """Keep a change to something that is no row of its own, such as a company setting."""
    entry = {"at": now(), "user_id": session.info.get("user_id"), "account_id": None}
    entry |= {"entity": entity, "entity_id": 0, "act": "changed", "title": title}
    session.execute(insert(Change), [{**entry, "columns": columns}])


def changed_since(session: Session, row: Any, version: int) -> dict[str, Any]:
    """The columns that changed since a row had that version, as they were then."""
    query = (
        select(Change.columns)
        .where(Change.entity == row.__tablename__, Change.entity_id == row.id)
        .order_by(Change.id.desc())
        .limit(max(row.version - version, 0))
    )
    before: dict[str, Any] = {}
    for columns in session.scalars(query):
        before |= {name: pair[0] for name, pair in columns.items()}
    return before


event.listen(Session, "after_flush", _record)
