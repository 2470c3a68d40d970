"""Events of another calendar become visits, and go again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.stakeholders.models import Stakeholder
from app.visits.calendar_reading import Found
from app.visits.changes import plan_visit
from app.visits.models import Visit
from app.visits.rules import Channel


def bring_in(session: Session, event: Found, account_id: int, user_id: int) -> Visit | None:
    """Keep an event as a person's visit; the same event once more moves the one kept.

    None when nothing new was kept.
    """
    kept = session.scalar(
        select(Visit).where(Visit.external_id == event.uid, Visit.user_id == user_id)
    )
    if kept is not None:
        if kept.held_on is None:
            kept.on, kept.starts_at, kept.minutes = event.on, event.starts_at, event.minutes
            kept.place, kept.archived_at = event.place, None
        return None
    guests = select(Stakeholder.id).where(
        Stakeholder.account_id == account_id, func.lower(Stakeholder.email).in_(event.guests)
    )
    visit = _visit_of(event, account_id, user_id)
    return plan_visit(session, visit, session.scalars(guests).all())


def _visit_of(event: Found, account_id: int, user_id: int) -> Visit:
    return Visit(
        account_id=account_id,
        user_id=user_id,
        external_id=event.uid,
        on=event.on,
        starts_at=event.starts_at,
        minutes=event.minutes,
        channel=Channel.IN_PERSON,
        place=event.place,
        purpose=event.title,
        goals=event.title,
        materials=event.words,
    )


def take_out(session: Session, ids: Sequence[int], user_id: int) -> None:
    """Undo: visits just kept go, unless they were held since."""
    rows = select(Visit).where(Visit.id.in_(ids), Visit.user_id == user_id, Visit.held_on.is_(None))
    for visit in session.scalars(rows).all():
        session.delete(visit)
    session.flush()
