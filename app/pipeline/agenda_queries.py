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
    MAP_STAGES,
    SILENT_DAYS,
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
from app.pipeline.board_queries import stage_norms
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standing_queries import DealWish, last_until, wished_deals
from app.stakeholders.models import Observation, RoleHolding, Stakeholder
from app.stakeholders.rules import Role
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
    session: Session, seen: Select[Any], wish: DealWish, since: date, today: date
) -> list[Point]:
    """What happened after ``since`` until today, and what stands still; topics without deals
    are left out. Six SELECTs."""
    found: dict[Topic, list[Item]] = defaultdict(list)
    for topic, item in (
        *_moved(session, seen, wish, since, today),
        *_changed(session, seen, wish, since),
    ):
        found[topic].append(item)
    points = {topic: _point(topic, items) for topic, items in found.items()}
    points |= {point.topic: point for point in _still(session, seen, wish, today) if point.count}
    return [points[topic] for topic in Topic if topic in points]


def _point(topic: Topic, items: list[Item]) -> Point:
    once = list({item.id: item for item in items}.values())
    largest = sorted(once, key=lambda item: -(item.amount or 0))[:MOST_SHOWN]
    return Point(topic, largest, len(once), len(items) < MOST_EVENTS)


def _deals(seen: Select[Any], wish: DealWish, *columns: Any) -> Select[Any]:
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
    session: Session, seen: Select[Any], wish: DealWish, since: date, today: date
) -> Iterable[tuple[Topic, Item]]:
    query = (
        _deals(seen, wish, *MOVED)
        .join(StageMove, StageMove.opportunity_id == Opportunity.id)
        .where(StageMove.on > since, StageMove.on <= today)
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
    session: Session, seen: Select[Any], wish: DealWish, since: date
) -> Iterable[tuple[Topic, Item]]:
    before = aliased(Terms)
    touched = select(Terms.opportunity_id).where(Terms.on > since)
    then = (before.amount.label("old_amount"), before.close_on.label("old_close"))
    query = (
        _deals(seen, wish, *then)
        .join(before, before.id == last_until(Terms, since))
        .where(Opportunity.id.in_(touched), Opportunity.outcome == Outcome.OPEN)
        .limit(MOST_EVENTS)
    )
    for row in session.execute(query):
        old, new = Expected(row.old_amount, row.old_close), Expected(row.amount, row.close_on)
        for topic, why in changes_of(old, new):
            yield topic, _item(row, why)


def _still(session: Session, seen: Select[Any], wish: DealWish, today: date) -> Iterable[Point]:
    """Topics of open deals that stand still, the largest named and all counted."""
    norms = stage_norms(session)
    for topic, condition in _conditions(norms, today).items():
        query = _deals(seen, wish, *STILL).where(Opportunity.outcome == Outcome.OPEN, condition)
        largest = query.order_by(func.coalesce(Opportunity.amount, 0).desc(), Opportunity.id)
        rows = list(session.execute(largest.limit(MOST_SHOWN)))
        items = [_item(row, _why(topic, row, norms, today)) for row in rows]
        yield Point(topic, items, rows[0].number if rows else 0)


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
    found[Topic.SILENT] = _is_silent(today - timedelta(days=SILENT_DAYS))
    found[Topic.MAP] = Opportunity.stage.in_(MAP_STAGES) & (
        Opportunity.account_id.not_in(DECIDED_BY) | Opportunity.account_id.in_(AGAINST_US)
    )
    return found


def _is_silent(before: date) -> ColumnElement[bool]:
    """Deals of which nothing is noted since a day, at accounts that nobody was in touch with."""
    met = select(Stakeholder.account_id).where(Stakeholder.touched_on >= before)
    expected = select(Terms.opportunity_id).where(Terms.on >= before)
    return (
        (Opportunity.stage_since < before)
        & Opportunity.id.not_in(expected)
        & Opportunity.account_id.not_in(met)
    )


HOLDS = (RoleHolding.until.is_(None), RoleHolding.opportunity_id.is_(None))
_DECIDES = (RoleHolding.role == Role.DECIDER, *HOLDS)
SUPPORT = (
    select(Observation.support)
    .where(
        Observation.stakeholder_id == RoleHolding.stakeholder_id,
        Observation.support.is_not(None),
        Observation.opportunity_id.is_(None),
    )
    .order_by(Observation.on.desc(), Observation.id.desc())
    .limit(1)
    .correlate(RoleHolding)
    .scalar_subquery()
)
"""How the holder of a role was last seen to stand to us."""
DECIDED_BY = select(RoleHolding.account_id).where(*_DECIDES)
"""Accounts at which somebody is known to decide."""
AGAINST_US = DECIDED_BY.where(SUPPORT < 0)
"""Accounts at which a decider was last seen against us."""


STILL = (
    Opportunity.next_step,
    Opportunity.next_step_on,
    Opportunity.stage_since,
    Opportunity.account_id.in_(DECIDED_BY).label("has_decider"),
    func.count().over().label("number"),
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
