"""The board: six columns, counted and summed by the database, with the first cards of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, Select, Subquery, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, ids_among
from app.pipeline.ageing import Age, age_of
from app.pipeline.closing_order import first_then, first_to_close
from app.pipeline.models import StageMove
from app.pipeline.queries import Total, pipeline_totals
from app.pipeline.remembered import remembered
from app.pipeline.rules import LIVE, STAGES, Outcome, Stage
from app.pipeline.spans import FAR
from app.pipeline.stage_rules import StageRules
from app.pipeline.standing_queries import (
    DealWish,
    deals_anywhere,
    deals_on,
    is_wide,
    stood_on,
)
from app.pipeline.times import goes_on, norm_days
from app.pipeline.totals import Sum, by_currency
from app.users.models import User

FIRST = 10
MOST = 200
NEWEST = 500
USUAL = StageRules()


@dataclass(frozen=True, slots=True)
class Card:
    """A deal on the board."""

    id: int
    name: str
    account_id: int
    account: str
    owner: str
    stage: Stage
    amount: Decimal | None
    currency: str
    close_on: date | None
    days: int
    may_move: bool
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: what it holds in all, its first cards, and how long deals stay before going on."""

    stage: Stage
    totals: list[Total]
    cards: list[Card]
    norm: int | None

    @property
    def count(self) -> int:
        """How many deals the column holds, shown or not."""
        return sum(total.count for total in self.totals)

    @property
    def sums(self) -> list[Sum]:
        """What it holds comes to, by currency."""
        return by_currency(self.totals)

    @property
    def hidden(self) -> int:
        """How many of them have no card."""
        return self.count - len(self.cards)

    def age_of(self, card: Card) -> Age | None:
        """How old a card is against what is usual in this column."""
        return age_of(card.days, self.norm)


def board_rows(
    session: Session,
    seen: Seen,
    editable: Select[Any],
    wish: DealWish,
    today: date,
    *,
    on: date | None = None,
    whole: Stage | None = None,
    rules: StageRules = USUAL,
    shows_cards: bool = True,
) -> list[Lane]:
    """The six columns today, or as they were at the end of a day ``on``; five SELECTs.

    A column shows its first cards by close date, ``whole`` one column up to 200 of them.
    """
    live = replace(wish, outcomes=wish.outcomes or LIVE)
    totals: dict[Stage, list[Total]] = defaultdict(list)
    for total in pipeline_totals(session, seen, on, live):
        totals[total.stage].append(total)
    cards: Mapping[Stage, list[Card]] = {}
    if shows_cards:
        first = _first(session, seen, live, on, whole)
        cards = _cards(session, first, editable, on=on, today=today, whole=whole)
    norms = stage_norms(session, on, rules)
    return [Lane(stage, totals[stage], cards.get(stage, []), norms.get(stage)) for stage in STAGES]


def _cards(
    session: Session,
    first: list[int],
    editable: Select[Any],
    *,
    on: date | None,
    today: date,
    whole: Stage | None,
) -> dict[Stage, list[Card]]:
    rows = session.execute(cards_among(first, on)).all()
    movable = ids_among(session, editable, (row.account_id for row in rows))
    cards: dict[Stage, list[Card]] = defaultdict(list)
    for row in rows:
        lane = cards[Stage(row.stage)]
        if len(lane) < FIRST or row.stage == whole:
            lane.append(card_of(row, on or today, movable))
    return cards


def cards_among(ids: Any, on: date | None) -> Select[Any]:
    """What cards show of deals that were looked for already, as on a day (None: today)."""
    deals = deals_anywhere(on)
    return _card_query(deals).where(deals.c.id.in_(ids))


@lru_cache(maxsize=32)
def _card_query(deals: Subquery) -> Select[Any]:
    """What a card shows of each deal, those that close first in front."""
    return (
        select(
            deals,
            Account.name.label("account"),
            User.name.label("owner"),
        )
        .join(Account, Account.id == deals.c.account_id)
        .outerjoin(User, User.id == deals.c.owner_id)
        .order_by(deals.c.close_on.nulls_last(), deals.c.id)
    )


def _first(
    session: Session, seen: Seen, wish: DealWish, on: date | None, whole: Stage | None
) -> list[int]:
    """The ids of the first deals of each stage by close date; of ``whole`` up to 200."""
    most = MOST if whole else FIRST
    if is_wide(seen) and wish.is_of_all_live and wish.is_plain and on is not None:
        return first_then(session, seen, wish, on, most)
    if is_wide(seen) and wish.is_of_all_live and on is None:
        mosts = tuple((stage, MOST if stage is whole else FIRST) for stage in STAGES)
        return list(session.scalars(first_to_close(seen, wish, mosts)))
    deals = deals_on(seen, wish) if on is None else stood_on(seen, wish, on)
    return list(session.scalars(_ranked(deals, most)))


@lru_cache(maxsize=64)
def _ranked(deals: Subquery, most: int) -> Select[Any]:
    """The same for those who see few accounts, ranked in one pass over what is theirs."""
    order = (deals.c.close_on.nulls_last(), deals.c.id)
    rank = func.row_number().over(partition_by=deals.c.stage, order_by=order).label("rank")
    ranked = select(deals.c.id, rank).correlate(None).subquery("ranked")
    return select(ranked.c.id).where(ranked.c.rank <= most)


def card_of(row: Any, on: date, movable: Container[int]) -> Card:
    """A card from a row of :func:`cards_among`; deals of ``movable`` accounts may be moved."""
    return Card(
        row.id,
        row.name,
        row.account_id,
        row.account,
        row.owner or "",
        Stage(row.stage),
        row.amount,
        row.currency,
        row.close_on,
        max((on - row.since).days, 0),
        row.account_id in movable,
        row.owner_id,
    )


def stage_norms(
    session: Session, on: date | None = None, rules: StageRules = USUAL
) -> dict[Stage, int]:
    """For each stage the days within which four of five deals went on, over the whole company.

    Taken over the newest 500 that left the stage, so that it follows the times and costs
    the same however long the history is. What the company set stands in place of that.
    """
    found = remembered(session, ("norms", on), lambda: _usual_days(session, on))
    set_by_us = {stage: rule.norm_days for stage, rule in rules.stages.items()}
    norms = {**found, **{stage: days for stage, days in set_by_us.items() if days}}
    return {stage: days for stage, days in norms.items() if days is not None}


def _usual_days(session: Session, on: date | None) -> dict[Stage, int | None]:
    stays: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows: Any = session.execute(LEAVING, {"until": on or FAR})
    for start, to, outcome, days, count in rows:
        if _went_on(start, to, outcome):
            stays[start][days] += count
    return {Stage(start): norm_days(histogram) for start, histogram in stays.items()}


@cache
def _went_on(start: str, to: str, outcome: str) -> bool:
    return goes_on(Stage(start), Stage(to), Outcome(outcome))


def _leaving(stage: Stage) -> Select[Any]:
    newest = (
        select(StageMove.from_stage, StageMove.to_stage, StageMove.outcome, StageMove.days)
        .where(StageMove.from_stage == stage, StageMove.on <= bindparam("until", type_=Date))
        .where(StageMove.days.is_not(None))
        .order_by(StageMove.on.desc())
        .limit(NEWEST)
    )
    return select(newest.subquery())


def _histogram(parts: Iterable[Select[Any]]) -> Select[Any]:
    left = union_all(*parts).subquery("left_stage")
    return select(*left.c, func.count()).group_by(*left.c)


LEAVING = _histogram(_leaving(stage) for stage in STAGES)
"""Built once: putting it together costs more than the answer."""
