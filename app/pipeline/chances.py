"""How likely a deal is won: shares of cases with their intervals, and what a stage's history says.

A share from few cases is said with its interval, and below eight cases not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from app.pipeline.rules import Stage
from app.vocabulary import N_, Reason, because

Z95 = 1.959963984540054
"""The standard normal's 97.5 % point."""
LEAST_CASES = 8
"""Fewer decided deals than this are not enough history (product.md)."""
PRIOR_CASES = 20
"""How many of the company's cases a person's own are mixed with: house convention."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, shares of 0-1."""

    low: float
    high: float


def wilson(wins: float, cases: float) -> Interval:
    """The 95 % score interval of a share (Wilson 1927), inside 0-1 even for 0 or all.

    centre = (p + z²/2n) / (1 + z²/n), half = z √(p(1−p)/n + z²/4n²) / (1 + z²/n). No case
    says nothing: 0 to 1.

    >>> found = wilson(3, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.108, 0.603)
    """
    if cases <= 0:
        return Interval(0.0, 1.0)
    share, square = wins / cases, Z95 * Z95
    scale = 1 + square / cases
    centre = (share + square / (2 * cases)) / scale
    half = Z95 * sqrt(share * (1 - share) / cases + square / (4 * cases * cases)) / scale
    return Interval(max(centre - half, 0.0), min(centre + half, 1.0))


@dataclass(frozen=True, slots=True)
class Record:
    """Deals that reached a stage and were decided: how many, and how many of them won."""

    wins: int
    cases: int

    def __add__(self, other: Record) -> Record:
        return Record(self.wins + other.wins, self.cases + other.cases)


NOTHING = Record(0, 0)


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with what it rests on; ``value`` None when there is not enough history."""

    value: float | None
    interval: Interval
    cases: int
    reason: Reason


def stage_chance(stage: Stage, own: Record, company: Record) -> Chance:
    """What history says of a deal in a stage: the owner's record, drawn to the company's.

    (w + k·W/N) / (n + k) with k = 20: the mean of a Beta-binomial whose prior is the
    company's share. With few own cases it is the company's, with many the owner's. None
    below eight cases of the company. The interval is of the cases that weigh more.

    >>> stage_chance(Stage.BIDDING, Record(0, 0), Record(30, 100)).value
    0.3
    >>> stage_chance(Stage.BIDDING, Record(3, 5), Record(4, 7)).value is None
    True
    """
    if company.cases < LEAST_CASES:
        missing = N_("Not enough history: %(cases)d decided deals reached %(stage)s, 8 are needed")
        reason = because(missing, cases=company.cases, stage=stage)
        return Chance(None, Interval(0.0, 1.0), company.cases, reason)
    share = company.wins / company.cases
    value = (own.wins + PRIOR_CASES * share) / (own.cases + PRIOR_CASES)
    base = own if own.cases >= PRIOR_CASES else company
    return Chance(
        value,
        wilson(base.wins, base.cases),
        base.cases,
        because(
            N_(
                "Of %(cases)d decided deals that reached %(stage)s, %(wins)d were won;"
                " of the owner’s %(own_cases)d, %(own_wins)d"
            ),
            cases=company.cases,
            stage=stage,
            wins=company.wins,
            own_cases=own.cases,
            own_wins=own.wins,
        ),
    )
