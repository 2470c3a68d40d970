"""Accounts, their teams, their key-account tests and class history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked
from app.search import Searchable


class Account(Tracked, Searchable, Versioned, Base):
    """A key account. Access to all that hangs on it goes by its team."""

    __tablename__ = "account"
    __table_args__ = (
        Index("ix_account_archived_at_name_id", "archived_at", "name", "id"),
        Index("ix_account_archived_at_region", "archived_at", "region"),
        Index("ix_account_parent_id", "parent_id"),
    )
    history_account = "id"
    search_names = ("name", "other_name")
    search_account = "id"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    other_name: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    kind: Mapped[str | None]
    segment: Mapped[str | None]
    chain_position: Mapped[str | None]
    buyer_kind: Mapped[str | None]
    ownership: Mapped[str | None]
    loyalty: Mapped[str | None]
    size_class: Mapped[str | None]
    relationship_stage: Mapped[str | None]
    relationship_reason: Mapped[str] = mapped_column(Text, default="")
    industry: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="CNY")
    employees: Mapped[int | None]
    founded: Mapped[int | None]
    annual_revenue: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    notes: Mapped[str] = mapped_column(Text, default="")
    is_holding: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.name


class Membership(Tracked, Base):
    """A colleague's place in an account's team; ``level`` is a Level."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    level: Mapped[int] = mapped_column(SmallInteger)

    def __str__(self) -> str:
        return f"{self.user_id}"


class KeyTestAnswer(Tracked, Base):
    """A yes or no to one of the twelve tests, with its evidence; no row means unknown."""

    __tablename__ = "key_test_answer"
    __table_args__ = (UniqueConstraint("account_id", "test"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    test: Mapped[str]
    is_yes: Mapped[bool]
    evidence: Mapped[str] = mapped_column(Text, default="")
    on: Mapped[date]

    def __str__(self) -> str:
        return self.test


class SizeClassReading(Base):
    """An account's size class on a day, with what went in: 10,000 CNY a month, margin share."""

    __tablename__ = "size_class_reading"
    __table_args__ = (Index("ix_size_class_reading_account_id_on", "account_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    on: Mapped[date]
    since: Mapped[date]
    monthly_sales: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    margin: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    size_class: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class FactorScore(Tracked, Base):
    """What an account scores, 1-100, on a factor of importance; no row means unscored."""

    __tablename__ = "factor_score"
    __table_args__ = (UniqueConstraint("account_id", "factor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    factor: Mapped[str] = mapped_column(String(40))
    score: Mapped[int] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(Text, default="")
    on: Mapped[date]

    def __str__(self) -> str:
        return self.factor


class Appraisal(Tracked, Versioned, Base):
    """What was thought on a day of one side of an account; a later one does not replace it.

    The three ``in_…`` say where willingness has shown itself, beyond words.
    """

    __tablename__ = "appraisal"
    __table_args__ = (Index("ix_appraisal_account_id_on", "account_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    aspect: Mapped[str] = mapped_column(String(20))
    judgement: Mapped[int] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(Text, default="")
    in_money: Mapped[bool] = mapped_column(default=False)
    in_people: Mapped[bool] = mapped_column(default=False)
    in_vehicles: Mapped[bool] = mapped_column(default=False)
    on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return self.aspect


class ValueReading(Tracked, Versioned, Base):
    """The three terms of perceived value surplus on a day, each 0-10 with its evidence.

    As the account sees it, or as one of its people does.
    """

    __tablename__ = "value_reading"
    __table_args__ = (Index("ix_value_reading_account_id_on", "account_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date]
    gain: Mapped[int] = mapped_column(SmallInteger)
    gain_evidence: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[int] = mapped_column(SmallInteger)
    cost_evidence: Mapped[str] = mapped_column(Text, default="")
    expected: Mapped[int] = mapped_column(SmallInteger)
    expected_evidence: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return f"{self.gain - self.cost - self.expected:+d}"


class Rival(Tracked, Versioned, Base):
    """A competitor at an account; ``share`` is its part of what the account spends, 0-1."""

    __tablename__ = "rival"
    __table_args__ = (Index("ix_rival_account_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    offer: Mapped[str] = mapped_column(Text, default="")
    strengths: Mapped[str] = mapped_column(Text, default="")
    weaknesses: Mapped[str] = mapped_column(Text, default="")
    contacts_think: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.name
