"""Passwords, and who the session says is here.

Hashing takes 64 MiB and a third of a second, so only two run at once in a process;
failed attempts are counted in the database, so that every worker counts the same.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask_login import UserMixin
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from app.users.models import SignInAttempt, User
from app.users.rules import UserRole

HASHER = PasswordHasher()
AT_ONCE = BoundedSemaphore(2)
MOST_FAILURES = 8
WINDOW = timedelta(minutes=15)
# A hash of nothing anyone can type: an unknown name costs as long as a wrong password.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


@dataclass(frozen=True)
class Person(UserMixin):
    """Who is signed in: the few columns every page needs."""

    id: int
    name: str
    email: str
    role: UserRole
    language: str | None
    timezone: str | None
    theme: str
    session_token: str
    manager_id: int | None

    def get_id(self) -> str:
        """The session's claim: it ends for all devices when the token is renewed."""
        return f"{self.id}.{self.session_token}"


NAMES = ("id", "name", "email", "role", "language", "timezone", "theme", "session_token",
         "manager_id")  # fmt: skip
USERS = User.__table__.c
PERSON_NAMED = select(*(USERS[name] for name in NAMES)).where(
    USERS.id == bindparam("user_id"), USERS.archived_at.is_(None)
)
"""Built once and of the table's own columns, as every request asks it: half the cost."""


def person_of(row: User) -> Person:
    """A Person of a User row."""
    return Person(
        row.id,
        row.name,
        row.email or "",
        UserRole(row.role),
        row.language,
        row.timezone,
        row.theme,
        row.session_token,
        row.manager_id,
    )


def find_person(session: Session, claim: str) -> Person | None:
    """Who a session's claim names, unless they left or signed out everywhere."""
    user_id, _, token = claim.partition(".")
    if not user_id.isdigit():
        return None
    row = session.execute(PERSON_NAMED, {"user_id": int(user_id)}).one_or_none()
    if row is None or not secrets.compare_digest(row.session_token, token):
        return None
    return Person(*row[:3], UserRole(row.role), *row[4:])


def new_token() -> str:
    """A fresh session token: 128 random bits."""
    return secrets.token_hex(16)


def hash_password(password: str) -> str:
    """An argon2id hash with the library's defaults (RFC 9106's second choice)."""
    with AT_ONCE:
        return HASHER.hash(password)


def password_fits(password: str, hashed: str | None) -> bool:
    """Whether a password is the one hashed; takes as long when there is none."""
    with AT_ONCE:
        try:
            return HASHER.verify(hashed or NOBODY, password) and hashed is not None
        except (Argon2Error, InvalidHashError):
            return False


def attempt_keys(email: str, address: str) -> tuple[str, str]:
    """What the lock-out counts by: the name tried and the address it came from, hashed."""
    return tuple(  # type: ignore[return-value]
        hashlib.sha256(f"{kind}:{text.strip().casefold()}".encode()).hexdigest()
        for kind, text in (("email", email), ("address", address))
    )


def is_locked_out(session: Session, keys: tuple[str, str], at: datetime) -> bool:
    """Whether a name failed too often of late, or an address ten times as often."""
    rows = session.execute(
        select(SignInAttempt.key, func.count().label("failed"))
        .where(SignInAttempt.key.in_(keys), SignInAttempt.at > at - WINDOW)
        .group_by(SignInAttempt.key)
    )
    failures = {row.key: row.failed for row in rows}
    name, address = keys
    return failures.get(name, 0) >= MOST_FAILURES or failures.get(address, 0) >= 10 * MOST_FAILURES


def note_failure(session: Session, keys: tuple[str, str], at: datetime) -> None:
    """Count a failed attempt, and forget those past counting."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < at - 4 * WINDOW))
    session.add_all(SignInAttempt(key=key, at=at) for key in keys)


def forget_failures(session: Session, keys: tuple[str, str]) -> None:
    """A right password clears its name's failures."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.key == keys[0]))
