"""Answers that take long, remembered by each worker while nothing that they rest on has changed.

Whatever happens to a deal appends a row: a move, new terms, a call, or a line in the history.
The newest of each tells whether anything happened. Two writers of PostgreSQL may commit out of
turn, so an answer is never older than a minute either.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.history import Change
from app.pipeline.forecast_models import ForecastCall, ForecastSnapshot
from app.pipeline.models import StageMove, Terms
from app.remembered import LASTS, kept_or_found
from app.stakeholders.models import ContactReading, Observation, RoleHolding

RESTS_ON = (
    Change,
    StageMove,
    Terms,
    ForecastCall,
    ForecastSnapshot,
    Observation,
    RoleHolding,
    ContactReading,
)
Answer = TypeVar("Answer")
NEWEST = select(*(select(func.max(model.id)).scalar_subquery() for model in RESTS_ON))


def fingerprint(session: Session) -> tuple[int | None, ...]:
    """What changes whenever anything happens to a deal, or is learnt about its account."""
    return tuple(session.execute(NEWEST).one())


def remembered(
    session: Session,
    key: Hashable,
    find: Callable[[], Answer],
    *,
    mark: Hashable = None,
    lasts: float = LASTS,
) -> Answer:
    """The answer to a question, found anew when something happened or a minute has passed.

    What rests on less has a ``mark`` of its own, and ``lasts`` for longer.
    """
    mark = fingerprint(session) if mark is None else mark
    return kept_or_found(session, key, find, mark=mark, lasts=lasts)
