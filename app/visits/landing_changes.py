"""Where a log lands beside the visit: on the map, among promises, with the deal, as feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.pipeline.deal_models import DealNote
from app.pipeline.noting import NoteKind
from app.records.feedback import Voice
from app.records.models import Feedback
from app.stakeholders.changes import add_stakeholder
from app.stakeholders.coverage_changes import cover, note_contact
from app.stakeholders.models import ContactReading, Observation, Stakeholder
from app.stakeholders.observation_changes import observe
from app.visits.models import Promise, Visit, VisitPerson, VisitReport
from app.visits.rules import NewPerson

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise heard or given: by us, to be kept by ``owner_id``, or by them."""

    words: str
    is_ours: bool = True
    owner_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """What one of ours says came of a visit.

    ``support`` and ``depth`` are as seen, by stakeholder id; ``answers`` by question id;
    ``key`` is the number of the form it was typed into.
    """

    held_on: date
    outcome: str = ""
    commitment: str | None = None
    next_step: str = ""
    next_step_on: date | None = None
    support: Mapping[int, int] = field(default_factory=dict)
    went: str | None = None
    depth: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)
    promises: tuple[Promised, ...] = ()
    met: tuple[NewPerson, ...] = ()
    feedback: str = ""
    noes: int = 0
    cost: Decimal | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Teller:
    """Who of ours tells, and the moment that marks what the telling wrote."""

    user_id: int | None
    at: datetime


def land(session: Session, visit: Visit, log: Log, teller: Teller) -> None:
    """Write what a log tells of people, promises, the deal and the company."""
    for person in log.met:
        _meet_new(session, visit, person)
    _judge(session, visit, log, teller.at, teller.user_id)
    for promised in log.promises:
        promise(session, visit, promised, teller.at)
    _note_noes(session, visit, log, teller)
    _hear(session, visit, log, teller)


def _note_noes(session: Session, visit: Visit, log: Log, teller: Teller) -> None:
    """Each no is counted with the deal: yes tends to come after several [001]."""
    if visit.opportunity_id is None:
        return
    said = {"on": log.held_on, "words": source_of(visit), "user_id": teller.user_id}
    for _time in range(log.noes):
        session.add(
            DealNote(
                account_id=visit.account_id,
                opportunity_id=visit.opportunity_id,
                kind=NoteKind.NO,
                at=teller.at,
                **said,
            )
        )


def _hear(session: Session, visit: Visit, log: Log, teller: Teller) -> None:
    """Feedback is kept as such; whose it was is known when one person alone was there."""
    if not log.feedback:
        return
    people = session.scalars(
        select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit.id)
    ).all()
    session.add(
        Feedback(
            account_id=visit.account_id,
            on=log.held_on,
            voice=Voice.CUSTOMER,
            stakeholder_id=people[0] if len(people) == 1 else None,
            user_id=teller.user_id,
            words=log.feedback,
        )
    )


def promise(session: Session, visit: Visit, promised: Promised, at: datetime) -> None:
    """Keep a promise; one of ours without a name is the visit's own person's."""
    owner_id = (promised.owner_id or visit.user_id) if promised.is_ours else None
    session.add(
        Promise(
            account_id=visit.account_id,
            visit_id=visit.id,
            words=promised.words,
            is_ours=promised.is_ours,
            owner_id=owner_id,
            due_on=promised.due_on,
            at=at,
        )
    )


def _meet_new(session: Session, visit: Visit, new: NewPerson) -> None:
    """Somebody met for the first time; one of that name who is known already is meant."""
    here = select(Stakeholder).where(
        Stakeholder.account_id == visit.account_id,
        Stakeholder.name == new.name,
        Stakeholder.archived_at.is_(None),
    )
    person = session.scalar(here.limit(1)) or add_stakeholder(
        session,
        visit.account_id,
        new.name,
        on=visit.held_on,
        title=new.title,
        department=new.department,
    )
    met = exists().where(VisitPerson.visit_id == visit.id, VisitPerson.stakeholder_id == person.id)
    if not session.scalar(select(met)):
        session.add(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))
        session.flush()


def _judge(session: Session, visit: Visit, log: Log, at: datetime, user_id: int | None) -> None:
    assert visit.held_on
    for person in session.scalars(people_of(visit)).all():
        if person.id in log.support:
            observe(
                session,
                person,
                on=visit.held_on,
                at=at,
                user_id=user_id,
                support=log.support[person.id],
                source=source_of(visit),
            )
        if person.id in log.depth and user_id is not None:
            tie = cover(session, person, user_id, visit.held_on)
            depth = log.depth[person.id]
            values: dict[str, Any] = {"depth": depth, "source": source_of(visit)}
            note_contact(
                session, tie, visit.held_on, at, is_contact=False, user_id=user_id, **values
            )


def people_of(visit: Visit) -> Any:
    """Whom of theirs a visit is to, as a SELECT."""
    to_them = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit.id)
    return select(Stakeholder).where(Stakeholder.id.in_(to_them)).order_by(Stakeholder.id)


def source_of(visit: Visit) -> str:
    """What the judgements of a visit say they come from."""
    return visit.purpose[:LONGEST_SOURCE]


def lift(session: Session, visit: Visit, report: VisitReport) -> None:
    """A telling goes, with the judgements and the unkept promises it brought."""
    _unjudge(session, visit, report)
    session.execute(
        delete(Promise).where(
            Promise.visit_id == visit.id, Promise.at == report.at, Promise.done_on.is_(None)
        )
    )
    session.execute(
        delete(DealNote).where(
            DealNote.account_id == visit.account_id,
            DealNote.at == report.at,
            DealNote.user_id == report.user_id,
            DealNote.kind == NoteKind.NO,
        )
    )
    _unhear(session, visit, report)
    session.delete(report)
    session.flush()


def _unjudge(session: Session, visit: Visit, report: VisitReport) -> None:
    """The judgements of people that a telling brought go with it."""
    for model in (Observation, ContactReading):
        written: tuple[Any, ...] = (
            model.account_id == visit.account_id,
            model.at == report.at,
            model.user_id == report.user_id,
        )
        if model is ContactReading:
            written = (*written, ContactReading.is_contact.is_(False))
        session.execute(delete(model).where(*written))


def _unhear(session: Session, visit: Visit, report: VisitReport) -> None:
    """Feedback goes with its telling unless somebody has taken it up."""
    session.execute(
        delete(Feedback).where(
            Feedback.account_id == visit.account_id,
            Feedback.on == visit.held_on,
            Feedback.user_id == report.user_id,
            Feedback.words == report.feedback,
            Feedback.decided_on.is_(None),
        )
    )
