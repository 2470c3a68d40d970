"""How soon things end one way when some end another, and some are not over yet: Aalen and
Johansen's incidence (1978), which with one way to end is Kaplan and Meier's curve (1958)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.pipeline.chances import LEAST_CASES

Span = tuple[int, bool | None]


@dataclass(frozen=True, slots=True)
class Incidence:
    """How many have ended one way by each day, and how many are still under way: from
    ``days[i]`` on, ``ended[i]`` and ``left[i]``; before, none and all. ``known_until`` is the
    greatest age that at least eight cases have reached."""

    days: tuple[int, ...]
    ended: tuple[float, ...]
    left: tuple[float, ...]
    known_until: int | None = None

    def _at(self, days: float) -> tuple[float, float]:
        at = bisect_right(self.days, days)
        return (self.ended[at - 1], self.left[at - 1]) if at else (0.0, 1.0)

    def within(self, more: float, already: float = 0) -> float:
        """The share of those under way after ``already`` days that end this way within ``more``.

        (F(already + more) − F(already)) / S(already). An age that fewer than eight have
        reached is taken for the last that eight have; 0 when nothing lasted at all.
        """
        if self.known_until is not None:
            already = min(already, self.known_until)
        ended, left = self._at(already)
        return (self._at(already + more)[0] - ended) / left if left > 0 else 0.0


def incidence(spans: Iterable[Span] | Mapping[Span, int]) -> Incidence:
    """The incidence of one way to end, from spans of (days, whether it ended that way).

    False is another end, None is not over yet and counts for as long as it lasted; many of
    one kind may come as a count of each.
    F(t) = Σ over days d ≤ t of S(d−) × ends this way / at risk; S falls by every end.

    >>> found = incidence([(1, True), (1, False), (2, True), (3, None)] * 4)
    >>> round(found.within(1), 2), round(found.within(2), 2), round(found.within(9, already=1), 2)
    (0.25, 0.5, 0.5)
    """
    counted = Counter(spans)
    at_risk, left, ended = sum(counted.values()), 1.0, 0.0
    days, ends, lefts = [], [], []
    known = 0
    for day in sorted({days for days, _end in counted}):
        mine, other, lasted = (counted[day, end] for end in (True, False, None))
        known = day if at_risk >= LEAST_CASES else known
        if mine or other:
            ended += left * mine / at_risk
            left *= 1 - (mine + other) / at_risk
            days.append(day)
            ends.append(ended)
            lefts.append(left)
        at_risk -= mine + other + lasted
    return Incidence(tuple(days), tuple(ends), tuple(lefts), known)
