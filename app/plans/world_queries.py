"""What happened at an account since a day: one SELECT over people, deals and visits, one
over the history of rivals, one over sales."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.accounts.models import Rival
from app.history import Change
from app.paging import Query
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.rules import SIGNED, Outcome
from app.plans.places import ACCOUNT, SINCE, SINCE_THEN, UNTIL, UNTIL_THEN, a_year_apart
from app.plans.world import Event, EventKind, SalesNews
from app.records.models import Sale
from app.stakeholders.models import Observation, RoleHolding, Stakeholder
from app.visits.models import Visit

MOST = 300


def events_since(session: Session, account_id: int, since: date, on: date) -> list[Event]:
    """What happened after one day and no later than another, newest first."""
    values = {"account_id": account_id, "since": since, "until": on}
    rows = session.execute(_happened(), values)
    found = [Event(EventKind(row.kind), row.day, row.who) for row in rows]
    return found + _rivals(session, account_id, since)


@cache
def _happened() -> Select[Any]:
    here = Stakeholder.archived_at.is_(None)
    visit = literal(EventKind.VISITED.value), Visit.held_on, Visit.purpose
    parts = [
        _people(EventKind.ARRIVED, Stakeholder.known_on),
        _people(EventKind.LEFT, Stakeholder.left_on),
        _about(Observation, EventKind.JUDGED, Observation.on).where(here),
        _about(RoleHolding, EventKind.ROLE, RoleHolding.since).where(here),
        _moves(),
        select(*visit).where(
            *_within(Visit, Visit.held_on), Visit.archived_at.is_(None), Visit.outcome != ""
        ),
    ]
    happened = union_all(*parts).subquery("happened")
    return select(happened).order_by(happened.c.day.desc()).limit(MOST)


def _within(model: Any, day: Any) -> tuple[ColumnElement[bool], ...]:
    """That a row is the account's and its day in the span."""
    return model.account_id == ACCOUNT, day > SINCE, day <= UNTIL


def _people(kind: EventKind, day: Any) -> Select[Any]:
    said = literal(kind.value).label("kind"), day.label("day"), Stakeholder.name.label("who")
    return select(*said).where(*_within(Stakeholder, day), Stakeholder.archived_at.is_(None))


def _about(model: Any, kind: EventKind, day: Any) -> Select[Any]:
    return (
        select(literal(kind.value), day, Stakeholder.name)
        .join(Stakeholder, Stakeholder.id == model.stakeholder_id)
        .where(*_within(model, day))
    )


def _moves() -> Select[Any]:
    kind = case(
        (StageMove.outcome.in_(SIGNED), EventKind.WON.value),
        (StageMove.outcome == Outcome.LOST, EventKind.LOST.value),
        (StageMove.from_stage.is_(None), EventKind.OPENED.value),
        else_=EventKind.MOVED.value,
    )
    return (
        select(kind, StageMove.on, Opportunity.name)
        .join(Opportunity, Opportunity.id == StageMove.opportunity_id)
        .where(*_within(StageMove, StageMove.on), Opportunity.archived_at.is_(None))
    )


def _rivals(session: Session, account_id: int, since: date) -> list[Event]:
    """Rivals have no days of their own: their history tells when they changed."""
    after = datetime.combine(since + timedelta(days=1), time(), UTC)
    named = {"account_id": account_id, "after": after}
    rows: Iterable[Any] = session.execute(_rivals_changed(), named)
    return [Event(EventKind.RIVAL, row.at.date(), row.name) for row in rows]


@cache
def _rivals_changed() -> Query:
    return (
        select(func.max(Change.at).label("at"), Rival.name)
        .join(Rival, Rival.id == Change.entity_id)
        .where(
            Change.account_id == ACCOUNT,
            Change.entity == Rival.__tablename__,
            Change.at >= bindparam("after"),
            Rival.archived_at.is_(None),
        )
        .group_by(Rival.id, Rival.name)
    )


def sales_since(session: Session, account_id: int, since: date, on: date) -> SalesNews:
    """What was sold after one day and no later than another, and a year before that."""
    named = {"account_id": account_id, **a_year_apart(since, on)}
    row = session.execute(_sold(), named).one()
    return SalesNews(*(Decimal(str(amount or 0)) for amount in row))


@cache
def _sold() -> Query:
    now = (Sale.on > SINCE) & (Sale.on <= UNTIL)
    then = (Sale.on > SINCE_THEN) & (Sale.on <= UNTIL_THEN)
    return select(
        func.sum(case((now, Sale.amount), else_=0)),
        func.sum(case((then, Sale.amount), else_=0)),
    ).where(Sale.account_id == ACCOUNT, Sale.on > SINCE_THEN, Sale.on <= UNTIL)
