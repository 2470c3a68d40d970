"""Rows poured straight into a table, past the statement compiler: as quickly as the driver goes.

SQLite takes tuples, PostgreSQL a COPY. Every column is given, since nothing fills in defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, func, select
from sqlalchemy.types import TypeEngine

Row = Mapping[str, Any]
AHEAD = 100
"""How many ids PostgreSQL's sequence gives at once; those not used leave a gap."""


def pour(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns, as many as they are."""
    names = tuple(rows[0])
    values = _as_kept(connection.dialect, table, names, rows)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(connection.dialect, table, names), list(values))
        return
    cursor = connection.connection.cursor()
    with cursor.copy(_copy(connection.dialect, table, names)) as copy:
        for row in values:
            copy.write_row(row)


def new_ids(connection: Connection, table: Table, wanted: int) -> list[int]:
    """Ids for rows about to be poured, in order.

    SQLite's writer is alone, so it counts on from the largest; PostgreSQL's sequence gives them.
    """
    if connection.dialect.name == "sqlite":
        start = (connection.scalar(select(func.max(table.c.id))) or 0) + 1
        return list(range(start, start + wanted))
    sequence = func.nextval(func.pg_get_serial_sequence(f'"{table.name}"', "id"))
    numbers = func.generate_series(1, wanted).table_valued("number")
    return sorted(connection.scalars(select(sequence).select_from(numbers)))


def ids_ahead(connection: Connection, table: Table) -> Iterator[int]:
    """Ids, one by one, for rows that are poured later; all of the table's then come from here."""
    if connection.dialect.name == "sqlite":
        yield from count(new_ids(connection, table, 1)[0])
    while True:
        yield from new_ids(connection, table, AHEAD)


def _as_kept(
    dialect: Dialect, table: Table, names: tuple[str, ...], rows: Sequence[Row]
) -> Iterator[tuple[Any, ...]]:
    """The rows' values as the driver wants them, column by column."""
    columns = (map(itemgetter(name), rows) for name in names)
    writers = [_writer(dialect, table.c[name].type) for name in names]
    kept = [
        column if write is None else map(write, column)
        for write, column in zip(writers, columns, strict=True)
    ]
    return zip(*kept, strict=True)


def _writer(dialect: Dialect, kind: TypeEngine[Any]) -> Any:
    return kind.dialect_impl(dialect).bind_processor(dialect)


@lru_cache
def _insert(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    places = ", ".join("?" * len(names))
    return f"INSERT INTO {_columns(dialect, table, names)} VALUES ({places})"  # noqa: S608  # nosec B608


@lru_cache
def _copy(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    return f"COPY {_columns(dialect, table, names)} FROM STDIN"


def _columns(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    quote = dialect.identifier_preparer.quote
    return f"{quote(table.name)} ({', '.join(map(quote, names))})"
