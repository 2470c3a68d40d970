"""Warnings and what became of them; an account's own thresholds; when it was looked at."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked

OPEN = text("closed_on IS NULL AND archived_at IS NULL AND kind <> 'event'")


class Alert(Tracked, Versioned, Base):
    """A warning: open until ``closed_on``, by a person or, without ``closer_id``, by the records.

    One of a kind about the same subject is open at a time; events are reported as they happen.
    ``holds`` says of one that a person closed that its condition still stood when last looked at:
    while it does, it is not raised again. ``reasons`` are as of ``seen_on``; ``event`` and
    ``words`` are what ``reporter_id`` told.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_open",
            "account_id",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_alert_account_id_closed_on", "account_id", "closed_on"),
        Index("ix_alert_owner_id_closed_on", "owner_id", "closed_on"),
        Index("ix_alert_kind_opened_on", "kind", "opened_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(default=0)
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[int] = mapped_column(SmallInteger)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    opened_on: Mapped[date]
    opened_at: Mapped[datetime]
    seen_on: Mapped[date]
    event: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    investigation: Mapped[str] = mapped_column(Text, default="")
    found: Mapped[str] = mapped_column(Text, default="")
    done: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str | None] = mapped_column(String(20))
    showed_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    holds: Mapped[bool] = mapped_column(default=False)
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[str] = mapped_column(default="")

    def __str__(self) -> str:
        return self.kind


class AlertLimit(Tracked, Base):
    """A threshold that an account has of its own; None under a kind's name: not watched here."""

    __tablename__ = "alert_limit"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(20))
    value: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))

    def __str__(self) -> str:
        return self.name


class AlertCheck(Base):
    """When an account's records were last looked at, and a mark of what they were."""

    __tablename__ = "alert_check"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    on: Mapped[date]
    mark: Mapped[str]
    at: Mapped[datetime]
