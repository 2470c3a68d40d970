"""Lines of Today are put off, and come back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.overview.models import Snooze


def put_off(
    session: Session, user_id: int, kind: str, row_id: int, *, until: date, reason: str
) -> None:
    """One person's line of Today stays away until a day; putting it off again moves the day."""
    kept = session.scalar(select(Snooze).where(*_line(user_id, kind, row_id)))
    if kept is None:
        kept = Snooze(user_id=user_id, kind=str(kind), row_id=row_id)
        session.add(kept)
    kept.until, kept.reason = until, reason
    session.flush()


def wake(session: Session, user_id: int, kind: str, row_id: int) -> None:
    """A line is there again."""
    session.execute(delete(Snooze).where(*_line(user_id, kind, row_id)))


def _line(user_id: int, kind: str, row_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Snooze.user_id == user_id, Snooze.kind == str(kind), Snooze.row_id == row_id)
