"""Products and sales lines, by which goals and classes are fed; and what people tell us."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class Product(Tracked, Versioned, Base):
    """What we sell; ``series`` is its product line."""

    __tablename__ = "product"
    history_account = None

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(default="")
    series: Mapped[str] = mapped_column(default="")
    price: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    currency: Mapped[str] = mapped_column(default="CNY")

    def __str__(self) -> str:
        return self.name


class Sale(Base):
    """One invoice line, in the account's currency; returns have negative amounts."""

    __tablename__ = "sale"
    __table_args__ = (
        Index("ix_sale_account_id_on", "account_id", "on"),
        Index("ix_sale_account_id_external_id", "account_id", "external_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id", ondelete="SET NULL"), index=True
    )
    external_id: Mapped[str | None]
    on: Mapped[date]
    description: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    cost: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    batch_id: Mapped[int | None] = mapped_column(index=True)


class Feedback(Tracked, Versioned, Base):
    """What the customer, or our management, told us; and what became of it [001].

    ``stakeholder_id`` says who of theirs spoke, ``speaker_id`` who of ours; ``user_id`` is
    who heard it. It is open until a use is decided and, to the customer, answered.
    """

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_account_id_on", "account_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    on: Mapped[date]
    voice: Mapped[str] = mapped_column(String(20))
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="SET NULL"), index=True
    )
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text)
    use: Mapped[str | None] = mapped_column(String(20))
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    is_shared: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.words[:120]
