"""White space: what of a product line a buying unit of the account could take, and does [002]."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class WhiteCell(Tracked, Versioned, Base):
    """A product line at a buying unit; an empty ``unit`` is the account as a whole.

    ``buyers`` is the estimated count A, ``developed`` B, ``sales`` a person's word for C where
    records do not split it, ``mean`` a person's word for D where B is 0. None is unknown.
    ``opportunity_id`` is the deal opened from it.
    """

    __tablename__ = "white_cell"
    __table_args__ = (
        UniqueConstraint("account_id", "unit", "series"),
        CheckConstraint("developed <= buyers", name="developed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    unit: Mapped[str] = mapped_column(default="")
    series: Mapped[str]
    buyers: Mapped[int | None]
    developed: Mapped[int | None]
    sales: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    mean: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    note: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="SET NULL"), index=True
    )

    def __str__(self) -> str:
        return " · ".join(part for part in (self.series, self.unit) if part)


class WhiteShare(Base):
    """A competitor's share of what a unit spends on a product line, 0-1."""

    __tablename__ = "white_share"
    __table_args__ = (UniqueConstraint("cell_id", "rival_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cell_id: Mapped[int] = mapped_column(ForeignKey("white_cell.id", ondelete="CASCADE"))
    rival_id: Mapped[int] = mapped_column(ForeignKey("rival.id", ondelete="CASCADE"), index=True)
    share: Mapped[Decimal] = mapped_column(Numeric(5, 4))
