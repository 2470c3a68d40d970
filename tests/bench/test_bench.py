"""The benchmark runs: no time is asserted, only that everything is measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.config import read_config
from app.db import make_engine, now
from app.factory import create_app
from app.migrate import migrate
from app.users.models import User
from bench.client import Visitor
from bench.dataset.build import fill
from bench.measuring import Series, Slice
from bench.selects import weigh
from bench.subjects import Subject, subjects

ACCOUNTS = 45


def test_every_page_of_the_benchmark_answers_on_its_data_set(tmp_path: Path) -> None:
    app, tokens = workspace(tmp_path, now().date())
    reads = [subject for subject in subjects(app.extensions["engine"]) if not subject.writes]

    weights = {(one.name, one.who): weigh(app, cookie(app, one, tokens), one) for one in reads}

    assert {"account list", "board", "today"} <= {name for name, _who in weights}
    assert all(weight.selects > 0 for weight in weights.values())
    app.extensions["engine"].dispose()


def workspace(folder: Path, on: date) -> tuple[Flask, dict[int, str]]:
    """The app on a small data set, and everyone's token."""
    url = f"sqlite:///{folder / 'bench.db'}"
    engine = make_engine(url)
    migrate(engine)
    with engine.begin() as connection:
        fill(connection, accounts=ACCOUNTS, on=on)
        rows = connection.execute(select(User.id, User.session_token))
        tokens = {row.id: row.session_token for row in rows}
    engine.dispose()
    given = {"DATABASE_URL": url, "INSTANCE_PATH": str(folder), "LOG_LEVEL": "error"}
    return create_app(read_config(given)), tokens


def cookie(app: Flask, subject: Subject, tokens: dict[int, str]) -> Visitor:
    """The visitor whom a subject is measured as."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = f"{subject.user_id}.{tokens[subject.user_id]}"
    found = client.get_cookie("session")
    assert found is not None
    return Visitor(f"session={found.value}")


def test_the_ratio_is_the_middle_of_the_rounds() -> None:
    series = Series(
        [Slice([0.1], 1.0, 0.02), Slice([0.1, 0.1], 1.0, 0.02), Slice([0.1, 0.3], 1.0, 0.06)],
        [Slice([0.1], 1.0, 0.01)] * 3,
    )

    assert (series.ratio, series.cpu_ratio, series.percentile(95)) == (2.0, 0.5, 300.0)
