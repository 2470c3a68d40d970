"""`banyan map`, called as a terminal calls it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from app.cli import main
from tests.factories import DAY


@pytest.fixture
def banyan_map(app, database_url, monkeypatch, tmp_path):
    """Call the verb on the test's database; gives click's result."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    def call(*words: str):
        return CliRunner().invoke(main, ["map", *words], catch_exceptions=False)

    return call


@pytest.fixture
def account(make, ada):
    account = make.account("First Hospital", external_id="H-1", owner=ada)
    chief = make.person(account, "Wang Fang", roles=["decider"])
    guide = make.person(account, "Sun Li", known_on=DAY)
    make.tie("influences", guide, chief, 3)
    make.coverage(ada, guide, 3)
    return account


@pytest.mark.parametrize("words", ["First Hospital", "H-1", "1"])
def test_the_answers_and_measures_come_as_json(words, account, banyan_map):
    data = json.loads(banyan_map(words, "--json", "--layer", "influences").output)

    assert data["account"] == "First Hospital"
    assert data["answers"]["measures"]["is_directed"] is True
    assert [one["name"] for one in data["facts"]["people"]] == ["Wang Fang", "Sun Li"]


def test_the_text_is_what_the_map_says(account, banyan_map):
    output = banyan_map("First Hospital").output

    assert "2 people" in output
    assert "Every way to Wang Fang runs through Sun Li" in output


def test_a_past_day_and_an_opportunity_are_asked_for(make, account, banyan_map):
    deal = make.opportunity(account, "CT upgrade")
    before = str(DAY - timedelta(days=1))

    past = json.loads(banyan_map("H-1", "--json", "--as-of", before).output)
    own = json.loads(banyan_map("H-1", "--json", "--opportunity", str(deal.id)).output)

    assert [one["name"] for one in past["facts"]["people"]] == ["Wang Fang"]
    assert own["opportunity"] == "CT upgrade"


def test_a_layer_asked_for_is_measured_in_the_text_too(account, banyan_map):
    output = banyan_map("H-1", "--layer", "influences").output

    assert "influences: 1 ties, density 0.500" in output
    assert [line.split() for line in output.splitlines() if line.startswith("Sun Li")] == [
        ["Sun", "Li", "1", "0", "1", "0.000"]
    ]


def test_a_day_to_come_is_refused(account, banyan_map):
    result = banyan_map("H-1", "--as-of", "2999-01-01")

    assert result.exit_code == 1
    assert "still to come" in result.output


def test_what_is_not_there_is_said_in_a_line(make, account, ada, banyan_map):
    make.account("Twins", owner=ada)
    make.account("Twins", owner=ada)

    for words in (["Nowhere"], ["H-1", "--opportunity", "99"], ["Twins"]):
        result = banyan_map(*words)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
    assert banyan_map("H-1", "--layer", "gossip").exit_code == 2
