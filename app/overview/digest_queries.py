"""Who is written to each week."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.overview.models import Digest
from app.users.models import User
from app.users.rules import UserRole


@dataclass(frozen=True, slots=True)
class Reader:
    """One of ours who has the week's letter."""

    id: int
    name: str
    email: str
    role: UserRole
    manager_id: int | None
    language: str | None
    timezone: str | None


def digest_readers(session: Session) -> list[Reader]:
    """Everyone who can sign in, has an address and did not switch the letter off."""
    rows = session.execute(
        select(
            User.id,
            User.name,
            User.email,
            User.role,
            User.manager_id,
            User.language,
            User.timezone,
        )
        .outerjoin(Digest, Digest.user_id == User.id)
        .where(
            User.archived_at.is_(None),
            User.email.is_not(None),
            User.password_hash.is_not(None),
            or_(Digest.is_off.is_(None), Digest.is_off.is_(False)),
        )
        .order_by(User.id)
    )
    return [Reader(**{**row._mapping, "role": UserRole(row.role)}) for row in rows]


def is_off(session: Session, user_id: int) -> bool:
    """Whether a person switched the week's letter off."""
    return bool(session.scalar(select(Digest.is_off).where(Digest.user_id == user_id)))
