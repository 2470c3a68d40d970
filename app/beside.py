"""Answers that take longer than a page may: worked out beside the request, and then remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from structlog import get_logger

from app.remembered import keep, recalled

Answer = TypeVar("Answer")


@dataclass
class Work:
    """How far a piece of work is, in steps, and whether it has ended."""

    total: int
    done: int = 0
    ended: Event = field(default_factory=Event)

    def step(self) -> None:
        """One more is done."""
        self.done += 1


Find = Callable[[Session, Work], Answer]
Place = tuple[int, Hashable]
UNDER_WAY: dict[Place, Work] = {}
LOCK = Lock()


def found_or_begun(
    session: Session,
    find: Find[Answer],
    steps: int,
    *,
    key: Hashable,
    mark: Hashable,
    lasts: float,
    patience: float = 0.0,
) -> Answer | Work:
    """The answer that is remembered; else how far it is, begun now if nobody is at it.

    It is waited for, if it comes within so many seconds of ``patience``.
    """
    known: Answer | None = recalled(session, key, mark, lasts)
    if known is not None:
        return known
    engine: Any = session.get_bind()
    place = (id(engine.pool), key)
    with LOCK:
        is_new = place not in UNDER_WAY
        work = UNDER_WAY.setdefault(place, Work(steps))
    if is_new:
        given = (engine.execution_options(writes=False), place, mark, work, find)
        Thread(target=_work, args=given, daemon=True).start()
    if work.ended.wait(patience):
        known = recalled(session, key, mark, lasts)
    return work if known is None else known


def _work(engine: Engine, place: Place, mark: Hashable, work: Work, find: Find[Any]) -> None:
    _pool, key = place
    try:
        with Session(engine) as session:
            keep(session, key, mark, find(session, work))
    except Exception as error:
        get_logger().exception("beside", kind=type(error).__name__)
    finally:
        UNDER_WAY.pop(place, None)
        work.ended.set()
