"""Every account with its team: for administrators, who see names and teams and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.accounts.team import Seat
from app.paging import Page, Place, count_up_to, page_of
from app.search import ids_found
from app.users.models import User
from app.users.rules import Level, UserRole


@dataclass(frozen=True, slots=True)
class TeamRow:
    """An account's name and who is in its team."""

    id: int
    name: str
    members: list[tuple[str, Seat]]

    @property
    def is_owned(self) -> bool:
        """Whether somebody can act as the owner."""
        return any(seat.owns for _name, seat in self.members)


def team_rows(session: Session, text: str, *, ownerless: bool, place: Place) -> Page[TeamRow]:
    """A page of all accounts by name with their teams; with ``ownerless`` those nobody owns."""
    query = select(Account.id, Account.name).where(Account.archived_at.is_(None))
    if text:
        query = query.where(Account.id.in_(ids_found("account", text)))
    if ownerless:
        query = query.where(~_is_owned())
    page = page_of(session, query, Account.name, Account.id, place)
    teams = _teams(session, [row.id for row in page.rows])
    rows = [TeamRow(row.id, row.name, teams.get(row.id, [])) for row in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _is_owned() -> Any:
    return (
        exists()
        .where(
            Membership.account_id == Account.id,
            Membership.level == Level.OWN,
            Membership.user_id == User.id,
            User.archived_at.is_(None),
            User.role != UserRole.READER,
        )
        .correlate(Account)
    )


def _teams(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, Seat]]]:
    rows = session.execute(
        select(
            Membership.account_id, Membership.level, User.id, User.name, User.role, User.archived_at
        )
        .join(User, User.id == Membership.user_id)
        .where(Membership.account_id.in_(ids))
        .order_by(Membership.level.desc(), User.name)
    )
    teams: dict[int, list[tuple[str, Seat]]] = {}
    for row in rows:
        seat = Seat(row.id, UserRole(row.role), Level(row.level), row.archived_at is None)
        teams.setdefault(row.account_id, []).append((row.name, seat))
    return teams
