"""The measures by which a plan is watched, and the limits beyond which somebody looks [001].

They watch what the course names: dates, products, contracts, results, events, cost against
result, promotions; and besides these our silence and the answers that we owe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.vocabulary import N_, Term


class Watched(Term):
    """What can be watched; counted from the start of the plan where it adds up."""

    LATE = "late", N_("Actions overdue")
    RESULT = "result", N_("Sales against the same days a year before, %")
    MARGIN = "margin", N_("Contribution, %")
    CONTRACTS = "contracts", N_("Contracts signed")
    PRODUCTS = "products", N_("Different products bought")
    EVENTS = "events", N_("Events held")
    PROMOTIONS = "promotions", N_("Promotions done")
    SPENT = "spent", N_("Budget spent, %")
    COST = "cost", N_("Cost in each 100 of sales")
    SILENCE = "silence", N_("Days since the last visit")
    ANSWERS = "answers", N_("Feedback waiting for us")


MOST = frozenset({Watched.LATE, Watched.SPENT, Watched.COST, Watched.SILENCE, Watched.ANSWERS})
"""Measures whose limit is a ceiling; for the rest it is a floor."""

USUAL = {
    Watched.LATE: Decimal(0),
    Watched.RESULT: Decimal(90),
    Watched.SPENT: Decimal(100),
    Watched.COST: Decimal(5),
    Watched.SILENCE: Decimal(30),
    Watched.ANSWERS: Decimal(1),
}
"""What is proposed to watch to begin with, and the limits; house convention."""


class Signal(Term):
    """What a measure says."""

    CALM = "calm", N_("within its limit")
    CROSSED = "crossed", N_("beyond its limit")
    UNKNOWN = "unknown", N_("not known")


def signal(measure: Watched, value: Decimal | None, limit: Decimal) -> Signal:
    """Whether a value is beyond its limit; on the limit is within it.

    >>> signal(Watched.LATE, Decimal(1), Decimal(0)).value
    'crossed'
    >>> signal(Watched.RESULT, Decimal(90), Decimal(90)).value
    'calm'
    """
    if value is None:
        return Signal.UNKNOWN
    is_beyond = value > limit if measure in MOST else value < limit
    return Signal.CROSSED if is_beyond else Signal.CALM


@dataclass(frozen=True, slots=True)
class Counts:
    """What the records count for a plan, from its start to a day; None is not known."""

    late: int = 0
    sales: Decimal | None = None
    sales_before: Decimal | None = None
    margin: Decimal | None = None
    contracts: int = 0
    products: int = 0
    events: int = 0
    promotions: int = 0
    budget: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    visit_cost: Decimal = Decimal(0)
    silence: int | None = None
    answers: int = 0


def values(counts: Counts) -> Mapping[Watched, Decimal | None]:
    """Each measure's value; a share of nothing is not known.

    >>> values(Counts(budget=Decimal(200), spent=Decimal(50)))[Watched.SPENT]
    Decimal('25.0')
    """
    return {
        Watched.LATE: Decimal(counts.late),
        Watched.RESULT: _per_cent(counts.sales, counts.sales_before),
        Watched.MARGIN: counts.margin,
        Watched.CONTRACTS: Decimal(counts.contracts),
        Watched.PRODUCTS: Decimal(counts.products),
        Watched.EVENTS: Decimal(counts.events),
        Watched.PROMOTIONS: Decimal(counts.promotions),
        Watched.SPENT: _per_cent(counts.spent, counts.budget),
        Watched.COST: _per_cent(counts.spent + counts.visit_cost, counts.sales),
        Watched.SILENCE: None if counts.silence is None else Decimal(counts.silence),
        Watched.ANSWERS: Decimal(counts.answers),
    }


def _per_cent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or whole is None or whole <= 0:
        return None
    return round(100 * part / whole, 1)
