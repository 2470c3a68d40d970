"""What a server does by itself: only when there is something to do, and never at nought seconds."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from sqlalchemy import select

from app import background
from app.stakeholders.kept_models import MapSummary


@pytest.fixture
def engine(app):
    return app.extensions["engine"]


def test_maps_that_are_due_are_looked_through(make, session, engine):
    account = make.account()

    background.look_through_maps(engine)

    assert session.scalars(select(MapSummary.account_id)).all() == [account.id]


def test_nothing_large_is_loaded_while_nothing_is_due(engine, monkeypatch):
    monkeypatch.delitem(sys.modules, "app.stakeholders.portfolio_jobs", raising=False)

    background.look_through_maps(engine)

    assert "app.stakeholders.portfolio_jobs" not in sys.modules


@pytest.mark.parametrize(("seconds", "threads"), [(0, 0), (60, 1)])
def test_a_server_keeps_up_unless_it_is_told_not_to(seconds, threads, app, monkeypatch):
    begun = []
    monkeypatch.setattr(background.threading, "Thread", lambda **given: Noted(begun, given))
    config = replace(app.config["BANYAN"], background_seconds=seconds)
    monkeypatch.setitem(app.config, "BANYAN", config)

    background.keep_up(app)

    assert len(begun) == threads


class Noted:
    """A thread that only notes that it was begun."""

    def __init__(self, begun, given):
        self.start = lambda: begun.append(given)


def test_work_that_breaks_is_told_and_the_rest_goes_on(engine, monkeypatch):
    done = []

    def breaks(_engine):
        raise ValueError("no luck")

    def stop(_seconds):
        if len(done) == 2:
            raise SystemExit

    monkeypatch.setattr(background, "WORKS", (breaks, done.append))
    monkeypatch.setattr(background.time, "sleep", stop)

    with pytest.raises(SystemExit):
        background._go_on(engine, 1)

    assert done == [engine, engine]


def test_what_first_views_of_pages_and_maps_need_is_loaded_before_anyone_asks(engine, monkeypatch):
    loaded, slept = [], []

    def stop(seconds):
        slept.append(seconds)
        if seconds == 60:
            raise SystemExit

    monkeypatch.setattr(background, "import_module", loaded.append)
    monkeypatch.setattr(background.time, "sleep", stop)

    with pytest.raises(SystemExit):
        background._go_on(engine, 60)

    assert (slept[0], slept[-1]) == (1, 60)
    assert {"app.overview.views", "app.pipeline.views.board", "numpy", "networkx"} <= {*loaded}
