"""forecast: lock what is due, for a scheduler where no server runs all the time."""

from __future__ import annotations

from typing import Any

import click

from app.commands.common import answers, open_engine
from app.db import now
from app.pipeline.forecast_jobs import lock_due


def _text(answer: dict[str, Any]) -> str:
    return f"{answer['locked']} locked."


@click.group("forecast")
def forecast_verb() -> None:
    """Forecasts that are kept for good."""


@forecast_verb.command("lock")
@answers(_text)
def lock() -> dict[str, Any]:
    """Lock the forecasts that are due by today; safe to call as often as one likes."""
    at = now()
    return {"locked": lock_due(open_engine(), at.date(), at)}
