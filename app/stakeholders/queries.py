"""What is asked of the database about an account's people: whom there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, column, func, or_, select, table
from sqlalchemy.orm import Session

from app.accounts.models import Membership
from app.history import Change
from app.stakeholders.models import ContactReading, MapPosition, Observation, Stakeholder
from app.users.models import User

DEALS = table(
    "opportunity",
    column("id"),
    column("account_id"),
    column("name"),
    column("outcome"),
    column("archived_at"),
)
"""The pipeline stands above: a map reads only these columns of its table."""
TASKS: Any = table(
    "action",
    column("id"),
    column("stakeholder_id"),
    column("title"),
    column("owner_id"),
    column("due_on", Date),
    column("done_on", Date),
    column("archived_at"),
)
"""Plans stand above too: these columns of their actions, which are tasks about people."""


def find_person(session: Session, person_id: int) -> Stakeholder | None:
    """A person, archived or gone or neither."""
    return session.get(Stakeholder, person_id)


def person_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """The people still at an account, by name, for a choice."""
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name, Stakeholder.title)
        .where(
            Stakeholder.account_id == account_id,
            Stakeholder.archived_at.is_(None),
            Stakeholder.left_on.is_(None),
        )
        .order_by(Stakeholder.name, Stakeholder.id)
    )
    return [(row.id, f"{row.name} – {row.title}" if row.title else row.name) for row in rows]


def team_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """Our people for a choice: the account's team first, then everyone else."""
    seat = select(Membership.user_id).where(Membership.account_id == account_id)
    rows = session.execute(
        select(User.id, User.name)
        .where(User.archived_at.is_(None))
        .order_by(User.id.in_(seat).desc(), User.name, User.id)
    )
    return [(row.id, row.name) for row in rows]


@dataclass(frozen=True, slots=True)
class FormerRow:
    """Somebody no longer on the map."""

    id: int
    name: str
    title: str
    left_on: date | None
    is_archived: bool


def former_rows(session: Session, account_id: int) -> list[FormerRow]:
    """Those who left or were put away, by name."""
    rows = session.execute(
        select(
            Stakeholder.id,
            Stakeholder.name,
            Stakeholder.title,
            Stakeholder.left_on,
            Stakeholder.archived_at,
        )
        .where(
            Stakeholder.account_id == account_id,
            or_(Stakeholder.left_on.is_not(None), Stakeholder.archived_at.is_not(None)),
        )
        .order_by(Stakeholder.name, Stakeholder.id)
    )
    return [FormerRow(*row[:4], row.archived_at is not None) for row in rows]


def deal_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """The account's open opportunities, by name."""
    rows = session.execute(
        select(DEALS.c.id, DEALS.c.name)
        .where(
            DEALS.c.account_id == account_id,
            DEALS.c.outcome == "open",
            DEALS.c.archived_at.is_(None),
        )
        .order_by(DEALS.c.name, DEALS.c.id)
    )
    return [(row.id, row.name) for row in rows]


def deal_name(session: Session, account_id: int, opportunity_id: int) -> str | None:
    """The name of one of the account's opportunities; None when it is not there."""
    return session.scalar(
        select(DEALS.c.name).where(DEALS.c.id == opportunity_id, DEALS.c.account_id == account_id)
    )


def positions_kept(session: Session, account_id: int, view: str) -> dict[int, tuple[float, float]]:
    """Where people were put by hand on one map, in grid units."""
    rows = session.execute(
        select(MapPosition.stakeholder_id, MapPosition.x, MapPosition.y).where(
            MapPosition.account_id == account_id, MapPosition.view == view
        )
    )
    return {row.stakeholder_id: (row.x, row.y) for row in rows}


def map_mark(session: Session, account_id: int) -> str:
    """A word that changes whenever somebody changes what an account's maps show."""
    newest = (
        select(func.max(model.id)).where(model.account_id == account_id).scalar_subquery()
        for model in (Change, Observation, ContactReading)
    )
    return "-".join(str(one or 0) for one in session.execute(select(*newest)).one())
