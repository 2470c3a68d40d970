"""What is asked of the database about one person: all that is believed, held and noted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.history import Change
from app.stakeholders.map_queries import last_contact, newest_depth
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.stakeholders.person_facts import (
    ChangeRow,
    ContactRow,
    CoverageRow,
    HoldingRow,
    JudgementRow,
    TieRow,
)
from app.stakeholders.queries import DEALS
from app.stakeholders.rules import (
    NO_ROLE,
    Confidence,
    Depth,
    Influence,
    Role,
    Support,
    TieKind,
)
from app.users.models import User


def holding_rows(session: Session, person_id: int) -> list[HoldingRow]:
    """Every role a person holds or held; None for "no role in this one"."""
    rows = session.execute(
        select(RoleHolding, DEALS.c.name)
        .outerjoin(DEALS, DEALS.c.id == RoleHolding.opportunity_id)
        .where(RoleHolding.stakeholder_id == person_id)
        .order_by(RoleHolding.since, RoleHolding.id)
    )
    return [
        HoldingRow(
            None if held.role == NO_ROLE else Role(held.role),
            held.opportunity_id,
            name or "",
            held.since,
            held.until,
        )
        for held, name in rows
    ]


def judgement_rows(session: Session, person_id: int) -> list[JudgementRow]:
    """Every judgement of a person, newest first."""
    rows = session.execute(
        select(Observation, User.name, DEALS.c.name)
        .outerjoin(User, User.id == Observation.user_id)
        .outerjoin(DEALS, DEALS.c.id == Observation.opportunity_id)
        .where(Observation.stakeholder_id == person_id)
        .order_by(Observation.on.desc(), Observation.at.desc(), Observation.id.desc())
    )
    return [_judgement(seen, author, deal) for seen, author, deal in rows]


def _judgement(seen: Observation, author: str | None, deal: str | None) -> JudgementRow:
    return JudgementRow(
        id=seen.id,
        on=seen.on,
        support=None if seen.support is None else Support(seen.support),
        influence=None if seen.influence is None else Influence(seen.influence),
        confidence=Confidence(seen.confidence),
        source=seen.source,
        note=seen.note,
        is_agreed=seen.is_agreed,
        user_id=seen.user_id,
        author=author or "",
        opportunity_id=seen.opportunity_id,
        opportunity=deal or "",
    )


def tie_rows(session: Session, person_id: int) -> list[TieRow]:
    """Every tie of a person to others not archived, those that hold first."""
    other = aliased(Stakeholder)
    mine = or_(Tie.from_id == person_id, Tie.to_id == person_id)
    far_end = or_(
        (Tie.from_id == person_id) & (other.id == Tie.to_id),
        (Tie.to_id == person_id) & (other.id == Tie.from_id),
    )
    rows = session.execute(
        select(Tie, other.id, other.name)
        .join(other, far_end)
        .where(mine, other.archived_at.is_(None))
        .order_by(Tie.until.is_not(None), Tie.kind.desc(), Tie.id)
    )
    return [
        TieRow(
            tie.id,
            TieKind(tie.kind),
            tie.from_id == person_id,
            other_id,
            name,
            tie.weight,
            tie.since,
            tie.until,
        )
        for tie, other_id, name in rows
    ]


def coverage_rows(session: Session, person_id: int, on: date) -> list[CoverageRow]:
    """Our ties to a person, those that hold first."""
    rows = session.execute(
        select(
            Coverage,
            User.name,
            newest_depth(on).label("depth"),
            last_contact(on).label("last"),
        )
        .join(User, User.id == Coverage.user_id)
        .where(Coverage.stakeholder_id == person_id)
        .order_by(Coverage.until.is_not(None), Coverage.is_owner.desc(), Coverage.id)
    )
    return [
        CoverageRow(
            held.id,
            held.user_id,
            name,
            None if depth is None else Depth(depth),
            None if held.wanted_depth is None else Depth(held.wanted_depth),
            held.is_owner,
            last,
            held.since,
            held.until,
        )
        for held, name, depth, last in rows
    ]


def contact_rows(session: Session, person_id: int, most: int = 40) -> list[ContactRow]:
    """The last contacts with a person, newest first."""
    rows = session.execute(
        select(ContactReading, User.name)
        .join(Coverage, Coverage.id == ContactReading.coverage_id)
        .join(User, User.id == Coverage.user_id)
        .where(Coverage.stakeholder_id == person_id)
        .order_by(ContactReading.on.desc(), ContactReading.id.desc())
        .limit(most)
    )
    return [
        ContactRow(
            seen.on,
            name,
            None if seen.depth is None else Depth(seen.depth),
            seen.is_contact,
            seen.source,
        )
        for seen, name in rows
    ]


def change_rows(session: Session, person_id: int, most: int = 40) -> list[ChangeRow]:
    """What was typed about a person, newest first."""
    rows = session.execute(
        select(Change.at, User.name, Change.act, Change.columns)
        .outerjoin(User, User.id == Change.user_id)
        .where(Change.entity == "stakeholder", Change.entity_id == person_id)
        .order_by(Change.id.desc())
        .limit(most)
    )
    return [ChangeRow(at, name or "", act, columns) for at, name, act, columns in rows]
