"""What deals like this one came to: a small logistic regression over the company's decided deals.

A case is a decided deal on a day of its stay in a stage: the stage, how old the deal was when
it entered, its amount, and what was known around it then. It learns only from deals decided by
the day, and refuses below fifty of them. What is not known is a column of its own, so that a
record which never tells it leaves the pattern as it is without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p
from typing import TYPE_CHECKING, Any

from app.accounts.size_class import CLASSES
from app.later import Later
from app.pipeline.around import NOT_KNOWN, Around
from app.pipeline.around_words import words_of
from app.pipeline.rules import STAGES, Stage
from app.vocabulary import N_, Reason, because

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy")

LEAST_DEALS = 50
"""Decided deals needed before a pattern is offered (product.md)."""
RIDGE = 1.0
"""The penalty on each standardised weight: a house convention, about one case of doubt each."""
NOTHING = 1e-9
"""A column that varies less does not vary: what is left is rounding."""
FIXED = len(STAGES) + 1
"""The columns of stage, age and amount."""
OWN = (FIXED - 2, FIXED - 1, FIXED, FIXED + 1)
"""Where a deal's age, its amount, its time in stage and that this is not known stand."""
MOST_NORMS = 3.0
"""A stay of more norms than this is no longer told apart: house convention."""
ROUNDS = 15
"""Newton doubles its exact digits each round; held against the slope in the tests."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a deal in a stage; ``amount`` None is taken as the usual."""

    stage: Stage
    age_days: int
    amount: float | None
    around: Around = NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Case:
    """A decided deal on a day in a stage, and whether it was won in the end."""

    deal_id: int
    features: Features
    won: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """The fitted weights: the level, then one for each column at mean 0 and deviation 1."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    deals: int
    stages: frozenset[Stage] = frozenset(STAGES)

    def knows(self, features: Features) -> bool:
        """Whether any case was in such a deal's stage: of others it has learnt nothing."""
        return features.stage in self.stages

    def parts(self, features: Features) -> tuple[float, ...]:
        """What each column adds to the log-odds, against the usual deal."""
        columns = zip(_columns(features), self.means, self.scales, self.weights[1:], strict=True)
        return tuple(
            0.0 if value is None else weight * (value - mean) / scale
            for value, mean, scale, weight in columns
        )

    def chance(self, features: Features) -> float:
        """The probability, 0-1, that such a deal is won in the end."""
        return 1 / (1 + exp(-(self.weights[0] + sum(self.parts(features)))))

    @property
    def looks_around(self) -> bool:
        """Whether what is known around a deal, but its time in stage, weighs anything."""
        return any(abs(weight) > NOTHING for weight in self.weights[1 + FIXED + 2 :])

    def reasons(self, features: Features) -> list[Reason]:
        """What pushes it up or down against the usual deal, as factors on the odds."""
        parts = self.parts(features)
        *stage, age, amount = parts[:FIXED]
        named = [
            (sum(stage), because(N_("its stage, %(stage)s"), stage=features.stage)),
            (age, because(N_("its age of %(days)d days"), days=features.age_days)),
            (amount, because(N_("its amount"))),
            *zip(_in_pairs(parts[FIXED:]), words_of(features.around), strict=True),
        ]
        return [
            because(N_("%(what)s: odds × %(factor)s"), what=what, factor=f"{exp(part):.2f}")
            for part, what in named
            if abs(part) > 0.01
        ]


class Odds:
    """A pattern's chances of many deals: what several have in common is weighed once.

    Most deals differ from others in age, amount and time in stage alone.
    """

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self._shared: dict[tuple[Any, ...], float] = {}

    def chance(self, features: Features) -> float:
        """The same as :meth:`Pattern.chance`, but for rounding."""
        stay, *people = features.around
        key = (features.stage, *people)
        shared = self._shared.get(key)
        if shared is None:
            parts = self.pattern.parts(features)
            shared = self.pattern.weights[0] + sum(parts) - sum(parts[one] for one in OWN)
            self._shared[key] = shared
        own = (
            log1p(max(features.age_days, 0)),
            _amount(features.amount),
            _stay(stay),
            float(stay is None),
        )
        return 1 / (1 + exp(-(shared + sum(map(self._part, OWN, own)))))

    def _part(self, column: int, value: float | None) -> float:
        if value is None:
            return 0.0
        pattern = self.pattern
        return (
            pattern.weights[column + 1] * (value - pattern.means[column]) / pattern.scales[column]
        )


def _columns(features: Features) -> list[float | None]:
    """Five columns for the stages after the first, then age and amount on a log scale, then two
    for each thing around: its value, and whether it is not known."""
    stages: list[float | None] = [float(features.stage is stage) for stage in STAGES[1:]]
    around = [
        column for value in _numbers(features.around) for column in (value, float(value is None))
    ]
    return [*stages, log1p(max(features.age_days, 0)), _amount(features.amount), *around]


def _amount(amount: float | None) -> float | None:
    return None if amount is None else log1p(max(amount, 0.0))


def _stay(against_norm: float | None) -> float | None:
    return None if against_norm is None else min(against_norm, MOST_NORMS)


def _numbers(known: Around) -> tuple[float | None, ...]:
    """What is known around a deal as numbers, in the order of :func:`words_of`."""
    size = None if known.size_class is None else -CLASSES.index(known.size_class)
    counted = (known.roles, known.support, known.has_blocker, known.two_routes, known.is_active)
    return (
        _stay(known.against_norm),
        size,
        *(None if one is None else float(one) for one in counted),
    )


def _in_pairs(parts: Sequence[float]) -> list[float]:
    """What each thing around adds: its value's part and its being unknown's."""
    return [value + unknown for value, unknown in zip(parts[::2], parts[1::2], strict=True)]


def fit(cases: Sequence[Case]) -> Pattern | None:
    """The pattern in decided deals; None below fifty of them, or when all ended alike.

    By Newton's method; maximises Σ log-likelihood − ½ λ Σ weight², the level unpenalised
    (ridge on a logistic model, le Cessie and van Houwelingen 1992).
    """
    deals = {case.deal_id for case in cases}
    if len(deals) < LEAST_DEALS or len({case.won for case in cases}) < 2:
        return None
    raw = np.array([_columns(case.features) for case in cases], dtype=float)
    known = ~np.isnan(raw)
    means = raw.sum(axis=0, where=known) / np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, raw, means)
    scales = filled.std(axis=0)
    scales[scales < NOTHING] = 1.0
    design = np.column_stack([np.ones(len(cases)), (filled - means) / scales])
    weights = newton(design, np.array([case.won for case in cases], dtype=float))
    stages = frozenset(case.features.stage for case in cases)
    return Pattern(tuple(weights), tuple(means), tuple(scales), len(deals), stages)


def newton(design: np.ndarray, came: np.ndarray) -> np.ndarray:
    """The weights that fit best, the first being the level; see :func:`fit`."""
    penalty = np.full(design.shape[1], RIDGE)
    penalty[0] = 0.0
    weights = np.zeros(design.shape[1])
    for _round in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(design @ weights)))
        slope = design.T @ (came - chance) - penalty * weights
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
        weights += np.linalg.solve(bend, slope)
    return weights
