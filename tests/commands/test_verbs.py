"""The verbs of the command line, called as a terminal calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from app.cli import VERBS, main
from app.commands.serving import lines_of, opening_of
from app.config import read_config
from app.users.models import User
from app.users.sign_in import password_fits


@pytest.fixture
def banyan(app, database_url, monkeypatch, tmp_path):
    """Call a verb on the test's database; gives click's result."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    def call(*words: str, text: str | None = None):
        return CliRunner().invoke(main, words, input=text, catch_exceptions=False)

    return call


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb):
    result = CliRunner().invoke(main, [verb, "--help"], catch_exceptions=False)

    assert result.exit_code == 0
    assert "Usage: main " + verb in result.output


def leaves(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    """Every verb that does something, by its words."""
    if not isinstance(command, click.Group):
        yield words
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, *words, name)


@pytest.mark.parametrize("words", list(leaves(main)), ids=" ".join)
def test_every_verb_answers_in_json_where_asked(words):
    result = CliRunner().invoke(main, [*words, "--help"], catch_exceptions=False)

    assert "--json" in result.output


def test_how_to_come_in_is_told_once_the_workspace_is_there(session):
    empty = opening_of(session, read_config({}, testing=True), is_told=True)

    assert empty.first_token
    assert lines_of(empty)[1].endswith("/first")
    assert lines_of(empty)[-1] == "Banyan serves on http://127.0.0.1:8000  (Ctrl+C ends it)"


def test_an_added_user_can_sign_in_with_the_password_shown_once(banyan, session):
    added = json.loads(banyan("user", "add", "Ada@Example.com", "--name", "Ada", "--json").output)

    user = session.query(User).one()
    assert user.email == "ada@example.com"
    assert password_fits(added["password"], user.password_hash)


def test_a_second_user_of_the_same_address_is_refused_in_a_line(banyan, ada):
    result = banyan("user", "add", "ada@example.com", "--name", "Another")

    assert result.exit_code == 1
    assert "is there already" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("user", "add", "ada.example.com", "--name", "Ada"), "is not an e-mail address"),
        (("migrate", "--to", "9999"), "cannot be brought to '9999'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(words, said, banyan):
    result = banyan(*words)

    assert result.exit_code == 1
    assert said in result.output


def test_a_reset_ends_every_session(banyan, session, ada):
    before = ada.session_token

    banyan("user", "reset", "ada@example.com", "--password", "four calm banyan trees")

    session.expire_all()
    assert session.get(User, ada.id).session_token != before


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "PORT='eighty': give a whole number from 1 to 65535"),
        ("SECRET_KEY", "hushhush", "SECRET_KEY: give at least 32 characters"),
        ("DATABASE_URL", "postgresql://a:hushhush@b:port/c", "DATABASE_URL: give sqlite:///FILE"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db", "the database cannot be opened"),
        ("DATABASE_URL", "postgresql://a:hushhush@127.0.0.1:1/c", "cannot be opened: connection"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL: give sqlite:///FILE"),
        ("DATABASE_URL", f"sqlite:///{__file__}", "cannot be opened: file is not a database"),
        ("INSTANCE_PATH", "/dev/null/banyan", "INSTANCE_PATH='/dev/null/banyan': no folder"),
    ],
)
def test_a_setting_that_cannot_be_used_is_exit_code_three(name, value, words, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, value)

    result = CliRunner().invoke(main, ["accounts"])

    assert result.exit_code == 3
    assert words in result.output
    assert "hushhush" not in result.output


def test_check_finds_an_account_that_nobody_owns(banyan, make, ada):
    make.account("Owned", owner=ada)
    sound = banyan("check")
    make.account("Nobody's")

    unsound = banyan("check", "--json")

    assert sound.exit_code == 0
    assert unsound.exit_code == 1
    found = {one["check"]: one["found"] for one in json.loads(unsound.output)["checks"]}
    assert found["every account has an owner"] == 1


def test_a_backup_restores_every_row_over_whatever_is_there(banyan, make, session, ada, tmp_path):
    parent = make.account("Parent", owner=ada)
    child = make.account("Child 子公司", owner=ada, parent_id=parent.id)
    person = make.person(child, "Li Wei", roles=("decider",))
    make.observation(person, support=1)
    make.opportunity(child)
    file = tmp_path / "kept.banyan"
    made = banyan("backup", str(file), "--json")
    rows = json.loads(made.output[made.output.index("{") :])["rows"]
    make.account("Later", owner=ada)

    asked = banyan("restore", str(file), text="n\n")
    done = banyan("restore", str(file), "--yes", "--json")

    assert asked.exit_code == 1
    assert json.loads(done.output[done.output.index("{") :])["rows"] == rows
    figures = json.loads(banyan("accounts", "--json").output)
    assert [(one["name"], one["parent"]) for one in figures] == [
        ("Child 子公司", "Parent"),
        ("Parent", None),
    ]
    assert make.account("New after restoring", owner=ada).id > child.id


@pytest.mark.parametrize("words", [("backup",), ("export", "people")])
def test_a_file_that_cannot_be_written_is_said_in_a_line(words, banyan, ada):
    result = banyan(*words, "/proc/kept.csv")

    assert result.exit_code == 1
    assert "Could not open file '/proc/kept.csv" in result.output


def test_a_file_that_is_no_backup_is_refused_and_nothing_is_lost(banyan, make, ada, tmp_path):
    make.account("Kept", owner=ada)
    file = tmp_path / "notes.txt"
    file.write_text("not a zip")

    result = banyan("restore", str(file), "--yes")

    assert result.exit_code == 1
    assert "is not a Banyan backup" in result.output
    assert "Kept" in banyan("accounts").output
