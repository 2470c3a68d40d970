"""`banyan visits plan` and `banyan digest`, called as a terminal calls them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from app.cli import main
from app.visits.rules import monday_of

MONDAY = monday_of(datetime.now(UTC).date()) + timedelta(days=7)


@pytest.fixture
def banyan(app, database_url, monkeypatch, tmp_path):
    """Call a verb on the test's database; gives click's result."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    def call(*words: str):
        return CliRunner().invoke(main, list(words))

    return call


@pytest.fixture
def person(make, ada):
    account = make.account("First Hospital", owner=ada, city="Jiangzhou")
    return make.person(account, "Wang Fang", roles=["decider"])


def plan(banyan, *words: str):
    days = ("--days", "7", "--from", MONDAY.isoformat())
    return banyan("visits", "plan", "--person", "ada@example.com", *days, *words)


def test_the_plan_gives_each_priority_with_its_parts(person, banyan):
    answer = json.loads(plan(banyan, "--json").output)

    (visit,) = answer["visits"]
    (seen,) = visit["people"]
    assert (visit["account"], visit["place"], seen["name"]) == (
        "First Hospital",
        "Jiangzhou",
        "Wang Fang",
    )
    product = seen["sway"] * seen["staleness"] * seen["gap_factor"]
    assert seen["priority"] == pytest.approx(product, abs=0.001)
    assert MONDAY.isoformat() <= visit["on"] < (MONDAY + timedelta(days=5)).isoformat()


def test_unchanged_data_gives_the_same_plan(person, banyan):
    assert plan(banyan, "--json").output == plan(banyan, "--json").output


def test_the_text_names_whom_to_see(person, banyan):
    assert "Wang Fang" in plan(banyan).output


def test_a_person_we_do_not_have_is_said_in_a_line(person, banyan):
    result = banyan("visits", "plan", "--person", "nobody@example.com")

    assert result.exit_code == 1
    assert "Nobody of ours is 'nobody@example.com'." in result.output


def test_a_letter_without_a_mail_server_is_said_in_a_line(person, banyan, monkeypatch):
    monkeypatch.delenv("SMTP_HOST", raising=False)

    result = banyan("digest")

    assert result.exit_code == 1
    assert "give SMTP_HOST" in result.output
