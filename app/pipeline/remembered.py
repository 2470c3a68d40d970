"""Answers that take long, remembered by each worker while nothing that they rest on has changed.

Whatever happens to a deal appends a row: a move, new terms, a call, or a line in the history.
The newest of each tells whether anything happened. Two writers of PostgreSQL may commit out of
turn, so an answer is never older than a minute either.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.history import Change
from app.pipeline.forecast_models import ForecastCall, ForecastSnapshot
from app.pipeline.models import StageMove, Terms
from app.stakeholders.models import ContactReading, Observation, RoleHolding

MOST_KEPT = 128
LASTS = 60.0
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
Kept = OrderedDict[Hashable, tuple[float, Any, Any]]
ANSWERS: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()
"""By the pool of the database they came from."""
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
    known: Answer | None = recalled(session, key, mark, lasts)
    if known is not None:
        return known
    answer = find()
    kept = _kept(session)
    kept[key] = (monotonic(), mark, answer)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    return answer


def recalled(session: Session, key: Hashable, mark: Hashable, lasts: float = LASTS) -> Any:
    """The answer to a question that still holds; None when it has to be found."""
    kept = _kept(session)
    at, known_by, answer = kept.get(key, (0.0, None, None))
    if known_by != mark or monotonic() - at >= lasts:
        return None
    kept.move_to_end(key)
    return answer


def _kept(session: Session) -> Kept:
    return ANSWERS.setdefault(session.connection().engine.pool, OrderedDict())
