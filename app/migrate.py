"""The database brought to the newest shape, or to any other."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from app.config import ROOT, Config
from app.db import make_engine


def alembic_config() -> AlembicConfig:
    """Alembic's settings, without a file of its own."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    return settings


def newest() -> str | None:
    """The revision that the code expects."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def current(engine: Engine) -> str | None:
    """The revision that a database has; None when it has none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database to a revision, in one transaction."""
    settings = alembic_config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        go = command.downgrade if to == "base" or to.startswith("-") else command.upgrade
        go(settings, to)


def prepare(config: Config) -> Engine:
    """An engine whose folder exists and whose database has the newest shape."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        config.instance.mkdir(parents=True, exist_ok=True)
    engine = make_engine(config.database_url)
    if current(engine) != newest():
        migrate(engine)
    return engine
