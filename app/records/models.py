"""Products and sales lines: the commercial records that goals and classes are fed by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric
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
