"""Answers that take long, kept by each worker for as long as the mark of what they rest on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

MOST_KEPT = 128
LASTS = 60.0
Answer = TypeVar("Answer")
Kept = OrderedDict[Hashable, tuple[float, Any, Any]]
ANSWERS: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()
"""By the pool of the database they came from."""


def kept_or_found(
    session: Session,
    key: Hashable,
    find: Callable[[], Answer],
    *,
    mark: Hashable,
    lasts: float = LASTS,
) -> Answer:
    """The answer to a question, found anew under another mark, or once it ``lasts`` no more."""
    known: Answer | None = recalled(session, key, mark, lasts)
    return keep(session, key, mark, find()) if known is None else known


def keep(session: Session, key: Hashable, mark: Hashable, answer: Answer) -> Answer:
    """Remember an answer under a mark; the oldest goes when there are too many."""
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


def last_kept(session: Session, key: Hashable) -> tuple[Any, Any]:
    """The mark and the answer that were kept last, whether they still hold or not."""
    _at, mark, answer = _kept(session).get(key, (0.0, None, None))
    return mark, answer


def forget(session: Session, key: Hashable) -> None:
    """Have a question's answer found anew."""
    _kept(session).pop(key, None)


def _kept(session: Session) -> Kept:
    return ANSWERS.setdefault(session.connection().engine.pool, OrderedDict())
