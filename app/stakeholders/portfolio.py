"""What a map comes to in one line, and how much it wants looking after: for the whole portfolio."""

from __future__ import annotations

from dataclasses import dataclass

from app.stakeholders.rules import Role
from app.vocabulary import N_, Reason, because

UNREACHED, OPEN, MISSING, SINGLE = 0.4, 0.3, 0.2, 0.1
"""What each part may add to the need of a map; together 1. House convention."""
MANY_SINGLES = 5
"""Single ties from which on their part of the need is full. House convention."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A map in figures: of the deciders known, ``reached`` are those with a way in.

    ``lean_…`` are None while no decider is known. ``missing`` are roles that nobody is
    known to hold.
    """

    people: int
    deciders: int
    reached: int
    missing: tuple[Role, ...]
    single_ties: int
    lean_low: float | None
    lean_known: float | None
    lean_high: float | None


@dataclass(frozen=True, slots=True)
class NeedPart:
    """What one side of a map adds to its need, 0…1, and why."""

    worth: float
    reason: Reason


def need_parts(found: Standing) -> tuple[NeedPart, ...]:
    """Why a map wants looking after, the weightiest first.

    0.4 × deciders without a way in (all, while none is known) + 0.3 × how much of the lean is
    open or against us ((1 − low) / 2) + 0.2 × roles missing of six + 0.1 × single ties of five.
    """
    parts = (_unreached(found), _lean(found), _missing(found), _singles(found))
    return tuple(sorted(parts, key=lambda part: -part.worth))


def need(found: Standing) -> float:
    """How much a map wants looking after, 0 (all is well) … 1 (nothing is known)."""
    return sum(part.worth for part in need_parts(found))


def _unreached(found: Standing) -> NeedPart:
    if not found.deciders:
        return NeedPart(UNREACHED, because(N_("Nobody is known to decide")))
    reason = because(
        N_("Deciders we have a way in to: %(reached)s of %(deciders)s"),
        reached=found.reached,
        deciders=found.deciders,
    )
    return NeedPart(UNREACHED * (1 - found.reached / found.deciders), reason)


def _lean(found: Standing) -> NeedPart:
    if found.lean_low is None or found.lean_high is None:
        return NeedPart(OPEN, because(N_("The lean is not known: it takes a decider")))
    reason = because(
        N_("The lean may be as low as %(low)s and as high as %(high)s"),
        low=round(found.lean_low, 2),
        high=round(found.lean_high, 2),
    )
    return NeedPart(OPEN * (1 - found.lean_low) / 2, reason)


def _missing(found: Standing) -> NeedPart:
    reason = because(N_("Roles that nobody is known to hold: %(count)s"), count=len(found.missing))
    return NeedPart(MISSING * len(found.missing) / len(Role), reason)


def _singles(found: Standing) -> NeedPart:
    share = min(found.single_ties, MANY_SINGLES) / MANY_SINGLES
    reason = because(
        N_("Key people whom one of ours alone knows: %(count)s"), count=found.single_ties
    )
    return NeedPart(SINGLE * share, reason)
