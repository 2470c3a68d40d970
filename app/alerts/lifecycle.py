"""What becomes of an account's warnings when its records are looked at again.

A warning opens once and never repeats while it is open. One that a person closed is not raised
again until its condition has gone away, unless it grows graver. One that the records cleared and
that comes back within two weeks is the same one, open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.alerts.rules import Kind, Level, Raised

COMES_BACK = timedelta(days=14)
"""House convention: a figure that sways about its threshold makes one warning, not many."""

SAID_BY = {Kind.PROGRESS: Kind.CHURN}
"""What is not opened beside a graver warning that says it already."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A warning as it stands; the newest about its subject."""

    alert_id: int
    kind: Kind
    subject_id: int
    level: Level
    closed_on: date | None = None
    by_person: bool = False
    holds: bool = False

    @property
    def key(self) -> tuple[Kind, int]:
        """What it is known by at its account."""
        return self.kind, self.subject_id


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be written: warnings to open, those that go on (with what is said now), that
    open again, that clear, and closed ones whose condition has gone away."""

    opened: tuple[Raised, ...] = ()
    going_on: tuple[tuple[Kept, Raised], ...] = ()
    again: tuple[tuple[Kept, Raised], ...] = ()
    cleared: tuple[Kept, ...] = ()
    released: tuple[Kept, ...] = ()


def settled(kept: Iterable[Kept], raised: Sequence[Raised], on: date) -> Settled:
    """What becomes of the warnings ``kept`` when these are raised on a day.

    >>> settled([], [Raised(Kind.CHURN, Level.URGENT, ())], date(2026, 3, 2)).opened[0].kind
    <Kind.CHURN: 'churn'>
    """
    known = {one.key: one for one in kept if one.kind is not Kind.EVENT}
    now = {one.key: one for one in raised}
    kinds = {one.kind for one in raised}
    pairs = [(known[key], one) for key, one in now.items() if key in known]
    gone = [one for key, one in known.items() if key not in now]
    new = [one for key, one in now.items() if key not in known]
    new += [one for was, one in pairs if _is_new(was, one, on)]
    return Settled(
        opened=tuple(one for one in new if SAID_BY.get(one.kind) not in kinds),
        going_on=tuple(pair for pair in pairs if pair[0].closed_on is None),
        again=tuple(pair for pair in pairs if _comes_back(pair[0], on)),
        cleared=tuple(one for one in gone if one.closed_on is None),
        released=tuple(one for one in gone if one.holds),
    )


def _comes_back(was: Kept, on: date) -> bool:
    if was.closed_on is None or was.by_person:
        return False
    return on - was.closed_on <= COMES_BACK


def _is_new(was: Kept, one: Raised, on: date) -> bool:
    """Whether one is raised anew although one about the same was closed."""
    if was.closed_on is None or _comes_back(was, on):
        return False
    return not was.holds or one.level > was.level
