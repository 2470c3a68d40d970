"""visits plan: whom a person should see in the days ahead, and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.commands.common import Failure, answers, columns, open_session
from app.db import now
from app.users.models import User
from app.users.queries import find_by_email, find_user
from app.visits.holidays_of import holidays_of
from app.visits.proposal import Proposed, proposal
from app.visits.proposal_queries import Sought, priorities
from app.visits.queries import visits_a_day
from app.visits.rhythm_queries import visit_settings

WORKDAYS = 5


@click.group("visits")
def visits_verb() -> None:
    """Visits, for scripts and terminals."""


def _text(answer: dict[str, Any]) -> str:
    head = ("on", "account", "place", "people")
    rows = [(line["on"], line["account"], line["place"], _names(line)) for line in answer["visits"]]
    return columns([head, *rows])


def _names(line: dict[str, Any]) -> str:
    return ", ".join(one["name"] for one in line["people"])


@visits_verb.command("plan")
@click.option("--person", required=True, help="Whose visits: an e-mail address or a number.")
@click.option("--days", default=5, type=click.IntRange(1, 60), help="How many days ahead.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="From this day on.")
@answers(_text)
def plan(person: str, days: int, first: datetime | None) -> dict[str, Any]:
    """Propose visits for the working days among the next ones, with each priority's parts."""
    with open_session() as session:
        user = _found(session, person)
        on = first.date() if first else now().date()
        work, planned = _week(session, user.id, [on + timedelta(days=n) for n in range(days)])
    return {
        "person": user.name,
        "from": on.isoformat(),
        "days": [one.isoformat() for one in work],
        "visits": [_line(one) for one in planned],
    }


def _found(session: Session, person: str) -> User:
    user = find_by_email(session, person)
    if user is None and person.isdigit():
        user = find_user(session, int(person))
    if user is None:
        raise Failure(f"Nobody of ours is {person!r}.")
    return user


def _week(session: Session, user_id: int, ahead: list[date]) -> tuple[list[date], list[Proposed]]:
    """The working days among those ahead, and what is proposed for them."""
    settings = visit_settings(session)
    free = holidays_of(settings.country, ahead[0], ahead[-1], chinese=False)
    work = [one for one in ahead if one.weekday() < WORKDAYS and one not in free]
    taken = visits_a_day(session, user_id, ahead[0], ahead[-1])
    room = {one: max(0, settings.visits_a_day - taken.get(one, 0)) for one in work}
    found, _order = priorities(session, Sought(user_id, ahead[0], select(Account.id)))
    return work, proposal(found, work, room)


def _line(one: Proposed) -> dict[str, Any]:
    wish = one.wish
    return {
        "on": one.on.isoformat(),
        "account_id": wish.account_id,
        "account": wish.account,
        "place": wish.place,
        "people": [
            {
                "id": person.person_id,
                "name": person.name,
                "priority": round(person.value, 4),
                "sway": round(person.sway, 4),
                "staleness": round(person.staleness, 4),
                "gap_factor": round(person.gap_factor, 4),
                "reasons": [str(reason) for reason in person.reasons],
            }
            for person in wish.people
        ],
    }
