"""accounts, pipeline: figures for scripts and terminals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from sqlalchemy import select

from app.accounts.list_queries import account_figures
from app.accounts.models import Account
from app.commands.common import answers, columns, open_session
from app.pipeline.queries import pipeline_totals


def _accounts(answer: list[dict[str, Any]]) -> str:
    head = ("id", "external_id", "name", "parent", "owner")
    return columns([head, *(tuple(row[name] for name in head) for row in answer)])


@click.command("accounts")
@answers(_accounts)
def accounts_verb() -> list[dict[str, Any]]:
    """List every account with its parent and owner."""
    with open_session() as session:
        return account_figures(session)


def _pipeline(answer: dict[str, Any]) -> str:
    head = ("stage", "outcome", "currency", "count", "amount")
    rows = [tuple(row[name] for name in head) for row in answer["rows"]]
    return f"As of {answer['as_of']}\n" + columns([head, *rows])


@click.command("pipeline")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The pipeline as it stood at the end of this day.",
)
@answers(_pipeline)
def pipeline_verb(as_of: datetime | None) -> dict[str, Any]:
    """Counts and sums by stage, outcome and currency."""
    on: date | None = as_of.date() if as_of else None
    with open_session() as session:
        totals = pipeline_totals(session, select(Account.id), on)
    rows = [
        {
            "stage": total.stage,
            "outcome": total.outcome,
            "currency": total.currency,
            "count": total.count,
            "amount": total.amount,
        }
        for total in totals
    ]
    return {"as_of": on.isoformat() if on else "today", "rows": rows}
