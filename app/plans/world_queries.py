"""What happened at an account since a day: one SELECT over people, deals and visits, one
over the history of rivals, one over sales."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.accounts.models import Rival
from app.history import Change
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.rules import SIGNED, Outcome
from app.plans.world import Event, EventKind, SalesNews
from app.records.models import Sale
from app.stakeholders.models import Observation, RoleHolding, Stakeholder
from app.visits.models import Visit

MOST = 300
YEAR = timedelta(days=365)


def events_since(session: Session, account_id: int, since: date, on: date) -> list[Event]:
    """What happened after one day and no later than another, newest first."""
    parts = [
        _people(EventKind.ARRIVED, Stakeholder.known_on, account_id),
        _people(EventKind.LEFT, Stakeholder.left_on, account_id),
        _about(Observation, EventKind.JUDGED, Observation.on, account_id),
        _about(RoleHolding, EventKind.ROLE, RoleHolding.since, account_id),
        _moves(account_id),
        _visits(account_id),
    ]
    happened = union_all(*parts).subquery("happened")
    rows = session.execute(
        select(happened)
        .where(happened.c.day > since, happened.c.day <= on)
        .order_by(happened.c.day.desc())
        .limit(MOST)
    )
    found = [Event(EventKind(row.kind), row.day, row.who) for row in rows]
    return found + _rivals(session, account_id, since)


def _people(kind: EventKind, day: Any, account_id: int) -> Select[Any]:
    return select(
        literal(kind.value).label("kind"), day.label("day"), Stakeholder.name.label("who")
    ).where(
        Stakeholder.account_id == account_id,
        Stakeholder.archived_at.is_(None),
        day.is_not(None),
    )


def _about(model: Any, kind: EventKind, day: Any, account_id: int) -> Select[Any]:
    return (
        select(literal(kind.value), day, Stakeholder.name)
        .join(Stakeholder, Stakeholder.id == model.stakeholder_id)
        .where(model.account_id == account_id, Stakeholder.archived_at.is_(None))
    )


def _moves(account_id: int) -> Select[Any]:
    kind = case(
        (StageMove.outcome.in_(SIGNED), EventKind.WON.value),
        (StageMove.outcome == Outcome.LOST, EventKind.LOST.value),
        (StageMove.from_stage.is_(None), EventKind.OPENED.value),
        else_=EventKind.MOVED.value,
    )
    return (
        select(kind, StageMove.on, Opportunity.name)
        .join(Opportunity, Opportunity.id == StageMove.opportunity_id)
        .where(StageMove.account_id == account_id, Opportunity.archived_at.is_(None))
    )


def _visits(account_id: int) -> Select[str, date | None, str]:
    return select(literal(EventKind.VISITED.value), Visit.held_on, Visit.purpose).where(
        Visit.account_id == account_id,
        Visit.archived_at.is_(None),
        Visit.held_on.is_not(None),
        Visit.outcome != "",
    )


def _rivals(session: Session, account_id: int, since: date) -> list[Event]:
    """Rivals have no days of their own: their history tells when they changed."""
    after = datetime.combine(since + timedelta(days=1), time(), UTC)
    rows = session.execute(
        select(func.max(Change.at).label("at"), Rival.name)
        .join(Rival, Rival.id == Change.entity_id)
        .where(
            Change.account_id == account_id,
            Change.entity == Rival.__tablename__,
            Change.at >= after,
            Rival.archived_at.is_(None),
        )
        .group_by(Rival.id, Rival.name)
    )
    return [Event(EventKind.RIVAL, row.at.date(), row.name) for row in rows]


def sales_since(session: Session, account_id: int, since: date, on: date) -> SalesNews:
    """What was sold after one day and no later than another, and a year before that."""
    now = (Sale.on > since) & (Sale.on <= on)
    then = (Sale.on > since - YEAR) & (Sale.on <= on - YEAR)
    row = session.execute(
        select(
            func.sum(case((now, Sale.amount), else_=0)),
            func.sum(case((then, Sale.amount), else_=0)),
        ).where(Sale.account_id == account_id, Sale.on > since - YEAR, Sale.on <= on)
    ).one()
    return SalesNews(*(Decimal(str(amount or 0)) for amount in row))
