"""How long things take when some are not over yet: Kaplan and Meier's curve (1958)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """The share still under way after so many days: ``shares[i]`` from ``days[i]`` on, 1 before."""

    days: tuple[int, ...]
    shares: tuple[float, ...]

    def after(self, days: float) -> float:
        """The share that takes longer than ``days``; the last known share beyond the curve."""
        at = bisect_right(self.days, days)
        return self.shares[at - 1] if at else 1.0

    def within(self, more: float, already: float = 0) -> float:
        """The share of those under way after ``already`` days that end within ``more``.

        1 − S(already + more) / S(already); 0 when none was ever seen to last so long, for
        then nothing is known of them.
        """
        left = self.after(already)
        return 1 - self.after(already + more) / left if left > 0 else 0.0

    @property
    def median(self) -> int | None:
        """The least days after which half have ended; None when that was not seen."""
        return next(
            (day for day, share in zip(self.days, self.shares, strict=True) if share <= 0.5), None
        )


def kaplan_meier(spans: Iterable[tuple[int, bool]]) -> Curve:
    """The curve from spans of (days, whether it ended); those not over count while they lasted.

    S(t) = Π over days d ≤ t with e ends among r at risk of 1 − e / r. On a day with both,
    ends come before those that are only not over. No span gives no curve: always 1.

    >>> kaplan_meier([(6, True), (6, True), (6, True), (6, False)]).after(6)
    0.25
    """
    counted = Counter(spans)
    at_risk = sum(counted.values())
    days, shares, share = [], [], 1.0
    for day in sorted({days for days, _ended in counted}):
        ended, lasted = counted[day, True], counted[day, False]
        if ended:
            share *= 1 - ended / at_risk
            days.append(day)
            shares.append(share)
        at_risk -= ended + lasted
    return Curve(tuple(days), tuple(shares))
