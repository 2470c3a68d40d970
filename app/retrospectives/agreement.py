"""How far several voices agree: Krippendorff's alpha for named categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from app.vocabulary import N_, Term

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's limits: rely on what reaches .800, conclude with care from .667 on
(Content Analysis, 2nd edition, 2004, page 241)."""


class Harmony(Term):
    """What an alpha says in words."""

    AGREE = "agree", N_("They agree")
    PARTLY = "partly", N_("They agree in part")
    DIFFER = "differ", N_("They differ")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha over ``values`` that can be compared: 1 full agreement, 0 as if by chance, below
    that against each other."""

    alpha: float
    values: int

    @property
    def harmony(self) -> Harmony:
        """The figure in words."""
        if self.alpha >= RELIABLE:
            return Harmony.AGREE
        return Harmony.PARTLY if self.alpha >= TENTATIVE else Harmony.DIFFER


def agreement(units: Iterable[Sequence[Hashable | None]]) -> Agreement | None:
    """Krippendorff's alpha of nominal values: one unit for each thing judged, in it each voice's
    value or None where it says nothing.

    α = 1 − (n − 1) Σ_u [m_u² − Σ_c n_uc²] / (m_u − 1) ÷ [n² − Σ_c n_c²], over units that at
    least two voices judged. None where there are none. Where all say the same throughout nothing
    can be told apart: that is full agreement here, which the formula leaves open (0 ÷ 0).

    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C.

    >>> agreement([(1, 1), (0, 0), (1, 0), (0, None)]).values
    6
    """
    counted = [Counter(one for one in unit if one is not None) for unit in units]
    paired = [unit for unit in counted if unit.total() > 1]
    if not paired:
        return None
    totals = sum(paired, Counter[Hashable]())
    n = totals.total()
    expected = _unlike(totals) / (n - 1)
    observed = sum(_unlike(unit) / (unit.total() - 1) for unit in paired)
    return Agreement(1 - observed / expected if expected else 1.0, n)


def _unlike(values: Counter[Hashable]) -> int:
    """Pairs of values, in both orders, that differ."""
    return values.total() ** 2 - sum(count**2 for count in values.values())


def of_column(values: Iterable[bool | None]) -> bool | None:
    """What several voices say together: the greater number; None for a tie or silence.

    >>> of_column([True, True, False]), of_column([True, False]), of_column([None])
    (True, None, None)
    """
    known = [one for one in values if one is not None]
    yes = sum(known)
    return None if 2 * yes == len(known) else 2 * yes > len(known)
