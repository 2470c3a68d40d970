"""What happens to our people: they are added, sign in anew, get a password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.history import note
from app.users.models import Invitation, Setting, User
from app.users.rules import UserRole
from app.users.sign_in import new_token

FIRST_TOKEN = "first_administrator"  # noqa: S105 - the name of a setting


def add_user(
    session: Session,
    *,
    name: str,
    email: str | None,
    role: UserRole,
    password_hash: str | None = None,
    manager_id: int | None = None,
    office: str = "",
    external_id: str | None = None,
    language: str | None = None,
) -> User:
    """Add one of our people; without a password they cannot sign in."""
    user = User(
        name=name,
        email=email.strip().lower() if email else None,
        role=role,
        password_hash=password_hash,
        manager_id=manager_id,
        office=office,
        external_id=external_id,
        language=language,
        session_token=new_token(),
        theme="auto",
    )
    session.add(user)
    session.flush()
    return user


def set_password(user: User, password_hash: str) -> None:
    """Give a person a password and end every session they have."""
    user.password_hash = password_hash
    user.session_token = new_token()


def new_first_token(session: Session) -> str:
    """A token with which the first visitor becomes administrator; only its hash is kept."""
    token = secrets.token_urlsafe(12)
    session.merge(Setting(key=FIRST_TOKEN, value=digest(token)))
    return token


def use_first_token(session: Session, token: str) -> bool:
    """Whether this is the token the terminal printed; it works once."""
    kept = session.get(Setting, FIRST_TOKEN, with_for_update=True)
    if kept is None or not secrets.compare_digest(kept.value, digest(token.strip())):
        return False
    session.delete(kept)
    return True


INVITATION_LASTS = timedelta(days=7)


def invite(session: Session, user: User, at: datetime) -> str:
    """A link's token with which a person sets a password, once, within a week.

    It replaces any before it; only its hash is kept.
    """
    forget_invitations(session, user)
    token = secrets.token_urlsafe(24)
    session.add(Invitation(user_id=user.id, token_hash=digest(token), until=at + INVITATION_LASTS))
    return token


def forget_invitations(session: Session, user: User) -> None:
    """No link opens for a person any more."""
    session.execute(delete(Invitation).where(Invitation.user_id == user.id))


def put_setting(session: Session, key: str, value: str) -> None:
    """Keep a company setting; its history keeps what it was."""
    kept = session.get(Setting, key)
    old = kept.value if kept else None
    if old == value:
        return
    session.merge(Setting(key=key, value=value))
    note(session, entity="setting", title=key, columns={key: [old, value]})


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not to tell it."""
    return hashlib.sha256(token.encode()).hexdigest()
