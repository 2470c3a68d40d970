"""What happened to deals since an answer was kept, so that only as much is asked again.

Whatever happens to a deal appends a row: a move, new terms, or a line in the history; files that
come in, or are taken back, leave a note. Two writers of PostgreSQL may commit out of turn, so
there what is kept lasts a minute. Each worker keeps its own, and only what is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select, union
from sqlalchemy.orm import Session

from app.history import Change
from app.pipeline.models import Opportunity, StageMove, Terms
from app.records.imported import IMPORTED
from app.remembered import keep, last_kept
from app.users.models import Setting

MOST_TOUCHED = 2_000
LASTS = {"postgresql": 60.0, "sqlite": 600.0}
GROWING = (StageMove, Terms, Change)
OF_ACCOUNTS = ("account", "membership")
"""Whose changes decide which deals are seen."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and when it was last found whole."""

    at: float
    answer: Any


def mended(
    session: Session,
    key: Hashable,
    find: Callable[[], Answer],
    mend: Callable[[Answer, frozenset[int]], Answer | None],
) -> Answer:
    """The answer to a question about deals, as ``find`` finds it.

    One that is kept is mended by the ids of the deals to which something happened since, and
    found anew when ``mend`` gives None or too much happened.
    """
    connection = session.connection()
    if connection.get_execution_options().get("writes", True):
        return find()
    mark, (marked, kept) = tuple(session.execute(NEWEST).one()), last_kept(session, key)
    if kept is None or monotonic() - kept.at >= LASTS[connection.dialect.name]:
        found = Found(monotonic(), find())
    elif marked == mark:
        found = kept
    else:
        found = _after(kept, _touched(session, marked, mark), find, mend)
    answer: Answer = keep(session, key, mark, found).answer
    return answer


def _after(
    kept: Found,
    touched: frozenset[int] | None,
    find: Callable[[], Answer],
    mend: Callable[[Answer, frozenset[int]], Answer | None],
) -> Found:
    if touched is not None and not touched:
        return kept
    answer = mend(kept.answer, touched) if touched else None
    return Found(monotonic(), find()) if answer is None else Found(kept.at, answer)


def _touched(session: Session, old: tuple[Any, ...], new: tuple[Any, ...]) -> frozenset[int] | None:
    """The deals to which something happened; None when a file came in, or they are too many."""
    if old[-1] != new[-1]:
        return None
    names = (model.__tablename__ for model in GROWING)
    found = session.scalars(TOUCHED, dict(zip(names, old, strict=False)))
    ids = frozenset(found)
    return ids if len(ids) <= MOST_TOUCHED else None


def _newest() -> Select[Any]:
    tables = [select(func.coalesce(func.max(model.id), 0)) for model in GROWING]
    imported = select(Setting.value).where(Setting.key == IMPORTED)
    return select(*(one.scalar_subquery() for one in (*tables, imported)))


def _since() -> Select[Any]:
    moved, told = (
        select(model.opportunity_id).where(model.id > bindparam(model.__tablename__))
        for model in (StageMove, Terms)
    )
    changed = Change.id > bindparam(Change.__tablename__)
    entity = Change.entity.concat("")  # so that the newest are gone along, not all of a kind
    own = select(Change.entity_id).where(changed, entity == Opportunity.__tablename__)
    theirs = (
        select(Opportunity.id)
        .join(Change, Change.account_id == Opportunity.account_id)
        .where(changed, entity.in_(OF_ACCOUNTS))
    )
    every = union(moved, told, own, theirs).subquery("touched")
    return select(every.c[0]).limit(MOST_TOUCHED + 1)


NEWEST, TOUCHED = _newest(), _since()
"""Built once."""
