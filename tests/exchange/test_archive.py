"""Backups of other versions, and what is none: what may be restored, and what changes nothing."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest
from sqlalchemy import text

from app.db import make_engine
from app.exchange.archive import MANIFEST, ArchiveError, read_archive
from app.migrate import current, migrate, newest

OLD = "0009"


ANN = {"id": 7, "email": "ann@example.com", "name": "Ann", "role": "manager", "office": "",
       "theme": "auto", "session_token": "t", "version": 1}  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A database of today's shape without rows, made by the migrations."""
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    made = make_engine(f"sqlite:///{file}")
    migrate(made)
    made.dispose()
    return file


@pytest.fixture
def engine(empty, tmp_path):
    """A database of the test's own."""
    file = shutil.copy(empty, tmp_path / "kept.db")
    made = make_engine(f"sqlite:///{file}")
    yield made
    made.dispose()


def archive(path, revision, **tables):
    """A backup of a revision: the rows of each table, by column."""
    columns = {name: list(rows[0]) if rows else [] for name, rows in tables.items()}
    with zipfile.ZipFile(path, "w") as made:
        for name, rows in tables.items():
            made.writestr(f"{name}.jsonl", "\n".join(json.dumps([*row.values()]) for row in rows))
        counts = {name: len(rows) for name, rows in tables.items()}
        manifest = {"revision": revision, "counts": counts, "columns": columns}
        made.writestr(MANIFEST, json.dumps(manifest))
    return path


def steps(_table: str, _rows: int) -> None:
    """Nobody watches."""


def test_a_backup_of_an_older_version_is_restored_and_brought_to_the_newest(engine, tmp_path):
    counts = read_archive(engine, archive(tmp_path / "old.zip", OLD, user=[ANN]), steps)

    assert counts == {"user": 1}
    assert current(engine) == newest()
    with engine.connect() as connection:
        assert connection.execute(text('SELECT id, name FROM "user"')).all() == [(7, "Ann")]


@pytest.mark.parametrize(
    ("revision", "row", "said"),
    [
        ("9999", {"id": 1}, "by a newer Banyan than this"),
        ("head", {"id": 1}, "by a newer Banyan than this"),
        (OLD, {"id": 1}, "is damaged: nothing was changed"),
        (newest(), {"no such column": 1}, "is damaged: nothing was changed"),
    ],
)
def test_what_cannot_be_restored_changes_nothing(engine, tmp_path, revision, row, said):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (key, value) VALUES ('kept', '1')"))

    with pytest.raises(ArchiveError, match=said):
        read_archive(engine, archive(tmp_path / "odd.zip", revision, user=[row]), steps)

    assert current(engine) == newest()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT key FROM setting")) == "kept"


def test_a_database_goes_back_to_an_older_shape_and_forth_again(engine):
    migrate(engine, OLD)
    assert current(engine) == OLD

    migrate(engine)

    assert current(engine) == newest()
