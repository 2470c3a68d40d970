"""backtest: the forecast walks through past periods, knowing only what was known, and is scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.commands.common import Failure, answers, columns, open_session
from app.commands.plain_results import score_results
from app.db import now
from app.exchange.tables import UnreadableFile
from app.pipeline.forecast import Opinion
from app.pipeline.periods import Period, month_of, periods_between, quarter_of, quarters_before
from app.pipeline.score_queries import Scope, Walk, walk
from app.pipeline.scoring import (
    Came,
    Case,
    ChanceScore,
    Naive,
    amount_scores,
    chance_scores,
    naive_amounts,
    naive_scores,
    scores_by,
)
from app.pipeline.standing_queries import DealWish
from app.users.models import User

DAY = click.DateTime(["%Y-%m-%d"])
KINDS = {"month": month_of, "quarter": quarter_of}
CHANCES = ("opinion", "cases", "came", "brier", "base_brier", "skill", "log_loss")
AMOUNTS = ("currency", "opinion", "periods", "wape", "bias", "within")


def _text(answer: dict[str, Any]) -> str:
    parts = []
    if "amounts" in answer:
        parts.append(_table(AMOUNTS, answer["amounts"]))
    parts.append(_table(CHANCES, answer["chances"]))
    if answer.get("by"):
        parts.append(_table(("group", *CHANCES), answer["by"]))
    return "\n\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    """Rows as text; a share to three places, nothing known as a question mark."""
    cells = [tuple(_cell(row[name]) for name in head) for row in rows]
    return columns([head, *cells])


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


def chance_row(score: ChanceScore) -> dict[str, Any]:
    """An opinion's score beside that of saying the base rate of every deal."""
    return {
        "opinion": score.opinion.value,
        "cases": score.cases,
        "came": score.came,
        "brier": score.brier,
        "base_brier": None if score.came is None else score.came * (1 - score.came),
        "skill": score.skill,
        "log_loss": score.log_loss,
        "beats_base_rate": score.beats_base_rate,
        "reliability": [
            {"said": one.said, "came": one.came, "cases": one.cases} for one in score.bins
        ],
    }


def _amounts(past: Walk) -> list[dict[str, Any]]:
    rows = []
    for currency in sorted({one.forecast.currency for one in past.came}):
        came = [one for one in past.came if one.forecast.currency == currency]
        cases = [one for one in past.eves if one.currency == currency]
        rows += [
            {
                "currency": currency,
                "opinion": one.opinion.value,
                "periods": one.periods,
                "wape": one.wape,
                "bias": one.bias,
                "within": one.within,
            }
            for one in amount_scores(came)
        ]
        rows += [_naive(currency, cases, naive, len(came)) for naive in Naive]
    return rows


def _naive(currency: str, cases: Sequence[Case], naive: Naive, periods: int) -> dict[str, Any]:
    wape, bias = naive_amounts(cases, naive)
    known = {"currency": currency, "opinion": naive.value, "periods": max(periods - 1, 0)}
    return {**known, "wape": wape, "bias": bias, "within": None}


def _by(session: Session, by: str | None, cases: Sequence[Case]) -> list[dict[str, Any]]:
    if by is None:
        return []
    if by == "stage":
        return _grouped({stage.value: found for stage, found in
                         scores_by(cases, lambda one: one.stage).items()})  # fmt: skip
    names = {row.id: row.name for row in session.execute(select(User.id, User.name))}
    found = scores_by(cases, lambda one: one.owner_id)
    return _grouped({names.get(owner or 0, "nobody"): scores for owner, scores in found.items()})


def _grouped(found: dict[str, list[ChanceScore]]) -> list[dict[str, Any]]:
    return [
        {"group": name, **chance_row(score)}
        for name, scores in found.items()
        for score in scores
        if score.cases
    ]


def _periods(start: datetime | None, end: datetime | None, every: str) -> list[Period]:
    today = now().date()
    if start is None and every == "quarter":
        return quarters_before(end.date() if end else today, 4)
    first = start.date() if start else date(today.year - 1, today.month, 1)
    return periods_between(first, end.date() if end else today, KINDS[every])


def _of_file(path: Path, leave_out: tuple[str, ...]) -> dict[str, Any]:
    try:
        return score_results(path, leave_out)
    except UnreadableFile as error:
        raise Failure(str(error)) from error


@click.command("backtest")
@click.option("--from", "start", type=DAY, help="Periods that begin on this day or later.")
@click.option("--to", "end", type=DAY, help="Periods that end by this day.")
@click.option("--every", type=click.Choice(list(KINDS)), default="quarter", show_default=True)
@click.option("--by", type=click.Choice(["person", "stage"]), help="Score each group as well.")
@click.option(
    "--results",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A plain file of results (CSV, XLSX, also .gz) instead of the workspace's record.",
)
@click.option("--leave-out", multiple=True, metavar="COLUMN", help="A column of that file.")
@answers(_text)
def backtest_verb(
    start: datetime | None, end: datetime | None, every: str, by: str | None, **given: Any
) -> dict[str, Any]:
    """Forecast past periods from their eves and score what was forecast against what came.

    A plain file of results has neither days nor sellers: its rows are learnt from and scored in
    turns, each tenth by a pattern that has not seen it.
    """
    begun = perf_counter()
    if given["results"] is not None:
        scored = _of_file(given["results"], given["leave_out"])
        return {**scored, "seconds": round(perf_counter() - begun, 2)}
    periods = _periods(start, end, every)
    if not periods:
        raise Failure(f"no whole {every} lies between these days")
    with open_session() as session:
        past = walk(session, Scope(select(Account.id), DealWish(), now().date()), periods)
        grouped = _by(session, by, past.eves)
    chances = [*chance_scores([(one, one.won) for one in past.eves]), *naive_scores(past.eves)]
    return {
        "opinions": [opinion.value for opinion in Opinion],
        "locked": past.locked,
        "periods": [_came(one) for one in past.came],
        "amounts": _amounts(past),
        "chances": [chance_row(one) for one in chances],
        "by": grouped,
        "seconds": round(perf_counter() - begun, 2),
    }
