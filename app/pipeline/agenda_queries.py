"""The review's agenda from the database: events since a day, and open deals that stand still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.agenda import (
    Expected,
    Moved,
    Topic,
    broken,
    changes_of,
    map_risk,
    overdue,
    silent,
    stuck,
    told,
    topic_of,
)
from app.pipeline.board_queries import USUAL, stage_norms
from app.pipeline.models import DealSpan, Opportunity, StageMove
from app.pipeline.rules import Outcome, Stage
from app.pipeline.snapshots import DAY
from app.pipeline.stage_rules import StageRules
from app.pipeline.standing_queries import DealWish, wished_deals
from app.pipeline.standstill_queries import IS_DECIDED, is_changed, is_open, standing_still
from app.users.models import User
from app.vocabulary import Reason

MOST_EVENTS = 500
MOST_SHOWN = 25
"""Deals a topic names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Item:
    """A deal on the agenda and why."""

    id: int
    name: str
    account_id: int
    account: str
    owner: str
    stage: Stage
    amount: Decimal | None
    currency: str
    close_on: date | None
    why: Reason


@dataclass(frozen=True, slots=True)
class Point:
    """A topic of the agenda: the deals it names, the largest first, and how many there are."""

    topic: Topic
    items: list[Item]
    count: int
    is_whole: bool = True


def agenda(
    session: Session,
    seen: Seen,
    wish: DealWish,
    since: date,
    today: date,
    *,
    rules: StageRules = USUAL,
) -> list[Point]:
    """What happened after ``since`` until today, and what stands still; topics without deals
    are left out. Five SELECTs."""
    found: dict[Topic, list[Item]] = defaultdict(list)
    for topic, item in (
        *_moved(session, seen, wish, since, today),
        *_changed(session, seen, wish, since),
    ):
        found[topic].append(item)
    points = {topic: _point(topic, items) for topic, items in found.items()}
    points |= {point.topic: point for point in _still(session, seen, wish, today, rules)}
    return [points[topic] for topic in Topic if topic in points]


def _point(topic: Topic, items: list[Item]) -> Point:
    once = list({item.id: item for item in items}.values())
    largest = sorted(once, key=lambda item: -(item.amount or 0))[:MOST_SHOWN]
    return Point(topic, largest, len(once), len(items) < MOST_EVENTS)


def _deals(seen: Seen, wish: DealWish, *columns: Any) -> Select[Any]:
    """Deals with what an item shows of them, and more columns."""
    return (
        select(
            Opportunity.id,
            Opportunity.name,
            Opportunity.account_id,
            Account.name.label("account"),
            User.name.label("owner"),
            Opportunity.stage,
            Opportunity.amount,
            Opportunity.currency,
            Opportunity.close_on,
            *columns,
        )
        .select_from(Opportunity)
        .join(Account, Account.id == Opportunity.account_id)
        .outerjoin(User, User.id == Opportunity.owner_id)
        .where(*wished_deals(seen, wish))
    )


def _item(row: Any, why: Reason) -> Item:
    return Item(
        row.id,
        row.name,
        row.account_id,
        row.account,
        row.owner or "",
        Stage(row.stage),
        row.amount,
        row.currency,
        row.close_on,
        why,
    )


def _moved(
    session: Session, seen: Seen, wish: DealWish, since: date, today: date
) -> Iterable[tuple[Topic, Item]]:
    lately = (StageMove.on > since, StageMove.on <= today)
    query = (
        _deals(seen, wish, *MOVED)
        .join(StageMove, StageMove.opportunity_id == Opportunity.id)
        .where(*lately, Opportunity.id.in_(select(StageMove.opportunity_id).where(*lately)))
        .order_by(StageMove.on.desc(), StageMove.id.desc())
        .limit(MOST_EVENTS)
    )
    for row in session.execute(query):
        fact = Moved(
            row.on,
            Stage(row.from_stage) if row.from_stage else None,
            Stage(row.to_stage),
            Outcome(row.outcome),
            row.is_override,
            row.evidence,
            row.reason,
        )
        yield topic_of(fact), _item(row, told(fact))


MOVED = (
    StageMove.on,
    StageMove.from_stage,
    StageMove.to_stage,
    StageMove.outcome,
    StageMove.is_override,
    StageMove.evidence,
    StageMove.reason,
)


def _changed(
    session: Session, seen: Seen, wish: DealWish, since: date
) -> Iterable[tuple[Topic, Item]]:
    then = (DealSpan.amount.label("old_amount"), DealSpan.close_on.label("old_close"))
    query = (
        _deals(seen, wish, *then)
        .join(DealSpan, DealSpan.opportunity_id == Opportunity.id)
        .where(DealSpan.since <= since, DealSpan.until > since)
        .where(is_changed(seen, since + DAY), is_open(seen))
        .limit(MOST_EVENTS)
    )
    for row in session.execute(query):
        old, new = Expected(row.old_amount, row.old_close), Expected(row.amount, row.close_on)
        for topic, why in changes_of(old, new):
            yield topic, _item(row, why)


def _still(
    session: Session, seen: Seen, wish: DealWish, today: date, rules: StageRules
) -> Iterable[Point]:
    """Topics of open deals that stand still, the largest named and all counted."""
    norms = stage_norms(session, None, rules)
    found = standing_still(session, seen, wish, norms, today=today, most=MOST_SHOWN)
    named = {deal_id for ids, _number in found.values() for deal_id in ids}
    query = _deals(seen, wish, *STILL).where(Opportunity.id.in_(named))
    rows = {row.id: row for row in session.execute(query)} if named else {}
    for topic, (ids, number) in found.items():
        items = [_item(rows[one], _why(topic, rows[one], norms, today)) for one in ids]
        yield Point(topic, sorted(items, key=lambda item: -(item.amount or 0)), number)


STILL = (
    Opportunity.next_step,
    Opportunity.next_step_on,
    Opportunity.stage_since,
    IS_DECIDED.label("has_decider"),
)


def _why(topic: Topic, row: Any, norms: Mapping[Stage, int], today: date) -> Reason:
    if topic is Topic.OVERDUE:
        return overdue(row.close_on, today)
    if topic is Topic.BROKEN:
        return broken(row.next_step, row.next_step_on)
    if topic is Topic.SILENT:
        return silent()
    if topic is Topic.MAP:
        return map_risk(has_decider=row.has_decider)
    return stuck((today - row.stage_since).days, norms[Stage(row.stage)])
