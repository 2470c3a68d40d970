"""What happens to people: they are found, put away, brought back or erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import ValueReading
from app.history import Change
from app.search import SearchKey
from app.stakeholders.kept_models import MapFile, MapSummary
from app.stakeholders.models import Criterion, Stakeholder
from app.stakeholders.post_changes import HOLDINGS, of_person
from app.stakeholders.queries import TASKS

OF_A_PERSON: tuple[Any, ...] = (*HOLDINGS, Criterion, ValueReading)


def add_stakeholder(
    session: Session, account_id: int, name: str, *, on: date | None = None, **values: Any
) -> Stakeholder:
    """Add a person, known from ``on`` (None: from the first); ``values`` are columns."""
    person = Stakeholder(account_id=account_id, name=name, known_on=on, **values)
    session.add(person)
    session.flush()
    return person


def archive(person: Stakeholder, at: datetime) -> None:
    """Put a person away; nothing is lost."""
    person.archived_at = at


def restore(person: Stakeholder) -> None:
    """Bring a person back."""
    person.archived_at = None


def erase(session: Session, person: Stakeholder) -> None:
    """Remove a person with everything believed of them, the kept history included.

    Tasks about them and pictures of the map they were on go too. Goes past the history's
    listener, which would keep the name once more.
    """
    session.flush()
    for model in OF_A_PERSON:
        _forget(session, model.__tablename__, select(model.id).where(of_person(model, person)))
    _forget(session, "stakeholder", select(Stakeholder.id).where(Stakeholder.id == person.id))
    _forget(session, "action", select(TASKS.c.id).where(TASKS.c.stakeholder_id == person.id))
    for kept in (MapFile, MapSummary):
        session.execute(delete(kept).where(kept.account_id == person.account_id))
    session.execute(
        delete(SearchKey).where(SearchKey.kind == "stakeholder", SearchKey.entity_id == person.id)
    )
    session.expunge(person)
    session.execute(delete(Stakeholder).where(Stakeholder.id == person.id))


def _forget(session: Session, entity: str, ids: Any) -> None:
    session.execute(delete(Change).where(Change.entity == entity, Change.entity_id.in_(ids)))
