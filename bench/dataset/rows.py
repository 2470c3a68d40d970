"""Rows on their way into a database, numbered here and written in bulk."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Table, insert

from app.search import entries
from app.tables import METADATA

AT_ONCE = 20_000


class Rows:
    """Gathers rows by table and writes them, parents first, when there are many."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.counts: dict[str, int] = defaultdict(int)
        self._waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._defaults = {table.name: _defaults(table) for table in METADATA.sorted_tables}

    def add(self, model: Any, **values: Any) -> int:
        """Take a row with the model's own defaults; gives its id."""
        name = model.__tablename__
        self.counts[name] += 1
        row = {**self._defaults[name], "id": self.counts[name], **values}
        self._waiting[name].append(row)
        return self.counts[name]

    def name(self, kind: str, row_id: int, account_id: int, *names: str) -> None:
        """Let the search box find a row."""
        for entry in entries(kind, row_id, account_id, *names):
            self.counts["search_key"] += 1
            self._waiting["search_key"].append({"id": self.counts["search_key"], **entry})

    def write(self, at_least: int = 0) -> None:
        """Write what waits, if it is enough to be worth it."""
        if sum(map(len, self._waiting.values())) <= at_least:
            return
        for table in METADATA.sorted_tables:
            rows = self._waiting.pop(table.name, None)
            if rows:
                self.connection.execute(insert(table), rows)


def _defaults(table: Table) -> dict[str, Any]:
    return {column.name: _default(column) for column in table.columns}


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return [] if column.default.is_callable else column.default.arg
