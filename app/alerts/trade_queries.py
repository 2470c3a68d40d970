"""What is asked of the database about what accounts bought, day by day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.alerts.bg_nbd import Buying, Fit
from app.alerts.rhythm import Learned, learn, past_of
from app.alerts.then_queries import rewritten, stood
from app.alerts.trade import Trade
from app.records.models import Sale
from app.records.support_models import SalesPlan
from app.users.models import Setting
from app.users.queries import find_setting


def trades(session: Session, ids: Collection[int], on: date) -> dict[int, Trade]:
    """What each account bought up to a day, in one SELECT; those without a line are missing."""
    bought = func.max(case((Sale.amount > 0, 1), else_=0))
    rows = session.execute(
        select(Sale.account_id, Sale.on, func.sum(Sale.amount), bought)
        .where(Sale.account_id.in_(ids), Sale.on <= on)
        .group_by(Sale.account_id, Sale.on)
        .order_by(Sale.account_id, Sale.on)
    )
    return {one: _trade(list(lines)) for one, lines in groupby(rows, itemgetter(0))}


def _trade(lines: list[Any]) -> Trade:
    days = tuple(line[1] for line in lines)
    amounts = tuple(line[2] for line in lines)
    return Trade(days, amounts, tuple(line[1] for line in lines if line[3]))


def plans(session: Session, ids: Collection[int], on: date) -> dict[int, dict[Any, Decimal]]:
    """What each account was to buy in the months of this year up to a day, as it stood then."""
    then = rewritten(session, SalesPlan, ids, on, "month", "amount")
    found: dict[int, dict[Any, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in session.execute(_planned(ids, on, then)):
        was = {**row._mapping, **then.get(row.id, {})}
        month = was["month"]
        if date(on.year, 1, 1) <= month <= on:
            found[row.account_id][month.year, month.month] += was["amount"]
    return {one: dict(months) for one, months in found.items()}


def _planned(ids: Collection[int], on: date, then: Collection[int]) -> Any:
    """The lines of plans that are, or were, of the months wanted."""
    plan = SalesPlan
    of_year = plan.month.between(date(on.year, 1, 1), on)
    wanted = (plan.account_id.in_(ids), stood(plan, on), or_(of_year, plan.id.in_(then)))
    return select(plan.id, plan.account_id, plan.month, plan.amount).where(*wanted)


def learned(session: Session, on: date) -> Learned | None:
    """The model of all accounts as it was learnt at the start of a day's month."""
    start = on.replace(day=1)
    return learn(_pasts(session, start), start)


def _pasts(session: Session, start: date) -> Iterator[Buying]:
    count = func.count(Sale.on.distinct())
    rows = session.execute(
        select(Sale.account_id, func.min(Sale.on), func.max(Sale.on), count)
        .where(Sale.on < start, Sale.amount > 0)
        .group_by(Sale.account_id)
        .order_by(Sale.account_id)
    )
    return (past_of(first, last, many, start) for _account, first, last, many in rows)


def purchase_days(session: Session) -> dict[int, tuple[date, ...]]:
    """The days on which each account ever bought something."""
    rows = session.execute(
        select(Sale.account_id, Sale.on)
        .where(Sale.amount > 0)
        .distinct()
        .order_by(Sale.account_id, Sale.on)
    )
    return {one: tuple(row.on for row in days) for one, days in groupby(rows, itemgetter(0))}


MODEL = "alert-model"


def kept_model(session: Session, on: date) -> tuple[bool, Learned | None]:
    """Whether the model of a day's month is kept, and what it is: None where it could not be
    learnt. Learning takes a look at every sale, so it is done once a month."""
    text = find_setting(session, MODEL)
    kept = json.loads(text) if text else {}
    start = on.replace(day=1)
    if kept.get("on") != start.isoformat():
        return False, None
    model = kept["fit"]
    return True, Learned(start, kept["accounts"], Fit(*model)) if model else None


def keep_model(session: Session, model: Learned | None, on: date) -> None:
    """Keep what was learnt for a day's month; the caller commits."""
    kept = {
        "on": on.replace(day=1).isoformat(),
        "accounts": model.accounts if model else 0,
        "fit": astuple(model.fit) if model else None,
    }
    session.merge(Setting(key=MODEL, value=json.dumps(kept)))
