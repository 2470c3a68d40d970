"""`banyan plan`: every judged letter and figure, as text and as JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from app.cli import main

START, END = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def banyan(app, database_url, monkeypatch, tmp_path):
    """The command on the test's database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])
    return lambda *words: CliRunner().invoke(main, ["plan", *words])


@pytest.fixture
def plan(make, ada):
    account = make.account("First Hospital", owner=ada, external_id="F-1")
    plan = make.plan(account, stance="hold")
    make.goal(
        plan,
        "Sell 40 monitors",
        metric="sales",
        baseline=Decimal(0),
        target=Decimal(1000),
        starts_on=START,
        due_on=END,
        owner_id=ada.id,
    )
    make.sale(account, "250", on=date(2026, 2, 1))
    make.action(plan, "Ward round", due_on=date(2026, 2, 1))
    make.watch(plan, "late")
    return plan


def test_the_plan_comes_with_every_letter_and_figure(plan, banyan):
    done = banyan("F-1", "--as-of", "2026-07-02", "--json")

    answer = json.loads(done.output)
    goal = answer["goals"][0]
    assert {one["letter"]: one["verdict"] for one in goal["letters"]} == {
        "S": "pass",
        "M": "pass",
        "A": "unknown",
        "R": "fail",
        "T": "stretch",
    }
    # 182 of 364 days have gone
    assert (goal["value"], goal["expected"], goal["standing"]) == (250, 500, "behind")
    assert answer["actions"][0]["state"] == "late"
    assert [one for one in answer["control"] if one["limit"] is not None] == [
        {"measure": "late", "value": 1, "limit": 0, "signal": "crossed"}
    ]
    assert answer["health"]["parts"]["results"]["value"] == 0.5
    assert answer["plan"]["next_review_on"] == "2026-04-01"


def test_the_text_names_the_goals_with_their_letters(plan, banyan):
    done = banyan("First Hospital", "--as-of", "2026-07-02")

    assert "Sell 40 monitors" in done.output
    assert "R:fail" in done.output


def test_an_account_without_a_plan_is_said(make, ada, banyan):
    make.account("Bare", owner=ada)

    done = banyan("Bare")

    assert done.exit_code == 1
    assert "Bare has no plan." in done.output
