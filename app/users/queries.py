"""What is asked of the database about our people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.paging import Page, Place, count_up_to, page_of
from app.users.models import Invitation, Setting, User
from app.users.rules import UserRole


def find_user(session: Session, user_id: int) -> User | None:
    """One of our people, archived or not."""
    return session.get(User, user_id)


def find_by_email(session: Session, email: str) -> User | None:
    """Who has an e-mail address, whatever the case it is typed in."""
    wanted = email.strip().lower()
    return session.scalar(select(User).where(User.email == wanted, User.archived_at.is_(None)))


def has_administrator(session: Session) -> bool:
    """Whether anybody can sign in to manage the workspace."""
    administrator = (User.role == UserRole.ADMINISTRATOR) & User.password_hash.is_not(None)
    return bool(session.scalar(select(exists().where(administrator))))


def has_users(session: Session) -> bool:
    """Whether anybody of ours is known yet."""
    return bool(session.scalar(select(exists().where(User.id > 0))))


def colleague_choices(session: Session) -> list[tuple[int, str]]:
    """Every colleague still here, by name, for a choice."""
    rows = session.execute(
        select(User.id, User.name).where(User.archived_at.is_(None)).order_by(func.lower(User.name))
    )
    return [(row.id, row.name) for row in rows]


def find_setting(session: Session, key: str) -> str | None:
    """A company setting's JSON text."""
    found: str | None = session.scalar(SETTING_NAMED, {"key": key})
    return found


SETTING_NAMED = select(Setting.__table__.c.value).where(Setting.__table__.c.key == bindparam("key"))
"""Built once and of the table's own columns, as most pages ask it."""


def find_settings(session: Session, *keys: str) -> dict[str, str]:
    """Several settings' JSON texts by key; those not set are missing."""
    rows = session.execute(select(Setting.key, Setting.value).where(Setting.key.in_(keys)))
    return {row.key: row.value for row in rows}


@dataclass(frozen=True, slots=True)
class UserRow:
    """A line of the list of our people."""

    id: int
    name: str
    email: str
    role: UserRole
    office: str
    manager: str
    can_sign_in: bool
    is_archived: bool


def user_rows(session: Session, text: str, *, archived: bool, place: Place) -> Page[UserRow]:
    """A page of our people by name, counted: those here, or those who left."""
    lead = aliased(User)
    query = (
        select(
            User.id,
            User.name,
            func.coalesce(User.email, "").label("email"),
            User.role,
            User.office,
            func.coalesce(lead.name, "").label("manager"),
            User.password_hash.is_not(None).label("can_sign_in"),
            User.archived_at.is_not(None).label("is_archived"),
        )
        .outerjoin(lead, lead.id == User.manager_id)
        .where(User.archived_at.is_not(None) if archived else User.archived_at.is_(None))
    )
    if text:
        like = f"%{text.lower()}%"
        query = query.where(func.lower(User.name).like(like) | func.lower(User.email).like(like))
    page = page_of(session, query, User.name, User.id, place)
    rows = [UserRow(**{**row._mapping, "role": UserRole(row.role)}) for row in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def administrators(session: Session) -> frozenset[int]:
    """The ids of the administrators who can sign in."""
    rows = session.scalars(
        select(User.id).where(
            User.role == UserRole.ADMINISTRATOR,
            User.password_hash.is_not(None),
            User.email.is_not(None),
            User.archived_at.is_(None),
        )
    )
    return frozenset(rows)


def managers(session: Session) -> dict[int, int | None]:
    """Who leads each of our people, by id."""
    return {row.id: row.manager_id for row in session.execute(select(User.id, User.manager_id))}


def is_address_taken(session: Session, email: str, besides: int | None) -> bool:
    """Whether somebody else has an e-mail address, one who left included."""
    return bool(
        session.scalar(select(exists().where(User.email == email, User.id != (besides or 0))))
    )


def find_invited(session: Session, token_hash: str, at: datetime) -> User | None:
    """Whom an invitation that still holds is for."""
    invited = select(Invitation.user_id).where(
        Invitation.token_hash == token_hash, Invitation.until > at
    )
    return session.scalar(select(User).where(User.id.in_(invited), User.archived_at.is_(None)))


def setting_mark(text: str | None) -> str:
    """A mark of a setting's text, by which a form knows whether it has grown old."""
    return sha256((text or "").encode()).hexdigest()[:16]


def first_administrator(session: Session) -> User | None:
    """Whoever manages the workspace for longest."""
    here = User.archived_at.is_(None)
    query = select(User).where(User.role == UserRole.ADMINISTRATOR, here).order_by(User.id)
    return session.scalar(query.limit(1))
