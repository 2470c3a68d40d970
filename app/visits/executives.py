"""Executives of ours visit executives of theirs, on a plan [000]: who is due with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.vocabulary import N_, Reason, Term, because


class Due(Term):
    """How a pair of executives stands."""

    NOBODY = "nobody", N_("None of our executives")
    LATE = "late", N_("Late")
    SOON = "soon", N_("Due")
    PLANNED = "planned", N_("Planned")
    SEEN = "seen", N_("Seen")


ORDER = (Due.LATE, Due.NOBODY, Due.SOON, Due.PLANNED, Due.SEEN)
"""What needs somebody comes first."""

SOON = timedelta(days=30)
"""A visit of executives takes a month to arrange; house convention."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One of their executives, and which of ours is in touch."""

    account_id: int
    account: str
    person_id: int
    person: str
    title: str
    executive: str = ""
    last_on: date | None = None
    next_on: date | None = None
    next_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair with where it stands, and why."""

    pair: Pair
    due: Due
    due_on: date | None
    reason: Reason


def standing_of(pair: Pair, on: date, rhythm_days: int) -> Standing:
    """Whether a pair's next visit is planned, due or late.

    >>> standing_of(Pair(1, "A", 1, "Li", "Head"), date(2026, 1, 1), 180).due.label
    'None of our executives'
    """
    due_on = pair.last_on + timedelta(days=rhythm_days) if pair.last_on else None
    if pair.next_on is not None:
        words = because(N_("Planned for %(day)s."), day=pair.next_on)
        return Standing(pair, Due.PLANNED, due_on, words)
    if not pair.executive:
        words = because(N_("None of our executives is in touch with them."))
        return Standing(pair, Due.NOBODY, due_on, words)
    if due_on is None:
        words = because(N_("%(name)s has not seen them yet."), name=pair.executive)
        return Standing(pair, Due.LATE, due_on, words)
    words = because(
        N_("Last seen on %(last)s; every %(days)s days is meant."),
        last=pair.last_on,
        days=rhythm_days,
    )
    due = Due.LATE if due_on < on else Due.SOON if due_on <= on + SOON else Due.SEEN
    return Standing(pair, due, due_on, words)


def by_need(pairs: list[Pair], on: date, rhythm_days: int) -> list[Standing]:
    """Every pair, what needs somebody first."""
    found = [standing_of(pair, on, rhythm_days) for pair in pairs]
    return sorted(
        found,
        key=lambda one: (ORDER.index(one.due), one.due_on or date.min, one.pair.account),
    )


def coverage_share(found: list[Standing]) -> float | None:
    """The share of their executives whom one of ours has seen in rhythm, or will: 0.0-1.0;
    None when there are none."""
    if not found:
        return None
    met = sum(one.due in {Due.SEEN, Due.SOON, Due.PLANNED} for one in found)
    return met / len(found)
