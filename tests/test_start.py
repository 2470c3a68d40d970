"""Starting is quick: what is large and seldom needed is loaded by whoever needs it."""

from __future__ import annotations

import subprocess
import sys

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from app.migrate import alembic_config, current, newest

LARGE = {"alembic", "matplotlib", "networkx", "numpy", "openpyxl", "pptx", "pypinyin", "xlsxwriter"}
FIRST_PAGE = """
import sys
from app.config import read_config
from app.factory import create_app
from app.migrate import prepare

prepare(read_config()).dispose()
page = create_app().test_client().get("/first")
assert page.status_code == 200, page.status_code
print(*sorted({large!r} & set(sys.modules)))
"""


def loaded_by_first_page(folder) -> set[str]:
    """The large libraries that a start in a folder has loaded once it shows its first page."""
    settings = {"DATABASE_URL": f"sqlite:///{folder / 'start.db'}", "INSTANCE_PATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE.format(large=LARGE)],
        env={**settings, "LOG_LEVEL": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_no_large_library_is_loaded_by_the_time_of_the_first_page(tmp_path):
    at_first = loaded_by_first_page(tmp_path)

    afterwards = loaded_by_first_page(tmp_path)

    assert at_first <= {"alembic"}  # which makes the tables
    assert not afterwards


def test_the_newest_revision_is_the_one_alembic_knows():
    assert newest() == ScriptDirectory.from_config(alembic_config()).get_current_head()


def test_a_database_without_tables_has_no_revision():
    assert current(create_engine("sqlite://")) is None
