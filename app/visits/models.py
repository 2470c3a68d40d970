"""Visits: planned with a goal, held with an outcome [000]."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class Visit(Tracked, Versioned, Base):
    """A contact with the customer. ``on`` is the day it is planned for, or was held.
    ``logged_at`` marks the judgements and contacts that its log wrote."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_account_id_on", "account_id", "on"),
        Index("ix_visit_user_id_on", "user_id", "on"),
        Index("ix_visit_waiting", "held_on", "archived_at", "on", "user_id"),
        Index("ix_visit_promised", "next_step_done_on", "next_step_on", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="SET NULL"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    on: Mapped[date]
    starts_at: Mapped[datetime | None]
    channel: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(Text, default="")
    commitment_sought: Mapped[str] = mapped_column(default="")
    is_reactive: Mapped[bool] = mapped_column(default=False)
    cost: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    held_on: Mapped[date | None]
    commitment: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    next_step_done_on: Mapped[date | None]
    logged_at: Mapped[datetime | None]

    def __str__(self) -> str:
        return self.purpose or f"{self.on}"


class VisitPerson(Base):
    """One of theirs whom a visit is to."""

    __tablename__ = "visit_person"
    __table_args__ = (UniqueConstraint("visit_id", "stakeholder_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )


class VisitColleague(Base):
    """One of ours who goes along."""

    __tablename__ = "visit_colleague"
    __table_args__ = (UniqueConstraint("visit_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
