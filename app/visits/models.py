"""Visits: planned with a goal, held with an outcome [000]."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class Visit(Tracked, Versioned, Base):
    """A contact with the customer. ``on`` is the day it is planned for, or was held.

    What came of it stands here as settled from the accounts of those who were there.
    ``logged_at`` marks the contacts it wrote; ``asked_on``: its person was asked for the
    log. ``external_id`` is the event's number in another calendar.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_account_id_on", "account_id", "on"),
        Index("ix_visit_user_id_on", "user_id", "on"),
        Index("ix_visit_waiting", "held_on", "archived_at", "on", "user_id"),
        Index("ix_visit_promised", "next_step_done_on", "next_step_on", "user_id"),
        Index("ix_visit_external_id_user_id", "external_id", "user_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="SET NULL"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    external_id: Mapped[str | None]
    series: Mapped[str | None] = mapped_column(String(32), index=True)
    on: Mapped[date]
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    place: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(Text, default="")
    commitment_sought: Mapped[str] = mapped_column(default="")
    materials: Mapped[str] = mapped_column(Text, default="")
    is_reactive: Mapped[bool] = mapped_column(default=False)
    cost: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    held_on: Mapped[date | None]
    went: Mapped[str | None]
    commitment: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    noes: Mapped[int] = mapped_column(SmallInteger, default=0)
    next_step: Mapped[str] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    next_step_done_on: Mapped[date | None]
    logged_at: Mapped[datetime | None]
    asked_on: Mapped[date | None]

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


class VisitQuestion(Base):
    """What is to be asked, and what was answered. ``key`` says where an offered one is from."""

    __tablename__ = "visit_question"
    __table_args__ = (Index("ix_visit_question_account_id_key", "account_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), index=True)
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(Text)
    key: Mapped[str | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class VisitReport(Base):
    """What one of ours says came of a visit. ``at`` marks the judgements and promises it wrote;
    ``key`` is the form's own number, so that a form sent twice counts once."""

    __tablename__ = "visit_report"
    __table_args__ = (UniqueConstraint("visit_id", "user_id"), UniqueConstraint("key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    key: Mapped[str | None] = mapped_column(String(64))
    went: Mapped[str | None]
    commitment: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    feedback: Mapped[str] = mapped_column(Text, default="")
    noes: Mapped[int] = mapped_column(SmallInteger, default=0)


class Promise(Tracked, Versioned, Base):
    """What was promised in a visit: by us, with an owner, or by one of theirs."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_account_id", "account_id"),
        Index("ix_promise_owner_id_done_on_due_on", "owner_id", "done_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    visit_id: Mapped[int | None] = mapped_column(
        ForeignKey("visit.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str]
    is_ours: Mapped[bool] = mapped_column(default=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    at: Mapped[datetime]

    def __str__(self) -> str:
        return self.words


class CalendarFeed(Base):
    """A person's secret calendar address, by the hash of its last part."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
