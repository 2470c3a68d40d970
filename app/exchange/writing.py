"""Rows on their way into the database, in bulk, each noted so that it can be taken out again.

A dry run gives out numbers below zero and writes nothing, so that it may read all it likes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, update
from sqlalchemy.orm import Session

from app.exchange.models import BatchItem
from app.exchange.pouring import ids_ahead, new_ids, pour
from app.exchange.report import plain
from app.history import Change, Tracked
from app.search import SearchKey, entries

CHUNK = 1_000
Row = dict[str, Any]


class Writer:
    """Writes rows for one batch (None: a dry run)."""

    def __init__(
        self, session: Session, batch_id: int | None, at: datetime, user_id: int | None
    ) -> None:
        self.session = session
        self.batch_id = batch_id
        self.by = {"at": at, "user_id": user_id}
        self.fake = 0
        self.ahead: dict[Table, Iterator[int]] = {}
        self.items: list[Row] = []
        self.keys: list[Row] = []
        self.changes: list[Row] = []
        self.updates: dict[tuple[Table, tuple[str, ...]], list[Row]] = defaultdict(list)
        self.latest: dict[str, list[Any]] = {}

    @property
    def is_dry(self) -> bool:
        """Whether nothing is written."""
        return self.batch_id is None

    def add(self, model: Any, rows: Sequence[Row]) -> list[int]:
        """Insert rows and give their ids, in order."""
        if not rows:
            return []
        if self.is_dry and "id" in rows[0]:
            return [row["id"] for row in rows]
        if self.is_dry:
            self.fake -= len(rows)
            return list(range(self.fake, self.fake + len(rows)))
        blank = blank_row(model)
        ids = insert_rows(self.session, model.__table__, [blank | row for row in rows])
        self.items += [self._item(model, first, last, None) for first, last in runs(sorted(ids))]
        return ids

    def next_id(self, model: Any) -> int:
        """An id for a row that is added later, given with it as its ``id``."""
        if self.is_dry:
            self.fake -= 1
            return self.fake
        table = model.__table__
        if table not in self.ahead:
            self.ahead[table] = ids_ahead(self.session.connection(), table)
        return next(self.ahead[table])

    def change(self, model: Any, row_id: int, kept: Mapping[str, Any], new: Row) -> None:
        """Set columns of a row, which holds ``kept``; history and the batch keep both."""
        before = {name: plain(kept.get(name)) for name in new}
        self.latest = {name: [before[name], plain(value)] for name, value in new.items()}
        if self.is_dry:
            return
        columns = tuple(sorted(new))
        values = {f"new_{name}": new[name] for name in columns}
        self.updates[model.__table__, columns].append({"row_id": row_id, **values})
        self.items.append(self._item(model, row_id, row_id, before))
        if issubclass(model, Tracked):
            self.changes.append(self._change(model, row_id, kept))

    def _change(self, model: Any, row_id: int, kept: Mapping[str, Any]) -> Row:
        column = model.history_account
        account_id = row_id if column == "id" else kept.get(column) if column else None
        return {
            **self.by, "account_id": account_id, "entity": model.__tablename__,
            "entity_id": row_id, "act": "changed", "title": str(kept.get("name") or "")[:255],
            "columns": self.latest,
        }  # fmt: skip

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
        """Write the changes, the batch's notes and the search keys gathered so far."""
        for (table, columns), rows in self.updates.items():
            self.session.connection().execute(_update(table, columns), rows)
        self.updates.clear()
        waiting: tuple[tuple[Any, list[Row]], ...] = (
            (BatchItem, self.items),
            (Change, self.changes),
            (SearchKey, self.keys),
        )
        for model, rows in waiting:
            if rows:
                pour(self.session.connection(), model.__table__, rows)
        self.items, self.changes, self.keys = [], [], []

    def _item(self, model: Any, first: int, last: int, before: Row | None) -> Row:
        return {"batch_id": self.batch_id, "entity": model.__tablename__, "first_id": first,
                "last_id": last, "before": before}  # fmt: skip


def insert_rows(session: Session, table: Table, rows: list[Row]) -> list[int]:
    """Insert rows of equal columns and give their ids, in order; those that have one keep it."""
    connection = session.connection()
    if "id" not in rows[0]:
        for row_id, row in zip(new_ids(connection, table, len(rows)), rows, strict=True):
            row["id"] = row_id
    pour(connection, table, rows)
    return [row["id"] for row in rows]


@cache
def _update(table: Table, columns: tuple[str, ...]) -> Any:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    return update(table).where(table.c.id == bindparam("row_id")).values(values)


def runs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as runs without gaps.

    >>> list(runs([3, 4, 5, 9]))
    [(3, 5), (9, 9)]
    """
    first = last = ids[0]
    for number in ids[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


@cache
def blank_row(model: Any) -> Row:
    """A row of a model with nothing said: every column but its id, at its default."""
    row: Row = {}
    for column in model.__table__.columns:
        default = column.default
        if column.name != "id":
            row[column.name] = (
                None if default is None else [] if default.is_callable else default.arg
            )
    return row
