"""Watches look at open deals by themselves: at all of them once a day and when a watch is
switched on, and between at those of accounts where something happened."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, func, select, union
from sqlalchemy.orm import Session

from app.db import now
from app.history import Change
from app.leases import give_back, take
from app.lessons.changes import look_at, retire_wolves
from app.lessons.past_queries import company_past
from app.lessons.record_queries import open_deals
from app.lessons.watch_queries import watches_on
from app.pipeline.deal_models import DealReading
from app.pipeline.models import Opportunity, StageMove, Terms
from app.stakeholders.models import ContactReading, Observation

LEASE = "watches"
NOTED: tuple[Any, ...] = (Change, StageMove, DealReading, Observation, ContactReading)
"""What happens to a deal or is learnt of its account appends a row to one of these, or terms."""
FARTHEST = timedelta(hours=14)
"""How far ahead of UTC it may be where somebody reads."""
Marks = tuple[int, ...]
LOOKED: WeakKeyDictionary[Engine, tuple[Hashable, Marks]] = WeakKeyDictionary()
"""What each worker has looked at: the day with the watches that were on, and how far rows went."""


def look_through_deals(engine: Engine) -> None:
    """Let every watch look at the deals that it may speak of anew, if this worker gets to it."""
    on = now().date()
    with Session(engine.execution_options(writes=False)) as session:
        duty, marks = _duty(session, on), _marks(session)
        company_past(session, (now() + FARTHEST).date())  # so that no page has to wait for it
    before = LOOKED.get(engine)
    if before == (duty, marks) or not take(engine, LEASE):
        return
    try:
        since = before[1] if before and before[0] == duty else None
        with Session(engine) as session:
            look_at(session, watches_on(session), _deals(since), on)
            retire_wolves(session, on)
            session.commit()
        LOOKED[engine] = (duty, marks)
    finally:
        give_back(engine, LEASE)


def _duty(session: Session, on: date) -> Hashable:
    """The day and what is watched for: when either changes, every deal is looked at."""
    watches = tuple((one.lesson_id, one.watch, one.since) for one in watches_on(session))
    return on, watches


def _marks(session: Session) -> Marks:
    newest = (func.max(model.id) for model in (*NOTED, Terms))
    row = session.execute(select(*(select(one).scalar_subquery() for one in newest))).one()
    return tuple(mark or 0 for mark in row)


def _deals(since: Marks | None) -> Select[Any]:
    """Open deals: all of them, or those where something happened since."""
    if since is None:
        return open_deals()
    *noted, terms = since
    accounts = union(
        *(
            select(model.account_id).where(model.id > mark)
            for model, mark in zip(NOTED, noted, strict=True)
        ),
        select(Opportunity.account_id)
        .join(Terms, Terms.opportunity_id == Opportunity.id)
        .where(Terms.id > terms),
    ).subquery()
    return open_deals(Opportunity.account_id.in_(select(accounts.c.account_id)))
