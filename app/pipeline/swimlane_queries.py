"""The board cut across: a lane for each owner or account, with its six cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, ids_among
from app.pipeline.board_queries import Card, card_of, cards_among
from app.pipeline.queries import Total, total_of
from app.pipeline.rules import LIVE, STAGES, Outcome, Stage
from app.pipeline.standing_queries import DealWish, deals_listed, deals_on
from app.pipeline.sums import Sums, kept_sums, sums_by
from app.pipeline.totals import Sum, by_currency
from app.users.models import User

MOST_LANES = 8
FIRST = 2
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


@dataclass(frozen=True, slots=True)
class Swimlanes:
    """The lanes with most deals; ``is_whole`` when there are no others."""

    lanes: list[Swimlane]
    is_whole: bool


def swimlane_rows(
    session: Session,
    seen: Seen,
    editable: Select[Any],
    wish: DealWish,
    today: date,
    *,
    by: str,
    on: date | None = None,
) -> Swimlanes:
    """The lanes with most deals, in four SELECTs; ``by`` is ``owner`` or ``account``."""
    live = replace(wish, outcomes=wish.outcomes or LIVE)
    deals = deals_on(seen, live, on)
    key = deals.c.owner_id if by == "owner" else deals.c.account_id
    standing = (key.name, "stage", "outcome", "currency")
    if by == "owner":
        near = partial(deals_listed, seen, live) if on is None else lambda: deals
        sums = kept_sums(session, seen, live, deals, *standing, near=near)
        largest = _owners(session, sums)
        wanted = _any_of(key, largest)
    else:
        largest = _accounts(session, deals)
        wanted = _any_of(key, largest)
        sums = sums_by(session, select(deals).where(wanted).subquery(), *standing)
    totals = _totals(sums)
    rows = session.execute(cards_among(_first(deals, key, wanted), on)).all()
    movable = ids_among(session, editable, (row.account_id for row in rows))
    cells = _cells(rows, key.name, on or today, movable)
    lanes = [Swimlane(*one, totals[one[0]], cells.get(one[0], {})) for one in largest[:MOST_LANES]]
    return Swimlanes(lanes, is_whole=len(largest) <= MOST_LANES)


Named = tuple[int | None, str]


def _owners(session: Session, sums: Sums) -> list[Named]:
    """Those with most deals, and one more if there are others; equal ones by name."""
    counted: Counter[int | None] = Counter()
    for (key, *_standing), numbers in sums.items():
        counted[key] += numbers.deals
    least = min((count for _key, count in counted.most_common(MOST_LANES + 1)), default=0)
    some = [key for key, count in counted.items() if count >= least]
    rows = session.execute(select(User.id, User.name).where(User.id.in_(some)))
    names: dict[int | None, str] = {row.id: row.name for row in rows}
    some.sort(key=lambda key: (-counted[key], key is None, names.get(key, "")))
    return [(key, names.get(key, "")) for key in some[: MOST_LANES + 1]]


def _accounts(session: Session, deals: Subquery) -> list[Named]:
    """The same of accounts, which are too many to be counted here."""
    key = deals.c.account_id
    counted = select(key, func.count().label("number")).group_by(key).subquery("counted")
    rows = session.execute(
        select(Account.id, Account.name)
        .join(counted, counted.c.account_id == Account.id)
        .order_by(counted.c.number.desc(), Account.name)
        .limit(MOST_LANES + 1)
    )
    return [(row.id, row.name) for row in rows]


def _totals(sums: Sums) -> dict[int | None, list[Total]]:
    found: dict[int | None, list[Total]] = defaultdict(list)
    for (key, *standing), numbers in sums.items():
        found[key].append(total_of(standing, numbers))
    return found


def _any_of(key: ColumnElement[Any], largest: list[Named]) -> ColumnElement[bool]:
    keys = [one for one, _name in largest[:MOST_LANES]]
    known = key.in_([one for one in keys if one is not None])
    return known | key.is_(None) if None in keys else known


def _first(deals: Subquery, key: ColumnElement[Any], wanted: ColumnElement[bool]) -> Select[Any]:
    """The ids of the first deals of each cell by close date, ranked in one pass."""
    order = (deals.c.close_on.nulls_last(), deals.c.id)
    rank = func.row_number().over(partition_by=(key, deals.c.stage), order_by=order)
    ranked = select(deals.c.id, rank.label("rank")).where(wanted).correlate(None).subquery()
    return select(ranked.c.id).where(ranked.c.rank <= FIRST)


def _cells(
    rows: Iterable[Any], key: str, on: date, movable: Container[int]
) -> dict[int | None, dict[Stage, list[Card]]]:
    cells: dict[int | None, dict[Stage, list[Card]]] = defaultdict(
        lambda: {stage: [] for stage in STAGES}
    )
    for row in rows:
        cells[getattr(row, key)][Stage(row.stage)].append(card_of(row, on, movable))
    return cells
