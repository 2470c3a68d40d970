"""The ground every test stands on: a database, an app, a cast of three.

Ada owns the account, Ben may read it, Cleo belongs elsewhere. Nobody's password is hashed
unless a test is about signing in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app, g
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app import tables
from app.config import Config, read_config
from app.db import make_engine
from app.factory import create_app
from app.migrate import newest
from app.remembered import ANSWERS
from app.users.models import User
from tests.access_table import World, prepare
from tests.factories import Factory
from tests.pages import Browser
from tests.postgres import ON_POSTGRESQL, RENUMBER, running_server
from tests.standing import Standing

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
TEMPLATES = "BANYAN_TEST_TEMPLATES"  # where the processes of the tests share what they compiled

Prepare = Callable[[Factory], Any]

# The same examples every time, however busy the machine is.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the database is run on PostgreSQL too."""
    for item in items:
        if {"app", "world"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database with every table."""
    if not ON_POSTGRESQL:
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'banyan.db'}"
        _create(url)
        yield url
        return
    with running_server() as server:
        name = f"banyan_{WORKER}"
        server.drop(name)
        url = server.create(name)
        _create(url)
        yield url
        server.drop(name)


def _create(url: str) -> None:
    engine = make_engine(url)
    tables.METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text(f"INSERT INTO alembic_version VALUES ('{newest()}')"))
    engine.dispose()
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        shutil.copy(path, path.with_suffix(".clean"))


@pytest.fixture(scope="session")
def config(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings for a test: nothing from the machine it runs on."""
    environ = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a key that is only for the tests",
        "INSTANCE_PATH": str(tmp_path_factory.mktemp("instance")),
        "DEFAULT_TIMEZONE": "UTC",
        "LOG_LEVEL": "error",
    }
    return read_config(environ, testing=True)


@pytest.fixture(scope="session")
def one_app(config: Config) -> Iterator[Flask]:
    """The app, once for all tests. Forms carry their tokens, but only tests/test_guard.py
    checks them: everyone else's posts are taken as coming from our own pages."""
    app = create_app(config)
    if folder := os.environ.get(TEMPLATES):
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(folder)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.before_request(_trust_forms)
    yield app
    app.extensions["engine"].dispose()


def _trust_forms() -> None:
    g.csrf_valid = not current_app.config["WTF_CSRF_CHECK_DEFAULT"]


@pytest.fixture
def app(one_app: Flask, database_url: str) -> Iterator[Flask]:
    """The app over a database that has every table and no rows."""
    yield one_app
    _clear(one_app, database_url)


@pytest.fixture(scope="module")
def stand(one_app: Flask, database_url: str) -> Iterator[Callable[[Prepare], Standing[Any]]]:
    """Lets the tests of a module share what they prepare, as long as they only look."""
    ends: list[Callable[[], None]] = []

    def begin(prepare: Prepare) -> Standing[Any]:
        one = Standing(one_app, lambda: _clear(one_app, database_url), prepare)
        ends.append(one.end)
        return one

    yield begin
    for end in ends:
        end()


@pytest.fixture(scope="module")
def standing_world(stand: Callable[[Prepare], Standing[World]]) -> Standing[World]:
    """The world of the access table."""
    return stand(prepare)


@pytest.fixture
def world(standing_world: Standing[World]) -> World:
    """An account with one of everything, and the cast."""
    return standing_world.fresh()


def _clear(app: Flask, database_url: str) -> None:
    if ON_POSTGRESQL:
        ANSWERS.clear()
        with app.extensions["engine"].begin() as connection:
            _empty(connection)
        return
    app.extensions["engine"].dispose()
    path = Path(database_url.removeprefix("sqlite:///"))
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    shutil.copy(path.with_suffix(".clean"), path)


def _empty(connection: Connection) -> None:
    """Take the rows out of the few tables that have some, and let their numbers begin again:
    TRUNCATE of all of them takes longer than most tests."""
    connection.execute(text("SET LOCAL lock_timeout = '10s'"))
    some = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")"
        for name in tables.METADATA.tables
    )
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for name in connection.scalars(text(some)).all():
        connection.execute(text(f'DELETE FROM "{name}"'))
    connection.execute(text(RENUMBER))


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own; commit before asking for a page."""
    with app.extensions["write"]() as kept:
        yield kept


@pytest.fixture
def make(session: Session) -> Factory:
    """Makes rows with sensible values; each call commits."""
    return Factory(session)


@pytest.fixture
def ada(make: Factory) -> User:
    """She owns the account."""
    return make.user("Ada Zhang", "ada@example.com")


@pytest.fixture
def ben(make: Factory) -> User:
    """He may read the account."""
    return make.user("Ben Li", "ben@example.com")


@pytest.fixture
def cleo(make: Factory) -> User:
    """She belongs elsewhere."""
    return make.user("Cleo Wu", "cleo@example.com")


@pytest.fixture
def boss(make: Factory) -> User:
    """An administrator, on no account's team."""
    return make.user("Bao Chen", "boss@example.com", role="administrator")


@pytest.fixture
def browser_for(app: Flask):
    """A test client signed in as somebody, inspecting every page it gets."""

    def sign_in(user: User | None) -> Browser:
        return Browser(app, user)

    return sign_in
