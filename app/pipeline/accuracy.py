"""How good forecasts were, once it is known what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from app.pipeline.chances import Interval, wilson

SURE = 1e-6
"""A probability is held this far from 0 and 1, or one wrong certainty would cost infinitely."""

Pairs = Sequence[tuple[float, float]]


def wape(pairs: Pairs) -> float | None:
    """The weighted absolute percentage error of (forecast, actual): Σ|F − A| / Σ|A|.

    0 is perfect; None when nothing came at all.

    >>> round(wape([(120, 100), (80, 100), (200, 180), (50, 0)]), 4)
    0.2895
    """
    whole = sum(abs(actual) for _forecast, actual in pairs)
    wrong = sum(abs(forecast - actual) for forecast, actual in pairs)
    return wrong / whole if whole else None


def bias(pairs: Pairs) -> float | None:
    """How far forecasts lean: Σ(F − A) / Σ|A|; above 0 is too high, None when nothing came.

    >>> round(bias([(120, 100), (80, 100), (200, 180), (50, 0)]), 4)
    0.1842
    """
    whole = sum(abs(actual) for _forecast, actual in pairs)
    return sum(forecast - actual for forecast, actual in pairs) / whole if whole else None


Said = Sequence[tuple[float, bool]]


def brier(said: Said) -> float | None:
    """The mean squared error of (probability, whether it came): 0 is perfect, ¼ is a coin.

    Brier 1950. None without cases.
    """
    return sum((chance - came) ** 2 for chance, came in said) / len(said) if said else None


def skill(said: Said) -> float | None:
    """What the probabilities add to the bare base rate: 1 − Brier / Brier of the base rate.

    1 is perfect, 0 no better than the base rate, below 0 worse. None without cases, and when
    all went the same way: then the base rate is never wrong.
    """
    score = brier(said)
    if score is None:
        return None
    rate = sum(came for _chance, came in said) / len(said)
    return 1 - score / (rate * (1 - rate)) if 0 < rate < 1 else None


def log_loss(said: Said) -> float | None:
    """The mean of −ln(probability given to what came); 0 is perfect, 0.69 a coin."""
    if not said:
        return None
    return -sum(log(_held(chance if came else 1 - chance)) for chance, came in said) / len(said)


def _held(chance: float) -> float:
    return min(max(chance, SURE), 1 - SURE)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases given about the same probability: what was said on average, what came, how sure."""

    said: float
    came: float
    cases: int
    interval: Interval


def reliability(said: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """What came of each tenth of the probabilities; empty tenths are left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for chance, came in said:
        sorted_in.setdefault(min(int(chance * bins), bins - 1), []).append((chance, came))
    return [_bin(sorted_in[place]) for place in sorted(sorted_in)]


def _bin(cases: list[tuple[float, bool]]) -> Bin:
    wins = sum(came for _chance, came in cases)
    mean = sum(chance for chance, _came in cases) / len(cases)
    return Bin(mean, wins / len(cases), len(cases), wilson(wins, len(cases)))


def velocity(number: int, mean_value: float, win_rate: float, cycle_days: float) -> float | None:
    """Sales velocity, money a day: number × mean value × win rate ÷ cycle length.

    None when deals take no time, which says that the cycle is not known.

    >>> round(velocity(40, 25_000, 0.25, 90), 2)
    2777.78
    """
    return number * mean_value * win_rate / cycle_days if cycle_days > 0 else None
