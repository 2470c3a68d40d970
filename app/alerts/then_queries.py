"""How rows stood at the end of a past day, where they were put away or written anew since.

What has a day of its own is told by that; this is for what has none: a plan's amount, a goal's
target, a contract's days of notice, a budget, a setting. The history knows what was replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.history import Change
from app.stakeholders.models import Stakeholder
from app.users.queries import find_setting

OVER = timedelta(days=1, hours=12)
"""A day is over everywhere once it is in the zone furthest west."""

Then = dict[int, dict[str, Any]]
"""What columns held, by row: only those that hold something else now."""


def end_of(on: date) -> datetime:
    """The moment a day is over for everybody: what is done today is never after it."""
    return datetime.combine(on, time(), UTC) + OVER


def stood(model: Any, on: date) -> ColumnElement[bool]:
    """That a row was not put away by the end of a day, whatever became of it since."""
    return or_(model.archived_at.is_(None), model.archived_at >= end_of(on))


def was_here(on: date) -> ColumnElement[bool]:
    """That a person was known on a day, had not left, and was not put away by then."""
    return and_(
        stood(Stakeholder, on),
        or_(Stakeholder.known_on.is_(None), Stakeholder.known_on <= on),
        or_(Stakeholder.left_on.is_(None), Stakeholder.left_on > on),
    )


def rewritten(session: Session, model: Any, ids: Collection[int], on: date, *names: str) -> Then:
    """What some columns of accounts' rows held at the end of a day, where that has changed."""
    if not _is_past(session, on):
        return {}
    rows = session.execute(
        select(Change.entity_id, Change.columns)
        .where(
            Change.account_id.in_(ids),
            Change.entity == model.__tablename__,
            Change.act != "created",
            Change.at >= end_of(on),
        )
        .order_by(Change.id)
    )
    found: Then = defaultdict(dict)
    for row_id, columns in rows:
        for name in columns.keys() & set(names):
            found[row_id].setdefault(name, _value(model, name, columns[name][0]))
    return dict(found)


def _is_past(session: Session, on: date) -> bool:
    """Whether anything at all has changed since a day."""
    newest = session.scalar(select(Change.at).order_by(Change.id.desc()).limit(1))
    return newest is not None and newest >= end_of(on)


def _value(model: Any, name: str, kept: Any) -> Any:
    """A column's value from the text that the history keeps."""
    kind = model.__table__.c[name].type.python_type
    if kept is None or kind not in {date, Decimal}:
        return kept
    return date.fromisoformat(kept) if kind is date else Decimal(kept)


def setting_then(session: Session, key: str, on: date) -> str | None:
    """A company setting's text as it was at the end of a day."""
    since = (
        select(Change.columns)
        .where(
            Change.entity == "setting",
            Change.entity_id == 0,
            Change.title == key,
            Change.at >= end_of(on),
        )
        .order_by(Change.id)
        .limit(1)
    )
    changed = session.scalar(since)
    return changed[key][0] if changed else find_setting(session, key)
