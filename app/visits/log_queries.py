"""What is asked of the database about what came of visits: who told what, promises open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.stakeholders.models import ContactReading, Coverage, Observation
from app.stakeholders.rules import Depth, Support
from app.users.models import User
from app.visits.models import Promise, Visit, VisitColleague, VisitPerson, VisitReport
from app.visits.rules import Commitment, Went


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What one of ours told of a visit."""

    id: int
    user_id: int | None
    author: str
    at: datetime
    went: Went | None
    commitment: Commitment | None
    outcome: str
    feedback: str
    noes: int


def report_rows(session: Session, visit_id: int) -> list[ReportRow]:
    """Everyone's account of a visit, in the order in which they told it."""
    rows = session.execute(
        select(VisitReport, User.name)
        .outerjoin(User, User.id == VisitReport.user_id)
        .where(VisitReport.visit_id == visit_id)
        .order_by(VisitReport.at, VisitReport.id)
    )
    return [_report(row, name or "") for row, name in rows]


def _report(row: VisitReport, author: str) -> ReportRow:
    return ReportRow(
        row.id,
        row.user_id,
        author,
        row.at,
        Went(row.went) if row.went else None,
        Commitment(row.commitment) if row.commitment else None,
        row.outcome,
        row.feedback,
        row.noes,
    )


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise, ours or theirs."""

    id: int
    visit_id: int | None
    words: str
    is_ours: bool
    owner: str
    due_on: date | None
    done_on: date | None


def promise_rows(session: Session, *wanted: ColumnElement[bool]) -> list[PromiseRow]:
    """Promises, the soonest due first."""
    rows = session.execute(
        select(
            Promise.id,
            Promise.visit_id,
            Promise.words,
            Promise.is_ours,
            User.name.label("owner"),
            Promise.due_on,
            Promise.done_on,
        )
        .outerjoin(User, User.id == Promise.owner_id)
        .where(Promise.archived_at.is_(None), *wanted)
        .order_by(Promise.due_on.is_(None), Promise.due_on, Promise.id)
    )
    return [PromiseRow(**{**row._mapping, "owner": row.owner or ""}) for row in rows]


def find_promise(session: Session, promise_id: int) -> Promise | None:
    """A promise, archived or not."""
    return session.get(Promise, promise_id)


def promises_of(session: Session, visit: Visit, at: datetime | None) -> Sequence[Promise]:
    """The open promises that one telling brought."""
    query = select(Promise).where(
        Promise.visit_id == visit.id, Promise.at == at, Promise.done_on.is_(None)
    )
    return session.scalars(query.order_by(Promise.id)).all()


def support_told(session: Session, report: VisitReport) -> dict[int, Support]:
    """The support that one telling brought, by person."""
    query = select(Observation.stakeholder_id, Observation.support).where(
        Observation.account_id == report.account_id,
        Observation.at == report.at,
        Observation.user_id == report.user_id,
    )
    return {row.stakeholder_id: Support(row.support) for row in session.execute(query)}


def depth_told(session: Session, report: VisitReport) -> dict[int, Depth]:
    """The depth of relations that one telling brought, by person."""
    query = (
        select(Coverage.stakeholder_id, ContactReading.depth)
        .join(Coverage, Coverage.id == ContactReading.coverage_id)
        .where(
            ContactReading.account_id == report.account_id,
            ContactReading.at == report.at,
            ContactReading.user_id == report.user_id,
            ContactReading.depth.is_not(None),
        )
    )
    return {row.stakeholder_id: Depth(row.depth) for row in session.execute(query)}


def twin_of(session: Session, visit: Visit) -> Visit | None:
    """Another visit to the same account on the same day that shares one of theirs: most likely
    the same one, kept by a colleague."""
    mine = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit.id)
    shared = select(VisitPerson.visit_id).where(VisitPerson.stakeholder_id.in_(mine))
    query: Select[Any] = select(Visit).where(
        Visit.account_id == visit.account_id,
        Visit.on == visit.on,
        Visit.id != visit.id,
        Visit.archived_at.is_(None),
        Visit.id.in_(shared),
        or_(Visit.user_id != visit.user_id, Visit.user_id.is_(None)),
    )
    return session.scalar(query.order_by(Visit.id).limit(1))


def was_there(session: Session, visit: Visit, user_id: int) -> bool:
    """Whether one of ours makes a visit or goes along."""
    along = select(VisitColleague.id).where(
        VisitColleague.visit_id == visit.id, VisitColleague.user_id == user_id
    )
    return visit.user_id == user_id or session.scalar(along) is not None
