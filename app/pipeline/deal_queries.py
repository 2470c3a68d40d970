"""What is kept beside a deal, as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from app.pipeline.deal_models import (
    ChecklistTick,
    Contender,
    DealCriterion,
    DealFile,
    DealNote,
    DealReading,
    LossFactor,
)
from app.pipeline.losing import Factor, in_order
from app.pipeline.mirroring import BUYER
from app.pipeline.noting import Favours, NoteKind, Position
from app.pipeline.persistence import Persistence, persistence
from app.pipeline.qualifying import Answer, Answered, Question
from app.pipeline.rules import Stage
from app.stakeholders.models import Stakeholder
from app.users.models import User

VISITS: Any = table("visit", *map(column, ("id", "opportunity_id", "on", "held_on", "commitment",
                    "purpose", "outcome", "user_id", "archived_at")))  # fmt: skip
"""Visits stand above: a deal's persistence and its story read only these columns."""
REFUSED = "no"


@dataclass(frozen=True, slots=True)
class Tick:
    """A point of a checklist that is done."""

    on: date
    who: str
    evidence: str


def ticks_of(session: Session, deal_id: int) -> dict[tuple[Stage, str], Tick]:
    """What is ticked of a deal's checklists, by stage and point."""
    rows = session.execute(
        select(ChecklistTick, User.name.label("who"))
        .outerjoin(User, User.id == ChecklistTick.user_id)
        .where(ChecklistTick.opportunity_id == deal_id)
    )
    return {
        (Stage(tick.stage), tick.item): Tick(tick.on, who or "", tick.evidence)
        for tick, who in rows
    }


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody judged of a deal on a day."""

    subject: str
    value: str
    evidence: str
    on: date
    who: str


def readings_of(session: Session, deal_id: int) -> list[Reading]:
    """Every judgement of a deal, oldest first."""
    rows = session.execute(
        select(
            DealReading.subject,
            DealReading.value,
            DealReading.evidence,
            DealReading.on,
            func.coalesce(User.name, "").label("who"),
        )
        .outerjoin(User, User.id == DealReading.user_id)
        .where(DealReading.opportunity_id == deal_id)
        .order_by(DealReading.on, DealReading.id)
    )
    return [Reading(*row) for row in rows]


def answers_in(readings: list[Reading]) -> dict[Question, Answered]:
    """The answers that hold: the newest of each question, unless it was taken back."""
    newest = {one.subject: one for one in readings if one.subject != BUYER}
    return {
        Question(subject): Answered(Answer(one.value), one.evidence, one.on, one.who)
        for subject, one in newest.items()
        if one.value
    }


def buyer_in(readings: list[Reading]) -> Reading | None:
    """Where the buyer was last seen to be."""
    found = [one for one in readings if one.subject == BUYER]
    return found[-1] if found and found[-1].value else None


@dataclass(frozen=True, slots=True)
class Note:
    """Something said of a deal."""

    id: int
    kind: NoteKind
    on: date
    words: str
    ask_again_on: date | None
    who: str


def notes_of(session: Session, deal_id: int) -> list[Note]:
    """Notes and noes of a deal, newest first."""
    row = DealNote
    rows = session.execute(
        select(row.id, row.kind, row.on, row.words, row.ask_again_on, func.coalesce(User.name, ""))
        .outerjoin(User, User.id == row.user_id)
        .where(row.opportunity_id == deal_id)
        .order_by(row.on.desc(), row.id.desc())
    )
    return [
        Note(note_id, NoteKind(kind), on, words, again, who)
        for note_id, kind, on, words, again, who in rows
    ]


def persistence_of(session: Session, deal_id: int, on: date) -> Persistence:
    """The noes of a deal: those noted, and visits whose commitment was refused."""
    noted = session.execute(
        select(DealNote.on, DealNote.ask_again_on)
        .where(DealNote.opportunity_id == deal_id, DealNote.kind == NoteKind.NO)
        .order_by(DealNote.on, DealNote.id)
    ).all()
    held = func.coalesce(VISITS.c.held_on, VISITS.c.on)
    count, last = session.execute(
        select(func.count(), func.max(held)).where(
            VISITS.c.opportunity_id == deal_id,
            VISITS.c.commitment == REFUSED,
            VISITS.c.archived_at.is_(None),
        )
    ).one()
    days = [day for day in (day_of(last), noted[-1].on if noted else None) if day]
    newest = max(days, default=None)
    agreed = noted[-1].ask_again_on if noted and noted[-1].on == newest else None
    return persistence(count + len(noted), newest, agreed, on)


def day_of(value: Any) -> date | None:
    """A day as the database gives it: SQLite knows a column without a type as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Rivalry:
    """A competitor in a deal."""

    id: int
    name: str
    position: Position | None
    price: Decimal | None
    strengths: str
    weaknesses: str


