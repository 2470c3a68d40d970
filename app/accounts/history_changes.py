"""Taking back what the history shows: what was put away returns, what returned is put away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import Base, Versioned
from app.history import Change


def turn_round(session: Session, change: Change, at: datetime) -> bool:
    """Undo an archiving or a restoring; False when there is nothing (left) to undo."""
    kinds = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    kind = kinds.get(change.entity)
    if kind is None or not issubclass(kind, Versioned):
        return False
    row = session.get(kind, change.entity_id)
    was_archived = change.act == "archived"
    if row is None or change.act not in {"archived", "restored"}:
        return False
    if (row.archived_at is not None) != was_archived:
        return False
    row.archived_at = None if was_archived else at
    return True
