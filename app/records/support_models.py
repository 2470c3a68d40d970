"""Sales plans, service, support and communication of an account [000]."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class SalesPlan(Tracked, Versioned, Base):
    """What an account is to buy of a product (None: of all that is not named) in a month, which
    is its first day."""

    __tablename__ = "sales_plan"
    __table_args__ = (
        Index("ix_sales_plan_account_id_month_product_id", "account_id", "month", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    month: Mapped[date]
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    spec: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(16, 3))
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ServiceCase(Tracked, Versioned, Base):
    """A return, a repair or a complaint: logged, investigated, decided, answered, closed."""

    __tablename__ = "service_case"
    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR answered_on IS NOT NULL", name="answered_first"),
        Index("ix_service_case_account_id_closed_on_on", "account_id", "closed_on", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(Text, default="")
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(16, 3))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="SET NULL"), index=True
    )
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    answer_by: Mapped[date | None]
    investigated_on: Mapped[date | None]
    findings: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    verdict: Mapped[str | None] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.title


class Promotion(Tracked, Versioned, Base):
    """A promotion that we support: its plan, the yes to it, and what it was worth afterwards."""

    __tablename__ = "promotion"
    __table_args__ = (Index("ix_promotion_account_id_starts_on", "account_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    plan: Mapped[str] = mapped_column(Text, default="")
    budget: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    is_approved: Mapped[bool | None]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    approved_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    appraised_on: Mapped[date | None]
    appraisal: Mapped[str] = mapped_column(Text, default="")
    is_worth: Mapped[bool | None]

    def __str__(self) -> str:
        return self.name


class Expense(Tracked, Versioned, Base):
    """Money spent on an account on a day, in its currency; part of a promotion or not."""

    __tablename__ = "expense"
    __table_args__ = (
        Index("ix_expense_account_id_on", "account_id", "on"),
        Index("ix_expense_promotion_id", "promotion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    promotion_id: Mapped[int | None] = mapped_column(
        ForeignKey("promotion.id", ondelete="SET NULL")
    )
    kind: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    words: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return self.words or f"{self.on}"


class Loan(Tracked, Versioned, Base):
    """People, a vehicle or equipment of ours lent to an account."""

    __tablename__ = "loan"
    __table_args__ = (Index("ix_loan_account_id_returned_on", "account_id", "returned_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    starts_on: Mapped[date]
    due_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    monthly_cost: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))

    def __str__(self) -> str:
        return self.name


class Communication(Tracked, Versioned, Base):
    """A line of the communication plan: a journal, a seminar, an executive's visit, a training.

    ``months`` is after how many it is due again; None: once.
    """

    __tablename__ = "communication"
    __table_args__ = (Index("ix_communication_account_id_due_on", "account_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str]
    due_on: Mapped[date]
    months: Mapped[int | None] = mapped_column(SmallInteger)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.title
