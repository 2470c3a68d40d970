"""What happens to a visit before it is held: it is planned, moved, repeated, put away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stakeholders.models import Stakeholder
from app.visits.landing_changes import Log
from app.visits.log_changes import log_visit
from app.visits.models import Visit, VisitColleague, VisitPerson, VisitQuestion


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a visit; ``key`` and ``person_id`` say where an offered one comes from."""

    words: str
    key: str | None = None
    person_id: int | None = None


def plan_visit(
    session: Session,
    visit: Visit,
    people: Iterable[int] = (),
    colleagues: Iterable[int] = (),
    questions: Sequence[Asked] = (),
) -> Visit:
    """Add a visit with whom of theirs it is to, who of ours goes along, and what to ask."""
    session.add(visit)
    session.flush()
    set_people(session, visit, people)
    set_colleagues(session, visit, colleagues)
    set_questions(session, visit, questions)
    return visit


def set_people(session: Session, visit: Visit, wanted: Iterable[int]) -> None:
    """Whom of theirs the visit is to: only people of its account are taken."""
    theirs = select(Stakeholder.id).where(
        Stakeholder.account_id == visit.account_id, Stakeholder.id.in_(set(wanted))
    )
    _replace(session, VisitPerson, visit, "stakeholder_id", set(session.scalars(theirs)))


def set_colleagues(session: Session, visit: Visit, wanted: Iterable[int]) -> None:
    """Who of ours goes along, besides the one whose visit it is."""
    _replace(session, VisitColleague, visit, "user_id", set(wanted) - {visit.user_id})


def _replace(session: Session, model: Any, visit: Visit, column: str, wanted: set[int]) -> None:
    kept = {
        getattr(row, column): row
        for row in session.scalars(select(model).where(model.visit_id == visit.id))
    }
    for row_id in wanted - kept.keys():
        session.add(model(visit_id=visit.id, **{column: row_id}))
    for row_id in kept.keys() - wanted:
        session.delete(kept[row_id])
    session.flush()


def set_questions(session: Session, visit: Visit, wanted: Sequence[Asked]) -> None:
    """What is to be asked, in this order; one that stays keeps its answer."""
    query = select(VisitQuestion).where(VisitQuestion.visit_id == visit.id)
    kept = {(row.key, row.words): row for row in session.scalars(query)}
    for place, one in enumerate(wanted):
        row = kept.pop((one.key, one.words), None)
        if row is None:
            row = VisitQuestion(
                account_id=visit.account_id,
                visit_id=visit.id,
                stakeholder_id=one.person_id,
                words=one.words,
                key=one.key,
            )
            session.add(row)
        row.place = place
    for gone in kept.values():
        session.delete(gone)
    session.flush()


def repeat(session: Session, visit: Visit, days: Sequence[date]) -> list[Visit]:
    """Plan the visit again on other days, with the same people and questions."""
    if not days:
        return []
    visit.series = visit.series or uuid4().hex
    people = _ids(session, VisitPerson.stakeholder_id, visit)
    colleagues = _ids(session, VisitColleague.user_id, visit)
    query = select(VisitQuestion).where(VisitQuestion.visit_id == visit.id)
    asked = session.scalars(query.order_by(VisitQuestion.place)).all()
    questions = [Asked(one.words, one.key, one.stakeholder_id) for one in asked]
    return [plan_visit(session, _again(visit, day), people, colleagues, questions) for day in days]


def _ids(session: Session, column: Any, visit: Visit) -> list[int]:
    return list(session.scalars(select(column).where(column.class_.visit_id == visit.id)))


SAME = (
    "account_id",
    "opportunity_id",
    "user_id",
    "series",
    "minutes",
    "place",
    "channel",
    "purpose",
    "goals",
    "commitment_sought",
    "materials",
)


def _again(visit: Visit, on: date) -> Visit:
    starts_at = visit.starts_at and visit.starts_at + (on - visit.on)
    return Visit(on=on, starts_at=starts_at, **{name: getattr(visit, name) for name in SAME})


def move(visit: Visit, on: date, starts_at: datetime | None) -> None:
    """Put a visit on another day; its length stays."""
    visit.on = on
    visit.starts_at = starts_at


def finish_step(visit: Visit, on: date | None) -> None:
    """The next step that was promised is done; None: it is not, after all."""
    visit.next_step_done_on = on


def stop_asking(visit: Visit, on: date) -> None:
    """Its person was asked what came of the visit, and asks to be left alone."""
    visit.asked_on = on


def archive(visit: Visit, at: datetime) -> None:
    """Put a visit away; nothing of it is lost."""
    visit.archived_at = at


def restore(visit: Visit) -> None:
    """Bring a visit back."""
    visit.archived_at = None


def archive_rest(session: Session, visit: Visit, at: datetime) -> list[int]:
    """Put away a visit and those of its series that come after and were not held."""
    later = select(Visit).where(
        Visit.series == visit.series,
        Visit.on >= visit.on,
        Visit.held_on.is_(None),
        Visit.archived_at.is_(None),
    )
    rows = session.scalars(later).all() if visit.series else [visit]
    for row in rows:
        archive(row, at)
    return [row.id for row in rows]


def record_visit(
    session: Session,
    visit: Visit,
    people: Iterable[int] = (),
    colleagues: Iterable[int] = (),
    *,
    log: Log | None = None,
    at: datetime,
) -> Visit:
    """Add a visit and, when it was held, its log: one call for imports, demo and bench."""
    plan_visit(session, visit, people, colleagues)
    if log is not None:
        log_visit(session, visit, log, at, visit.user_id)
    return visit
