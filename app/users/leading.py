"""Who leads whom, and who keeps the keys: what must not be broken among our people."""

from __future__ import annotations

from collections.abc import Mapping

from app.users.rules import UserRole
from app.vocabulary import N_, Reason, because


def problems_leading(
    user_id: int | None, manager_id: int | None, managers: Mapping[int, int | None]
) -> list[Reason]:
    """Why a person cannot lead another: nobody leads themselves, at any remove.

    >>> [str(reason) for reason in problems_leading(1, 2, {1: None, 2: 1})]
    ['This person reports to them already, directly or through others.']
    """
    above, seen = manager_id, set[int]()
    while above is not None and above not in seen:
        if above == user_id:
            return [because(N_("This person reports to them already, directly or through others."))]
        seen.add(above)
        above = managers.get(above)
    return []


def problems_losing(
    user_id: int, role: UserRole | None, administrators: frozenset[int]
) -> list[Reason]:
    """Why a person cannot take another role, or (None) leave: one administrator must stay.

    ``administrators`` are those who can sign in.

    >>> [str(reason) for reason in problems_losing(1, None, frozenset({1}))]
    ['They are the last administrator: make another one first.']
    """
    if role is not UserRole.ADMINISTRATOR and administrators == {user_id}:
        return [because(N_("They are the last administrator: make another one first."))]
    return []
