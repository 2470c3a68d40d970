"""What is asked of the database about our people."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.users.models import Setting, User
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
    return session.scalar(select(Setting.value).where(Setting.key == key))
