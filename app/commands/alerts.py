"""alerts: look at the accounts as of a day, and hold churn warnings against what came."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.alerts.backtest import Days, Score, scores
from app.alerts.guide import NOT_KNOWN, OF_THEN
from app.alerts.models import AlertCheck
from app.alerts.rules import Raised
from app.alerts.then_queries import stood
from app.alerts.trade_queries import learned, purchase_days
from app.alerts.watch_changes import Look, told
from app.alerts.watch_jobs import AT_ONCE, look_through
from app.alerts.watch_queries import alert_settings, marks
from app.commands.common import Failure, answers, columns, open_engine
from app.config import read_config
from app.db import now

CUSTOMER = ("customerid", "customer_id", "customer id", "customer", "account", "客户")
WHEN = ("invoicedate", "invoice_date", "date", "day", "on", "日期")
AMOUNT = ("amount", "sales", "total", "金额")
FILE = click.Path(exists=True, path_type=Path, dir_okay=False)
SCORED = (
    "purchases", "rule", "cases", "gone", "warned", "precision", "recall", "silence", "lead"
)  # fmt: skip
QUANTITY, PRICE = ("quantity", "数量"), ("unitprice", "unit_price", "price", "单价")


@click.group("alerts")
def alerts_verb() -> None:
    """Early warning, for schedulers and for looking back."""


def _run_text(answer: dict[str, Any]) -> str:
    count = len(answer["warnings"])
    head = f"As of {answer['as_of']}: {answer['looked']} accounts, {count} warnings"
    if answer["kept"]:
        head += f"; {answer['opened']} opened, {answer['cleared']} cleared"
    rows = [(one["account"], one["kind"], one["level"], one["why"]) for one in answer["warnings"]]
    looking_back = "" if answer["kept"] else f"\n{OF_THEN} {NOT_KNOWN}"
    return f"{head}.\n{columns(rows)}{looking_back}"


@alerts_verb.command("run")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As of this day, else today.")
@click.option("--tell", is_flag=True, help="Only tell: keep nothing.")
@answers(_run_text)
def run(as_of: datetime | None, tell: bool) -> dict[str, Any]:
    """Look at every account as of a day: what is later than it counts for nothing.

    What comes of it is kept, unless accounts were looked at as of a later day before: of the
    past it is only told. Safe to call as often as one likes.
    """
    engine, begun = open_engine(), perf_counter()
    on = as_of.date() if as_of else now().astimezone(ZoneInfo(read_config().timezone)).date()
    with Session(engine.execution_options(writes=False)) as session:
        newest = session.scalar(select(func.max(AlertCheck.on)))
        listed = list(_told(session, on))
        waiting = marks(session)
    keeps = not tell and (newest is None or newest <= on)
    answer = {"as_of": on.isoformat(), "kept": keeps, "looked": len(waiting)}
    if keeps:
        done = look_through(engine, waiting, on)
        answer |= {"opened": done.opened, "cleared": done.cleared}
    return {**answer, "warnings": listed, "seconds": round(perf_counter() - begun, 2)}


def _told(session: Session, on: date) -> Iterator[dict[str, Any]]:
    """What the records warn of, account by account."""
    alive = select(Account.id, Account.name).where(stood(Account, on))
    names = {row.id: row.name for row in session.execute(alive.order_by(Account.id))}
    look = Look(on, now(), alert_settings(session).limits, learned(session, on))
    ids = list(names)
    for first in range(0, len(ids), AT_ONCE):
        for one, raised in told(session, ids[first : first + AT_ONCE], look).items():
            yield from (_line(one, names[one], found) for found in raised)


def _line(account_id: int, name: str, one: Raised) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "account": name,
        "kind": one.kind.value,
        "level": one.level.name.lower(),
        "subject_id": one.subject_id,
        "why": str(one.reasons[0]),
        "reasons": [str(reason) for reason in one.reasons],
    }


def _scores_text(answer: dict[str, Any]) -> str:
    rows = [tuple(str(row[name]) for name in SCORED) for row in answer["scores"]]
    return columns([SCORED, *rows])


@alerts_verb.command("backtest")
@click.argument("file", required=False, type=FILE)
@answers(_scores_text)
def backtest(file: Path | None) -> dict[str, Any]:
    """Hold churn warnings, month by month, against who bought again within 90 days.

    Of the sales kept here, or of a CSV FILE (.gz too) with a customer, a date and an amount, or
    a quantity and a price. Each day sees only what was known by then; beside the rules stands
    "no purchase for 90 days".
    """
    begun = perf_counter()
    if file is None:
        with Session(open_engine().execution_options(writes=False)) as session:
            bought: dict[Any, Days] = dict(purchase_days(session))
    else:
        bought = _bought(file)
    found = scores(bought)
    if not found:
        raise Failure("The purchases span too few days to be judged: 120 before, 90 after.")
    rows = [_score(one) for one in found]
    return {"customers": len(bought), "scores": rows, "seconds": round(perf_counter() - begun, 2)}


def _score(one: Score) -> dict[str, Any]:
    return {
        "purchases": f"{one.least_purchases}+",
        "rule": one.rule,
        "cases": one.cases,
        "gone": one.gone,
        "warned": one.warned,
        "right": one.right,
        "precision": None if one.precision is None else round(one.precision, 3),
        "recall": None if one.recall is None else round(one.recall, 3),
        "silence": one.silence,
        "lead": one.lead,
    }


def _bought(file: Path) -> dict[Any, Days]:
    """The days on which each customer of a file bought something."""
    found: dict[str, set[str]] = defaultdict(set)
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        head = [name.strip().lower() for name in next(rows, [])]
        who, when = _place(head, CUSTOMER), _place(head, WHEN)
        amount = _amount(head)
        for row in rows:
            if row[who] and amount(row) > 0:
                found[row[who]].add(row[when][:10])
    return {one: tuple(sorted(map(date.fromisoformat, days))) for one, days in found.items()}


def _place(head: Sequence[str], names: Sequence[str]) -> int:
    place = next((head.index(name) for name in names if name in head), None)
    if place is None:
        raise Failure(f"No column is called {names[0]}; the file has {', '.join(head)}.")
    return place


def _amount(head: Sequence[str]) -> Any:
    if any(name in head for name in AMOUNT):
        place = _place(head, AMOUNT)
        return lambda row: float(row[place])
    many, price = _place(head, QUANTITY), _place(head, PRICE)
    return lambda row: float(row[many]) * float(row[price])
