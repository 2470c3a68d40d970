"""What happens to people: they are found, leave, come back, are put away or erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.history import Change
from app.search import SearchKey
from app.stakeholders.map_facts import TieFact
from app.stakeholders.models import Coverage, Criterion, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import TieKind
from app.stakeholders.tie_changes import add_tie

HOLDINGS: tuple[Any, ...] = (RoleHolding, Tie, Coverage)
OF_A_PERSON: tuple[Any, ...] = (*HOLDINGS, Criterion)


def add_stakeholder(
    session: Session, account_id: int, name: str, *, on: date | None = None, **values: Any
) -> Stakeholder:
    """Add a person, known from ``on`` (None: from the first); ``values`` are columns."""
    person = Stakeholder(account_id=account_id, name=name, known_on=on, **values)
    session.add(person)
    session.flush()
    return person


def leave(session: Session, person: Stakeholder, on: date) -> None:
    """A person leaves on a day: what they hold, and every tie to them, ends with it."""
    person.left_on = on
    for model in HOLDINGS:
        held = select(model).where(_of(model, person), model.until.is_(None))
        for row in session.scalars(held):
            row.until = on


def come_back(session: Session, person: Stakeholder) -> None:
    """Undo a leaving: what ended with it goes on, but for ties to others who left."""
    left_on, person.left_on = person.left_on, None
    gone = select(Stakeholder.id).where(Stakeholder.left_on.is_not(None))
    for model in HOLDINGS:
        ended = select(model).where(_of(model, person), model.until == left_on)
        if model is Tie:
            others = gone.where(Stakeholder.id != person.id)
            ended = ended.where(Tie.from_id.not_in(others), Tie.to_id.not_in(others))
            ended = ended.where(~_has_new_manager())
        for row in session.scalars(ended):
            row.until = None


def succeed(session: Session, person: Stakeholder, heir: Stakeholder, on: date) -> None:
    """The heir takes over the reporting lines that ended when a person left on a day."""
    lines = select(Tie).where(_of(Tie, person), Tie.kind == TieKind.REPORTS_TO, Tie.until == on)
    for line in session.scalars(lines).all():
        ends = [heir.id if one == person.id else one for one in (line.from_id, line.to_id)]
        add_tie(session, person.account_id, TieFact(TieKind.REPORTS_TO, *ends), on)


def archive(person: Stakeholder, at: datetime) -> None:
    """Put a person away; nothing is lost."""
    person.archived_at = at


def restore(person: Stakeholder) -> None:
    """Bring a person back."""
    person.archived_at = None


def erase(session: Session, person: Stakeholder) -> None:
    """Remove a person with everything believed of them, the kept history included.

    Goes past the history's listener, which would keep the name once more.
    """
    session.flush()
    for model in OF_A_PERSON:
        _forget(session, model.__tablename__, select(model.id).where(_of(model, person)))
    _forget(session, "stakeholder", select(Stakeholder.id).where(Stakeholder.id == person.id))
    session.execute(
        delete(SearchKey).where(SearchKey.kind == "stakeholder", SearchKey.entity_id == person.id)
    )
    session.expunge(person)
    session.execute(delete(Stakeholder).where(Stakeholder.id == person.id))


def _has_new_manager() -> Any:
    """That the report of a reporting line has another manager by now."""
    other = aliased(Tie)
    return and_(
        Tie.kind == TieKind.REPORTS_TO,
        exists().where(
            other.from_id == Tie.from_id,
            other.kind == TieKind.REPORTS_TO,
            other.until.is_(None),
            other.id != Tie.id,
        ),
    )


def _of(model: Any, person: Stakeholder) -> Any:
    if model is Tie:
        return or_(Tie.from_id == person.id, Tie.to_id == person.id)
    return model.stakeholder_id == person.id


def _forget(session: Session, entity: str, ids: Any) -> None:
    session.execute(delete(Change).where(Change.entity == entity, Change.entity_id.in_(ids)))
