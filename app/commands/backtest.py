"""backtest: the forecast walks through past periods, knowing only what was known, and is scored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from sqlalchemy import select

from app.accounts.models import Account
from app.commands.common import Failure, answers, columns, open_session
from app.db import now
from app.pipeline.forecast import Opinion, Period, quarters_before, quarters_between
from app.pipeline.forecast_queries import score_of
from app.pipeline.scoring import Came, ChanceScore
from app.pipeline.standing_queries import DealWish

DAY = click.DateTime(["%Y-%m-%d"])


def _text(answer: dict[str, Any]) -> str:
    head: tuple[str, ...] = ("currency", "opinion", "periods", "wape", "bias", "within")
    amounts = [head, *(tuple(row[name] for name in head) for row in answer["amounts"])]
    head = ("opinion", "cases", "came", "brier", "base_brier", "skill", "log_loss")
    chances = [head, *(tuple(row[name] for name in head) for row in answer["chances"])]
    return f"{_said(amounts)}\n\n{_said(chances)}"


def _said(rows: list[tuple[Any, ...]]) -> str:
    """Rows as text; a share to three places, nothing known as a question mark."""
    return columns([tuple(_cell(cell) for cell in row) for row in rows])


def _cell(value: Any) -> Any:
    if value is None:
        return "?"
    return f"{value:.3f}" if isinstance(value, float) else value


def _came(came: Came) -> dict[str, Any]:
    views = {
        view.opinion.value: {
            "counted": view.counted,
            "mean": round(view.outlook.mean, 2),
            "p10": round(view.outlook.p10, 2),
            "p90": round(view.outlook.p90, 2),
        }
        for view in came.forecast.views
    }
    return {
        "from": came.period.start,
        "to": came.period.end,
        "currency": came.forecast.currency,
        "open": came.forecast.open_count,
        "actual": came.actual,
        "opinions": views,
    }


def _chance(score: ChanceScore) -> dict[str, Any]:
    """An opinion's score beside the naive one: saying the base rate of every deal."""
    return {
        "opinion": score.opinion.value,
        "cases": score.cases,
        "came": score.came,
        "brier": score.brier,
        "base_brier": None if score.came is None else score.came * (1 - score.came),
        "skill": score.skill,
        "log_loss": score.log_loss,
        "reliability": [
            {"said": one.said, "came": one.came, "cases": one.cases} for one in score.bins
        ],
    }


def _periods(start: datetime | None, end: datetime | None) -> list[Period]:
    today = now().date()
    if start is None:
        return quarters_before(end.date() if end else today, 4)
    return quarters_between(start.date(), end.date() if end else today)


@click.command("backtest")
@click.option("--from", "start", type=DAY, help="Quarters that begin on this day or later.")
@click.option("--to", "end", type=DAY, help="Quarters that end by this day.")
@answers(_text)
def backtest_verb(start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """Forecast past quarters from their eves and score what was forecast against what came."""
    periods = _periods(start, end)
    if not periods:
        raise Failure("no whole quarter lies between these days")
    with open_session() as session:
        score = score_of(session, select(Account.id), DealWish(), periods, now().date())
    return {
        "opinions": [opinion.value for opinion in Opinion],
        "periods": [_came(one) for one in score.came],
        "amounts": [
            {
                "currency": currency,
                "opinion": one.opinion.value,
                "periods": one.periods,
                "wape": one.wape,
                "bias": one.bias,
                "within": one.within,
            }
            for currency, found in score.amounts.items()
            for one in found
        ],
        "chances": [_chance(one) for one in score.chances],
    }
