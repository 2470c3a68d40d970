"""user add, user reset."""

from __future__ import annotations

import secrets
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email

from app.commands.common import Failure, answers, open_session
from app.users.changes import add_user, set_password
from app.users.queries import find_by_email
from app.users.rules import LEAST_PASSWORD, UserRole
from app.users.sign_in import hash_password


@click.group("user")
def user_verb() -> None:
    """Our own people: add one, or give one a new password."""


def _chosen(password: str | None) -> tuple[str, bool]:
    """The password given, else one made (True) to be shown once."""
    if password is None:
        return secrets.token_urlsafe(12), True
    if len(password) < LEAST_PASSWORD:
        raise Failure(f"Choose at least {LEAST_PASSWORD} characters.")
    return password, False


def _checked(email: str) -> str:
    """An address as the sign-in page takes it."""
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Failure(f"{email!r} is not an e-mail address: {error}") from error


def _said(answer: dict[str, Any]) -> str:
    shown = f"  Password, shown once: {answer['password']}" if "password" in answer else ""
    return f"{answer['email']} ({answer['role']})\n{shown}".rstrip()


@user_verb.command("add")
@click.argument("email")
@click.option("--name", prompt="Name", help="What the person is called.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in UserRole]),
    default="manager",
    show_default=True,
)
@click.option("--password", help="At least ten characters; made and shown once if left out.")
@answers(_said)
def add(email: str, name: str, role: str, password: str | None) -> dict[str, Any]:
    """Add one of our people, able to sign in."""
    (chosen, made), email = _chosen(password), _checked(email)
    with open_session() as session:
        if find_by_email(session, email) is not None:
            raise Failure(f"{email} is there already; use `banyan user reset`.")
        hashed = hash_password(chosen)
        user = add_user(session, name=name, email=email, role=UserRole(role), password_hash=hashed)
        answer = {"id": user.id, "email": user.email, "name": user.name, "role": role}
    return {**answer, "password": chosen} if made else answer


@user_verb.command("reset")
@click.argument("email")
@click.option("--password", help="At least ten characters; made and shown once if left out.")
@answers(_said)
def reset(email: str, password: str | None) -> dict[str, Any]:
    """Give a person a new password; every session they have ends."""
    chosen, made = _chosen(password)
    with open_session() as session:
        user = find_by_email(session, email)
        if user is None:
            raise Failure(f"Nobody has the e-mail address {email}.")
        set_password(user, hash_password(chosen))
        answer = {"id": user.id, "email": user.email, "name": user.name, "role": user.role}
    return {**answer, "password": chosen} if made else answer
