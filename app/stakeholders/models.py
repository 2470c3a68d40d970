"""Stakeholders, what is believed of them and their ties: dated facts, never overwritten.

A role, a tie, a coverage holds from ``since`` until ``until`` (exclusive; None: still);
an observation or a contact is a row of its own. "As of" a day is a WHERE over them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.history import Tracked
from app.search import Searchable


class Stakeholder(Tracked, Searchable, Versioned, Base):
    """A person at, or around, the account who can weigh on a decision [001].

    On the map from ``known_on`` (None: from the first) until ``left_on``. ``since`` is
    the day they took this post; ``personal`` is shown to those who may edit, alone.
    ``touched_on`` is the day of the last contact, see last_contact.py.
    """

    __tablename__ = "stakeholder"
    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index("ix_stakeholder_account_id_archived_at_name", "account_id", "archived_at", "name"),
        Index("ix_stakeholder_touched_on_id", "touched_on", "id"),
    )

    search_names = ("name", "other_name")

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    external_id: Mapped[str | None]
    name: Mapped[str]
    other_name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    level: Mapped[int | None] = mapped_column(SmallInteger)
    is_outside: Mapped[bool] = mapped_column(default=False)
    is_placeholder: Mapped[bool] = mapped_column(default=False)
    style: Mapped[str | None]
    approach: Mapped[str | None]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    values: Mapped[list[str]] = mapped_column(JSON, default=list)
    interests: Mapped[str] = mapped_column(Text, default="")
    pressures: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    personal: Mapped[str] = mapped_column(Text, default="")
    birthday: Mapped[date | None]
    rhythm_days: Mapped[int | None] = mapped_column(SmallInteger)
    since: Mapped[date | None]
    known_on: Mapped[date | None]
    left_on: Mapped[date | None]
    touched_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.name


class FormerPost(Base):
    """A post that somebody held until a day, and who took it over if that is known."""

    __tablename__ = "former_post"
    __table_args__ = (
        Index("ix_former_post_account_id", "account_id"),
        Index("ix_former_post_stakeholder_id", "stakeholder_id"),
        Index("ix_former_post_heir_id", "heir_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id", ondelete="CASCADE"))
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id", ondelete="SET NULL"))
    title: Mapped[str]
    department: Mapped[str]
    unit: Mapped[str]
    level: Mapped[int | None] = mapped_column(SmallInteger)
    since: Mapped[date | None]
    until: Mapped[date]


class RoleHolding(Tracked, Base):
    """A role held on the account, or on one opportunity only, from a day until a day.

    What is held on an opportunity stands there in place of all the person's roles on the
    account; the role NO_ROLE says that they have none in it.
    """

    __tablename__ = "role_holding"
    __table_args__ = (
        Index("ix_role_holding_account_id", "account_id"),
        Index("ix_role_holding_stakeholder_id", "stakeholder_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]

    def __str__(self) -> str:
        return self.role


class Observation(Base):
    """What one of us judged of a person on a day; support or influence, or both.

    The newest counts; one on an opportunity counts there before any on the account.
    ``is_agreed`` is the team's own word, which settles earlier disagreement.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index("ix_observation_account_id_on", "account_id", "on"),
        Index("ix_observation_stakeholder_id_on", "stakeholder_id", "on"),
        CheckConstraint("support BETWEEN -2 AND 2", name="support"),
        CheckConstraint("influence BETWEEN 0 AND 3", name="influence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date]
    support: Mapped[int | None] = mapped_column(SmallInteger)
    influence: Mapped[int | None] = mapped_column(SmallInteger)
    confidence: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_agreed: Mapped[bool] = mapped_column(default=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class Tie(Tracked, Base):
    """A relation between two people at the account. Undirected ones: lower id first."""

    __tablename__ = "tie"
    __table_args__ = (
        Index("ix_tie_account_id_until", "account_id", "until"),
        CheckConstraint("from_id <> to_id", name="not_self"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str]
    from_id: Mapped[int] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    to_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True)
    weight: Mapped[int] = mapped_column(SmallInteger, default=1)
    since: Mapped[date]
    until: Mapped[date | None]

    def __str__(self) -> str:
        return f"{self.from_id} {self.kind} {self.to_id}"


class Coverage(Tracked, Base):
    """A tie of ours: one of our people to one of theirs. Depth is read by ContactReading."""

    __tablename__ = "coverage"
    __table_args__ = (
        Index("ix_coverage_account_id_until", "account_id", "until"),
        Index("ix_coverage_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    wanted_depth: Mapped[int | None] = mapped_column(SmallInteger)
    is_owner: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]
    until: Mapped[date | None]

    def __str__(self) -> str:
        return f"{self.user_id} covers {self.stakeholder_id}"


class ContactReading(Base):
    """A day on which a coverage was in touch (``is_contact``), its depth seen, or both."""

    __tablename__ = "contact_reading"
    __table_args__ = (
        Index("ix_contact_reading_coverage_id_on", "coverage_id", "on"),
        Index("ix_contact_reading_account_id_on", "account_id", "on"),
        CheckConstraint("depth BETWEEN 0 AND 4", name="depth"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage.id", ondelete="CASCADE"))
    on: Mapped[date]
    depth: Mapped[int | None] = mapped_column(SmallInteger)
    is_contact: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class MapPosition(Base):
    """Where a person was put by hand on a map; ``view`` names the map it is kept for."""

    __tablename__ = "map_position"
    __table_args__ = (
        UniqueConstraint("stakeholder_id", "view"),
        Index("ix_map_position_account_id_view", "account_id", "view"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id", ondelete="CASCADE"))
    view: Mapped[str] = mapped_column(String(32))
    x: Mapped[float]
    y: Mapped[float]


class Rescue(Tracked, Base):
    """Who helps in one phase of the contract cycle, and for what: the rescue network [001]."""

    __tablename__ = "rescue"
    __table_args__ = (Index("ix_rescue_account_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    phase: Mapped[str]
    source: Mapped[str]
    who: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None]

    def __str__(self) -> str:
        return self.who


class Criterion(Tracked, Base):
    """What a person decides by, ranked from 1, on the account or in one opportunity."""

    __tablename__ = "criterion"
    __table_args__ = (
        Index("ix_criterion_account_id", "account_id"),
        Index("ix_criterion_stakeholder_id", "stakeholder_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id", ondelete="CASCADE"), index=True
    )
    rank: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str]

    def __str__(self) -> str:
        return self.words
