"""What people do in a session: write, put together, weigh."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.pipeline.losing import Factor
from app.retrospectives.changes import touch
from app.retrospectives.models import RetroNote, Retrospective, RetroVote


def write_note(
    session: Session,
    retro: Retrospective,
    factor: Factor,
    words: str,
    *,
    user_id: int,
    at: datetime,
    is_shared: bool = True,
    key: str = "",
) -> RetroNote:
    """Keep what somebody wrote."""
    touch(retro, at)
    note = RetroNote(
        retrospective_id=retro.id,
        user_id=user_id,
        factor=factor,
        words=words,
        is_shared=is_shared,
        key=key or None,
        at=at,
    )
    session.add(note)
    session.flush()
    return note


def drop_note(session: Session, retro: Retrospective, note: RetroNote, at: datetime) -> None:
    """Take a note away; those put under it stand alone again."""
    touch(retro, at)
    session.execute(update(RetroNote).where(RetroNote.leader_id == note.id).values(leader_id=None))
    session.delete(note)


def put_under(
    session: Session, retro: Retrospective, note: RetroNote, leader: RetroNote | None, at: datetime
) -> None:
    """Put a note, with those under it, under another; None lets it stand alone.

    Groups stay flat: who is put under a member of a group comes under its first note.
    """
    touch(retro, at)
    top = None if leader is None else leader.leader_id or leader.id
    if top == note.id:
        return
    note.leader_id = top
    if top is not None:
        note.factor = session.get_one(RetroNote, top).factor
        session.execute(
            update(RetroNote)
            .where(RetroNote.leader_id == note.id)
            .values(leader_id=top, factor=note.factor)
        )


def give_dots(
    session: Session,
    retro: Retrospective,
    note: RetroNote,
    dots: int,
    *,
    user_id: int,
    at: datetime,
) -> None:
    """Give a note dots, or take them back; nobody has fewer than none."""
    touch(retro, at)
    vote = session.scalar(
        select(RetroVote).where(RetroVote.note_id == note.id, RetroVote.user_id == user_id)
    )
    if vote is None:
        vote = RetroVote(note_id=note.id, user_id=user_id, dots=0)
        session.add(vote)
    vote.dots = max(vote.dots + dots, 0)
