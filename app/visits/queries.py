"""What is asked of the database about visits: lists, one visit, what a form offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Page, Place, Query, count_up_to, page_of
from app.stakeholders.models import Observation, RoleHolding, Stakeholder
from app.stakeholders.rules import Role, Support
from app.users.models import User
from app.visits.models import Visit, VisitColleague, VisitPerson
from app.visits.rules import Channel, Commitment, Went


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as lists show it; ``people`` are theirs, ``colleagues`` ours besides ``owner``."""

    id: int
    account_id: int
    account: str
    on: date
    starts_at: datetime | None
    minutes: int | None
    place: str
    channel: Channel
    purpose: str
    is_reactive: bool
    held_on: date | None
    went: Went | None
    commitment: Commitment | None
    outcome: str
    next_step: str
    next_step_on: date | None
    next_step_done_on: date | None
    user_id: int | None
    owner: str
    people: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()


COLUMNS = (
    Visit.id,
    Visit.account_id,
    Account.name.label("account"),
    Visit.on,
    Visit.starts_at,
    Visit.minutes,
    Visit.place,
    Visit.channel,
    Visit.purpose,
    Visit.is_reactive,
    Visit.held_on,
    Visit.went,
    Visit.commitment,
    Visit.outcome,
    Visit.next_step,
    Visit.next_step_on,
    Visit.next_step_done_on,
    Visit.user_id,
    User.name.label("owner"),
)


def _visits(*wanted: ColumnElement[bool]) -> Query:
    return (
        select(*COLUMNS)
        .outerjoin(Account, Account.id == Visit.account_id)
        .outerjoin(User, User.id == Visit.user_id)
        .where(Visit.archived_at.is_(None), Account.archived_at.is_(None), *wanted)
    )


def visit_rows(session: Session, *wanted: ColumnElement[bool], most: int = 200) -> list[VisitRow]:
    """Visits by day, with whom they are to."""
    query = _visits(*wanted).order_by(Visit.on, Visit.starts_at, Visit.id).limit(most)
    return _with_people(session, session.execute(query).all())


def held_page(session: Session, account_id: int, place: Place) -> Page[VisitRow]:
    """A page of an account's visits that were held, newest first."""
    query = _visits(Visit.account_id == account_id, Visit.held_on.is_not(None))
    page = page_of(session, query, Visit.on, Visit.id, place, descending=True)
    rows = _with_people(session, page.rows)
    return replace(page, rows=rows, counted=count_up_to(session, query))


def held_before(session: Session, visit: Visit, most: int = 3) -> list[VisitRow]:
    """What was held at a visit's account before it, newest first."""
    earlier = (Visit.account_id == visit.account_id, Visit.held_on <= visit.on)
    query = _visits(*earlier, Visit.id != visit.id).order_by(Visit.on.desc(), Visit.id.desc())
    return _with_people(session, session.execute(query.limit(most)).all())


def _with_people(session: Session, rows: Sequence[Any]) -> list[VisitRow]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    theirs = names_by_visit(
        session,
        select(VisitPerson.visit_id, Stakeholder.name)
        .join(Stakeholder, Stakeholder.id == VisitPerson.stakeholder_id)
        .where(VisitPerson.visit_id.in_(ids)),
    )
    ours = names_by_visit(
        session,
        select(VisitColleague.visit_id, User.name)
        .join(User, User.id == VisitColleague.user_id)
        .where(VisitColleague.visit_id.in_(ids)),
    )
    return [_visit_row(row, theirs, ours) for row in rows]


def names_by_visit(session: Session, query: Query) -> dict[int, tuple[str, ...]]:
    """Names by visit, from a query of both."""
    found: dict[int, list[str]] = defaultdict(list)
    for visit_id, name in session.execute(query.order_by(query.selected_columns[1])):
        found[visit_id].append(name)
    return {visit_id: tuple(names) for visit_id, names in found.items()}


def _visit_row(
    row: Any, theirs: dict[int, tuple[str, ...]], ours: dict[int, tuple[str, ...]]
) -> VisitRow:
    values = dict(row._mapping)
    values["channel"] = Channel(values["channel"])
    values["commitment"] = Commitment(values["commitment"]) if values["commitment"] else None
    values["went"] = Went(values["went"]) if values["went"] else None
    values["owner"] = values["owner"] or ""
    return VisitRow(**values, people=theirs.get(row.id, ()), colleagues=ours.get(row.id, ()))


