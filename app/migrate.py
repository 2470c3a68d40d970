"""The database brought to the newest shape, or to any other.

Every start asks whether there is something to do; Alembic is loaded when there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from app.config import ROOT, Config, ConfigError, make_instance
from app.db import make_engine

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

MIGRATIONS = ROOT / "migrations"


def alembic_config() -> AlembicConfig:
    """Alembic's settings, without a file of its own."""
    from alembic.config import Config as AlembicConfig

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings


def newest() -> str | None:
    """The revision that the code expects: the number of the last migration."""
    numbers = (file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/*_*.py"))
    return max(numbers, default=None)


def current(engine: Engine) -> str | None:
    """The revision that a database has; None when it has none."""
    with engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The same over a connection."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database to a revision, in one transaction."""
    with engine.begin() as connection:
        bring(connection, to)


def bring(connection: Connection, to: str) -> None:
    """Bring a database to a revision, forwards or back, within a transaction.

    Raises:
        alembic.util.CommandError: no migration leads there.
    """
    from alembic import command

    settings = alembic_config()
    settings.attributes["connection"] = connection
    is_older = to.isdigit() and to < (revision_of(connection) or "")
    goes_back = to == "base" or to.startswith("-") or is_older
    (command.downgrade if goes_back else command.upgrade)(settings, to)


def prepare(config: Config) -> Engine:
    """An engine whose folder exists and whose database has the newest shape."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite":
        make_instance(config)
    engine = make_engine(config.database_url)
    reached = _reached(engine)
    if (reached or "") > (newest() or ""):
        raise ConfigError(
            f"DATABASE_URL: the database is at revision {reached}, which a newer Banyan made: "
            "bring the newer version, or restore a backup into an empty database"
        )
    if reached != newest():
        migrate(engine)
    return engine


def _reached(engine: Engine) -> str | None:
    """A database's revision; raises ConfigError when there is no way to the database."""
    try:
        return current(engine)
    except DatabaseError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise ConfigError(f"DATABASE_URL: the database cannot be opened: {reason}") from error
