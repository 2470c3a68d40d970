"""What is asked of the database about executives: theirs, and which of ours see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Query
from app.stakeholders.models import ContactReading, Coverage, RoleHolding, Stakeholder
from app.stakeholders.rules import Role
from app.users.models import User
from app.users.rules import UserRole
from app.visits.executives import Pair
from app.visits.models import Visit, VisitColleague, VisitPerson

MOST = 300


def executive_pairs(session: Session, seen: Query, on: date) -> list[Pair]:
    """Their executives (the top level, or a decider) at the accounts seen, in four SELECTs."""
    theirs = _theirs(session, seen)
    ids = [row.id for row in theirs]
    ties, contacts, ahead = _ties(session, ids), _contacts(session, ids), _ahead(session, ids, on)
    return [
        Pair(
            row.account_id,
            row.account,
            row.id,
            row.name,
            row.title,
            ties.get(row.id, ""),
            contacts.get(row.id),
            *ahead.get(row.id, (None, None)),
        )
        for row in theirs
    ]


def _theirs(session: Session, seen: Query) -> Sequence[Any]:
    decides = exists().where(
        RoleHolding.stakeholder_id == Stakeholder.id,
        RoleHolding.role == Role.DECIDER,
        RoleHolding.until.is_(None),
        RoleHolding.opportunity_id.is_(None),
    )
    person = (Stakeholder.id, Stakeholder.account_id, Stakeholder.name, Stakeholder.title)
    return session.execute(
        select(*person, Account.name.label("account"))
        .join(Account, Account.id == Stakeholder.account_id)
        .where(
            Stakeholder.account_id.in_(seen),
            Account.archived_at.is_(None),
            Stakeholder.archived_at.is_(None),
            Stakeholder.left_on.is_(None),
            Stakeholder.is_placeholder.is_(False),
            Stakeholder.is_outside.is_(False),
            or_(Stakeholder.level == 1, decides),
        )
        .order_by(Account.name, Stakeholder.level, Stakeholder.id)
        .limit(MOST)
    ).all()


def _executive(column: Any) -> Any:
    directors = select(User.id).where(User.role == UserRole.DIRECTOR, User.archived_at.is_(None))
    return column.in_(directors)


def _ties(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(Coverage.stakeholder_id, User.name)
        .join(User, User.id == Coverage.user_id)
        .where(
            Coverage.stakeholder_id.in_(ids), Coverage.until.is_(None), _executive(Coverage.user_id)
        )
        .order_by(Coverage.id.desc())
    )
    return {row[0]: row[1] for row in rows}


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, date]:
    rows = session.execute(
        select(Coverage.stakeholder_id, func.max(ContactReading.on))
        .join(ContactReading, ContactReading.coverage_id == Coverage.id)
        .where(
            Coverage.stakeholder_id.in_(ids),
            _executive(Coverage.user_id),
            ContactReading.is_contact,
        )
        .group_by(Coverage.stakeholder_id)
    )
    return {row[0]: row[1] for row in rows}


def _ahead(session: Session, ids: Sequence[int], on: date) -> dict[int, tuple[date, int]]:
    along = exists().where(
        and_(VisitColleague.visit_id == Visit.id, _executive(VisitColleague.user_id))
    )
    rows = session.execute(
        select(VisitPerson.stakeholder_id, Visit.on, Visit.id)
        .join(Visit, Visit.id == VisitPerson.visit_id)
        .where(
            VisitPerson.stakeholder_id.in_(ids),
            Visit.on >= on,
            Visit.held_on.is_(None),
            Visit.archived_at.is_(None),
            or_(_executive(Visit.user_id), along),
        )
        .order_by(Visit.on.desc(), Visit.id.desc())
    )
    return {row[0]: (row[1], row[2]) for row in rows}
