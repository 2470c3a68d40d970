"""Retrospectives: who takes part, what each wrote, how it was weighed, what was decided.

Nothing here is in the history of changes: what people write stays theirs until it is opened.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned


class Retrospective(Versioned, Base):
    """A deal looked back on, or ahead to; ``user_id`` leads it. It waits until it is begun, is
    written alone until it is opened, and stays as it is once closed. Every act sets
    ``acted_at``, so that its version tells open windows whether to look again."""

    __tablename__ = "retrospective"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "kind"),
        Index("ix_retrospective_account_id", "account_id"),
        Index("ix_retrospective_made_at_id", "made_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    acted_at: Mapped[datetime]
    summary: Mapped[str] = mapped_column(Text, default="")


class RetroMember(Base):
    """One of us who takes part; ``is_ready`` once they have written what they wish to."""

    __tablename__ = "retro_member"
    __table_args__ = (UniqueConstraint("retrospective_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    retrospective_id: Mapped[int] = mapped_column(
        ForeignKey("retrospective.id", ondelete="CASCADE")
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    is_ready: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]


class RetroNote(Base):
    """What one of us wrote: a cause, or before a bid a risk. ``leader_id`` is the note it is put
    under; ``key`` is its form's own number, so that a note sent twice counts once;
    ``came_true`` says of a risk whether it happened."""

    __tablename__ = "retro_note"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_retro_note_retrospective_id", "retrospective_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    retrospective_id: Mapped[int] = mapped_column(
        ForeignKey("retrospective.id", ondelete="CASCADE")
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("retro_note.id", ondelete="SET NULL"), index=True
    )
    factor: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=True)
    came_true: Mapped[bool | None]
    key: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]


class RetroVote(Base):
    """The dots that one of us gives to a note."""

    __tablename__ = "retro_vote"
    __table_args__ = (UniqueConstraint("note_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("retro_note.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    dots: Mapped[int] = mapped_column(SmallInteger)


class RetroInterview(Base):
    """What somebody on the buyer's side told one of us, who may only keep it with consent."""

    __tablename__ = "retro_interview"
    __table_args__ = (
        CheckConstraint("has_consent", name="has_consent"),
        Index("ix_retro_interview_retrospective_id", "retrospective_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    retrospective_id: Mapped[int] = mapped_column(
        ForeignKey("retrospective.id", ondelete="CASCADE")
    )
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    who: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    has_consent: Mapped[bool]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class RetroView(Base):
    """Whether a factor counted, as one of us sees it or as it was said in an interview."""

    __tablename__ = "retro_view"
    __table_args__ = (
        UniqueConstraint("retrospective_id", "user_id", "factor"),
        UniqueConstraint("interview_id", "factor"),
        CheckConstraint("(user_id IS NULL) <> (interview_id IS NULL)", name="one_voice"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    retrospective_id: Mapped[int] = mapped_column(
        ForeignKey("retrospective.id", ondelete="CASCADE")
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey("retro_interview.id", ondelete="CASCADE")
    )
    factor: Mapped[str] = mapped_column(String(20))
    counted: Mapped[bool]


class RetroWhy(Base):
    """A step of asking why, under the one it answers; ``evidence`` are keys of the record."""

    __tablename__ = "retro_why"
    __table_args__ = (Index("ix_retro_why_retrospective_id", "retrospective_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    retrospective_id: Mapped[int] = mapped_column(
        ForeignKey("retrospective.id", ondelete="CASCADE")
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("retro_why.id", ondelete="CASCADE"), index=True
    )
    factor: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[str]] = mapped_column(JSON, default=list)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class RetroDecision(Base):
    """What was decided; who does it by when is an action of the account."""

    __tablename__ = "retro_decision"
    __table_args__ = (Index("ix_retro_decision_retrospective_id", "retrospective_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    retrospective_id: Mapped[int] = mapped_column(
        ForeignKey("retrospective.id", ondelete="CASCADE")
    )
    action_id: Mapped[int | None] = mapped_column(
        ForeignKey("action.id", ondelete="SET NULL"), index=True
    )
    words: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]
