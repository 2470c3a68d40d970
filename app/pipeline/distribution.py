"""What a set of deals may bring: not a sum, a distribution.

Each deal brings its amount with its probability, or nothing, whatever becomes of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

CELLS = 8192
"""Steps from nothing to everything: a quantile is exact to an eight-thousandth of the whole."""


@dataclass(frozen=True, slots=True)
class Bet:
    """A deal's amount and the probability (0-1) that it comes in."""

    amount: float
    chance: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The distribution in figures: its mean, spread, and the amounts reached with 90, 50, 10 %.

    ``p10`` is exceeded in nine of ten cases, ``p90`` in one of ten. ``biggest`` is the share
    of the mean that the three largest expected amounts make up (0 without any).
    """

    mean: float
    deviation: float
    p10: float
    p50: float
    p90: float
    biggest: float


def expected(bets: Sequence[Bet]) -> float:
    """The mean: Σ amount × chance; 0 without deals.

    >>> expected([Bet(3800, 0.90), Bet(22500, 0.20)])
    7920.0
    """
    return sum(bet.amount * bet.chance for bet in bets)


def deviation(bets: Sequence[Bet]) -> float:
    """The standard deviation of the sum: √ Σ amount² p (1 − p), the deals being independent."""
    return sqrt(sum(bet.amount**2 * bet.chance * (1 - bet.chance) for bet in bets))


def outlook(bets: Sequence[Bet]) -> Outlook:
    """The whole distribution's figures, by convolution.

    Amounts lie on a grid of 8,192 steps; one between two steps is shared out between them so
    that its mean stays exact. Deals without an amount or a chance bring nothing.
    """
    live = [bet for bet in bets if bet.amount > 0 and bet.chance > 0]
    mean = expected(live)
    if not live:
        return Outlook(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    step = sum(bet.amount for bet in live) / CELLS
    below = np.cumsum(_density(live, step))
    p10, p50, p90 = (
        float(np.searchsorted(below, share - 1e-9) * step) for share in (0.1, 0.5, 0.9)
    )
    top = sorted((bet.amount * bet.chance for bet in live), reverse=True)[:3]
    return Outlook(mean, deviation(live), p10, p50, p90, sum(top) / mean)


def _density(bets: Sequence[Bet], step: float) -> np.ndarray:
    density = np.zeros(CELLS + 2)
    density[0] = 1.0
    reach = 1
    for bet in sorted(bets, key=lambda bet: bet.amount):
        low = int(bet.amount / step)
        upper = bet.chance * (bet.amount / step - low)
        lower = bet.chance - upper
        before = density[:reach].copy()
        density[:reach] *= 1 - bet.chance
        density[low : low + reach] += (lower * before)[: CELLS + 2 - low]
        density[low + 1 : low + 1 + reach] += (upper * before)[: CELLS + 1 - low]
        reach = min(reach + low + 1, CELLS + 2)
    return density


def simulated(bets: Sequence[Bet], *, runs: int = 10_000, seed: int = 1) -> np.ndarray:
    """The same by throwing the dice ``runs`` times; the same seed gives the same throws."""
    amounts = np.array([bet.amount for bet in bets])
    chances = np.array([bet.chance for bet in bets])
    thrown = np.random.default_rng(seed).random((runs, len(bets))) < chances
    return thrown @ amounts
