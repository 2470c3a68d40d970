"""Imports as they happened: the batch that can be undone, the file waiting, what was learnt."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Upload(Base):
    """A file on its way in, kept where every worker can reach it; gone once imported."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    filename: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Batch(Base):
    """One import: where it stands, what it found and did, and whether it has been undone.

    ``upload_id`` is the file it reads, until the rows are in. ``beat_at`` is the last sign of
    life of the worker that is at it.
    """

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    kind: Mapped[str]
    filename: Mapped[str]
    state: Mapped[str]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    beat_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None]


class BatchItem(Base):
    """Rows a batch made, from the first id to the last; or one that it changed, in which case
    ``before`` holds the columns as they were."""

    __tablename__ = "batch_item"
    __table_args__ = (
        Index("ix_batch_item_batch_id_id", "batch_id", "id"),
        Index("ix_batch_item_entity_first_id_last_id", "entity", "first_id", "last_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    entity: Mapped[str]
    first_id: Mapped[int]
    last_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Learnt(Base):
    """A choice a person made once, such as a foreign stage's meaning, offered ever after."""

    __tablename__ = "learnt"
    __table_args__ = (UniqueConstraint("subject", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    word: Mapped[str]
    meaning: Mapped[str]
