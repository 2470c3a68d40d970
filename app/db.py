"""The database: one engine, one session a request, and the types every table shares.

SQLite's drivers begin a transaction late and lock later still, which loses writes
in silence; so a writing session begins IMMEDIATE here, and a reading one does not
wait for it (write-ahead log). PostgreSQL needs neither.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import DateTime, Engine, MetaData, String, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Moments are datetimes, to whoever asks a column."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, str: String(255)}


class Versioned:
    """A row that people edit: a stale form is noticed, and deleting only hides it first."""

    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def now() -> datetime:
    """This moment in UTC; the one place where the clock is read."""
    return datetime.now(UTC)


def make_engine(url: str) -> Engine:
    """An engine with our habits: pooled, checked before use, SQLite made safe for threads."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8)
    engine = create_engine(url, connect_args={"timeout": 15, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "synchronous=NORMAL",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def init_app(app: Flask, url: str) -> None:
    """Give the app its engine, and close each request's session with the request."""
    engine = make_engine(url)
    app.extensions["engine"] = engine
    app.extensions["write"] = sessionmaker(engine, expire_on_commit=False)
    app.extensions["read"] = sessionmaker(
        engine.execution_options(writes=False), expire_on_commit=False
    )
    app.teardown_appcontext(_close)


def session() -> Session:
    """This request's session: a reading one for GET and HEAD, a writing one otherwise."""
    if "session" not in g:
        reads = has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}
        g.session = current_app.extensions["read" if reads else "write"]()
    kept: Session = g.session
    return kept


def _close(_error: BaseException | None) -> None:
    kept = g.pop("session", None)
    if kept is not None:
        kept.close()
