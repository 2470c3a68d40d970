"""Special cases of accounts: overbearing ones, and small ones worth support [000]."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class SpecialCase(Tracked, Versioned, Base):
    """An account treated in a way of its own; ``course`` is what was decided, None not yet.

    ``limit`` says how far we go. Closing it archives the row; opening it again brings it back.
    """

    __tablename__ = "special_case"
    __table_args__ = (UniqueConstraint("account_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    why: Mapped[str] = mapped_column(Text, default="")
    course: Mapped[str | None] = mapped_column(String(20))
    limit: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return self.kind


class CaseMeasure(Tracked, Base):
    """A lever or a means of a special case that is used, and how."""

    __tablename__ = "case_measure"
    __table_args__ = (UniqueConstraint("case_id", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("special_case.id", ondelete="CASCADE"))
    measure: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.measure
