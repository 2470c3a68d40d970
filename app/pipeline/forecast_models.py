"""Forecasts that are kept: what sellers commit to, what is aimed at, what was forecast when."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked


class ForecastCall(Base):
    """How far a deal's seller commits to it, from a day on. Appended; the newest holds."""

    __tablename__ = "forecast_call"
    __table_args__ = (Index("ix_forecast_call_opportunity_id_on_id", "opportunity_id", "on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    on: Mapped[date]
    call: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class Target(Tracked, Versioned, Base):
    """What a person, or (``is_team``) all whom they lead and they together, are to win."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("starts_on", "ends_on", "currency", "user_id", "is_team"),)
    history_account = None

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    is_team: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    currency: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class ForecastSnapshot(Base):
    """A period's forecast as of the end of a day, kept for good. ``at`` is when it was taken."""

    __tablename__ = "forecast_snapshot"
    __table_args__ = (UniqueConstraint("starts_on", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    on: Mapped[date]
    at: Mapped[datetime]


class SnapshotDeal(Base):
    """An open deal in a forecast that is kept: its terms then, and what each opinion gave it
    within the period; None where one had nothing to say."""

    __tablename__ = "snapshot_deal"
    __table_args__ = (
        Index("ix_snapshot_deal_snapshot_id_account_id", "snapshot_id", "account_id"),
        Index("ix_snapshot_deal_opportunity_id", "opportunity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("forecast_snapshot.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="SET NULL")
    )
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    stage: Mapped[str]
    currency: Mapped[str]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    close_on: Mapped[date | None]
    call: Mapped[str | None]
    seller: Mapped[float | None]
    history: Mapped[float | None]
    pattern: Mapped[float | None]


def _refuse(_mapper: Any, _connection: Any, row: Any) -> None:
    raise ValueError(f"{row.__tablename__} {row.id} is locked")


for _locked in (ForecastSnapshot, SnapshotDeal):
    event.listen(_locked, "before_update", _refuse)
    event.listen(_locked, "before_delete", _refuse)
