"""The database brought to the newest shape, or to any other.

Every start asks whether there is something to do; Alembic is loaded when there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

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
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database to a revision, in one transaction."""
    from alembic import command

    settings = alembic_config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        go = command.downgrade if to == "base" or to.startswith("-") else command.upgrade
        go(settings, to)


def prepare(config: Config) -> Engine:
    """An engine whose folder exists and whose database has the newest shape."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        make_instance(config)
    engine = make_engine(config.database_url)
    if _reached(engine) != newest():
        migrate(engine)
    return engine


def _reached(engine: Engine) -> str | None:
    """A database's revision; raises ConfigError when there is no way to the database."""
    try:
        return current(engine)
    except OperationalError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise ConfigError(f"DATABASE_URL: the database cannot be opened: {reason}") from error
