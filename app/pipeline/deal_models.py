"""What is kept beside a deal: what was ticked, judged, said, asked for and handed in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Versioned
from app.handed_in import HandedIn
from app.history import Tracked


class ChecklistTick(Tracked, Base):
    """A point of a stage's checklist that is done, with what shows it."""

    __tablename__ = "checklist_tick"
    __table_args__ = (UniqueConstraint("opportunity_id", "stage", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    stage: Mapped[str]
    item: Mapped[str]
    on: Mapped[date]
    evidence: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    def __str__(self) -> str:
        return self.item


class DealReading(Base):
    """What somebody judged of a deal on a day: one of the five questions, or where the buyer
    is. Appended; the newest of a subject holds."""

    __tablename__ = "deal_reading"
    __table_args__ = (Index("ix_deal_reading_opportunity_id_on_id", "opportunity_id", "on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    subject: Mapped[str]
    value: Mapped[str]
    evidence: Mapped[str] = mapped_column(Text, default="")
    on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class DealNote(Tracked, Base):
    """Something said of a deal on a day; of a no also when to ask again."""

    __tablename__ = "deal_note"
    __table_args__ = (Index("ix_deal_note_opportunity_id_on_id", "opportunity_id", "on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    kind: Mapped[str]
    on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    ask_again_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]

    def __str__(self) -> str:
        return self.words[:80] or f"{self.on}"


class Contender(Tracked, Versioned, Base):
    """A competitor in a deal; ``price`` is theirs, in the deal's currency."""

    __tablename__ = "contender"
    __table_args__ = (Index("ix_contender_opportunity_id", "opportunity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    name: Mapped[str]
    position: Mapped[str | None]
    price: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    strengths: Mapped[str] = mapped_column(Text, default="")
    weaknesses: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.name


class DealCriterion(Tracked, Base):
    """What the deal will be decided by, ranked from 1; who set it, when, and in whose favour."""

    __tablename__ = "deal_criterion"
    __table_args__ = (Index("ix_deal_criterion_opportunity_id", "opportunity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    rank: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str]
    stakeholder_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="SET NULL"), index=True
    )
    favours: Mapped[str | None]
    set_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.words


class DealFile(HandedIn, Tracked, Base):
    """A file handed in with a deal."""

    __tablename__ = "deal_file"
    __table_args__ = (Index("ix_deal_file_opportunity_id", "opportunity_id"),)

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))


class Approval(Tracked, Base):
    """A yes that was asked for before a deal may go on; ``is_granted`` is None while it waits."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_opportunity_id", "opportunity_id"),
        Index("ix_approval_approver_id_answered_at", "approver_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    subject: Mapped[str]
    words: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    is_granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    def __str__(self) -> str:
        return self.subject


class LossFactor(Tracked, Base):
    """One of the reasons why a deal was lost, from the tree of domain 9."""

    __tablename__ = "loss_factor"
    __table_args__ = (UniqueConstraint("opportunity_id", "factor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    factor: Mapped[str]

    def __str__(self) -> str:
        return self.factor


class SavedView(Base):
    """Filters that somebody keeps under a name; ``is_default`` opens with the page."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_page_user_id", "page", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    page: Mapped[str]
    name: Mapped[str]
    query: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)
