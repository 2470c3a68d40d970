"""What was said of each factor, and in which interviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from app.pipeline.losing import Factor
from app.retrospectives.columns import OURS, THEIRS, View
from app.retrospectives.models import RetroInterview, RetroView
from app.stakeholders.models import Stakeholder
from app.users.models import User


def views_seen(session: Session, retro_id: int, user_id: int, *, is_open: bool) -> list[View]:
    """What a reader may know of who says what: their own and the interviews' at once, what the
    others of us say once it is opened."""
    seen = or_(RetroView.interview_id.is_not(None), RetroView.user_id == user_id, literal(is_open))
    told = func.coalesce(Stakeholder.name, RetroInterview.who, "")
    rows = session.execute(
        select(RetroView.user_id, RetroView.interview_id, User.name, told, RetroView.factor,
               RetroView.counted)
        .outerjoin(User, User.id == RetroView.user_id)
        .outerjoin(RetroInterview, RetroInterview.id == RetroView.interview_id)
        .outerjoin(Stakeholder, Stakeholder.id == RetroInterview.stakeholder_id)
        .where(RetroView.retrospective_id == retro_id, seen)
        .order_by(RetroView.id)
    )  # fmt: skip
    return [_view(row) for row in rows]


def _view(row: Any) -> View:
    ours, interview, name, told, factor, counted = row
    voice = (OURS, ours) if interview is None else (THEIRS, interview)
    return View(voice, name or told, Factor(factor), counted)


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """An interview as the columns list it."""

    id: int
    who: str
    title: str
    on: date
    by: str
    user_id: int | None
    answers: dict[str, str]


def interviews_of(session: Session, retro_id: int) -> list[InterviewRow]:
    """Who of theirs was asked, and what they said; oldest first."""
    row = RetroInterview
    rows = session.execute(
        select(row.id, func.coalesce(Stakeholder.name, row.who, ""),
               func.coalesce(Stakeholder.title, ""), row.on, func.coalesce(User.name, ""),
               row.user_id, row.answers)
        .outerjoin(Stakeholder, Stakeholder.id == row.stakeholder_id)
        .outerjoin(User, User.id == row.user_id)
        .where(row.retrospective_id == retro_id)
        .order_by(row.on, row.id)
    )  # fmt: skip
    return [InterviewRow(*found) for found in rows]


def find_interview(session: Session, retro_id: int, interview_id: int) -> RetroInterview | None:
    """An interview, if that retrospective's."""
    found = session.get(RetroInterview, interview_id)
    return found if found is not None and found.retrospective_id == retro_id else None


def said_in(session: Session, interview_id: int) -> dict[Factor, bool]:
    """What somebody interviewed said of each factor."""
    rows = session.execute(
        select(RetroView.factor, RetroView.counted).where(RetroView.interview_id == interview_id)
    )
    return {Factor(factor): counted for factor, counted in rows}
