"""The rules of the house, as tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
LAYERS = (
    "users",
    "accounts",
    "stakeholders",
    "records",
    "pipeline",
    "visits",
    "plans",
    "lessons",
    "retrospectives",
    "alerts",
    "overview",
    "exchange",
    "demo",
    "commands",
)
MODULES = sorted(path for path in APP.rglob("*.py"))
WEB = {"flask", "flask_login", "flask_wtf", "flask_babel", "wtforms", "werkzeug", "jinja2"}
PURE_FORBIDS = WEB | {"sqlalchemy", "matplotlib", "alembic"}
NOT_PURE = {"models", "queries", "changes", "forms", "views", "charts", "__init__", "cli"}


def imports_of(path: Path) -> set[str]:
    """Every module a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_features_import_only_those_below(path: Path):
    parts = path.relative_to(APP).parts
    if parts[0] not in LAYERS:
        pytest.skip("not a feature")
    above = LAYERS[LAYERS.index(parts[0]) + 1 :]

    wrong = {
        name for name in imports_of(path) for layer in above if name.startswith(f"app.{layer}")
    }

    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_kind_of_file_keeps_to_its_walls(path: Path):
    tops = {name.partition(".")[0] for name in imports_of(path)}
    stem = path.stem if path.parent.name != "views" else "views"
    forbidden: set[str] = set()
    if stem.endswith(("models", "queries", "changes")):
        forbidden = WEB
    elif stem in {"forms", "views"}:
        forbidden = {"sqlalchemy"}
    elif stem == "rules":
        forbidden = PURE_FORBIDS | {"networkx", "numpy"}

    assert not tops & forbidden


def test_views_import_no_other_features_views():
    for path in MODULES:
        feature = path.relative_to(APP).parts[0]
        wrong = {
            name
            for name in imports_of(path)
            if ".views" in name
            and not name.startswith(f"app.{feature}.")
            and feature != "factory.py"
        }
        assert not wrong, path


def test_importing_a_rule_loads_neither_flask_nor_sqlalchemy():
    code = (
        "import sys, app.stakeholders.rules, app.pipeline.rules, app.plans.rules;"
        "import app.accounts.rules, app.visits.rules, app.users.rules;"
        "print([name for name in ('flask', 'sqlalchemy', 'networkx') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)

    assert done.stdout.strip() == "[]", done.stderr


def test_nobody_commits_in_a_query_or_a_change():
    for path in MODULES:
        if path.stem in {"queries", "changes"}:
            assert ".commit(" not in path.read_text("utf-8"), path


def test_the_clock_is_read_in_one_place():
    for path in MODULES:
        if path.name != "db.py":
            source = path.read_text("utf-8")
            assert "datetime.now(" not in source and "date.today(" not in source, path


def test_no_template_has_inline_style_or_script():
    for path in (ROOT / "templates").rglob("*.html"):
        source = path.read_text("utf-8")
        assert " style=" not in source and "<style" not in source, path
        assert "<script>" not in source and "onclick=" not in source and "|safe" not in source, path


def test_no_third_party_file_is_kept():
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT).stdout
    vendored = [
        name
        for name in listed.splitlines()
        if name.endswith((".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".mo"))
        or "node_modules/" in name
    ]
    assert not vendored
