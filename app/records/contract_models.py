"""Contracts with their eleven parts and their files [000]."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.handed_in import HandedIn
from app.history import Tracked


class Contract(Tracked, Versioned, Base):
    """A contract, in the account's currency. ``notice_days`` before its end somebody must act;
    ``ended_on`` is set when it was ended early."""

    __tablename__ = "contract"
    __table_args__ = (
        Index("ix_contract_account_id_number", "account_id", "number"),
        Index("ix_contract_ends_on_account_id", "ends_on", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    signed_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    notice_days: Mapped[int] = mapped_column(SmallInteger, default=60)
    renews: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[date | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    notes: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.title


class ContractPart(Tracked, Base):
    """One of a contract's eleven parts: which of its points are settled, and how."""

    __tablename__ = "contract_part"
    __table_args__ = (UniqueConstraint("contract_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(20))
    points: Mapped[list[str]] = mapped_column(JSON, default=list)
    words: Mapped[str] = mapped_column(Text, default="")
    is_needless: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.part


class ContractFile(HandedIn, Tracked, Base):
    """A file of a contract."""

    __tablename__ = "contract_file"
    __table_args__ = (Index("ix_contract_file_contract_id", "contract_id"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
