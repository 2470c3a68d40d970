"""The same act on several people at once, and the way back.

What an act changed is told by the history: its changes from the first to the last are the way back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from app.history import Change
from app.stakeholders.changes import archive
from app.stakeholders.coverage_changes import cover
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder
from app.stakeholders.role_changes import set_roles

MODELS: dict[str, Any] = {
    model.__tablename__: model for model in (Stakeholder, RoleHolding, Coverage)
}
READS: dict[type, Any] = {date: date.fromisoformat, datetime: datetime.fromisoformat}


@dataclass(frozen=True, slots=True)
class Span:
    """The changes that somebody made at an account in one go."""

    account_id: int
    user_id: int
    first: int
    last: int


def newest_change(session: Session) -> int:
    """The id of the newest change, 0 before the first."""
    session.flush()
    return session.scalar(select(func.max(Change.id))) or 0


def people_among(session: Session, account_id: int, ids: Sequence[int]) -> list[Stakeholder]:
    """Those of an account's people who are meant and still here, by id."""
    here = (
        Stakeholder.account_id == account_id,
        Stakeholder.archived_at.is_(None),
        Stakeholder.left_on.is_(None),
        Stakeholder.id.in_(ids),
    )
    return list(session.scalars(select(Stakeholder).where(*here).order_by(Stakeholder.id)))


def give_role(session: Session, people: Iterable[Stakeholder], role: str, on: date) -> None:
    """Let people hold one role more."""
    for person, held in _held(session, people):
        if role not in held:
            set_roles(session, person, [*held, role], on)


def take_role(session: Session, people: Iterable[Stakeholder], role: str, on: date) -> None:
    """People lay down a role; one taken up today was never held, and its row tells so."""
    ids = [person.id for person in people]
    query = select(RoleHolding).where(
        RoleHolding.stakeholder_id.in_(ids),
        RoleHolding.role == role,
        RoleHolding.opportunity_id.is_(None),
        RoleHolding.until.is_(None),
    )
    for holding in session.scalars(query):
        holding.until = max(on, holding.since)


def _held(
    session: Session, people: Iterable[Stakeholder]
) -> Iterable[tuple[Stakeholder, list[str]]]:
    people = list(people)
    query = select(RoleHolding.stakeholder_id, RoleHolding.role).where(
        RoleHolding.stakeholder_id.in_([person.id for person in people]),
        RoleHolding.opportunity_id.is_(None),
        RoleHolding.until.is_(None),
    )
    rows = session.execute(query).all()
    return [
        (person, [row.role for row in rows if row.stakeholder_id == person.id]) for person in people
    ]


def set_unit(people: Iterable[Stakeholder], unit: str) -> None:
    """People belong to a unit."""
    for person in people:
        person.unit = unit


def put_away(people: Iterable[Stakeholder], at: datetime) -> None:
    """People are archived; nothing is lost."""
    for person in people:
        archive(person, at)


def hand_over(session: Session, people: Iterable[Stakeholder], user_id: int, on: date) -> None:
    """One of ours holds the tie to each first of all; the others keep theirs behind."""
    for person in people:
        kept = cover(session, person, user_id, on, is_owner=True)
        others = select(Coverage).where(
            Coverage.stakeholder_id == person.id,
            Coverage.id != kept.id,
            Coverage.is_owner.is_(True),
            Coverage.until.is_(None),
        )
        for other in session.scalars(others):
            other.is_owner = False


def take_back(session: Session, span: Span) -> int:
    """Undo what was changed in one go; gives how many rows were changed again since and stay."""
    later = aliased(Change)
    again = exists().where(
        later.entity == Change.entity, later.entity_id == Change.entity_id, later.id > span.last
    )
    query = (
        select(Change, again.label("again"))
        .where(
            Change.id.between(span.first, span.last),
            Change.account_id == span.account_id,
            Change.user_id == span.user_id,
            Change.entity.in_(MODELS),
        )
        .order_by(Change.id.desc())
    )
    stay = 0
    for change, is_again in session.execute(query).all():
        row = session.get(MODELS[change.entity], change.entity_id)
        if row is None or is_again:
            stay += 1
        else:
            _put_back(session, row, change)
    return stay


def _put_back(session: Session, row: Any, change: Change) -> None:
    if change.act == "created":
        session.delete(row)
        return
    for name, (old, _new) in change.columns.items():
        read = READS.get(row.__table__.c[name].type.python_type)
        setattr(row, name, read(old) if read and old is not None else old)


def forget_judgements(session: Session, account_id: int, user_id: int, ids: Sequence[int]) -> None:
    """Take back judgements that somebody made in one go."""
    mine = (Observation.account_id == account_id, Observation.user_id == user_id)
    for judged in session.scalars(select(Observation).where(*mine, Observation.id.in_(ids))):
        session.delete(judged)
