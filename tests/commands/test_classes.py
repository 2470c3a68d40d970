"""The size classes of past days from the command line, and their history filled."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.accounts.models import SizeClassReading
from app.commands.classes import classes_verb


@pytest.fixture
def classes(app, monkeypatch):
    """Call the verb on the test's database; gives its answer, or the failure's words."""
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    def call(*words):
        done = CliRunner().invoke(classes_verb, ["--as-of", "2025-04-09", *words, "--json"])
        return json.loads(done.output) if done.exit_code == 0 else (done.exit_code, done.output)

    return call


def test_the_classes_of_past_days_are_told_and_kept_where_none_were(classes, make, ada, session):
    hospital = make.account("First Hospital", owner=ada, segment="retail")
    clinic = make.account("Clinic", owner=ada, segment="retail", size_class="AA")
    make.account("No segment", owner=ada)
    for account, on, amount in (
        (hospital, date(2025, 1, 10), 360_000),
        (hospital, date(2025, 3, 10), 300_000),
        (clinic, date(2025, 2, 10), 15_000),
        (clinic, date(2025, 4, 2), 900_000),
    ):
        make.sale(account, amount, on=on)
    march = date(2025, 3, 1)
    make.keep(SizeClassReading(account_id=clinic.id, on=march, since=date(2024, 3, 1),
                               monthly_sales=10, size_class="AA"))  # fmt: skip

    told = classes("--months", "3", "--span", "3", "--account", "First Hospital")
    kept = classes("--months", "3", "--keep")

    # by hand, in 10,000 a month: told from three months 12 before February and March, 22 before
    # April; the clinic's 0.5 counts from March on, and what it bought in April not yet
    by_day = [(one["on"], {k: n for k, n in one["counts"].items() if n}) for one in told["days"]]
    assert by_day == [
        ("2025-02-01", {"AA": 1}),
        ("2025-03-01", {"AA": 1, "C": 1}),
        ("2025-04-01", {"AAA": 1, "C": 1}),
    ]
    assert [(one["amount"], one["monthly_wan"], one["class"]) for one in told["account"]] == [
        (360_000, 12, "AA"),
        (360_000, 12, "AA"),
        (660_000, 22, "AAA"),
    ]
    # told from twelve months: 3 is B+, 5.5 is A; the clinic's own reading of March stays alone
    query = select(SizeClassReading.on, SizeClassReading.size_class).order_by(SizeClassReading.id)
    assert kept["kept"] == 2
    assert session.execute(query.where(SizeClassReading.account_id == hospital.id)).all() == [
        (date(2025, 2, 1), "B+"),
        (date(2025, 4, 1), "A"),
    ]
    assert make.again(hospital).size_class == "A"
    assert make.again(clinic).size_class == "AA"
    assert classes("--months", "3", "--keep")["kept"] == 0


def test_what_cannot_be_told_is_said_in_a_line(classes):
    assert classes("--account", "Nobody")[0] == 1
    assert classes("--keep", "--span", "3")[0] == 2
