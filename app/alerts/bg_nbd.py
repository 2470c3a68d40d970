"""Who still buys: the BG/NBD model of customers who come and go without saying so.

Fader, Hardie and Lee, "Counting your customers" the easy way, Marketing Science 24 (2005), 275-284.
A customer buys at a rate of their own (gamma: r, alpha) and may leave after any purchase with a
chance of their own (beta: a, b). Known of each are the purchases after the first, when the last
was, and how long they have been watched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from app.later import Later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

START = (1.0, 5.0, 1.0, 2.0)
STEPS = 2_000
ENOUGH = 1e-10  # of a customer's mean log-likelihood between the best corner and the worst


@dataclass(frozen=True, slots=True)
class Buying:
    """One customer's past: ``repeats`` purchases after the first, the last ``recency`` after the
    first, watched for ``age`` since the first; both in the same unit of time."""

    repeats: int
    recency: float
    age: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The four parameters, and the log-likelihood of those they were fitted on."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


def chance_alive(fit: Fit, past: Buying) -> float:
    """The chance that a customer with this past has not left.

    In 0..1; 1 for one who bought only once, as leaving follows a repeated purchase
    (equation 7 of Fader, Hardie and Lee, solved for the present).

    >>> cdnow = Fit(0.243, 4.414, 0.793, 2.426, -9582.4)
    >>> round(chance_alive(cdnow, Buying(2, 30.43, 38.86)), 4)
    0.7266
    """
    if not past.repeats:
        return 1.0
    waited = (fit.alpha + past.age) / (fit.alpha + past.recency)
    odds = fit.a / (fit.b + past.repeats - 1) * waited ** (fit.r + past.repeats)
    return 1 / (1 + odds)


def chance_of_silence(fit: Fit, past: Buying) -> float:
    """The chance that a customer with this past would be silent for so long while still there.

    In 0..1, 1 on the day of a purchase. Of one still there the rate of buying is, at the last
    purchase, gamma with r + x and alpha + t; over all such rates exp(-rate × silence) means
    ((alpha + t) / (alpha + T)) ** (r + x).

    >>> cdnow = Fit(0.243, 4.414, 0.793, 2.426, -9582.4)
    >>> round(chance_of_silence(cdnow, Buying(2, 30.43, 38.86)), 3)
    0.615
    """
    waited: float = (fit.alpha + past.recency) / (fit.alpha + past.age)
    return waited ** (fit.r + past.repeats)


def chance_within(fit: Fit, past: Buying, ahead: float) -> float:
    """The chance that a customer with this past buys within so much time from now.

    In 0..1: that of being there, times that of not being silent for all of it, by the same
    gamma as above with alpha + T.

    >>> cdnow = Fit(0.243, 4.414, 0.793, 2.426, -9582.4)
    >>> round(chance_within(cdnow, Buying(2, 30.43, 38.86), 13), 3)
    0.323
    """
    silent = ((fit.alpha + past.age) / (fit.alpha + past.age + ahead)) ** (fit.r + past.repeats)
    return chance_alive(fit, past) * (1 - silent)


def fit(pasts: Sequence[Buying]) -> Fit:
    """The parameters under which these pasts are likeliest, by Nelder and Mead's descent on their
    logarithms. Raises ValueError where nobody ever bought again: there is no rhythm to learn."""
    if not any(past.repeats for past in pasts):
        raise ValueError("nobody bought again")
    facts = _Facts.of(pasts)
    best, cost = descend(lambda logs: -facts.log_likelihood(np.exp(logs)), np.log(START))
    r, alpha, a, b = (float(value) for value in np.exp(best))
    return Fit(r, alpha, a, b, -cost * len(pasts))


@dataclass(frozen=True, slots=True)
class _Facts:
    """The pasts as columns, equal ones once with how many they are."""

    repeats: NDArray[np.float64]
    recency: NDArray[np.float64]
    age: NDArray[np.float64]
    many: NDArray[np.int64]
    kinds: NDArray[np.float64]  # the different numbers of repeats
    kind: NDArray[np.int64]  # which of them each past has

    @classmethod
    def of(cls, pasts: Sequence[Buying]) -> _Facts:
        table = np.array([(past.repeats, past.recency, past.age) for past in pasts], dtype=float)
        rows, many = np.unique(table, axis=0, return_counts=True)
        kinds, kind = np.unique(rows[:, 0], return_inverse=True)
        return cls(rows[:, 0], rows[:, 1], rows[:, 2], many, kinds, kind)

    def log_likelihood(self, parameters: NDArray[np.float64]) -> float:
        """The mean over customers (equation 6)."""
        r, alpha, a, b = parameters
        power = r + self.repeats
        stayed = -power * np.log(alpha + self.age)
        with np.errstate(divide="ignore"):
            left = np.log(a) - np.log(b + np.maximum(self.repeats, 1) - 1)
        left = np.where(self.repeats > 0, left - power * np.log(alpha + self.recency), -np.inf)
        each = self._of_kind(r, alpha, a, b)[self.kind] + np.logaddexp(stayed, left)
        return float(np.average(each, weights=self.many))

    def _of_kind(self, r: float, alpha: float, a: float, b: float) -> NDArray[np.float64]:
        """What depends on the number of repeats alone."""
        fixed = r * math.log(alpha) - math.lgamma(r) + math.lgamma(a + b) - math.lgamma(b)
        return np.array(
            [
                fixed + math.lgamma(r + x) + math.lgamma(b + x) - math.lgamma(a + b + x)
                for x in self.kinds
            ]
        )


Corner = tuple[float, "NDArray[np.float64]"]
"""Where one stands, after what it costs there."""


def descend(
    cost: Callable[[NDArray[np.float64]], float], start: Sequence[float] | NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Where a function of a few numbers is least near ``start``, and its value there: the simplex
    method of Nelder and Mead (Computer Journal 7, 1965, 308-313) with their coefficients."""
    first = np.array(start, dtype=float)
    places = [first, *(first + step for step in np.eye(len(first)) * 0.5)]
    simplex = ordered((cost(place), place) for place in places)
    for _ in range(STEPS):
        if simplex[-1][0] - simplex[0][0] < ENOUGH:
            break
        simplex = moved(simplex, cost)
    return simplex[0][1], simplex[0][0]


def ordered(corners: Iterable[Corner]) -> list[Corner]:
    """The cheapest first."""
    return sorted(corners, key=itemgetter(0))


def moved(simplex: list[Corner], cost: Callable[[NDArray[np.float64]], float]) -> list[Corner]:
    """The simplex with its worst corner mirrored, stretched or drawn in, else shrunk."""
    *kept, worst = simplex
    centre = np.mean([place for _, place in kept], axis=0)

    def at(reach: float) -> Corner:
        place = centre + reach * (centre - worst[1])
        return cost(place), place

    mirrored = at(1)
    if mirrored[0] < kept[0][0]:
        return ordered([*kept, min(at(2), mirrored, key=itemgetter(0))])
    if mirrored[0] < kept[-1][0]:
        return ordered([*kept, mirrored])
    drawn = at(0.5 if mirrored[0] < worst[0] else -0.5)
    if drawn[0] < min(mirrored[0], worst[0]):
        return ordered([*kept, drawn])
    best = kept[0][1]
    nearer = [(place + best) / 2 for _, place in (*kept[1:], worst)]
    return ordered([kept[0], *((cost(place), place) for place in nearer)])
