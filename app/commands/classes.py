"""classes: the size classes of all accounts as of the first days of months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.size_class import SPANS
from app.commands.common import Failure, answers, columns, open_session
from app.db import now
from app.exchange.known import known_accounts
from app.records.changes import Yardstick, yardstick
from app.records.class_changes import CLASSES
from app.records.class_past import classes_on, fill_history, monthly_days
from app.records.queries import totals_of
from app.records.rules import class_period

MOST_MONTHS = 60


def _text(answer: dict[str, Any]) -> str:
    head = ("as of", *(str(one) for one in CLASSES), "unknown")
    rows = [(one["on"], *one["counts"].values(), one["unknown"]) for one in answer["days"]]
    said = [f"Told from {answer['span']} months each.", columns([head, *rows])]
    if answer["account"]:
        names = ("on", "since", "lines", "amount", "monthly_wan", "margin", "class")
        told = [tuple(str(one[name]) for name in names) for one in answer["account"]]
        said.append(columns([names, *told]))
    return "\n".join(said)


@click.command("classes")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The last day, else today.")
@click.option(
    "--months", type=click.IntRange(1, MOST_MONTHS), default=12, help="How many monthly days."
)
@click.option(
    "--span",
    type=click.Choice([str(one) for one in SPANS]),
    help="Months that a class is told from; the company's if left out.",
)
@click.option("--account", help="Tell this account's figures too: its number or name.")
@click.option("--keep", is_flag=True, help="Keep them where an account had none kept by then.")
@answers(_text)
def classes_verb(
    as_of: datetime | None, months: int, span: str | None, account: str | None, keep: bool
) -> dict[str, Any]:
    """Count the accounts of each size class on the first day of each month, by what they had
    bought by then.

    With --keep the history of classes is filled as far back: after years of sales were imported,
    say. Classes kept on their day stay as they are.
    """
    if keep and span:
        raise click.UsageError("Kept are classes told from the company's months: leave --span out.")
    on = as_of.date() if as_of else now().date()
    days = monthly_days(on, months)
    with open_session() as session:
        rod = yardstick(session)
        rod = replace(rod, months=int(span)) if span else rod
        return {
            "as_of": on.isoformat(),
            "span": rod.months,
            "days": [_counts(session, rod, day) for day in days],
            "account": _account(session, rod, days, account) if account else [],
            "kept": fill_history(session, rod, days) if keep else 0,
        }


def _counts(session: Session, rod: Yardstick, on: date) -> dict[str, Any]:
    found = classes_on(session, rod, on)
    counts = {one.value: count for one, count in found.standing.counts}
    return {"on": on.isoformat(), "counts": counts, "unknown": found.unknown}


def _account(
    session: Session, rod: Yardstick, days: Sequence[date], word: str
) -> list[dict[str, Any]]:
    """An account's class on each day with what goes into it, so that anybody can do the sum."""
    account_id = known_accounts(session, None).find(word)
    if account_id is None:
        raise Failure(f"There is no account “{word}”.")
    account = session.get_one(Account, account_id)
    return [_figures(session, rod, account, on) for on in days]


def _figures(session: Session, rod: Yardstick, account: Account, on: date) -> dict[str, Any]:
    period = class_period(on, rod.months)
    totals = totals_of(session, account.id, period)
    measured = rod.measure(account, totals, period)
    return {
        "on": on.isoformat(),
        "since": period.since.isoformat(),
        "lines": totals.lines,
        "amount": totals.amount,
        "currency": account.currency,
        "monthly_wan": measured.monthly_sales,
        "margin": measured.margin,
        "class": measured.sized.size_class,
        "why": [str(one) for one in measured.sized.reasons],
    }
