"""What a server does by itself beside answering pages: every worker looks, one of them does it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from structlog import get_logger

from app.config import read_config
from app.db import now
from app.factory import PAGES
from app.late_views import modules_of
from app.later import LateCall, Later
from app.loading import undisturbed
from app.statistics import Statistics

if TYPE_CHECKING:
    from app.alerts import watch_jobs
    from app.pipeline import forecast_jobs
    from app.stakeholders import portfolio_jobs, portfolio_queries
else:
    watch_jobs = Later("app.alerts.watch_jobs")
    forecast_jobs = Later("app.pipeline.forecast_jobs")
    portfolio_jobs = Later("app.stakeholders.portfolio_jobs")
    portfolio_queries = Later("app.stakeholders.portfolio_queries")

Work = Callable[[Engine], None]
RESTS = 0.02
"""Seconds between two maps or modules, in which those who wait for a page come first."""

AT_EASE = 1
"""Seconds after which the first page has been answered."""


def look_through_maps(engine: Engine) -> None:
    """Maps whose facts have changed, or that were last looked at on an earlier day."""
    with Session(engine.execution_options(writes=False)) as session:
        if not portfolio_queries.accounts_due(session, now().date()):
            return
    portfolio_jobs.refresh(engine, RESTS)


def lock_forecasts(engine: Engine) -> None:
    """Forecasts that should stand as of a day that has passed."""
    at = now()
    forecast_jobs.lock_due(engine, at.date(), at)


def watch_accounts(engine: Engine) -> None:
    """Accounts whose records have changed, or that were last looked at on an earlier day."""
    watch_jobs.keep_watch(engine, read_config().timezone)


WORKS: tuple[Work, ...] = (
    Statistics(),
    look_through_maps,
    lock_forecasts,
    LateCall("app.lessons.jobs", "look_through_deals"),
    watch_accounts,
)


def load_ahead() -> None:
    """What the first views of pages and maps would each wait some tenths of a second for."""
    with undisturbed():
        for name in (*modules_of(PAGES), "numpy", "networkx"):
            import_module(name)
            time.sleep(RESTS)


def keep_up(app: Flask) -> None:
    """Do all of it every so many seconds, for as long as the server lives; never, at 0."""
    seconds: int = app.config["BANYAN"].background_seconds
    if seconds:
        engine: Engine = app.extensions["engine"]
        threading.Thread(target=_go_on, args=(engine, seconds), daemon=True).start()


def _go_on(engine: Engine, seconds: int) -> None:
    time.sleep(min(seconds, AT_EASE))
    load_ahead()
    while True:
        time.sleep(seconds)
        for work in WORKS:
            try:
                work(engine)
            except Exception as error:
                get_logger().exception("background", kind=type(error).__name__)
