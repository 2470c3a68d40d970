"""Our side: who of ours is in touch with whom, when they were, and how deep it went."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stakeholders.models import ContactReading, Coverage, Stakeholder
from app.stakeholders.rules import Depth


def cover(
    session: Session,
    person: Stakeholder,
    user_id: int,
    on: date,
    *,
    wanted_depth: Depth | int | None = None,
    is_owner: bool = False,
) -> Coverage:
    """One of ours takes a person on from ``on``; the tie that is there already is kept."""
    kept = open_coverage(session, person.id, user_id)
    if kept is None:
        kept = Coverage(
            account_id=person.account_id, stakeholder_id=person.id, user_id=user_id, since=on
        )
        session.add(kept)
    if wanted_depth is not None:
        kept.wanted_depth = int(wanted_depth)
    kept.is_owner = is_owner or bool(kept.is_owner)
    session.flush()
    return kept


def open_coverage(session: Session, person_id: int, user_id: int) -> Coverage | None:
    """The tie that one of ours holds to a person today."""
    return session.scalar(
        select(Coverage).where(
            Coverage.stakeholder_id == person_id,
            Coverage.user_id == user_id,
            Coverage.until.is_(None),
        )
    )


def uncover(coverage: Coverage, on: date) -> None:
    """One of ours lets go of a person from ``on``."""
    coverage.until = max(on, coverage.since)


def note_contact(
    session: Session,
    coverage: Coverage,
    on: date,
    at: datetime,
    *,
    depth: Depth | int | None = None,
    is_contact: bool = True,
    source: str = "",
    user_id: int | None = None,
) -> ContactReading:
    """A day on which a coverage was in touch, with its depth if that was judged.

    A contact before the tie began shows that it began earlier.
    """
    coverage.since = min(coverage.since, on)
    reading = ContactReading(
        account_id=coverage.account_id,
        coverage_id=coverage.id,
        on=on,
        depth=None if depth is None else int(depth),
        is_contact=is_contact,
        source=source,
        user_id=user_id,
        at=at,
    )
    session.add(reading)
    session.flush()
    return reading
