"""The board cut across: a lane for each owner or account, with its six cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.board_queries import Card, card_of, card_query
from app.pipeline.queries import Total
from app.pipeline.rules import LIVE, STAGES, Outcome, Stage
from app.pipeline.standing_queries import DealWish, cents, deals_on, money_of
from app.pipeline.totals import Sum, by_currency
from app.users.models import User

MOST_LANES = 12
FIRST = 4
"""Cards of a cell; the rest are counted and found in the list."""


@dataclass(frozen=True, slots=True)
class Swimlane:
    """Whose deals these are, what they come to, and the first cards of each stage."""

    key: int | None
    name: str
    totals: list[Total]
    cells: Mapping[Stage, list[Card]]

    @property
    def count(self) -> int:
        """How many deals the lane holds."""
        return sum(total.count for total in self.totals)

    @property
    def sums(self) -> list[Sum]:
        """What is open in it comes to, by currency."""
        return by_currency(one for one in self.totals if one.outcome is Outcome.OPEN)

    def hidden(self, stage: Stage) -> int:
        """How many deals of a stage have no card."""
        count = sum(total.count for total in self.totals if total.stage is stage)
        return count - len(self.cells.get(stage, ()))


def swimlane_rows(
    session: Session,
    seen: Seen,
    editable: Select[Any],
    wish: DealWish,
    today: date,
    *,
    by: str,
    on: date | None = None,
) -> list[Swimlane]:
    """The lanes with most deals, in two SELECTs; ``by`` is ``owner`` or ``account``."""
    deals = deals_on(seen, replace(wish, outcomes=wish.outcomes or LIVE), on)
    key = deals.c.owner_id if by == "owner" else deals.c.account_id
    totals = _totals(session, deals, key, by)
    counts = {one: sum(each.count for each in found) for one, found in totals.items()}
    largest = sorted(counts, key=lambda one: (-counts[one], one[0] is None, one[1]))
    shown = largest[:MOST_LANES]
    wanted = _any_of(key, [one[0] for one in shown])
    query = card_query(deals, editable).add_columns(key.label("key"))
    query = query.where(deals.c.id.in_(_first(deals, key, wanted)))
    cells = _cells(session.execute(query), on or today)
    return [Swimlane(*one, totals[one], cells.get(one[0], {})) for one in shown]


def _totals(
    session: Session, deals: Subquery, key: ColumnElement[Any], by: str
) -> dict[tuple[int | None, str], list[Total]]:
    named = User if by == "owner" else Account
    rows = session.execute(
        select(
            key.label("key"),
            func.coalesce(named.name, "").label("name"),
            deals.c.stage,
            deals.c.outcome,
            deals.c.currency,
            func.count().label("number"),
            cents(deals.c.amount).label("amount"),
        )
        .outerjoin(named, named.id == key)
        .group_by(key, named.name, deals.c.stage, deals.c.outcome, deals.c.currency)
    )
    found: dict[tuple[int | None, str], list[Total]] = defaultdict(list)
    for row in rows:
        standing = (Stage(row.stage), Outcome(row.outcome), row.currency)
        total = Total(*standing, row.number, money_of(row.amount), None, 0)
        found[row.key, row.name].append(total)
    return found


def _any_of(key: ColumnElement[Any], keys: list[int | None]) -> ColumnElement[bool]:
    known = key.in_([one for one in keys if one is not None])
    return known | key.is_(None) if None in keys else known


def _first(deals: Subquery, key: ColumnElement[Any], wanted: ColumnElement[bool]) -> Select[Any]:
    """The ids of the first deals of each cell by close date, ranked in one pass."""
    order = (deals.c.close_on.nulls_last(), deals.c.id)
    rank = func.row_number().over(partition_by=(key, deals.c.stage), order_by=order)
    ranked = select(deals.c.id, rank.label("rank")).where(wanted).correlate(None).subquery()
    return select(ranked.c.id).where(ranked.c.rank <= FIRST)


def _cells(rows: Iterable[Any], on: date) -> dict[int | None, dict[Stage, list[Card]]]:
    cells: dict[int | None, dict[Stage, list[Card]]] = defaultdict(
        lambda: {stage: [] for stage in STAGES}
    )
    for row in rows:
        cells[row.key][Stage(row.stage)].append(card_of(row, on))
    return cells
