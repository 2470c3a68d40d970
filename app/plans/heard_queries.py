"""Feedback that visits heard and nobody has taken up yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.paging import Query
from app.records.models import Feedback
from app.users.models import User
from app.visits.models import Visit, VisitReport


@dataclass(frozen=True, slots=True)
class HeardRow:
    """What somebody wrote down after a visit."""

    id: int
    on: date
    words: str
    user_id: int | None
    author: str | None


def heard_on_visits(session: Session, account_id: int) -> list[HeardRow]:
    """What visits heard and no feedback repeats word for word, newest first."""
    query = _heard().where(VisitReport.account_id == account_id, Visit.archived_at.is_(None))
    return [_row(row) for row in session.execute(query.limit(20))]


def find_heard(session: Session, account_id: int, report_id: int) -> HeardRow | None:
    """What one report heard."""
    wanted = VisitReport.id == report_id, VisitReport.account_id == account_id
    found = session.execute(_heard().where(*wanted)).one_or_none()
    return _row(found) if found else None


def _heard() -> Query:
    taken_up = select(Feedback.id).where(
        Feedback.account_id == VisitReport.account_id, Feedback.words == VisitReport.feedback
    )
    day = func.coalesce(Visit.held_on, Visit.on)
    return (
        select(VisitReport.id, day, VisitReport.feedback, VisitReport.user_id, User.name)
        .join(Visit, Visit.id == VisitReport.visit_id)
        .outerjoin(User, User.id == VisitReport.user_id)
        .where(VisitReport.feedback != "", ~taken_up.exists())
        .order_by(day.desc(), VisitReport.id.desc())
    )


def _row(row: Any) -> HeardRow:
    return HeardRow(*row)
