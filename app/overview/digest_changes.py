"""The week's letter is claimed, given back, switched off and on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.orm import Session

from app.overview.models import Digest


def claim(session: Session, user_id: int, monday: date) -> bool:
    """Take the letter of a week upon oneself; False when it is sent, or another is at it."""
    _row(session, user_id)
    taken = session.execute(
        update(Digest)
        .where(
            Digest.user_id == user_id,
            Digest.is_off.is_(False),
            or_(Digest.sent_for.is_(None), Digest.sent_for < monday),
        )
        .values(sent_for=monday)
    )
    assert isinstance(taken, CursorResult)
    return taken.rowcount == 1


def give_back(session: Session, user_id: int) -> None:
    """The letter did not go: it may be tried again."""
    session.execute(update(Digest).where(Digest.user_id == user_id).values(sent_for=None))


def switch(session: Session, user_id: int, *, off: bool) -> None:
    """A person has the week's letter, or not."""
    _row(session, user_id).is_off = off


def _row(session: Session, user_id: int) -> Digest:
    kept = session.get(Digest, user_id)
    if kept is None:
        kept = Digest(user_id=user_id, is_off=False)
        session.add(kept)
        session.flush()
    return kept