def on_days(first: date, last: date, *, of_all: bool = False) -> ColumnElement[bool]:
    """Visits on some days; of a whole company they are found person by person, by the index."""
    inside = Visit.on.between(first, last)
    if not of_all:
        return inside
    here = select(Visit.id).where(inside)
    people = here.where(Visit.user_id.in_(select(User.id)))
    return Visit.id.in_(people.union_all(here.where(Visit.user_id.is_(None))))


def visits_of(user_id: int) -> ColumnElement[bool]:
    """Visits that a person makes, or goes along on."""
    along = select(VisitColleague.visit_id).where(VisitColleague.user_id == user_id)
    return or_(Visit.user_id == user_id, Visit.id.in_(along))


def find_visit(session: Session, visit_id: int) -> Visit | None:
    """A visit, archived or not."""
    return session.get(Visit, visit_id)


def lock_visit(session: Session, visit: Visit) -> None:
    """Wait until nobody else writes to a visit."""
    session.refresh(visit, with_for_update=True)


@dataclass(frozen=True, slots=True)
class MetPerson:
    """One of theirs whom a visit is to, as the visitor needs to know them."""

    id: int
    name: str
    title: str
    roles: tuple[Role, ...]
    support: Support | None
    support_on: date | None


def people_met(session: Session, visit_id: int) -> list[MetPerson]:
    """Whom a visit is to, with the roles held today and the newest support, in three SELECTs."""
    people = session.execute(
        select(Stakeholder.id, Stakeholder.name, Stakeholder.title)
        .join(VisitPerson, VisitPerson.stakeholder_id == Stakeholder.id)
        .where(VisitPerson.visit_id == visit_id)
        .order_by(Stakeholder.name, Stakeholder.id)
    ).all()
    ids = [person.id for person in people]
    roles, support = roles_held(session, ids), newest_support(session, ids)
    return [
        MetPerson(
            one.id, one.name, one.title, roles.get(one.id, ()), *support.get(one.id, (None, None))
        )
        for one in people
    ]


def roles_held(session: Session, ids: Iterable[int]) -> dict[int, tuple[Role, ...]]:
    """The roles that people hold on their account today."""
    rows = session.execute(
        select(RoleHolding.stakeholder_id, RoleHolding.role).where(
            RoleHolding.stakeholder_id.in_(ids),
            RoleHolding.until.is_(None),
            RoleHolding.opportunity_id.is_(None),
        )
    )
    found: dict[int, set[Role]] = defaultdict(set)
    for person_id, role in rows:
        found[person_id].add(Role(role))
    return {one: tuple(role for role in Role if role in held) for one, held in found.items()}


def newest_support(session: Session, ids: Iterable[int]) -> dict[int, tuple[Support, date]]:
    """The support judged last, with its day, of those it was ever judged of."""
    place = func.row_number().over(
        partition_by=Observation.stakeholder_id,
        order_by=(Observation.on.desc(), Observation.id.desc()),
    )
    newest = (
        select(
            Observation.stakeholder_id, Observation.support, Observation.on, place.label("place")
        )
        .where(Observation.stakeholder_id.in_(ids), Observation.support.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(newest.c.stakeholder_id, newest.c.support, newest.c.on).where(newest.c.place == 1)
    )
    return {row.stakeholder_id: (Support(row.support), row.on) for row in rows}


def colleague_ids(session: Session, visit_id: int) -> list[int]:
    """Who of ours goes along."""
    along = select(VisitColleague.user_id).where(VisitColleague.visit_id == visit_id)
    return list(session.scalars(along))


def people_ids(session: Session, visit_id: int) -> list[int]:
    """Whom of theirs the visit is to."""
    to_them = select(VisitPerson.stakeholder_id).where(VisitPerson.visit_id == visit_id)
    return list(session.scalars(to_them))


def visits_a_day(session: Session, user_id: int, first: date, last: date) -> dict[date, int]:
    """How many visits a person makes on each day."""
    rows = session.execute(
        select(Visit.on, func.count())
        .where(visits_of(user_id), Visit.on.between(first, last), Visit.archived_at.is_(None))
        .group_by(Visit.on)
    )
    return {row[0]: row[1] for row in rows}
