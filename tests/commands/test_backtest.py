"""`banyan backtest`, called as a terminal calls it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner

from app.cli import main
from app.pipeline.changes import Act, close, open_opportunity
from app.pipeline.models import Opportunity
from app.pipeline.periods import quarters_between
from app.pipeline.rules import Outcome

AT = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def backtest(app, database_url, monkeypatch, tmp_path):
    """Call the verb on the test's database; gives click's result."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    def call(*words: str):
        return CliRunner().invoke(main, ["backtest", *words], catch_exceptions=False)

    return call


@pytest.fixture
def year(make, session):
    """Ten deals opened in January 2025: five won in February, five won in May."""
    account = make.account()
    for number in range(10):
        deal = Opportunity(
            account_id=account.id, name="Monitors", stage="bidding", amount=Decimal(100)
        )
        open_opportunity(session, deal, Act(date(2025, 1, 5), AT))
        month = 2 if number < 5 else 5
        close(session, deal, Outcome.WON, Act(date(2025, month, 1 + number), AT))
    session.commit()


def test_each_quarter_is_scored_by_what_came_of_its_eve(backtest, year):
    result = backtest("--from", "2025-01-01", "--to", "2025-12-31", "--json")

    answer = json.loads(result.stdout)
    assert [(one["from"], one["actual"], one["open"]) for one in answer["periods"]] == [
        ("2025-04-01", 500, 5)
    ]
    assert [one["opinion"] for one in answer["chances"]] == [
        "seller",
        "history",
        "pattern",
        "base_rate",
        "last_period",
    ]


def test_as_text_what_is_not_known_is_a_question_mark(backtest, year):
    result = backtest("--from", "2025-01-01", "--to", "2025-12-31")

    assert result.exit_code == 0
    assert "seller" in result.stdout
    assert "?" in result.stdout


def test_without_a_whole_quarter_there_is_nothing_to_test(backtest):
    result = backtest("--from", "2025-01-02", "--to", "2025-03-31")

    assert result.exit_code == 1
    assert "no whole quarter" in result.stderr


def test_by_default_the_last_four_quarters_are_tested(backtest):
    assert json.loads(backtest("--json").stdout)["periods"] == []


def test_whole_quarters_lie_within_the_days():
    found = quarters_between(date(2025, 1, 2), date(2025, 12, 30))

    assert [one.start for one in found] == [date(2025, 4, 1), date(2025, 7, 1)]
