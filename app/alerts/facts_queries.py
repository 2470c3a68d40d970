"""The facts of accounts on a day: a fixed number of SELECTs for however many accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.alerts.due_queries import complaints, contracts_ending, courses
from app.alerts.money_queries import budgets, debts, spendings
from app.alerts.people_queries import lost_deciders, single_ties
from app.alerts.rules import Kind
from app.alerts.trade_queries import plans, trades
from app.alerts.watch import Facts

Ask = Callable[[Session, Collection[int], date], Mapping[int, Any]]

PARTS: dict[str, tuple[Ask, frozenset[Kind]]] = {
    "trade": (trades, frozenset({Kind.PROGRESS, Kind.CHURN})),
    "plan": (plans, frozenset({Kind.PROGRESS})),
    "debt": (debts, frozenset({Kind.CREDIT})),
    "spent": (spendings, frozenset({Kind.EXPENSE})),
    "budgets": (budgets, frozenset({Kind.EXPENSE})),
    "lost": (lost_deciders, frozenset({Kind.DECIDER})),
    "ties": (single_ties, frozenset({Kind.COLD})),
    "complaints": (complaints, frozenset({Kind.COMPLAINT})),
    "contracts": (contracts_ending, frozenset({Kind.CONTRACT})),
    "goals": (courses, frozenset({Kind.GOAL, Kind.MILESTONE})),
}
"""Each part of the facts: how it is asked for, and the kinds that look at it."""


def facts_of(
    session: Session,
    ids: Collection[int],
    on: date,
    kinds: Iterable[Kind] = Kind,
    given: Mapping[str, Mapping[int, Any]] | None = None,
) -> dict[int, Facts]:
    """What is known of each account on a day, as far as some kinds look at it.

    ``given`` are parts that the caller holds already.
    """
    wanted = frozenset(kinds)
    parts = dict(given or {})
    for name, (ask, used) in PARTS.items():
        if name not in parts and used & wanted:
            parts[name] = ask(session, ids, on)
    return {one: _facts(parts, one) for one in ids}


def _facts(parts: Mapping[str, Mapping[int, Any]], account_id: int) -> Facts:
    here: dict[str, Any] = {}
    for name, rows in parts.items():
        if account_id in rows:
            one = rows[account_id]
            here[name] = tuple(one) if isinstance(one, list) else one
    return Facts(**here)
