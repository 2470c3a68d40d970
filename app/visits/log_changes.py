"""What came of a visit is told, by one or several of ours; and a telling is taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.stakeholders.coverage_changes import cover, note_contact, open_coverage
from app.stakeholders.last_contact import renew
from app.stakeholders.models import ContactReading, Coverage
from app.visits.landing_changes import (
    Log,
    Promised,
    Teller,
    land,
    lift,
    people_of,
    promise,
    source_of,
)
from app.visits.models import (
    Promise,
    Visit,
    VisitColleague,
    VisitPerson,
    VisitQuestion,
    VisitReport,
)
from app.visits.rules import Commitment, ReportFact, Went, settled


def log_visit(session: Session, visit: Visit, log: Log, at: datetime, user_id: int | None) -> None:
    """One of ours tells what came of a visit: the judgements, contacts and promises it brings.

    Telling it again replaces what they told before; what colleagues told stays.
    """
    before = find_report(session, visit.id, user_id)
    if before is not None:
        lift(session, visit, before)
    visit.held_on = log.held_on
    visit.on = log.held_on
    visit.logged_at = visit.logged_at or at
    _keep_report(session, visit, log, at, user_id)
    _settle_step(session, visit, log, at, user_id)
    if log.cost is not None:
        visit.cost = log.cost
    land(session, visit, log, Teller(user_id, at))
    _keep_answers(session, visit, log, user_id)
    settle(session, visit)


def find_report(session: Session, visit_id: int, user_id: int | None) -> VisitReport | None:
    """What one of ours told of a visit."""
    return session.scalar(
        select(VisitReport).where(VisitReport.visit_id == visit_id, VisitReport.user_id == user_id)
    )


def is_kept(session: Session, key: str | None) -> bool:
    """Whether what was typed into a form has arrived before."""
    return bool(key and session.scalar(select(exists().where(VisitReport.key == key))))


def _keep_report(
    session: Session, visit: Visit, log: Log, at: datetime, user_id: int | None
) -> None:
    session.add(
        VisitReport(
            account_id=visit.account_id,
            visit_id=visit.id,
            user_id=user_id,
            at=at,
            key=log.key,
            went=log.went,
            commitment=log.commitment,
            outcome=log.outcome,
            feedback=log.feedback,
            noes=log.noes,
        )
    )
    session.flush()


def _settle_step(
    session: Session, visit: Visit, log: Log, at: datetime, user_id: int | None
) -> None:
    """The next step is the visit's; a second, different one becomes a promise of ours."""
    others = select(VisitReport.id).where(
        VisitReport.visit_id == visit.id, VisitReport.user_id != user_id
    )
    if not visit.next_step or session.scalar(others.limit(1)) is None:
        visit.next_step, visit.next_step_on = log.next_step, log.next_step_on
    elif log.next_step and log.next_step != visit.next_step:
        promised = Promised(log.next_step, owner_id=user_id, due_on=log.next_step_on)
        promise(session, visit, promised, at)


def _keep_answers(session: Session, visit: Visit, log: Log, user_id: int | None) -> None:
    query = select(VisitQuestion).where(VisitQuestion.visit_id == visit.id)
    for question in session.scalars(query).all():
        answer = log.answers.get(question.id, question.answer)
        if answer != question.answer:
            question.answer = answer
            question.answered_on = visit.held_on if answer else None
            question.user_id = user_id if answer else None


def settle(session: Session, visit: Visit) -> None:
    """What stands on the visit itself follows from what its people told."""
    rows = session.scalars(select(VisitReport).where(VisitReport.visit_id == visit.id)).all()
    first = settled([_fact(row) for row in rows], visit.user_id)
    if first is None:
        return
    visit.went, visit.commitment = first.went, first.commitment
    visit.outcome, visit.noes = first.outcome, max(row.noes for row in rows)
    _note_contacts(session, visit, [row.user_id for row in rows if row.user_id is not None])


def _fact(row: VisitReport) -> ReportFact:
    return ReportFact(
        row.user_id,
        row.at,
        Went(row.went) if row.went else None,
        Commitment(row.commitment) if row.commitment else None,
        row.outcome,
        row.noes,
    )


