"""What a person does with their Today: lines put off, the weekly e-mail."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Snooze(Base):
    """A line of Today that a person put off until a day, and why."""

    __tablename__ = "snooze"
    __table_args__ = (UniqueConstraint("user_id", "kind", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[str]
    row_id: Mapped[int]
    until: Mapped[date]
    reason: Mapped[str]


class Digest(Base):
    """Whether a person has the week's e-mail, and the Monday of the last one they were sent."""

    __tablename__ = "digest"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    is_off: Mapped[bool] = mapped_column(default=False)
    sent_for: Mapped[date | None]
