"""Perceived value surplus, CPSV 顾客感知价值剩余 [002]: gain, less cost, less what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LEAST, MOST = 0, 10


@dataclass(frozen=True, slots=True)
class ValueFact:
    """What the customer perceives to gain (CPP), to pay (CPC) and expected (CAV), each 0-10."""

    on: date
    gain: int
    cost: int
    expected: int


def surplus(fact: ValueFact) -> int:
    """CPSV = CPP − CPC − CAV, from −20 (all cost) to 10 (all gain).

    >>> surplus(ValueFact(date(2026, 3, 2), gain=8, cost=3, expected=4))
    1
    """
    return fact.gain - fact.cost - fact.expected
