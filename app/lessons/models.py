"""What decided deals taught us, the watches that bring it back, and where they spoke up."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class Lesson(Tracked, Versioned, Base):
    """A sentence that a deal taught, what shows it, and what follows.

    ``evidence`` are the marks of events of the deal's story. ``clauses`` and ``is_any`` make its
    watch, ``advice`` says what to do when it fires; it is on since ``watched_since``, and was on
    until ``retired_on``.
    """

    __tablename__ = "lesson"
    __table_args__ = (
        Index("ix_lesson_opportunity_id", "opportunity_id"),
        Index("ix_lesson_account_id_archived_at", "account_id", "archived_at"),
        Index("ix_lesson_owner_id_done_on", "owner_id", "done_on"),
        Index("ix_lesson_watched_since", "watched_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    words: Mapped[str]
    factor: Mapped[str | None]
    cause: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[list[Any]] = mapped_column(JSON, default=list)
    action: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    clauses: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_any: Mapped[bool] = mapped_column(default=False)
    advice: Mapped[str] = mapped_column(Text, default="")
    watched_since: Mapped[date | None]
    retired_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]

    def __str__(self) -> str:
        return self.words


class Firing(Base):
    """A lesson's watch spoke up on an open deal, once; ``cleared_on`` is the day the deal no
    longer met it, ``is_helpful`` what somebody answered when asked."""

    __tablename__ = "firing"
    __table_args__ = (
        UniqueConstraint("lesson_id", "opportunity_id"),
        Index("ix_firing_opportunity_id", "opportunity_id"),
        Index("ix_firing_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    on: Mapped[date]
    cleared_on: Mapped[date | None]
    is_helpful: Mapped[bool | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class TenderBid(Base):
    """What somebody bid in a tender whose opening was public, and whether it won."""

    __tablename__ = "tender_bid"
    __table_args__ = (UniqueConstraint("tender", "bidder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tender: Mapped[str]
    bidder: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    is_won: Mapped[bool]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]
