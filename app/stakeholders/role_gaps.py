"""Which of the six roles we know, cover and have on our side."""

from __future__ import annotations

from dataclasses import dataclass

from app.stakeholders.layers import PowerMap
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.rules import Role, Support
from app.vocabulary import N_, Degree, Reason, because


class RoleState(Degree):
    """How far we are with a role; each step includes those below it."""

    NOBODY = 0, N_("Nobody known")
    KNOWN = 1, N_("Known")
    COVERED = 2, N_("Covered by us")
    SUPPORTIVE = 3, N_("Supportive")


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """One holder of a role and how far we are with them."""

    person_id: int
    state: RoleState
    reason: Reason


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """A role, its holders, and the state of the one we are furthest with."""

    role: Role
    state: RoleState
    holders: tuple[RoleHolder, ...]
    reasons: tuple[Reason, ...]


def role_coverage(drawn: PowerMap) -> tuple[RoleCoverage, ...]:
    """All six roles, in the order of the list, whether held or not."""
    return tuple(_one_role(role, drawn) for role in Role)


def _one_role(role: Role, drawn: PowerMap) -> RoleCoverage:
    holders = tuple(_holder(drawn.people[one], drawn) for one in drawn.holders(role))
    state = max((holder.state for holder in holders), default=RoleState.NOBODY)
    reasons = tuple(holder.reason for holder in holders)
    if not holders:
        reasons = (because(N_("Nobody is known to hold this role: %(role)s"), role=role),)
    return RoleCoverage(role, state, holders, reasons)


def _holder(person: PersonFact, drawn: PowerMap) -> RoleHolder:
    """Support counts once we cover the person: hearsay alone does not carry us."""
    state, message = RoleState.KNOWN, N_("%(name)s: known, and none of ours is in touch")
    if person.is_placeholder:
        state, message = RoleState.NOBODY, N_("%(name)s stands for somebody still to be found")
    elif drawn.ties_to(person.id):
        state, message = RoleState.COVERED, N_("%(name)s: covered by us, support unknown")
        if person.support is not None:
            message = N_("%(name)s: covered by us, %(support)s")
        if person.support is not None and person.support >= Support.SUPPORTS:
            state = RoleState.SUPPORTIVE
    values = {"name": person.name, "support": person.support}
    return RoleHolder(person.id, state, Reason(message, values))
