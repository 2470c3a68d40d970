"""What is asked of the database about retrospectives: one of them, lists, who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.accounts.queries import Seen, within
from app.paging import Page, Place, Query, count_up_to, page_of
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.retrospectives.models import RetroMember, RetroNote, Retrospective
from app.retrospectives.rules import Kind, Phase, phase_of
from app.stakeholders.models import Stakeholder
from app.users.models import User

RETRO: BindParameter[int] = bindparam("retro_id", type_=Integer)
READER: BindParameter[int] = bindparam("user_id", type_=Integer)
"""What is filled in where windows ask several times a second: those are put together once."""

FOUND = (
    select(Retrospective, Opportunity)
    .join(Opportunity, Opportunity.id == Retrospective.opportunity_id)
    .where(Retrospective.id == RETRO, Retrospective.archived_at.is_(None))
)
SEAT = select(RetroMember).where(
    RetroMember.retrospective_id == RETRO, RetroMember.user_id == READER
)
VERSION_SEEN = (
    select(Retrospective.version)
    .join(RetroMember, RetroMember.retrospective_id == Retrospective.id)
    .where(
        Retrospective.id == RETRO,
        Retrospective.archived_at.is_(None),
        RetroMember.user_id == READER,
    )
)


def find_retrospective(session: Session, retro_id: int) -> tuple[Retrospective, Opportunity] | None:
    """A retrospective with its deal; None when there is none or it was put away."""
    found = session.execute(FOUND, {"retro_id": retro_id}).one_or_none()
    return (found[0], found[1]) if found else None


def find_member(session: Session, retro_id: int, user_id: int) -> RetroMember | None:
    """A person's place in a retrospective."""
    found: RetroMember | None = session.scalar(SEAT, {"retro_id": retro_id, "user_id": user_id})
    return found


def version_seen_by(session: Session, retro_id: int, user_id: int) -> int | None:
    """How often a retrospective has changed, for one who takes part; None for all others."""
    found: int | None = session.scalar(VERSION_SEEN, {"retro_id": retro_id, "user_id": user_id})
    return found


def lock_retrospective(session: Session, retro: Retrospective) -> None:
    """Wait until nobody else writes to a retrospective."""
    session.refresh(retro, with_for_update=True)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One of us who takes part."""

    user_id: int
    name: str
    is_ready: bool


MEMBERS = (
    select(RetroMember.user_id, User.name, RetroMember.is_ready)
    .join(User, User.id == RetroMember.user_id)
    .where(RetroMember.retrospective_id == RETRO)
    .order_by(User.name, User.id)
)


def members_of(session: Session, retro_id: int) -> list[MemberRow]:
    """Who takes part, by name."""
    return [MemberRow(*row) for row in session.execute(MEMBERS, {"retro_id": retro_id})]


def names_of_ours(session: Session) -> list[str]:
    """The names of all of us, those who left among them."""
    return list(session.scalars(select(User.name)))


def names_of_theirs(session: Session, account_id: int) -> list[str]:
    """The names of everybody ever known at an account."""
    return list(
        session.scalars(select(Stakeholder.name).where(Stakeholder.account_id == account_id))
    )


@dataclass(frozen=True, slots=True)
class RetroRow:
    """A retrospective as lists show it."""

    id: int
    kind: Kind
    phase: Phase
    deal_id: int
    deal: str
    account_id: int
    account: str
    outcome: Outcome
    decided_on: date | None
    competitor: str
    leader: str
    made_at: datetime
    members: int
    notes: int


def retro_rows(session: Session, seen: Seen, user_id: int, place: Place) -> Page[RetroRow]:
    """A page of those a person may see: of their accounts, and those they take part in."""
    query = _listed().where(
        Retrospective.archived_at.is_(None),
        Opportunity.archived_at.is_(None),
        or_(
            within(Retrospective.account_id, seen),
            Retrospective.id.in_(_taking_part(user_id)),
        ),
    )
    page = page_of(session, query, Retrospective.made_at, Retrospective.id, place, descending=True)
    counted = count_up_to(session, query)
    return Page([_row(row) for row in page.rows], page.after, page.before, counted)


def retros_of_deal(session: Session, deal_id: int) -> list[RetroRow]:
    """The retrospectives of a deal, newest first."""
    query = _listed().where(
        Retrospective.opportunity_id == deal_id, Retrospective.archived_at.is_(None)
    )
    return [_row(row) for row in session.execute(query.order_by(Retrospective.id.desc()))]


def _taking_part(user_id: int) -> Any:
    return select(RetroMember.retrospective_id).where(RetroMember.user_id == user_id)


def _listed() -> Query:
    leader = aliased(User)
    members = select(func.count()).where(RetroMember.retrospective_id == Retrospective.id)
    notes = select(func.count()).where(
        RetroNote.retrospective_id == Retrospective.id,
        RetroNote.is_shared,
        Retrospective.opened_at.is_not(None),
    )
    return (
        select(
            Retrospective.id,
            Retrospective.kind,
            Retrospective.begun_at,
            Retrospective.opened_at,
            Retrospective.closed_at,
            Retrospective.made_at,
            Opportunity.id.label("deal_id"),
            Opportunity.name.label("deal"),
            Opportunity.outcome,
            Opportunity.closed_on,
            Opportunity.competitor,
            Account.id.label("account_id"),
            Account.name.label("account"),
            func.coalesce(leader.name, "").label("leader"),
            members.scalar_subquery().label("members"),
            notes.scalar_subquery().label("notes"),
        )
        .select_from(Retrospective)
        .join(Opportunity, Opportunity.id == Retrospective.opportunity_id)
        .join(Account, Account.id == Retrospective.account_id)
        .outerjoin(leader, leader.id == Retrospective.user_id)
    )


def _row(row: Any) -> RetroRow:
    return RetroRow(
        row.id,
        Kind(row.kind),
        phase_of(row.begun_at, row.opened_at, row.closed_at),
        row.deal_id,
        row.deal,
        row.account_id,
        row.account,
        Outcome(row.outcome),
        row.closed_on,
        row.competitor,
        row.leader,
        row.made_at,
        row.members,
        row.notes,
    )
