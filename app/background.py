"""What a server does by itself beside answering pages: every worker looks, one of them does it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from importlib import import_module

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from structlog import get_logger

from app.alerts.watch_jobs import keep_watch
from app.config import read_config
from app.db import now
from app.lessons.jobs import look_through_deals
from app.pipeline.forecast_jobs import lock_due
from app.stakeholders.portfolio_queries import accounts_due
from app.statistics import Statistics

Work = Callable[[Engine], None]
RESTS = 0.02
"""Seconds between two maps, in which those who wait for a page come first."""

AT_EASE = 3
"""Seconds after which the first pages have been answered."""


def look_through_maps(engine: Engine) -> None:
    """Maps whose facts have changed, or that were last looked at on an earlier day."""
    with Session(engine.execution_options(writes=False)) as session:
        if not accounts_due(session, now().date()):
            return
    from app.stakeholders.portfolio_jobs import refresh  # heavy: networkx, numpy

    refresh(engine, RESTS)


def lock_forecasts(engine: Engine) -> None:
    """Forecasts that should stand as of a day that has passed."""
    at = now()
    lock_due(engine, at.date(), at)


def watch_accounts(engine: Engine) -> None:
    """Accounts whose records have changed, or that were last looked at on an earlier day."""
    keep_watch(engine, read_config().timezone)


WORKS: tuple[Work, ...] = (
    Statistics(),
    look_through_maps,
    lock_forecasts,
    look_through_deals,
    watch_accounts,
)


def load_ahead() -> None:
    """The libraries that the first map would wait half a second for."""
    for name in ("numpy", "networkx"):
        import_module(name)


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
