"""Our people, and the attempts to sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class User(Tracked, Versioned, Base):
    """One of our people. Without a password they are known but cannot sign in."""

    __tablename__ = "user"
    history_account = None

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    office: Mapped[str] = mapped_column(default="")
    manager_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    password_hash: Mapped[str | None]
    session_token: Mapped[str]
    language: Mapped[str | None]
    timezone: Mapped[str | None]
    theme: Mapped[str] = mapped_column(default="auto")

    def __str__(self) -> str:
        return self.name


class SignInAttempt(Base):
    """A failed attempt, by hashed name and by hashed address: what the lock-out counts."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime]


class Setting(Base):
    """A company-wide setting by name; the value is JSON text."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Invitation(Base):
    """A link with which a colleague sets a password, once, until a moment; its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    until: Mapped[datetime]
