"""What is asked of the database about imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exchange.choices import BatchState
from app.exchange.models import Batch, Upload
from app.users.models import User

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An import in the list."""

    id: int
    at: datetime
    kind: str
    filename: str
    state: BatchState
    rows: int
    undone_at: datetime | None
    by: str


def batch_rows(session: Session, user_id: int | None = None) -> list[BatchRow]:
    """The newest imports: of one person, or of everybody."""
    query = (
        select(Batch.id, Batch.at, Batch.kind, Batch.filename, Batch.state, Batch.total,
               Batch.undone_at, User.name)
        .outerjoin(User, User.id == Batch.user_id)
        .order_by(Batch.id.desc())
        .limit(MOST_LISTED)
    )  # fmt: skip
    if user_id is not None:
        query = query.where(Batch.user_id == user_id)
    return [
        BatchRow(*row[:4], BatchState(row[4]), *row[5:7], row[7] or "")
        for row in session.execute(query)
    ]


def find_batch(session: Session, batch_id: int) -> Batch | None:
    """One import."""
    return session.get(Batch, batch_id)


def find_upload(session: Session, upload_id: int, user_id: int) -> Upload | None:
    """A file on its way in, for whoever sent it."""
    return session.scalar(select(Upload).where(Upload.id == upload_id, Upload.user_id == user_id))
