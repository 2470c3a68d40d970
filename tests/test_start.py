"""Starting is quick: what is large and seldom needed is loaded by whoever needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine
from werkzeug.routing import Map

from app import compiled, late_views
from app.addresses import LateRule, RowId
from app.factory import PAGES
from app.late_views import KEPT, blueprints_of
from app.migrate import alembic_config, current, newest

LARGE = {"alembic", "matplotlib", "networkx", "numpy", "openpyxl", "pptx", "pypinyin", "xlsxwriter"}
VIEWS = {"app.accounts.views.lists", "app.overview.views", "app.pipeline.views.board"}
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
    """The large libraries, and the views, that a start has loaded once it shows its first page."""
    settings = {"DATABASE_URL": f"sqlite:///{folder / 'start.db'}", "INSTANCE_PATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE.format(large=LARGE | VIEWS)],
        env={**settings, "LOG_LEVEL": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_first_page_loads_no_large_library_and_no_other_page_once_all_is_kept(tmp_path):
    at_first, kept = loaded_by_first_page(tmp_path), templates_kept(tmp_path)

    afterwards = loaded_by_first_page(tmp_path)

    assert at_first <= {"alembic"} | VIEWS  # which make the tables, and are looked through
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


def late_app(folder) -> Flask:
    app = Flask("app", instance_path=str(folder), static_folder=None)
    late_views.init_app(app, PAGES)
    return app


def eager_app() -> Flask:
    app = Flask("app", static_folder=None)
    for blueprint in blueprints_of(PAGES):
        app.register_blueprint(blueprint)
    return app


def addresses_of(app: Flask) -> set[tuple[object, ...]]:
    """Everything that a rule of ours may say."""
    return {
        (rule.rule, rule.endpoint, *sorted(rule.methods), str(rule.defaults or {}))
        for rule in app.url_map.iter_rules()
    }


def named(call) -> object:
    return getattr(import_module(call.__module__), call.__name__)


def test_late_views_are_those_of_the_blueprints_found_and_kept(tmp_path):
    eager, found, kept = eager_app(), late_app(tmp_path), late_app(tmp_path)

    for late in (found, kept):
        assert addresses_of(late) == addresses_of(eager)
        for endpoint, view in eager.view_functions.items():
            assert named(late.view_functions[endpoint]) is view
            is_public = getattr(view, "is_public", False)
            assert late.view_functions[endpoint].is_public is is_public
        for kind in late_views.WORDS:
            given = getattr(eager.jinja_env, kind).items()
            ours = {word: call for word, call in given if call.__module__.startswith("app.")}
            assert ours
            assert ours == {word: named(getattr(late.jinja_env, kind)[word]) for word in ours}


def hooked(app: Flask, hooks: str) -> set[object]:
    """What is called, or by which errors, for any page or those of any blueprint."""
    return {one for scope in getattr(app, hooks).values() for one in scope}


def test_blueprints_ask_for_nothing_that_late_views_do_not_give():
    eager, plain = eager_app(), Flask("app", static_folder=None)

    for hooks in (
        "before_request_funcs",
        "after_request_funcs",
        "teardown_request_funcs",
        "template_context_processors",
        "url_value_preprocessors",
        "url_default_functions",
        "error_handler_spec",
    ):
        assert hooked(eager, hooks) == hooked(plain, hooks), hooks


@pytest.fixture
def searches(monkeypatch) -> list[object]:
    """How often the code was looked through for addresses; it has one here."""
    found: list[object] = []
    board = late_views.Address("/here", "here.board", ["GET"], {}, "app.here", "board", False)

    def find(pages) -> late_views.Found:
        found.append(pages)
        return late_views.Found([board], [])

    monkeypatch.setattr(late_views, "find", find)
    return found


def test_addresses_are_found_once_and_anew_when_the_code_has_changed(
    tmp_path, searches, monkeypatch
):
    for code in ("one", "one", "another", "another"):
        monkeypatch.setattr(late_views, "_fingerprint", lambda code=code: code)

        assert "here.board" in late_app(tmp_path).view_functions

    assert len(searches) == 2


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"code": "one", "addresses": [[1]], "words": []}'])
def test_addresses_that_cannot_be_read_are_found_anew(spoilt, tmp_path, searches, monkeypatch):
    monkeypatch.setattr(late_views, "_fingerprint", lambda: "one")
    (tmp_path / KEPT).write_text(spoilt)

    late_app(tmp_path)

    assert len(searches) == 1
    assert json.loads((tmp_path / KEPT).read_text())["code"] == "one"


def test_where_nobody_may_write_the_addresses_are_found_at_every_start(tmp_path, searches):
    (tmp_path / "file").touch()

    late_app(tmp_path / "file")
    late_app(tmp_path / "file")

    assert len(searches) == 2
