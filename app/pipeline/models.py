"""Opportunities: what they are today, every move between stages, every change of terms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked
from app.search import Searchable

PASSING = ("from_stage", "on", "to_stage", "outcome", "days")
RANKED = ("outcome", "stage", "close_on", "id", "archived_at", "account_id")
SUMMED = ("outcome", "stage", "currency", "archived_at", "account_id", "amount", "probability")
CLOSING = ("outcome", "close_on", "id", "archived_at", "account_id", "currency", "amount",
           "probability", "owner_id", "stage")  # fmt: skip
OWNED = ("owner_id", "outcome", "archived_at", "account_id", "stage", "close_on", "id")
OPENED = ("opened_on", "archived_at", "account_id", "stage", "id")
STOOD = ("stage", "outcome", "until", "since", "currency", "account_id", "amount", "probability",
         "close_on", "opportunity_id")  # fmt: skip


class Opportunity(Tracked, Searchable, Versioned, Base):
    """A deal. ``stage``, ``outcome``, ``amount`` and ``close_on`` repeat the newest
    StageMove and Terms, so that today's lists need not look for them. ``closed_on`` is the
    day it was won, lost or withdrawn; ``delivered_on`` the day a won one was accepted.
    ``buyer_stage`` repeats the newest reading of where the buyer is; ``price_gap`` is how far
    the winner's price lay below ours, as a share of ours."""

    __tablename__ = "opportunity"
    __table_args__ = (
        Index("ix_opportunity_account_id_archived_at", "account_id", "archived_at"),
        Index("ix_opportunity_ranked", *RANKED),
        Index("ix_opportunity_summed", *SUMMED),
        Index("ix_opportunity_owned", *OWNED),
        Index("ix_opportunity_closing", *CLOSING),
        Index("ix_opportunity_opened", *OPENED),
        Index("ix_opportunity_outcome_next_step_on", "outcome", "next_step_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    name: Mapped[str]
    stage: Mapped[str]
    outcome: Mapped[str] = mapped_column(default="open")
    stage_since: Mapped[date]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    currency: Mapped[str] = mapped_column(default="CNY")
    close_on: Mapped[date | None]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    probability: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    grade: Mapped[str | None]
    buyer_stage: Mapped[str | None]
    next_step: Mapped[str] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    competitor: Mapped[str] = mapped_column(default="")
    loss_reason: Mapped[str] = mapped_column(Text, default="")
    price_gap: Mapped[Decimal | None] = mapped_column(Numeric(6, 4))
    notes: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.name


class OpportunityLine(Tracked, Base):
    """A product in a deal."""

    __tablename__ = "opportunity_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id", ondelete="SET NULL"))
    quantity: Mapped[Decimal] = mapped_column(Numeric(16, 3), default=1)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))

    def __str__(self) -> str:
        return f"{self.product_id}"


class StageMove(Base):
    """An appended event: an opportunity opened, moved, closed. Never changed or deleted alone.
    ``days`` is how long the deal had been where it came from."""

    __tablename__ = "stage_move"
    __table_args__ = (
        Index("ix_stage_move_opportunity_id_on_id", "opportunity_id", "on", "id"),
        Index("ix_stage_move_account_id_on", "account_id", "on"),
        Index("ix_stage_move_on_id", "on", "id"),
        Index("ix_stage_move_from_stage_on_to_stage_outcome_days", *PASSING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    on: Mapped[date]
    from_stage: Mapped[str | None]
    to_stage: Mapped[str]
    outcome: Mapped[str]
    evidence: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    is_override: Mapped[bool] = mapped_column(default=False)
    days: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class Terms(Base):
    """What was expected of a deal from a day on: amount and close date. Appended."""

    __tablename__ = "terms"
    __table_args__ = (
        Index("ix_terms_opportunity_id_on_id", "opportunity_id", "on", "id"),
        Index("ix_terms_on_opportunity_id", "on", "opportunity_id"),
        CheckConstraint("probability BETWEEN 0 AND 1", name="probability"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    on: Mapped[date]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    close_on: Mapped[date | None]
    probability: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class DealSpan(Base):
    """Days through which a deal stood the same and the same was expected of it: from ``since``
    until the day before ``until``. It repeats moves and terms, as app/pipeline/spans.py keeps it,
    so that a past day is asked for like today; ``moved_on`` is the day of the last move by then.
    Account and currency are those of today. A deal that is put away has no spans."""

    __tablename__ = "deal_span"
    __table_args__ = (
        Index("ix_deal_span_stood", *STOOD),
        Index("ix_deal_span_account_id_until_since", "account_id", "until", "since"),
    )

    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date]
    stage: Mapped[str]
    outcome: Mapped[str]
    moved_on: Mapped[date]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    close_on: Mapped[date | None]
    probability: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    account_id: Mapped[int]
    currency: Mapped[str]
