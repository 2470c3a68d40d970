"""Forecasts lock themselves: by whichever worker sees first that one is due, once.

A lease keeps workers apart, and a period has one forecast a day whatever happens, so that two
that began at once leave one.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.leases import give_back, take
from app.pipeline.forecast_changes import lock, missing
from app.pipeline.periods import quarters_before
from app.pipeline.score_queries import Scope, walk
from app.pipeline.scoring import chance_scores
from app.pipeline.snapshots import Due
from app.pipeline.standing_queries import DealWish
from app.pipeline.verdicts import VERDICTS, verdicts_of, verdicts_text
from app.users.models import Setting

LEASE = "forecast"
PAST_QUARTERS = 4


def lock_due(engine: Engine, today: date, at: datetime) -> int:
    """Lock every forecast that is due; gives how many were, 0 when another worker is at it."""
    with Session(engine.execution_options(writes=False)) as session:
        waiting = missing(session, today)
    if not waiting or not take(engine, LEASE):
        return 0
    try:
        count = sum(_lock(engine, one, at) for one in waiting)
        if count:
            with Session(engine) as session:
                keep_verdicts(session, today)
                session.commit()
        return count
    finally:
        give_back(engine, LEASE)


def _lock(engine: Engine, one: Due, at: datetime) -> bool:
    with Session(engine) as session:
        try:
            count = lock(session, one, at)
            session.commit()
        except IntegrityError:  # another worker was quicker by a moment
            session.rollback()
            return False
    return count > 0


def keep_verdicts(session: Session, today: date) -> None:
    """Judge each opinion by the last quarters of the whole company, for the forecast's page."""
    scope = Scope(select(Account.id), DealWish(), today)
    past = walk(session, scope, quarters_before(today, PAST_QUARTERS))
    found = verdicts_of(chance_scores([(one, one.won) for one in past.eves]))
    session.merge(Setting(key=VERDICTS, value=verdicts_text(found)))
