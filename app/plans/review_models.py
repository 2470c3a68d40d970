"""What keeps a plan alive: measures watched, reviews held, versions frozen."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class Watch(Tracked, Versioned, Base):
    """A measure watched in a plan, with the limits beyond which somebody must look [001]."""

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("plan_id", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    measure: Mapped[str] = mapped_column(String(30))
    limit: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    follow_up: Mapped[str] = mapped_column(default="")

    def __str__(self) -> str:
        return self.measure


class PlanReview(Tracked, Versioned, Base):
    """A review of a plan: what changed since the last, three decisions, the next date.

    What changed is not kept here: it is told from dated facts, so that whoever is erased
    is erased from past reviews too.
    """

    __tablename__ = "plan_review"
    __table_args__ = (Index("ix_plan_review_plan_id_on", "plan_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    since: Mapped[date]
    on: Mapped[date]
    status: Mapped[str] = mapped_column(String(20), default="open")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decisions: Mapped[list[str]] = mapped_column(JSON, default=list)
    notes: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    approved_on: Mapped[date | None]
    remark: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return f"{self.on}"


class PlanVersion(Base):
    """A plan as it stood when it was frozen: every row of it, column by column, as text."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    review_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_review.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int]
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
