"""What happens to visits: they are planned, held, undone; a log also tells of the people met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.stakeholders.coverage_changes import cover, note_contact, open_coverage
from app.stakeholders.models import ContactReading, Coverage, Observation, Stakeholder
from app.stakeholders.observation_changes import observe
from app.visits.models import Visit, VisitColleague, VisitPerson

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Log:
    """What came of a visit; ``support`` is as seen, by stakeholder id."""

    held_on: date
    outcome: str = ""
    commitment: str | None = None
    next_step: str = ""
    next_step_on: date | None = None
    support: Mapping[int, int] = field(default_factory=dict)


def plan_visit(
    session: Session, visit: Visit, people: Iterable[int] = (), colleagues: Iterable[int] = ()
) -> Visit:
    """Add a visit with whom of theirs it is to and who of ours goes along."""
    session.add(visit)
    session.flush()
    set_people(session, visit, people)
    set_colleagues(session, visit, colleagues)
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


def log_visit(session: Session, visit: Visit, log: Log, at: datetime, user_id: int | None) -> None:
    """A visit was held: keep what came of it, the contacts made and the support seen.

    Logging again replaces what the earlier log wrote.
    """
    take_log_back(session, visit)
    visit.held_on = log.held_on
    visit.on = log.held_on
    visit.outcome = log.outcome
    visit.commitment = log.commitment
    visit.next_step = log.next_step
    visit.next_step_on = log.next_step_on
    visit.logged_at = at
    for person in session.scalars(_people_of(visit)):
        _meet(session, visit, person, at, user_id)
        if person.id in log.support:
            observe(
                session,
                person,
                on=log.held_on,
                at=at,
                user_id=user_id,
                support=log.support[person.id],
                source=_source(visit),
            )
    session.flush()


def _people_of(visit: Visit) -> Any:
    to_them = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit.id)
    return select(Stakeholder).where(Stakeholder.id.in_(to_them)).order_by(Stakeholder.id)


def _meet(
    session: Session, visit: Visit, person: Stakeholder, at: datetime, user_id: int | None
) -> None:
    """Note the contact for all of ours who are tied to the person; the visitor is so from now."""
    assert visit.held_on
    along = select(VisitColleague.user_id).where(VisitColleague.visit_id == visit.id)
    ties = [open_coverage(session, person.id, colleague) for colleague in session.scalars(along)]
    if visit.user_id is not None:
        ties.append(cover(session, person, visit.user_id, visit.held_on))
    for tie in ties:
        if tie is not None:
            note_contact(session, tie, visit.held_on, at, source=_source(visit), user_id=user_id)


def _source(visit: Visit) -> str:
    return visit.purpose[:LONGEST_SOURCE]


def take_log_back(session: Session, visit: Visit) -> None:
    """Undo a log: the judgements, the contacts and the ties that it alone brought."""
    if visit.held_on is None or visit.logged_at is None:
        return
    people = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit.id)
    at, held_on = visit.logged_at, visit.held_on
    ties = select(Coverage.id).where(Coverage.stakeholder_id.in_(people))
    session.execute(
        delete(Observation).where(Observation.stakeholder_id.in_(people), Observation.at == at)
    )
    session.execute(
        delete(ContactReading).where(ContactReading.coverage_id.in_(ties), ContactReading.at == at)
    )
    met = exists().where(ContactReading.coverage_id == Coverage.id)
    begun = select(Coverage).where(
        Coverage.id.in_(ties),
        Coverage.user_id == visit.user_id,
        Coverage.since == held_on,
        Coverage.wanted_depth.is_(None),
        ~met,
    )
    for tie in session.scalars(begun):
        session.delete(tie)
    visit.held_on = None
    visit.commitment = None
    visit.logged_at = None
    session.flush()


def finish_step(visit: Visit, on: date | None) -> None:
    """The next step that was promised is done; None: it is not, after all."""
    visit.next_step_done_on = on


def archive(visit: Visit, at: datetime) -> None:
    """Put a visit away; nothing of it is lost."""
    visit.archived_at = at


def restore(visit: Visit) -> None:
    """Bring a visit back."""
    visit.archived_at = None


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