def contenders_of(session: Session, deal_id: int) -> list[Rivalry]:
    """Who else is in a deal, those ahead of us first."""
    rows = session.scalars(
        select(Contender)
        .where(Contender.opportunity_id == deal_id, Contender.archived_at.is_(None))
        .order_by(Contender.id)
    )
    found = [
        Rivalry(
            row.id,
            row.name,
            Position(row.position) if row.position else None,
            row.price,
            row.strengths,
            row.weaknesses,
        )
        for row in rows
    ]
    places = [*Position, None]
    return sorted(found, key=lambda one: places.index(one.position))


def find_contender(session: Session, deal_id: int, contender_id: int) -> Contender | None:
    """A competitor, if in that deal."""
    found = session.get(Contender, contender_id)
    return found if found is not None and found.opportunity_id == deal_id else None


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """What a deal is decided by."""

    id: int
    rank: int
    words: str
    person_id: int | None
    person: str
    favours: Favours | None
    set_on: date | None


def criteria_of(session: Session, deal_id: int) -> list[CriterionRow]:
    """What a deal is decided by, weightiest first."""
    rows = session.execute(
        select(DealCriterion, Stakeholder.name.label("person"))
        .outerjoin(Stakeholder, Stakeholder.id == DealCriterion.stakeholder_id)
        .where(DealCriterion.opportunity_id == deal_id)
        .order_by(DealCriterion.rank, DealCriterion.id)
    )
    return [
        CriterionRow(
            row.id,
            place,
            row.words,
            row.stakeholder_id,
            person or "",
            Favours(row.favours) if row.favours else None,
            row.set_on,
        )
        for place, (row, person) in enumerate(rows, start=1)
    ]


def find_criterion(session: Session, deal_id: int, criterion_id: int) -> DealCriterion | None:
    """A criterion, if that deal's."""
    found = session.get(DealCriterion, criterion_id)
    return found if found is not None and found.opportunity_id == deal_id else None


def person_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """Whom of theirs a criterion may come from."""
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name)
        .where(
            Stakeholder.account_id == account_id,
            Stakeholder.archived_at.is_(None),
            Stakeholder.left_on.is_(None),
        )
        .order_by(Stakeholder.name)
    )
    return [(row.id, row.name) for row in rows]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a deal, without what is in it."""

    id: int
    name: str
    kind: str
    size: int
    at: datetime
    who: str


def files_of(session: Session, deal_id: int) -> list[FileRow]:
    """A deal's files, newest first."""
    rows = session.execute(
        select(
            DealFile.id,
            DealFile.name,
            DealFile.kind,
            DealFile.size,
            DealFile.at,
            func.coalesce(User.name, "").label("who"),
        )
        .outerjoin(User, User.id == DealFile.user_id)
        .where(DealFile.opportunity_id == deal_id)
        .order_by(DealFile.id.desc())
    )
    return [FileRow(*row) for row in rows]


def find_file(session: Session, deal_id: int, file_id: int) -> DealFile | None:
    """A file, if that deal's."""
    found = session.get(DealFile, file_id)
    return found if found is not None and found.opportunity_id == deal_id else None


def factors_of(session: Session, deal_id: int) -> list[Factor]:
    """What decided against us, as the tree lists it."""
    rows = session.scalars(select(LossFactor.factor).where(LossFactor.opportunity_id == deal_id))
    return in_order(map(Factor, rows))


def find_note(session: Session, deal_id: int, note_id: int) -> DealNote | None:
    """A note, if that deal's."""
    found = session.get(DealNote, note_id)
    return found if found is not None and found.opportunity_id == deal_id else None
