"""Rows on their way into the database, in bulk, and how to take them out again.

A dry run gives out numbers below zero and writes nothing, so that it may read all it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from app.exchange.models import BatchItem
from app.search import SearchKey, entries

CHUNK = 1_000


class Writer:
    """Writes rows and notes each in the batch, so that the batch can be undone."""

    def __init__(self, session: Session, batch_id: int | None) -> None:
        self.session = session
        self.batch_id = batch_id
        self.fake = 0
        self.items: list[dict[str, Any]] = []
        self.keys: list[dict[str, Any]] = []

    @property
    def is_dry(self) -> bool:
        """Whether nothing is written."""
        return self.batch_id is None

    def add(self, model: Any, rows: list[dict[str, Any]], *, noted: bool = True) -> list[int]:
        """Insert rows and give their ids, in order; ``noted`` ones are undone one by one."""
        if not rows:
            return []
        if self.is_dry:
            self.fake -= len(rows)
            return list(range(self.fake, self.fake + len(rows)))
        full = [defaults(model) | row for row in rows]
        query = insert(model).returning(model.id, sort_by_parameter_order=True)
        ids = list(self.session.scalars(query, full))
        if noted:
            self._note(model, ids)
        return ids

    def change(
        self, model: Any, row_id: int, before: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        """Set columns of a row; ``before`` is what they held."""
        if self.is_dry:
            return
        values = dict(new)
        if hasattr(model, "version"):
            values["version"] = model.version + 1
        self.session.execute(update(model).where(model.id == row_id).values(values))
        kept = {name: plain(value) for name, value in before.items()}
        self._item(model, row_id, kept)

    def find_by(self, kind: str, row_id: int, account_id: int, *names: str) -> None:
        """Let the search box find a row by its names."""
        if not self.is_dry:
            self.keys += entries(kind, row_id, account_id, *(name for name in names if name))

    def forget(self, kind: str, row_ids: Iterable[int]) -> None:
        """Let the search box forget rows, whose names have changed."""
        ids = list(row_ids)
        if ids and not self.is_dry:
            self.session.execute(
                delete(SearchKey).where(SearchKey.kind == kind, SearchKey.entity_id.in_(ids))
            )

    def flush(self) -> None:
        """Write the batch's notes and the search keys gathered so far."""
        for model, rows in ((BatchItem, self.items), (SearchKey, self.keys)):
            for start in range(0, len(rows), 4 * CHUNK):
                self.session.execute(insert(model), rows[start : start + 4 * CHUNK])
        self.items, self.keys = [], []

    def _note(self, model: Any, ids: list[int]) -> None:
        for row_id in ids:
            self._item(model, row_id, None)

    def _item(self, model: Any, row_id: int, before: dict[str, Any] | None) -> None:
        self.items.append(
            {
                "batch_id": self.batch_id,
                "entity": model.__tablename__,
                "entity_id": row_id,
                "before": before,
            }
        )


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def defaults(model: Any) -> dict[str, Any]:
    """A row of a model with nothing said: every column but its id, at its default."""
    row: dict[str, Any] = {}
    for column in model.__table__.columns:
        if column.name != "id":
            default = column.default
            row[column.name] = (
                None if default is None else [] if default.is_callable else default.arg
            )
    return row


__all__ = ["CHUNK", "Writer", "bindparam", "defaults"]
