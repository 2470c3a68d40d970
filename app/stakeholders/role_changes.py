"""Roles are taken up and laid down, on the account or on one opportunity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stakeholders.models import RoleHolding, Stakeholder
from app.stakeholders.rules import NO_ROLE


def set_roles(
    session: Session,
    person: Stakeholder,
    roles: Iterable[str] | None,
    on: date,
    opportunity_id: int | None = None,
) -> list[str] | None:
    """Let a person hold these roles from ``on``; what they held before is given back.

    On an opportunity an empty list means none at all in it, and None means those of
    the account again.
    """
    held = {row.role: row for row in _open(session, person, opportunity_id)}
    wanted = _stored(roles, opportunity_id)
    for role in held.keys() - wanted:
        _end(session, held[role], on)
    for role in sorted(wanted - held.keys()):
        session.add(
            RoleHolding(
                account_id=person.account_id,
                stakeholder_id=person.id,
                opportunity_id=opportunity_id,
                role=role,
                since=on,
            )
        )
    if opportunity_id is not None and not held:
        return None
    return sorted(held.keys() - {NO_ROLE})


def _stored(roles: Iterable[str] | None, opportunity_id: int | None) -> set[str]:
    wanted = {str(role) for role in roles or ()}
    if opportunity_id is not None and roles is not None and not wanted:
        return {NO_ROLE}
    return wanted


def _open(
    session: Session, person: Stakeholder, opportunity_id: int | None
) -> Iterable[RoleHolding]:
    return session.scalars(
        select(RoleHolding).where(
            RoleHolding.stakeholder_id == person.id,
            RoleHolding.opportunity_id.is_(None)
            if opportunity_id is None
            else RoleHolding.opportunity_id == opportunity_id,
            RoleHolding.until.is_(None),
        )
    )


def _end(session: Session, holding: RoleHolding, on: date) -> None:
    """A role taken up and laid down within the day was never held."""
    if holding.since >= on:
        session.delete(holding)
    else:
        holding.until = on
