"""Answers that take longer than a page may: worked out beside the request, and then remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from structlog import get_logger

from app.pipeline.remembered import recalled, remembered

Answer = TypeVar("Answer")


@dataclass
class Work:
    """How far a piece of work is, in steps."""

    total: int
    done: int = 0

    def step(self) -> None:
        """One more is done."""
        self.done += 1


Find = Callable[[Session, Work], Answer]
UNDER_WAY: dict[Hashable, Work] = {}
LOCK = Lock()


def found_or_begun(
    session: Session,
    find: Find[Answer],
    steps: int,
    *,
    key: Hashable,
    mark: Hashable,
    lasts: float,
) -> Answer | Work:
    """The answer that is remembered; else how far it is, begun now if nobody is at it."""
    known: Answer | None = recalled(session, key, mark, lasts)
    if known is not None:
        return known
    engine: Any = session.get_bind()
    place = (id(engine.pool), key)
    with LOCK:
        is_new = place not in UNDER_WAY
        work = UNDER_WAY.setdefault(place, Work(steps))
    if is_new:
        look = partial(remembered, key=key, mark=mark, lasts=lasts)
        Thread(target=_work, args=(engine, place, work, find, look), daemon=True).start()
    return work


def _work(
    engine: Engine, place: Hashable, work: Work, find: Find[Any], look: Callable[..., Any]
) -> None:
    try:
        with Session(engine) as session:
            look(session, find=partial(find, session, work))
    except Exception as error:
        get_logger().exception("beside", kind=type(error).__name__)
    finally:
        UNDER_WAY.pop(place, None)
