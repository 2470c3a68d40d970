"""Starting is quick: what is large and seldom needed is loaded by whoever needs it."""

from __future__ import annotations

import subprocess
import sys

from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine
from werkzeug.routing import Map

from app import compiled
from app.addresses import LateRule, RowId
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


def test_the_first_page_loads_no_large_library_and_compiles_its_templates_once(tmp_path):
    at_first, kept = loaded_by_first_page(tmp_path), templates_kept(tmp_path)

    afterwards = loaded_by_first_page(tmp_path)

    assert at_first <= {"alembic"}  # which makes the tables
    assert not afterwards
    assert kept
    assert templates_kept(tmp_path) == kept


def templates_kept(folder) -> dict[str, int]:
    """When each template that a start in a folder compiled was kept."""
    return {file.name: file.stat().st_mtime_ns for file in (folder / "templates").iterdir()}


def test_an_instance_folder_that_cannot_be_written_to_keeps_nothing(tmp_path):
    (tmp_path / "file").touch()
    app = Flask("app", instance_path=str(tmp_path / "file"))

    compiled.init_app(app)

    assert app.jinja_env.bytecode_cache is None


def test_the_newest_revision_is_the_one_alembic_knows():
    assert newest() == ScriptDirectory.from_config(alembic_config()).get_current_head()


def test_a_database_without_tables_has_no_revision():
    assert current(create_engine("sqlite://")) is None


def test_an_address_is_made_as_by_a_rule_that_was_compiled_at_once():
    rules = [LateRule("/rows/<int:rule>", endpoint="row"), LateRule("/", endpoint="day")]
    addresses = Map(rules, converters={"int": RowId}).bind("here")

    assert addresses.build("row", {"rule": 7, "sort": "a b"}) == "/rows/7?sort=a+b"
    assert addresses.build("row", {"rule": 7}, append_unknown=False) == "/rows/7"
    assert addresses.build("day", {}) == "/"
    assert addresses.match("/rows/7") == ("row", {"rule": 7})
