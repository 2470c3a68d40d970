"""What is on the table of a session: nobody is given what others wrote before it is opened."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from app.pipeline.losing import Factor
from app.retrospectives.models import RetroNote, RetroVote
from app.retrospectives.queries import READER, RETRO
from app.retrospectives.table import NoteRow
from app.users.models import User


def notes_seen(session: Session, retro_id: int, user_id: int, *, is_open: bool) -> list[NoteRow]:
    """A reader's own notes and, once it is opened, those that the others share; oldest first."""
    asked = OPEN_NOTES if is_open else OWN_NOTES
    rows = session.execute(asked, {"retro_id": retro_id, "user_id": user_id})
    return [NoteRow(row[0], row[1], row[2], Factor(row[3]), *row[4:]) for row in rows]


def _notes(*, is_open: bool) -> Select[Any]:
    given = _given(READER)
    return (
        select(
            RetroNote.id,
            RetroNote.user_id,
            func.coalesce(User.name, "").label("who"),
            RetroNote.factor,
            RetroNote.words,
            RetroNote.is_shared,
            RetroNote.leader_id,
            RetroNote.came_true,
            func.coalesce(given.c.dots, 0).label("dots"),
            func.coalesce(given.c.mine, 0).label("mine"),
        )
        .outerjoin(User, User.id == RetroNote.user_id)
        .outerjoin(given, given.c.note_id == RetroNote.id)
        .where(RetroNote.retrospective_id == RETRO, _is_seen(READER, is_open=is_open))
        .order_by(RetroNote.id)
    )


def _given(user_id: BindParameter[int]) -> Any:
    of_it = select(RetroNote.id).where(RetroNote.retrospective_id == RETRO)
    mine = func.sum(case((RetroVote.user_id == user_id, RetroVote.dots), else_=0))
    return (
        select(RetroVote.note_id, func.sum(RetroVote.dots).label("dots"), mine.label("mine"))
        .where(RetroVote.note_id.in_(of_it))
        .group_by(RetroVote.note_id)
        .subquery()
    )


def _is_seen(user_id: int | BindParameter[int], *, is_open: bool) -> ColumnElement[bool]:
    own = RetroNote.user_id == user_id
    return or_(own, RetroNote.is_shared) if is_open else own


OPEN_NOTES, OWN_NOTES = _notes(is_open=True), _notes(is_open=False)
"""Put together once: windows ask for them several times a second."""


def find_note(
    session: Session, retro_id: int, note_id: int, user_id: int, *, is_open: bool
) -> RetroNote | None:
    """A note of a retrospective, if its reader may see it."""
    return session.scalar(
        select(RetroNote).where(
            RetroNote.id == note_id,
            RetroNote.retrospective_id == retro_id,
            _is_seen(user_id, is_open=is_open),
        )
    )


def note_with_key(session: Session, key: str) -> RetroNote | None:
    """The note that a form has already brought."""
    return session.scalar(select(RetroNote).where(RetroNote.key == key)) if key else None


DOTS = (
    select(func.sum(RetroVote.dots))
    .join(RetroNote, RetroNote.id == RetroVote.note_id)
    .where(RetroNote.retrospective_id == RETRO, RetroVote.user_id == READER)
)


def dots_given(session: Session, retro_id: int, user_id: int) -> int:
    """How many dots a person has given in a retrospective."""
    return session.scalar(DOTS, {"retro_id": retro_id, "user_id": user_id}) or 0
