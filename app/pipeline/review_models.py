"""Reviews: what was talked about deal by deal, what was decided and who does what by when."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned


class Review(Versioned, Base):
    """A meeting about the pipeline, led by one of us; its minutes are fixed when it closes."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_user_id_closed_at", "user_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    since: Mapped[date]
    on: Mapped[date]
    present: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ReviewItem(Versioned, Base):
    """A deal on a review's agenda as it stood that day: ``topics`` are (topic, kept reason)."""

    __tablename__ = "review_item"
    __table_args__ = (
        UniqueConstraint("review_id", "place"),
        Index("ix_review_item_account_id_review_id", "account_id", "review_id"),
        Index("ix_review_item_opportunity_id", "opportunity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    place: Mapped[int]
    topics: Mapped[list[Any]] = mapped_column(JSON, default=list)
    stage: Mapped[str]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    currency: Mapped[str]
    close_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    discussed_at: Mapped[datetime | None]


class ReviewAction(Versioned, Base):
    """What somebody took on in a review, for a deal or, without one, for all."""

    __tablename__ = "review_action"
    __table_args__ = (
        Index("ix_review_action_review_id", "review_id"),
        Index("ix_review_action_opportunity_id_done_on", "opportunity_id", "done_on"),
        Index("ix_review_action_owner_id_done_on", "owner_id", "done_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE")
    )
    what: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
