"""The last import, or the undoing of one: whoever keeps sums of rows then counts them anew.

Rows that come with a file, or go with it, are in no history, and their ids may come again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.users.models import Setting
from app.users.queries import find_setting

IMPORTED = "imported"


def note_import(session: Session, batch_id: int, at: datetime) -> None:
    """Say that a batch came in or was taken back; the caller commits."""
    session.merge(Setting(key=IMPORTED, value=f'"{batch_id} {at.isoformat()}"'))


def last_import(session: Session) -> str:
    """What names the last import or undoing; empty before the first."""
    return find_setting(session, IMPORTED) or ""
