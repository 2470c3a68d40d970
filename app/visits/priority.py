"""Whom to see next: a person's priority for a visit, shown as its parts.

Priority = sway × staleness × gap factor (the product's definition). Sway is the person's part
in what the deciders settle on; staleness the days since the last contact over their rhythm;
the gap factor grows with each thing that is missing about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.stakeholders.rules import Role, Support
from app.vocabulary import N_, Reason, because

NEVER_SEEN = 2.0
"""Staleness of somebody without any contact on record: two rhythms. House convention."""

MOST_STALE = 4.0
"""Beyond four rhythms, more days say nothing new. House convention."""

LEAST_SWAY = 0.02
"""Nobody with a role counts for nothing, even where the map knows no influences."""

GAP_PARTS = {
    "role": 0.5,
    "single": 0.3,
    "unknown": 0.5,
    "falling": 0.5,
    "milestone": 0.5,
}
"""What each gap adds to a factor of 1. House convention: two gaps double the priority."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of theirs, as far as the priority of a visit depends on them."""

    person_id: int
    name: str
    sway: float
    roles: frozenset[Role] = frozenset()
    last_contact: date | None = None
    rhythm_days: int = 60
    is_only_holder: bool = False
    ties: int = 1
    support: Support | None = None
    support_before: Support | None = None
    is_needed_for: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """A person's priority with its parts; ``reasons`` say each in words."""

    person_id: int
    name: str
    value: float
    sway: float
    staleness: float
    gap_factor: float
    days_since: int | None
    rhythm_days: int
    reasons: tuple[Reason, ...]


def staleness(last_contact: date | None, rhythm_days: int, on: date) -> float:
    """The days since the last contact over the rhythm; two rhythms for somebody never seen.

    0 on the day of a contact (and for one ahead); at most four.

    >>> staleness(date(2026, 1, 1), 30, date(2026, 1, 16))
    0.5
    """
    if last_contact is None:
        return NEVER_SEEN
    return min(max(0, (on - last_contact).days) / rhythm_days, MOST_STALE)


def gaps(one: Candidate) -> list[tuple[str, Reason]]:
    """What is missing about a person, each with its words."""
    found: list[tuple[str, Reason]] = []
    if one.is_only_holder:
        role = next(role for role in Role if role in one.roles)
        words = because(N_("Nobody else is known to hold this role: %(role)s"), role=role)
        found.append(("role", words))
    if one.ties <= 1:
        words = because(N_("None of ours knows them")) if not one.ties else ONE_TIE
        found.append(("single", words))
    if one.support is None:
        found.append(("unknown", because(N_("Where they stand is unknown"))))
    elif one.support_before is not None and one.support < one.support_before:
        values = {"before": one.support_before, "now": one.support}
        found.append(("falling", Reason(N_("Support fell from %(before)s to %(now)s"), values)))
    if one.is_needed_for:
        words = because(N_("The next milestone needs them: %(deal)s"), deal=one.is_needed_for)
        found.append(("milestone", words))
    return found


ONE_TIE = because(N_("Only one of ours knows them"))


def priority_of(one: Candidate, on: date) -> Priority:
    """A person's priority on a day, with its parts.

    >>> priority_of(Candidate(1, "Li", 0.5, rhythm_days=30, last_contact=date(2026, 1, 1),
    ...     ties=2, support=Support.SUPPORTS), date(2026, 1, 31)).value
    0.5
    """
    stale = staleness(one.last_contact, one.rhythm_days, on)
    missing = gaps(one)
    factor = 1 + sum(GAP_PARTS[name] for name, _words in missing)
    sway = max(one.sway, LEAST_SWAY if one.roles else 0.0)
    days = (on - one.last_contact).days if one.last_contact else None
    return Priority(
        one.person_id,
        one.name,
        sway * stale * factor,
        sway,
        stale,
        factor,
        days,
        one.rhythm_days,
        (_when(days, one.rhythm_days), *(words for _name, words in missing)),
    )


def _when(days: int | None, rhythm_days: int) -> Reason:
    if days is None:
        return because(
            N_("No contact is on record; the rhythm is %(rhythm)s days"), rhythm=rhythm_days
        )
    return because(
        N_("Last seen %(days)s days ago; the rhythm is %(rhythm)s"), days=days, rhythm=rhythm_days
    )


def ranked(people: Iterable[Candidate], on: date) -> list[Priority]:
    """Everyone's priority, highest first; equal ones by name and number, so that unchanged
    data gives the same order."""
    found = (priority_of(one, on) for one in people)
    return sorted(found, key=lambda one: (-one.value, one.name, one.person_id))
