"""Credit and what is owed: applications with their decisions, receivables and payments [000]."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class Credit(Tracked, Versioned, Base):
    """An application for credit, what was found out, and what was decided.

    The newest one decided holds, until ``until``. Scores, size class and grade are those of the
    day it was decided; amounts are in the account's currency.
    """

    __tablename__ = "credit"
    __table_args__ = (Index("ix_credit_account_id_decided_on", "account_id", "decided_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    asked_days: Mapped[int | None] = mapped_column(SmallInteger)
    request: Mapped[str] = mapped_column(Text, default="")
    surveyed_on: Mapped[date | None]
    surveyor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    survey: Mapped[str] = mapped_column(Text, default="")
    analysed_on: Mapped[date | None]
    analysis: Mapped[str] = mapped_column(Text, default="")
    payment_score: Mapped[int | None] = mapped_column(SmallInteger)
    growth_score: Mapped[int | None] = mapped_column(SmallInteger)
    size_class: Mapped[str | None] = mapped_column(String(20))
    grade: Mapped[str | None] = mapped_column(String(20))
    limit: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    days: Mapped[int | None] = mapped_column(SmallInteger)
    decided_on: Mapped[date | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None]

    def __str__(self) -> str:
        return f"{self.on}"


class Receivable(Tracked, Versioned, Base):
    """An invoice that is to be paid, known by its number.

    ``settled_on`` is the day on which it was paid in full: it follows from the payments, and
    lets what is open be found without looking through all that is paid.
    """

    __tablename__ = "receivable"
    __table_args__ = (
        Index("ix_receivable_account_id_number", "account_id", "number"),
        Index("ix_receivable_account_id_on", "account_id", "on"),
        Index("ix_receivable_account_id_settled_on", "account_id", "settled_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    due_on: Mapped[date | None]
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    note: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.number or f"{self.on}"


class Payment(Tracked, Base):
    """Money that came in for a receivable on a day; one taken back is negative."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_receivable_id_on", "receivable_id", "on"),
        Index("ix_payment_account_id_on", "account_id", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    receivable_id: Mapped[int] = mapped_column(ForeignKey("receivable.id", ondelete="CASCADE"))
    on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))

    def __str__(self) -> str:
        return f"{self.on}"
