"""The review's agenda from the database: events since a day, and open deals that stand still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.pipeline.agenda import (
    Expected,
    Moved,
    Topic,
    broken,
    changes_of,
    overdue,
    stuck,
    told,
    topic_of,
)
from app.pipeline.board_queries import stage_norms
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standing_queries import DealWish, last_until, wished_deals
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
    account: str
    owner: str
    stage: Stage
    amount: Decimal | None
    currency: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Point:
    """A topic of the agenda: the deals it names, the largest first, and how many there are."""

    topic: Topic
    items: list[Item]
    count: int
    is_whole: bool = True


def agenda(
    session: Session, seen: Select[Any], wish: DealWish, since: date, today: date
) -> list[Point]:
    """What happened after ``since`` until today, and what stands still; topics without deals
    are left out. Six SELECTs."""
    found: dict[Topic, list[Item]] = defaultdict(list)
    for topic, item in (
        *_moved(session, seen, wish, since, today),
        *_changed(session, seen, wish, since),
        *_standing_still(session, seen, wish, today),
    ):
        found[topic].append(item)
    return [_point(topic, found[topic]) for topic in Topic if found[topic]]


def _point(topic: Topic, items: list[Item]) -> Point:
    once = list({item.id: item for item in items}.values())
    largest = sorted(once, key=lambda item: -(item.amount or 0))[:MOST_SHOWN]
    return Point(topic, largest, len(once), len(items) < MOST_EVENTS)


def _deals(seen: Select[Any], wish: DealWish, *columns: Any) -> Select[Any]:
    """Deals with what an item shows of them, and more columns."""
    return (
        select(Opportunity, Account.name, User.name, *columns)
        .join(Account, Account.id == Opportunity.account_id)
        .outerjoin(User, User.id == Opportunity.owner_id)
        .where(*wished_deals(seen, wish))
    )


def _item(deal: Opportunity, account: str, owner: str | None, why: Reason) -> Item:
    return Item(
        deal.id,
        deal.name,
        account,
        owner or "",
        Stage(deal.stage),
        deal.amount,
        deal.currency,
        why,
    )


def _moved(
    session: Session, seen: Select[Any], wish: DealWish, since: date, today: date
) -> Iterable[tuple[Topic, Item]]:
    query = (
        _deals(seen, wish, StageMove)
        .join(StageMove, StageMove.opportunity_id == Opportunity.id)
        .where(StageMove.on > since, StageMove.on <= today)
        .order_by(StageMove.on.desc(), StageMove.id.desc())
        .limit(MOST_EVENTS)
    )
    for deal, account, owner, move in session.execute(query):
        fact = Moved(
            move.on,
            Stage(move.from_stage) if move.from_stage else None,
            Stage(move.to_stage),
            Outcome(move.outcome),
            move.is_override,
            move.evidence,
            move.reason,
        )
        yield topic_of(fact), _item(deal, account, owner, told(fact))


def _changed(
    session: Session, seen: Select[Any], wish: DealWish, since: date
) -> Iterable[tuple[Topic, Item]]:
    before = aliased(Terms)
    touched = select(Terms.opportunity_id).where(Terms.on > since)
    query = (
        _deals(seen, wish, before)
        .join(before, before.id == last_until(Terms, since))
        .where(Opportunity.id.in_(touched), Opportunity.outcome == Outcome.OPEN)
        .limit(MOST_EVENTS)
    )
    for deal, account, owner, terms in session.execute(query):
        old, new = Expected(terms.amount, terms.close_on), Expected(deal.amount, deal.close_on)
        for topic, why in changes_of(old, new):
            yield topic, _item(deal, account, owner, why)


def _standing_still(
    session: Session, seen: Select[Any], wish: DealWish, today: date
) -> Iterable[tuple[Topic, Item]]:
    norms = stage_norms(session)
    for topic, condition in _conditions(norms, today).items():
        query = _deals(seen, wish).where(Opportunity.outcome == Outcome.OPEN, condition)
        largest = query.order_by(func.coalesce(Opportunity.amount, 0).desc(), Opportunity.id)
        for deal, account, owner in session.execute(largest.limit(MOST_EVENTS)):
            yield topic, _item(deal, account, owner, _why(topic, deal, norms, today))


def _conditions(norms: Mapping[Stage, int], today: date) -> dict[Topic, ColumnElement[bool]]:
    found: dict[Topic, ColumnElement[bool]] = {
        Topic.OVERDUE: Opportunity.close_on < today,
        Topic.BROKEN: Opportunity.next_step_on < today,
    }
    late = [
        (Opportunity.stage == stage) & (Opportunity.stage_since < today - timedelta(days=norm))
        for stage, norm in norms.items()
    ]
    if late:
        found[Topic.STUCK] = or_(*late)
    return found


def _why(topic: Topic, deal: Opportunity, norms: Mapping[Stage, int], today: date) -> Reason:
    if topic is Topic.OVERDUE:
        assert deal.close_on is not None
        return overdue(deal.close_on, today)
    if topic is Topic.BROKEN:
        assert deal.next_step_on is not None
        return broken(deal.next_step, deal.next_step_on)
    return stuck((today - deal.stage_since).days, norms[Stage(deal.stage)])
