"""Who can sign in to the demo: told as long as it is the demo, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.demo.cast import COLLEAGUES, DOMAIN, PASSWORD, SIGN_INS
from app.users.models import User


def init_app(app: Flask) -> None:
    """Let the door offer the demo's people; it stands below and cannot ask for them."""
    app.jinja_env.globals.update(demo_sign_ins=lambda: sign_ins(db.session()))


def is_demo(session: Session) -> bool:
    """Whether all our people here are the demo's."""
    emails = set(session.scalars(select(User.email)))
    return bool(emails) and emails <= {f"{one.key}@{DOMAIN}" for one in COLLEAGUES}


@dataclass(frozen=True, slots=True)
class SignIn:
    """One of the demo's people, as they sign in."""

    email: str
    password: str
    role: str
    name: str


def sign_ins(session: Session) -> tuple[SignIn, ...]:
    """Who can sign in to the demo; nobody to a real workspace."""
    if not is_demo(session):
        return ()
    known = {one.key: one for one in COLLEAGUES}
    return tuple(
        SignIn(f"{key}@{DOMAIN}", PASSWORD, known[key].role.label, known[key].name)
        for key in SIGN_INS
    )


def said(people: tuple[SignIn, ...]) -> list[str]:
    """The lines that tell a newcomer how to sign in; none where there is nobody."""
    if not people:
        return []
    lines = [f"Demo workspace: sign in with the password  {people[0].password}  as"]
    return lines + [f"  {one.email:<24}{one.role:<22}{one.name}" for one in people]
