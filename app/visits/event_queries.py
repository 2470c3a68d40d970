"""What is asked of the database about events of another calendar."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Query
from app.stakeholders.models import Stakeholder
from app.visits.calendar_reading import Found
from app.visits.models import Visit

SHORTEST_NAME = 2


def guessed_accounts(session: Session, seen: Query, events: Sequence[Found]) -> dict[str, int]:
    """By event, the account it is most likely at: that of a guest, else one it names."""
    guests = {address for one in events for address in one.guests}
    rows = session.execute(
        select(func.lower(Stakeholder.email), Stakeholder.account_id).where(
            Stakeholder.account_id.in_(seen), func.lower(Stakeholder.email).in_(guests)
        )
    )
    by_guest: dict[str, int] = {row[0]: row[1] for row in rows}
    names = session.execute(
        select(Account.id, Account.name, Account.other_name).where(
            Account.id.in_(seen), Account.archived_at.is_(None)
        )
    ).all()
    found: dict[str, int] = {}
    for one in events:
        invited = next((by_guest[who] for who in one.guests if who in by_guest), None)
        named = invited or _named(one, names)
        if named is not None:
            found[one.uid] = named
    return found


def _named(event: Found, names: Sequence[tuple[int, str, str]]) -> int | None:
    """The account with the longest name that stands in the event's title or place."""
    text = f"{event.title} {event.place}".lower()
    hits = [
        (len(name), account_id)
        for account_id, *both in names
        for name in both
        if len(name) >= SHORTEST_NAME and name.lower() in text
    ]
    return max(hits, default=(0, None))[1]


def known_events(session: Session, user_id: int, uids: Sequence[str]) -> set[str]:
    """The events that a person has as visits already."""
    kept = select(Visit.external_id).where(
        Visit.user_id == user_id, Visit.external_id.in_(uids), Visit.archived_at.is_(None)
    )
    return {uid for uid in session.scalars(kept) if uid}
