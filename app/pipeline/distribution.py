"""What a set of deals may bring: not a sum, a distribution.

Each deal brings its amount with its probability, or nothing, whatever becomes of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import ceil, sqrt
from typing import TYPE_CHECKING, NamedTuple

from app.later import Later

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy")


CELLS = 8192
"""Steps from nothing to everything: a quantile is exact to an eight-thousandth of the whole."""
MANY = 300
"""Beyond so many deals the distribution is found by its characteristic function, far sooner."""
WINDOW = 16
"""Deviations that the distribution of many deals is looked for in, half on each side."""
WAVES = 2048
STILL = 1e-12
"""Below this a wave no longer shows; after a few such the rest is left out."""


class Bet(NamedTuple):
    """A deal's amount and the probability (0-1) that it comes in."""

    amount: float
    chance: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The distribution in figures: its mean, spread, and the amounts reached with 90, 50, 10 %.

    ``p10`` is exceeded in nine of ten cases, ``p90`` in one of ten. ``biggest`` is the share
    of the mean that the three largest expected amounts make up (0 without any). ``reach`` is
    the chance of at least the goal asked for, None when none was.
    """

    mean: float
    deviation: float
    p10: float
    p50: float
    p90: float
    biggest: float
    reach: float | None = None


def expected(bets: Sequence[Bet]) -> float:
    """The mean: Σ amount × chance; 0 without deals.

    >>> expected([Bet(3800, 0.90), Bet(22500, 0.20)])
    7920.0
    """
    return sum(amount * chance for amount, chance in bets)


def deviation(bets: Sequence[Bet]) -> float:
    """The standard deviation of the sum: √ Σ amount² p (1 − p), the deals being independent."""
    return sqrt(sum(amount**2 * chance * (1 - chance) for amount, chance in bets))


def outlook(bets: Sequence[Bet], goal: float | None = None) -> Outlook:
    """The whole distribution's figures: no normal curve is assumed.

    Up to 300 deals by convolution on a grid of 8,192 steps, where an amount between two steps
    is shared out between them so that its mean stays exact; more by the Fourier series of
    their characteristic function. Deals without an amount or a chance bring nothing.
    """
    live = [bet for bet in bets if bet[0] > 0 and bet[1] > 0]
    mean = expected(live)
    if not live:
        reach = None if goal is None else float(goal <= 0)
        return Outlook(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, reach)
    start, step, below = _grid(live) if len(live) <= MANY else _waves(live)
    p10, p50, p90 = (
        max(start + float(np.searchsorted(below, share - 1e-9)) * step, 0.0)
        for share in (0.1, 0.5, 0.9)
    )
    top = nlargest(3, (amount * chance for amount, chance in live))
    reach = None if goal is None else _reach(goal, start, step, below)
    return Outlook(mean, deviation(live), p10, p50, p90, sum(top) / mean, reach)


Cumulated = tuple[float, float, "np.ndarray"]
"""Where a grid starts, its step, and the probability of at most each of its points."""


def _reach(goal: float, start: float, step: float, below: np.ndarray) -> float:
    """The chance of at least a goal: 1 less that of all grid points under it."""
    under = ceil((goal - start) / step - 1e-6) - 1
    if under < 0:
        return 1.0
    return max(1.0 - float(below[min(under, len(below) - 1)]), 0.0)


def _grid(live: Sequence[Bet]) -> Cumulated:
    step = sum(bet.amount for bet in live) / CELLS
    return 0.0, step, np.cumsum(_density(live, step))


def _waves(live: Sequence[Bet]) -> Cumulated:
    """The distribution of a sum by its characteristic function, Π (1 − p + p e^{iωa}).

    Its Fourier series over sixteen deviations round the mean; waves are added until they no
    longer show, which for many deals is soon.
    """
    amounts, chances = np.array(live).T
    width = WINDOW * max(deviation(live), amounts.max() / CELLS)
    start = float(amounts @ chances) - width / 2
    once = np.exp(2j * np.pi / width * amounts)
    series = np.zeros(CELLS // 2 + 1, dtype=complex)
    series[0], turned, quiet = 1.0, np.ones(len(live), dtype=complex), 0
    for number in range(1, WAVES):
        turned *= once
        wave = np.prod(1 - chances + chances * turned)
        series[number] = np.conj(wave * np.exp(-2j * np.pi / width * number * start))
        quiet = quiet + 1 if abs(wave) < STILL else 0
        if quiet > 3:
            break
    below = np.cumsum(np.fft.irfft(series, CELLS))
    return start, width / CELLS, np.maximum.accumulate(below)


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