def _note_contacts(session: Session, visit: Visit, tellers: list[int]) -> None:
    """The contact counts for all of ours who are tied to the person; who was there is so
    from now on."""
    _forget_contacts(session, visit)
    assert visit.held_on
    assert visit.logged_at
    along = select(VisitColleague.user_id).where(VisitColleague.visit_id == visit.id)
    there = {*tellers, *([visit.user_id] if visit.user_id is not None else [])}
    others = set(session.scalars(along)) - there
    for person in session.scalars(people_of(visit)).all():
        ties = [cover(session, person, user_id, visit.held_on) for user_id in sorted(there)]
        ties += [tie for user_id in others if (tie := open_coverage(session, person.id, user_id))]
        for tie in ties:
            note_contact(
                session,
                tie,
                visit.held_on,
                visit.logged_at,
                source=source_of(visit),
                user_id=visit.user_id,
            )
    session.flush()


def _ties_of(visit: Visit) -> Any:
    people = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit.id)
    return select(Coverage.id).where(Coverage.stakeholder_id.in_(people))


def _forget_contacts(session: Session, visit: Visit) -> None:
    noted = (
        ContactReading.account_id == visit.account_id,
        ContactReading.at == visit.logged_at,
        ContactReading.is_contact,
    )
    ties = session.scalars(select(ContactReading.coverage_id).where(*noted)).all()
    session.execute(delete(ContactReading).where(*noted))
    renew(session.connection(), (), ties)


def take_log_back(session: Session, visit: Visit, user_id: int | None = None) -> None:
    """Undo what one of ours told (None: the visit's own person): judgements, promises, and,
    when nobody else told anything, the contacts and the ties that the log alone brought."""
    if visit.held_on is None or visit.logged_at is None:
        return
    report = find_report(session, visit.id, user_id or visit.user_id)
    if report is not None:
        lift(session, visit, report)
    others = select(VisitReport.id).where(VisitReport.visit_id == visit.id).limit(1)
    if session.scalar(others) is not None:
        settle(session, visit)
        return
    _forget_contacts(session, visit)
    _forget_ties(session, visit)
    visit.held_on = visit.went = visit.commitment = visit.logged_at = None
    visit.noes = 0
    session.flush()


def _forget_ties(session: Session, visit: Visit) -> None:
    """Ties that began with this visit and have nothing else behind them."""
    read = exists().where(ContactReading.coverage_id == Coverage.id)
    begun = select(Coverage).where(
        Coverage.id.in_(_ties_of(visit)),
        Coverage.since == visit.held_on,
        Coverage.wanted_depth.is_(None),
        Coverage.is_owner.is_(False),
        ~read,
    )
    for tie in session.scalars(begun).all():
        session.delete(tie)
    session.flush()


def keep_promise(promised: Promise, on: date | None) -> None:
    """A promise is kept on a day; None: it is open again."""
    promised.done_on = on


def join(session: Session, visit: Visit, into: Visit, at: datetime) -> None:
    """Two records of the same visit become one: people, questions, promises and what each
    of ours told go over, and the emptied record is put away."""
    if visit.logged_at is not None:
        _forget_contacts(session, visit)
    _move_links(session, visit, into)
    told = select(VisitReport.user_id).where(VisitReport.visit_id == into.id)
    models: tuple[Any, ...] = (VisitQuestion, Promise)
    for model in models:
        rows = select(model).where(model.visit_id == visit.id)
        for row in session.scalars(rows).all():
            row.visit_id = into.id
    reports = select(VisitReport).where(
        VisitReport.visit_id == visit.id, VisitReport.user_id.not_in(told)
    )
    for report in session.scalars(reports).all():
        report.visit_id = into.id
        into.held_on = into.held_on or visit.held_on
        into.logged_at = into.logged_at or visit.logged_at
    session.flush()
    visit.archived_at = at
    visit.held_on = visit.logged_at = None
    settle(session, into)


def _move_links(session: Session, visit: Visit, into: Visit) -> None:
    """Whom it was to and who of ours went along, those of both records."""
    for model, column in ((VisitPerson, "stakeholder_id"), (VisitColleague, "user_id")):
        attribute = getattr(model, column)
        there = set(session.scalars(select(attribute).where(model.visit_id == into.id)))
        more = set(session.scalars(select(attribute).where(model.visit_id == visit.id)))
        if model is VisitColleague:
            more = (more | {visit.user_id}) - {into.user_id, None}
        for row_id in more - there:
            session.add(model(visit_id=into.id, **{column: row_id}))
    session.flush()
