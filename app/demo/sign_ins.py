"""Who can sign in to the demo: printed as long as it is the demo, and nothing else."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.cast import COLLEAGUES, DOMAIN, PASSWORD, SIGN_INS
from app.users.models import User


def is_demo(session: Session) -> bool:
    """Whether all our people here are the demo's."""
    emails = set(session.scalars(select(User.email)))
    return bool(emails) and emails <= {f"{one.key}@{DOMAIN}" for one in COLLEAGUES}


def said(session: Session) -> list[str]:
    """The lines that tell a newcomer how to sign in; none for a real workspace."""
    if not is_demo(session):
        return []
    known = {one.key: one for one in COLLEAGUES}
    lines = [f"Demo workspace: sign in with the password  {PASSWORD}  as"]
    for key in SIGN_INS:
        one = known[key]
        lines.append(f"  {key + '@' + DOMAIN:<24}{one.role.label:<22}{one.name}")
    return lines
