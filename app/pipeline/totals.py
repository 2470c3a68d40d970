"""Sums of deals by currency: amounts of two currencies are never added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from app.pipeline.rules import Outcome


class Summed(Protocol):
    """Something counted and summed in one currency."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def currency(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def weighted(self) -> Decimal | None: ...
    @property
    def rated(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sum:
    """What deals come to in one currency; ``weighted`` by the seller's probability."""

    currency: str
    count: int
    amount: Decimal
    weighted: Decimal
    rated: int


def by_currency(totals: Iterable[Summed]) -> list[Sum]:
    """One sum for each currency, in the currencies' order; unknown amounts add nothing.

    Exact to the cent: amounts are Decimals and are only added within a currency.
    """
    grouped: dict[str, list[Summed]] = defaultdict(list)
    for total in totals:
        grouped[total.currency].append(total)
    nothing = Decimal(0)
    return [
        Sum(
            currency,
            sum(one.count for one in found),
            sum((one.amount for one in found if one.amount is not None), nothing),
            sum((one.weighted for one in found if one.weighted is not None), nothing),
            sum(one.rated for one in found),
        )
        for currency, found in sorted(grouped.items())
    ]


def by_outcome(totals: Iterable[Summed]) -> dict[Outcome, list[Sum]]:
    """The sums of each outcome that there is, in the outcomes' order."""
    kept = list(totals)
    found = {one: by_currency(t for t in kept if t.outcome is one) for one in Outcome}
    return {outcome: sums for outcome, sums in found.items() if sums}
