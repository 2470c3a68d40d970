"""Where the data set is kept while it is measured: a copy, in SQLite or in PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from app.db import make_engine
from app.exchange.archive import restart_numbers
from app.migrate import migrate
from app.statistics import look
from app.tables import METADATA

Place = Callable[[str, Path | None], str]
"""Gives the address of a new database of a name, with the rows of a SQLite file or empty."""

AT_ONCE = 5_000


def places(kind: str, folder: Path) -> AbstractContextManager[Place]:
    """Room for databases, as long as the block lasts."""
    return _postgresql() if kind == "postgresql" else _sqlite(folder)


@contextmanager
def _sqlite(folder: Path) -> Iterator[Place]:
    def make(name: str, source: Path | None) -> str:
        if source is not None:
            shutil.copy(source, folder / f"{name}.db")
            look(make_engine(f"sqlite:///{folder / f'{name}.db'}"))
        return f"sqlite:///{folder / f'{name}.db'}"

    yield make


@contextmanager
def _postgresql() -> Iterator[Place]:
    from tests.postgres import running_server

    with running_server() as server:

        def make(name: str, source: Path | None) -> str:
            url = server.create(name)
            if source is not None:
                _copy(source, url)
            return url

        yield make


def _copy(source: Path, url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    rows = sqlite3.connect(source)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            _copy_table(rows, connection, table.name, [column.name for column in table.columns])
        restart_numbers(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    rows.close()
    engine.dispose()


def _copy_table(
    rows: sqlite3.Connection, connection: Connection, name: str, columns: list[str]
) -> None:
    """SQLite's values as they are: PostgreSQL reads its texts as days, moments and JSON."""
    listed = ", ".join(f'"{column}"' for column in columns)
    found = rows.execute(f'SELECT {listed} FROM "{name}"')
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as copy:
        while some := found.fetchmany(AT_ONCE):
            for row in some:
                copy.write_row(row)
