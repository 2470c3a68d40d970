"""Alembic's way in: the app's metadata, the app's engine."""

from __future__ import annotations

from alembic import context

from app import tables
from app.config import read_config
from app.db import Moment, make_engine

METADATA = tables.METADATA


def render_item(kind, item, _context):
    """Moments are plain UTC date-times to the database."""
    return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else False


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    context.configure(url=read_config().database_url, target_metadata=METADATA, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
elif (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    engine = make_engine(read_config().database_url)
    with engine.begin() as connection:
        run(connection)
