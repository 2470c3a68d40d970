"""White space: what of a product line a buying unit could take from us, and does not yet [002].

A is the estimated count of buyers, B those developed, C what they buy now. D = C / B is what
one brings on average, E = D × A what all could. Coverage is B / A and C / E; still open are
A − B and E − C. With B = 0 there is no mean: E is unknown unless a person estimates D.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class CellFact:
    """What is known of a product line at a unit; None is unknown, never nought.

    ``recorded`` is C by the records, which comes before a person's word; ``mean`` is D as a
    person estimates it, for use where B is 0.
    """

    unit: str
    series: str
    buyers: int | None = None
    developed: int | None = None
    recorded: Decimal | None = None
    said: Decimal | None = None
    mean: Decimal | None = None


@dataclass(frozen=True, slots=True)
class White:
    """The five letters of a cell and what follows; shares are 0…1, amounts in the account's money.

    ``reasons`` say where the figures come from and why one is unknown.
    """

    fact: CellFact
    sales: Decimal | None
    mean: Decimal | None
    potential: Decimal | None
    reasons: tuple[Reason, ...]

    @property
    def coverage_count(self) -> float | None:
        """B / A; None without a count of buyers, or with none to win."""
        fact = self.fact
        if not fact.buyers or fact.developed is None:
            return None
        return fact.developed / fact.buyers

    @property
    def coverage_sales(self) -> float | None:
        """C / E; None while the potential is unknown or nought."""
        if not self.potential or self.sales is None:
            return None
        return float(self.sales / self.potential)

    @property
    def open_count(self) -> int | None:
        """A − B: buyers still to be developed."""
        if self.fact.buyers is None or self.fact.developed is None:
            return None
        return self.fact.buyers - self.fact.developed

    @property
    def open_sales(self) -> Decimal | None:
        """E − C, never below nought: sales still to be won."""
        if self.potential is None or self.sales is None:
            return None
        return max(self.potential - self.sales, Decimal())


def white(fact: CellFact) -> White:
    """The letters of a cell.

    >>> found = white(CellFact("East wing", "Pumps", 10, 4, said=Decimal(200)))
    >>> found.mean, found.potential, found.coverage_count, found.open_sales
    (Decimal('50'), Decimal('500'), 0.4, Decimal('300'))
    >>> white(CellFact("East wing", "Pumps", 10, 0, said=Decimal(0))).potential is None
    True
    """
    sales = fact.recorded if fact.recorded is not None else fact.said
    mean = _mean(fact, sales)
    potential = None if mean is None or fact.buyers is None else mean * fact.buyers
    return White(fact, sales, mean, potential, tuple(_reasons(fact, sales, mean)))


def _mean(fact: CellFact, sales: Decimal | None) -> Decimal | None:
    if fact.developed and sales is not None:
        return sales / fact.developed
    return fact.mean


def _reasons(fact: CellFact, sales: Decimal | None, mean: Decimal | None) -> Iterable[Reason]:
    if fact.recorded is not None:
        yield because(N_("Sales are those of the last twelve months on record."))
    elif sales is not None:
        yield because(N_("Sales are a person’s estimate."))
    else:
        yield because(N_("Nobody knows what they buy of it."))
    if fact.buyers is None:
        yield because(N_("Nobody has counted who could buy it."))
    if mean is None:
        yield because(
            N_("Nobody is developed yet, so there is no mean: estimate what one would bring.")
            if fact.developed == 0
            else N_("How many are developed is not known.")
        )
    elif not fact.developed:
        yield because(N_("What one would bring is a person’s estimate."))


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over cells whose figures are known, and how many are not."""

    sales: Decimal
    potential: Decimal
    open_sales: Decimal
    unknown: int


def counted_once(cells: Iterable[White]) -> list[White]:
    """The cells without those that another holds already.

    A line estimated for the account as a whole holds its units, save those with records of
    their own, which are accounts apart.
    """
    listed = list(cells)
    whole = {one.fact.series for one in listed if not one.fact.unit}
    return [
        one
        for one in listed
        if not one.fact.unit or one.fact.recorded is not None or one.fact.series not in whole
    ]


def totals(cells: Iterable[White]) -> Totals:
    """What the known cells of an account come to, each counted once; those without a potential
    are counted apart, not as nought."""
    listed = counted_once(cells)
    known = [one for one in listed if one.open_sales is not None]
    return Totals(
        sum((one.sales or Decimal() for one in listed), Decimal()),
        sum((one.potential or Decimal() for one in known), Decimal()),
        sum((one.open_sales or Decimal() for one in known), Decimal()),
        len(listed) - len(known),
    )


def problems_counting(buyers: int | None, developed: int | None) -> list[Reason]:
    """Why counts cannot be kept; empty when they can.

    >>> [str(one) for one in problems_counting(3, 4)]
    ['More are developed than could buy.']
    """
    if buyers is not None and developed is not None and developed > buyers:
        return [because(N_("More are developed than could buy."))]
    return []


def problems_sharing(shares: Mapping[int, Decimal]) -> list[Reason]:
    """Why rivals' shares cannot be kept: together they are at most the whole.

    >>> problems_sharing({1: Decimal("0.6"), 2: Decimal("0.4")})
    []
    """
    if sum(shares.values(), Decimal()) > 1:
        return [because(N_("The shares come to more than 100 %%."))]
    return []
