"""Calendar addresses are made and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.users.changes import digest
from app.visits.models import CalendarFeed


def make_feed(session: Session, user_id: int, at: datetime) -> str:
    """A new secret for a person's calendar address, in place of any before; its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.merge(CalendarFeed(user_id=user_id, token_hash=digest(token), made_at=at))
    session.flush()
    return token


def revoke_feed(session: Session, user_id: int) -> None:
    """No address opens a person's calendar any more."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user_id))
