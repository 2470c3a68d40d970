"""SQLite's planner goes by counted tables, as PostgreSQL's does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.db import make_engine
from app.statistics import Statistics


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path / 'tables.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE deal (id INTEGER PRIMARY KEY, account_id INTEGER)"))
        connection.execute(text("CREATE INDEX by_account ON deal (account_id)"))
    return engine


def add(engine: Engine, deals: int) -> None:
    with engine.begin() as connection:
        rows = [{"account_id": number % 50} for number in range(deals)]
        connection.execute(text("INSERT INTO deal (account_id) VALUES (:account_id)"), rows)


def counted(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")):
            return None
        return connection.scalar(text("SELECT stat FROM sqlite_stat1 WHERE idx = 'by_account'"))


def test_tables_are_counted_at_the_start_and_when_the_file_has_grown(engine: Engine):
    keep = Statistics()
    add(engine, 500)
    assert counted(engine) is None

    keep(engine)
    first = counted(engine)
    add(engine, 1)
    keep(engine)
    same = counted(engine)
    add(engine, 5000)
    keep(engine)

    assert first is not None
    assert first.startswith("500 ")
    assert same == first
    assert counted(engine) != first
