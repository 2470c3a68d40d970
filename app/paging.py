"""Lists by the page: from a row on, not from a number on, so page 200 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Select, SQLColumnExpression, func, literal, select, tuple_
from sqlalchemy.orm import Session

SIZE = 50
MOST_COUNTED = 1000

Row = TypeVar("Row")
Query = Select[*tuple[Any, ...]]
Column = SQLColumnExpression[Any]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the ids to go on from: ``after`` the last, ``before`` the first."""

    rows: list[Row]
    after: int | None
    before: int | None
    counted: int = 0

    @property
    def is_counted_whole(self) -> bool:
        """Whether ``counted`` is all there are, and not just where counting stopped."""
        return self.counted <= MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is in a list: the id they go on from, and which way."""

    after: int | None = None
    before: int | None = None


def page_of(
    session: Session,
    query: Query,
    key: Column,
    row_id: Column,
    place: Place,
    *,
    descending: bool = False,
    size: int = SIZE,
) -> Page[Any]:
    """One page of a query sorted by ``key`` (never NULL) and then ``row_id``.

    The place is found by its row, in the same SELECT; a row that has gone means the start.
    """
    backward = place.before is not None
    start = place.before if backward else place.after
    falling = descending != backward
    both = tuple_(key, row_id)
    if start is not None:
        there = select(key).where(row_id == start).correlate(None).scalar_subquery()
        edge = tuple_(there, literal(start))
        query = query.where(both < edge if falling else both > edge)
    order = (key.desc(), row_id.desc()) if falling else (key, row_id)
    found = list(session.execute(query.order_by(*order).limit(size + 1)))
    more = len(found) > size
    rows = found[:size]
    if backward:
        rows.reverse()
    return Page(
        rows,
        after=rows[-1].id if rows and (more or backward) else None,
        before=rows[0].id if rows and (more if backward else start is not None) else None,
    )


class Numbered(Protocol):
    """A row of a list, known by its id."""

    @property
    def id(self) -> int:
        """Whose row it is."""


Known = TypeVar("Known", bound=Numbered)


def page_among(rows: list[Known], place: Place, size: int = SIZE) -> Page[Known]:
    """The part of a list that is all there: what begins after one row, or ends before one."""
    ids = [row.id for row in rows]
    first = 0
    if place.after in ids:
        first = ids.index(place.after) + 1
    elif place.before in ids:
        first = max(ids.index(place.before) - size, 0)
    part = rows[first : first + size]
    more = first + size < len(rows)
    return Page(
        part,
        after=part[-1].id if part and more else None,
        before=part[0].id if part and first else None,
        counted=len(rows),
    )


def count_up_to(session: Session, query: Query, most: int = MOST_COUNTED) -> int:
    """How many rows a query has; ``most + 1`` stands for more than ``most``."""
    some = query.order_by(None).with_only_columns(literal(1)).limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
