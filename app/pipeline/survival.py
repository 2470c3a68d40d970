"""How soon things end one way when some end another, and some are not over yet: Aalen and
Johansen's incidence (1978), which with one way to end is Kaplan and Meier's curve (1958)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from app.pipeline.chances import LEAST_CASES, PRIOR_CASES

Span = tuple[int, bool | None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How many of those under way end on a day, this way and otherwise, taken over all days."""

    mine: float = 0.0
    other: float = 0.0

    def within(self, more: float) -> float:
        """The share that would end this way within ``more`` days were every day alike.

        m/(m+o) × (1 − e^−(m+o)t): two exponential times, the sooner counts. 0 when none ended.

        >>> round(Pace(0.01, 0.03).within(30), 3), Pace().within(30)
        (0.175, 0.0)
        """
        both = self.mine + self.other
        return self.mine / both * (1 - exp(-both * more)) if both else 0.0


@dataclass(frozen=True, slots=True)
class Incidence:
    """How many have ended one way by each day, and how many are still under way: from
    ``days[i]`` on, ``ended[i]`` and ``left[i]``, and ``cases[i]`` of them in number; before, none
    and all. ``known_until`` is the greatest age that at least eight cases have reached."""

    days: tuple[int, ...]
    ended: tuple[float, ...]
    left: tuple[float, ...]
    cases: tuple[int, ...]
    known_until: int | None = None
    pace: Pace = Pace()

    def _at(self, days: float) -> tuple[float, float]:
        at = bisect_right(self.days, days)
        return (self.ended[at - 1], self.left[at - 1]) if at else (0.0, 1.0)

    def _lasted(self, days: float) -> int:
        """How many cases were still under way after so many days, as far as it is known."""
        at = bisect_right(self.days, days)
        return self.cases[at - 1] if at else 0

    def share(self, more: float, already: float = 0) -> float:
        """The share of those under way after ``already`` days that ended this way within ``more``.

        (F(already + more) − F(already)) / S(already); 0 when nothing lasted so long.
        """
        ended, left = self._at(already)
        return (self._at(already + more)[0] - ended) / left if left > 0 else 0.0

    def within(self, more: float, already: float = 0) -> float:
        """The same as a probability: the share drawn to what the mean pace would bring.

        (n × share + k × pace) / (n + k): n cases lasted so long, and k = 20 cases of doubt stand
        for the pace of all days (house convention, as for stage history), so that a few old cases
        never make a probability of 0 or 1. An age that fewer than eight have reached is taken for
        the last that eight have.
        """
        if self.known_until is not None:
            already = min(already, self.known_until)
        cases = self._lasted(already)
        drawn = cases * self.share(more, already) + PRIOR_CASES * self.pace.within(more)
        return drawn / (cases + PRIOR_CASES)


def incidence(spans: Iterable[Span] | Mapping[Span, int]) -> Incidence:
    """The incidence of one way to end, from spans of (days, whether it ended that way).

    False is another end, None is not over yet and counts for as long as it lasted; many of
    one kind may come as a count of each.
    F(t) = Σ over days d ≤ t of S(d−) × ends this way / at risk; S falls by every end.

    >>> found = incidence([(1, True), (1, False), (2, True), (3, None)] * 4)
    >>> round(found.share(1), 2), round(found.share(2), 2), round(found.share(9, already=1), 2)
    (0.25, 0.5, 0.5)
    >>> round(found.within(9, already=1), 2)
    0.61
    """
    counted = Counter(spans)
    at_risk, left, ended = sum(counted.values()), 1.0, 0.0
    rows = [(0, ended, left, at_risk)]
    known = 0
    for day in sorted({days for days, _end in counted}):
        mine, other, lasted = (counted[day, end] for end in (True, False, None))
        known = day if at_risk >= LEAST_CASES else known
        ended += left * mine / at_risk
        left *= 1 - (mine + other) / at_risk
        at_risk -= mine + other + lasted
        rows.append((day, ended, left, at_risk))
    days, ends, lefts, cases = zip(*rows, strict=True)
    return Incidence(days, ends, lefts, cases, known, _pace(counted))


def _pace(counted: Mapping[Span, int]) -> Pace:
    lasted = sum(days * count for (days, _end), count in counted.items())
    ends = Counter[bool | None]()
    for (_days, end), count in counted.items():
        ends[end] += count
    return Pace(ends[True] / lasted, ends[False] / lasted) if lasted else Pace()
