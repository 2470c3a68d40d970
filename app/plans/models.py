"""Account plans: the seven phases, SMART goals with their readings, actions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class AccountPlan(Tracked, Versioned, Base):
    """One plan per account and period, a year by default [001]."""

    __tablename__ = "account_plan"
    __table_args__ = (UniqueConstraint("account_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    status: Mapped[str] = mapped_column(default="draft")
    stance: Mapped[str | None]
    position: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.title


class PhaseText(Tracked, Versioned, Base):
    """What a plan says in one phase, and when it was last looked at."""

    __tablename__ = "phase_text"
    __table_args__ = (UniqueConstraint("plan_id", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    phase: Mapped[str]
    body: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return self.phase


class Goal(Tracked, Versioned, Base):
    """A goal judged on the five SMART letters from its own data.

    Only one that ``is_shared`` is told the customer; so with actions and feedback.
    """

    __tablename__ = "goal"
    __table_args__ = (
        Index("ix_goal_plan_id", "plan_id"),
        Index("ix_goal_account_id", "account_id"),
        Index("ix_goal_due_on_id", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    statement: Mapped[str]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id", ondelete="SET NULL"))
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    metric: Mapped[str | None]
    unit: Mapped[str] = mapped_column(default="")
    baseline: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    target: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    budget: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    is_shared: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.statement


class GoalMilestone(Tracked, Base):
    """A value to reach by a day on the way to the target."""

    __tablename__ = "goal_milestone"
    __table_args__ = (UniqueConstraint("goal_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))

    def __str__(self) -> str:
        return f"{self.on}"


class GoalReading(Tracked, Base):
    """A value read by hand on a day; the newest of a day counts."""

    __tablename__ = "goal_reading"
    __table_args__ = (Index("ix_goal_reading_goal_id_on", "goal_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    source: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return f"{self.on}"


class Action(Tracked, Versioned, Base):
    """Who does what, where, when, how and for how much; it serves a goal [001].

    One that ``repeats`` leaves the next behind when it is done. ``review_id`` is the review
    in which it was decided; ``stakeholder_id`` whom it is about, with whom it goes if erased.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_plan_id", "plan_id"),
        Index("ix_action_account_id", "account_id"),
        Index("ix_action_owner_id_done_on_due_on", "owner_id", "done_on", "due_on"),
        Index("ix_action_done_on_due_on", "done_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    goal_id: Mapped[int | None] = mapped_column(
        ForeignKey("goal.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    how: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    budget: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    spent: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    done_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
    begun_on: Mapped[date | None]
    kind: Mapped[str | None] = mapped_column(String(20))
    contract_phase: Mapped[str | None] = mapped_column(String(20))
    repeats: Mapped[str | None] = mapped_column(String(20))
    review_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_review.id", ondelete="SET NULL"), index=True
    )
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    is_shared: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.title
