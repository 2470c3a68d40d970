"""What is kept and could be had again: summaries of maps for the portfolio, files drawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class MapSummary(Base):
    """What an account's map came to on a day; ``fingerprint`` tells the facts it rests on."""

    __tablename__ = "map_summary"
    __table_args__ = (Index("ix_map_summary_need_account_id", "need", "account_id"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    fingerprint: Mapped[str]
    on: Mapped[date]
    at: Mapped[datetime]
    people: Mapped[int]
    deciders: Mapped[int]
    reached: Mapped[int]
    single_ties: Mapped[int]
    missing: Mapped[list[str]] = mapped_column(JSON)
    lean_low: Mapped[float | None]
    lean_known: Mapped[float | None]
    lean_high: Mapped[float | None]
    finding: Mapped[dict[str, Any]] = mapped_column(JSON)
    need: Mapped[float]


class MapFile(Base):
    """A map or plan drawn as a file, known by all that went into it; no content: being drawn."""

    __tablename__ = "map_file"
    __table_args__ = (Index("ix_map_file_account_id", "account_id"), Index("ix_map_file_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    beat_at: Mapped[datetime | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    is_broken: Mapped[bool] = mapped_column(default=False)
