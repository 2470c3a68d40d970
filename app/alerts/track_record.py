"""How good a rule has been: of what it raised, how much was true, and how early it spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.pipeline.chances import LEAST_CASES, Interval, wilson


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Warnings of a kind opened in a year. ``leads`` are the days from the warning until what
    it warned of showed, for those that came true."""

    raised: int = 0
    still_open: int = 0
    cleared: int = 0
    confirmed: int = 0
    false_alarms: int = 0
    leads: Sequence[int] = ()

    @property
    def judged(self) -> int:
        """Those that a person judged."""
        return self.confirmed + self.false_alarms

    @property
    def is_enough(self) -> bool:
        """Whether enough were judged for a share to mean something."""
        return self.judged >= LEAST_CASES

    @property
    def hit_rate(self) -> float | None:
        """The share of those judged that were true, 0-1; None when none was judged.

        >>> TrackRecord(confirmed=3, false_alarms=1).hit_rate
        0.75
        """
        return self.confirmed / self.judged if self.judged else None

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the hit rate."""
        return wilson(self.confirmed, self.judged)

    @property
    def lead(self) -> float | None:
        """The middle of the days by which it came early; None when none is known.

        >>> TrackRecord(leads=[30, 10, 14]).lead
        14
        """
        return median(self.leads) if self.leads else None
