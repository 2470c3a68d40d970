"""What is asked of the database for calendars: visits as events, and who may read a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.stakeholders.models import Stakeholder
from app.users.models import User
from app.visits.calendar_file import EventFact, uid_of
from app.visits.models import CalendarFeed, Visit, VisitColleague, VisitPerson
from app.visits.queries import names_by_visit
from app.visits.rules import goals_of

EVENT = (
    Visit.id,
    Visit.version,
    Visit.on,
    Visit.starts_at,
    Visit.minutes,
    Visit.purpose,
    Visit.goals,
    Visit.place,
    Visit.archived_at,
    Visit.external_id,
)


def event_facts(
    session: Session, at: datetime, address: Callable[[int], str], *wanted: ColumnElement[bool]
) -> Iterator[EventFact]:
    """Visits as events; those put away are cancelled ones. Nothing of opinions is in them."""
    rows = session.execute(
        select(*EVENT, Account.name.label("account"))
        .join(Account, Account.id == Visit.account_id)
        .where(Account.archived_at.is_(None), *wanted)
        .order_by(Visit.on, Visit.id)
    ).all()
    people = names_by_visit(
        session,
        select(VisitPerson.visit_id, Stakeholder.name)
        .join(Stakeholder, Stakeholder.id == VisitPerson.stakeholder_id)
        .join(Visit, Visit.id == VisitPerson.visit_id)
        .where(*wanted),
    )
    for row in rows:
        yield _event(row, people.get(row.id, ()), at, address(row.id))


def _event(row: Any, people: tuple[str, ...], at: datetime, url: str) -> EventFact:
    return EventFact(
        uid=row.external_id or uid_of(row.id),
        sequence=row.version - 1,
        on=row.on,
        starts_at=row.starts_at,
        minutes=row.minutes,
        title=" · ".join(filter(None, (row.account, row.purpose))),
        place=row.place,
        words="\n".join([*people, *goals_of(row.goals)]),
        stamp=at,
        is_cancelled=row.archived_at is not None,
        url=url,
    )


def feed_of(user_id: int, since: date) -> tuple[ColumnElement[bool], ...]:
    """The visits of a person's calendar: those they make or go along on, since a day."""
    along = select(VisitColleague.visit_id).where(VisitColleague.user_id == user_id)
    return (or_(Visit.user_id == user_id, Visit.id.in_(along)), Visit.on >= since)


def feed_mark(session: Session, user_id: int, since: date) -> tuple[Any, ...]:
    """What changes whenever a person's calendar does, in two SELECTs."""
    wanted = feed_of(user_id, since)
    own = select(
        func.count(Visit.id),
        func.sum(Visit.version),
        func.max(Visit.id),
        func.count(Visit.archived_at),
        func.sum(Account.version),
        func.count(Account.archived_at),
    ).join(Account, Account.id == Visit.account_id)
    people = (
        select(func.count(), func.sum(VisitPerson.id), func.sum(Stakeholder.version))
        .join(Stakeholder, Stakeholder.id == VisitPerson.stakeholder_id)
        .join(Visit, Visit.id == VisitPerson.visit_id)
    )
    found = (session.execute(query.where(*wanted)).one() for query in (own, people))
    return tuple(value for row in found for value in row)


def find_feed(session: Session, user_id: int) -> CalendarFeed | None:
    """A person's calendar address."""
    return session.get(CalendarFeed, user_id)


def find_subscriber(session: Session, token_hash: str) -> User | None:
    """Whose calendar an address opens; nobody's once they have left."""
    mine = select(CalendarFeed.user_id).where(CalendarFeed.token_hash == token_hash)
    return session.scalar(select(User).where(User.id.in_(mine), User.archived_at.is_(None)))
