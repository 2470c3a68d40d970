"""The day of the last contact, kept beside each person so that lists need not look for it.

It is the newest day on which any of ours was in touch with them; until there is one, the day
on which our first tie to them began; None for those whom none of ours ever knew. A flush
listener keeps it; what goes past the session (imports, bulk deletes) calls ``renew``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, ScalarSelect, bindparam, event, func, or_, select, update
from sqlalchemy.orm import Session, UOWTransaction

from app.stakeholders.models import ContactReading, Coverage, Stakeholder

AT_ONCE = 500


def last_touched() -> ScalarSelect[Any]:
    """The day as the readings tell it, for the person at hand."""
    ties = Coverage.stakeholder_id == Stakeholder.id
    touched = (
        select(func.max(ContactReading.on))
        .join(Coverage, Coverage.id == ContactReading.coverage_id)
        .where(ties, ContactReading.is_contact)
    )
    begun = select(func.min(Coverage.since)).where(ties)
    first, then = (query.correlate(Stakeholder).scalar_subquery() for query in (touched, begun))
    return select(func.coalesce(first, then)).scalar_subquery()


RENEWED = update(Stakeholder).values(touched_on=last_touched())
TIED = select(Coverage.stakeholder_id).where(Coverage.id.in_(bindparam("ties", expanding=True)))
SOME = RENEWED.where(
    or_(
        Stakeholder.id.in_(bindparam("people", expanding=True)),
        Stakeholder.id.in_(TIED),
    )
)
"""Built once, as every visit asks it."""


def renew_all(connection: Connection) -> None:
    """Look for everybody's last contact anew."""
    connection.execute(RENEWED)


def renew(connection: Connection, people: Iterable[int], ties: Iterable[int] = ()) -> None:
    """Look for the last contact of some people anew: those named, and those whom ties are to."""
    waiting, tied = sorted(set(people)), sorted(set(ties))
    while waiting or tied:
        connection.execute(SOME, {"people": waiting[:AT_ONCE], "ties": tied[:AT_ONCE]})
        waiting, tied = waiting[AT_ONCE:], tied[AT_ONCE:]


def _keep(session: Session, _context: UOWTransaction) -> None:
    rows = [*session.new, *session.dirty, *session.deleted]
    people = {row.stakeholder_id for row in rows if isinstance(row, Coverage)}
    ties = {row.coverage_id for row in rows if isinstance(row, ContactReading)}
    if people or ties:
        renew(session.connection(), people, ties)


event.listen(Session, "after_flush", _keep)
