"""What a plan thinks before it acts: answers to its questions, insights, how features rank."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class PlanAnswer(Tracked, Versioned, Base):
    """A short answer to one question of a phase. ``asked`` keeps the question's words.

    ``seen_on`` is the day somebody last stood by it; None: carried over from the plan
    before, and waiting to be looked at.
    """

    __tablename__ = "plan_answer"
    __table_args__ = (UniqueConstraint("plan_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    phase: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(String(40))
    asked: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")
    seen_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.asked


class Insight(Tracked, Versioned, Base):
    """A short statement of a kind: a factor, a driver, a strength, a need, a change to come.

    Which columns count goes by the kind (app/plans/insights.py); ``seen_on`` as for answers.
    """

    __tablename__ = "insight"
    __table_args__ = (
        Index("ix_insight_plan_id_kind", "plan_id", "kind"),
        CheckConstraint("direction BETWEEN -1 AND 1", name="direction"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    facet: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(Text)
    effect: Mapped[str] = mapped_column(Text, default="")
    direction: Mapped[int | None] = mapped_column(SmallInteger)
    weight: Mapped[int | None] = mapped_column(SmallInteger)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    source: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    seen_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return self.words


class FeatureRank(Base):
    """Where a feature stands, 1 the foremost, for those who hold a role at the account."""

    __tablename__ = "feature_rank"
    __table_args__ = (UniqueConstraint("plan_id", "role", "feature"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    feature: Mapped[str] = mapped_column(String(40))
    place: Mapped[int] = mapped_column(SmallInteger)


class FeatureScore(Base):
    """How good we (``rival_id`` None) or a rival are at a feature as the customer sees it, 0-10."""

    __tablename__ = "feature_score"
    __table_args__ = (
        Index("ix_feature_score_plan_id", "plan_id"),
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("account_plan.id", ondelete="CASCADE"))
    feature: Mapped[str] = mapped_column(String(40))
    rival_id: Mapped[int | None] = mapped_column(
        ForeignKey("rival.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[int] = mapped_column(SmallInteger)


class PlanTemplate(Tracked, Versioned, Base):
    """How a plan of an industry and a size begins: goals, actions, insights, as JSON.

    It names no account and nobody; days count from the start of the plan's period.
    """

    __tablename__ = "plan_template"
    history_account = None

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    industry: Mapped[str] = mapped_column(default="")
    size_class: Mapped[str | None]
    stance: Mapped[str | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    def __str__(self) -> str:
        return self.name
