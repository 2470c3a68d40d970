"""What changed in a period's pipeline between two days, deal by deal and to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.pipeline.rules import SIGNED, Outcome
from app.vocabulary import N_, Term


class Change(Term):
    """Why a deal counts for more or less in a period than before."""

    NEW = "new", N_("New")
    PULLED = "pulled", N_("Pulled in")
    UP = "up", N_("Grown")
    DOWN = "down", N_("Shrunk")
    PUSHED = "pushed", N_("Pushed out")
    LOST = "lost", N_("Lost or withdrawn")
    WON = "won", N_("Won")
    GONE = "gone", N_("No longer seen")


@dataclass(frozen=True, slots=True)
class DealState:
    """A deal as it was known on a day; ``counted`` is what it adds to what is open."""

    id: int
    name: str
    account: str
    currency: str
    outcome: Outcome
    amount: Decimal | None
    close_on: date | None

    def counted(self, end: date) -> Decimal:
        """What it adds to the period that ends on a day: open and expected by then, its amount."""
        is_in = self.outcome is Outcome.OPEN and self.close_on is not None and self.close_on <= end
        return self.amount or Decimal(0) if is_in else Decimal(0)

    def is_in(self, end: date) -> bool:
        """Whether it is open and expected by the period's end."""
        return self.outcome is Outcome.OPEN and self.close_on is not None and self.close_on <= end


@dataclass(frozen=True, slots=True)
class Step:
    """One deal's difference and why."""

    change: Change
    deal: DealState
    difference: Decimal


def step_of(before: DealState | None, after: DealState | None, end: date) -> Step | None:
    """What became of a deal; None when it counts for as much as before.

    Each deal has one reason, so that the steps add up: what was won, lost or pushed takes out
    all that it counted for, whatever became of its amount meanwhile.
    """
    was = before.counted(end) if before else Decimal(0)
    now = after.counted(end) if after else Decimal(0)
    deal = after or before
    if deal is None or was == now:
        return None
    return Step(_change(before, after, now - was, end), deal, now - was)


def _change(
    before: DealState | None, after: DealState | None, difference: Decimal, end: date
) -> Change:
    if after is None:
        return Change.GONE
    if before is None or before.outcome is not Outcome.OPEN:
        return Change.NEW
    if after.outcome is not Outcome.OPEN:
        return Change.WON if after.outcome in SIGNED else Change.LOST
    if before.is_in(end) and after.is_in(end):
        return Change.UP if difference > 0 else Change.DOWN
    return Change.PULLED if after.is_in(end) else Change.PUSHED


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From what was open in a period to what is, in one currency; the steps add up exactly."""

    currency: str
    opening: Decimal
    closing: Decimal
    sums: Mapping[Change, Decimal]
    steps: tuple[Step, ...]

    def count(self, change: Change) -> int:
        """How many deals changed so."""
        return sum(step.change is change for step in self.steps)


def waterfalls(
    before: Iterable[DealState], after: Iterable[DealState], end: date
) -> list[Waterfall]:
    """What changed in each currency, the largest steps first.

    Opening + Σ steps = closing, to the cent, in every currency.
    """
    old, new = ({deal.id: deal for deal in deals} for deals in (before, after))
    steps: dict[str, list[Step]] = defaultdict(list)
    for deal_id in {*old, *new}:
        step = step_of(old.get(deal_id), new.get(deal_id), end)
        if step is not None:
            steps[step.deal.currency].append(step)
    opening, closing = _sums(old.values(), end), _sums(new.values(), end)
    return [
        _waterfall(currency, opening[currency], closing[currency], steps[currency])
        for currency in sorted({*opening, *closing, *steps})
    ]


def _sums(deals: Iterable[DealState], end: date) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for deal in deals:
        if deal.is_in(end):
            sums[deal.currency] += deal.counted(end)
    return sums


def _waterfall(currency: str, opening: Decimal, closing: Decimal, steps: list[Step]) -> Waterfall:
    sums: dict[Change, Decimal] = {}
    for change in Change:
        found = [step.difference for step in steps if step.change is change]
        if found:
            sums[change] = sum(found, Decimal(0))
    largest = sorted(steps, key=lambda step: (-abs(step.difference), step.deal.id))
    return Waterfall(currency, opening, closing, sums, tuple(largest))
