"""What thresholds would have raised in the past year, week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.alerts.lifecycle import Kept, settled
from app.alerts.rules import Raised

WEEK = timedelta(days=7)
WEEKS = 52


def weeks_before(on: date) -> list[date]:
    """The days on which the past year is looked at, the last one today."""
    return [on - WEEK * back for back in range(WEEKS, -1, -1)]


@dataclass(frozen=True, slots=True)
class Would:
    """What would have been opened: on which days, at how many accounts, how many still open."""

    days: tuple[date, ...] = ()
    accounts: int = 0
    still_open: int = 0

    @property
    def opened(self) -> int:
        """How many would have been opened."""
        return len(self.days)

    def by_month(self) -> dict[str, int]:
        """How many in each month, as 2026-03."""
        return dict(sorted(Counter(f"{day:%Y-%m}" for day in self.days).items()))


@dataclass(slots=True)
class Walk:
    """One account walked through a year: its warnings open, go on and clear as they would have.

    What already stood on the first day opened before the year and is not counted.
    """

    kept: dict[object, Kept] = field(default_factory=dict)
    opened: list[date] = field(default_factory=list)

    def step(self, raised: Sequence[Raised], on: date, *, counts: bool) -> None:
        """The next day on which the account is looked at."""
        came = settled(self.kept.values(), raised, on)
        for one in came.opened:
            self.kept[one.key] = Kept(0, one.kind, one.subject_id, one.level)
            if counts:
                self.opened.append(on)
        for was, one in came.again:
            self.kept[was.key] = Kept(0, one.kind, one.subject_id, one.level)
        for was in came.cleared:
            self.kept[was.key] = Kept(0, was.kind, was.subject_id, was.level, closed_on=on)

    @property
    def still_open(self) -> int:
        """How many are open at the end."""
        return sum(one.closed_on is None for one in self.kept.values())


def together(walks: Iterable[Walk]) -> Would:
    """What the walks of all accounts come to."""
    listed = list(walks)
    days = sorted(day for walk in listed for day in walk.opened)
    touched = sum(bool(walk.opened) for walk in listed)
    return Would(tuple(days), touched, sum(walk.still_open for walk in listed))
