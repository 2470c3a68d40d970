"""Rows on their way into an empty database: numbered here, written in bulk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.search import entries
from app.tables import METADATA


@dataclass
class Rows:
    """What the demo is made of so far. ``on`` is today; chance comes from one seeded source."""

    on: date
    chance: random.Random
    by_table: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, model: Any, **values: Any) -> int:
        """Add a row with the model's own defaults, and give its id."""
        table: Table = model.__table__
        rows = self.by_table.setdefault(table.name, [])
        row = {column.name: _default(column) for column in table.columns}
        unknown = values.keys() - row.keys()
        if unknown:
            raise KeyError(f"{table.name} has no {sorted(unknown)}")
        row |= values
        if "id" in row:
            row["id"] = len(rows) + 1
        rows.append(row)
        return len(rows)

    def row(self, model: Any, row_id: int) -> dict[str, Any]:
        """A row added before."""
        return self.by_table[model.__tablename__][row_id - 1]

    def all(self, model: Any) -> list[dict[str, Any]]:
        """Every row of a table so far."""
        return self.by_table.get(model.__tablename__, [])

    def ago(self, days: float) -> date:
        """The day so many days before today."""
        return self.on - timedelta(days=round(days))

    def at(self, on: date, hour: int = 9) -> datetime:
        """A moment of a working day, in UTC."""
        return datetime.combine(on, time(hour % 24), UTC)

    def named(self, kind: str, model: Any, *columns: str) -> Iterator[dict[str, Any]]:
        """The search keys of a table's rows."""
        for row in self.all(model):
            account_id = row["id"] if kind == "account" else row["account_id"]
            names = [row[column] for column in columns if row[column]]
            yield from entries(kind, row["id"], account_id, *names)

    def write(self, session: Session) -> int:
        """Write everything, parents first; gives the number of rows."""
        count = 0
        for table in METADATA.sorted_tables:
            rows = self.by_table.get(table.name, [])
            if rows:
                session.execute(insert(table), rows)
                count += len(rows)
        return count


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return [] if column.default.is_callable else column.default.arg
