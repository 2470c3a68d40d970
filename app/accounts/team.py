"""Who serves an account: somebody must own it, and a reader only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.users.rules import Level, UserRole
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Seat:
    """A colleague's place in the team; ``is_here``: they have not left the company."""

    user_id: int
    role: UserRole
    level: Level
    is_here: bool = True

    @property
    def owns(self) -> bool:
        """Whether they can act as the owner."""
        return self.is_here and self.level is Level.OWN and self.role is not UserRole.READER


def problems_seating(
    seats: Sequence[Seat], user_id: int, role: UserRole, level: Level | None
) -> list[Reason]:
    """Why a colleague cannot be given a level, or (None) leave the team; empty when they can.

    The last owner stays; an account that has no owner may be given other members first.
    """
    if role is UserRole.READER and level is not None and level > Level.READ:
        return [because(N_("Who is a reader in the company can only read."))]
    owners = {seat.user_id for seat in seats if seat.owns}
    if level is not Level.OWN and owners == {user_id}:
        return [because(N_("Somebody must own the account: make another colleague owner first."))]
    return []
