"""What wins: how many decided deals were won with and without a condition, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from app.pipeline.chances import Interval, wilson
from app.vocabulary import N_, Term

LEAST_EACH = 8
"""Fewer cases on either side are not compared (product.md)."""


class Condition(Term):
    """Something that may have been so when a deal was decided."""

    DECIDER_KNOWN = "decider_known", N_("A decider was known")
    DECIDER_FOR_US = "decider_for_us", N_("A decider was for us")
    GUIDE_KNOWN = "guide_known", N_("A guide was known")
    BLOCKER = "blocker", N_("Somebody stood against us")
    TWO_ROUTES = "two_routes", N_("Two independent routes led to a decider")
    IN_EARLY = "in_early", N_("We were in before the criteria were set")
    OVERRIDDEN = "overridden", N_("A milestone was passed without evidence")
    PUSHED = "pushed", N_("The close date was pushed out")


COUNTED: dict[Condition, str] = {
    Condition.DECIDER_KNOWN: N_("Somebody held the role of decider, for the account or the deal."),
    Condition.DECIDER_FOR_US: N_("A decider’s last reading was supportive or better."),
    Condition.GUIDE_KNOWN: N_("Somebody held the role of guide, for the account or the deal."),
    Condition.BLOCKER: N_("A decider or a blocker was last read as sceptical or worse."),
    Condition.TWO_ROUTES: N_(
        "On the map of that day at least two routes led to one of the deciders, over ours in touch"
        " and people who could bring us further, with nobody on both."
    ),
    Condition.IN_EARLY: N_("The deal was opened in one of the first two stages."),
    Condition.OVERRIDDEN: N_("At least one move was made without its milestone."),
    Condition.PUSHED: N_("The expected close date was moved to a later day at least once."),
}
"""What each condition counts, always as of the eve of the decision."""


@dataclass(frozen=True, slots=True)
class DecidedDeal:
    """A deal that was won or lost, and what was so on the eve of that day."""

    won: bool
    held: frozenset[Condition]


@dataclass(frozen=True, slots=True)
class Share:
    """Deals won among those decided, with the 95 % interval."""

    wins: int
    cases: int

    @property
    def value(self) -> float | None:
        """The share won; None without cases."""
        return self.wins / self.cases if self.cases else None

    @property
    def interval(self) -> Interval:
        """Between which shares the truth lies, 19 times in 20."""
        return wilson(self.wins, self.cases)


def apart(one: Share, other: Share) -> Interval:
    """The 95 % interval of the difference of two shares (Newcombe 1998, method 10).

    >>> found = apart(Share(56, 70), Share(48, 80))
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    here, there = one.value or 0.0, other.value or 0.0
    down = sqrt((here - one.interval.low) ** 2 + (other.interval.high - there) ** 2)
    up = sqrt((one.interval.high - here) ** 2 + (there - other.interval.low) ** 2)
    return Interval(here - there - down, here - there + up)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Win shares with and without a condition, and the difference with its interval."""

    condition: Condition
    with_it: Share
    without: Share

    @property
    def is_enough(self) -> bool:
        """Whether there are enough cases on both sides to compare."""
        return min(self.with_it.cases, self.without.cases) >= LEAST_EACH

    @property
    def difference(self) -> float:
        """Share with less share without; 0 where a side has no cases."""
        return (self.with_it.value or 0.0) - (self.without.value or 0.0)

    @property
    def between(self) -> Interval:
        """The 95 % interval of the difference (Newcombe 1998, method 10, from Wilson's).

        >>> found = Comparison(Condition.IN_EARLY, Share(56, 70), Share(48, 80)).between
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
        """
        return apart(self.with_it, self.without)

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the difference leaves out nothing at all."""
        return self.is_enough and (self.between.low > 0 or self.between.high < 0)


def comparisons(deals: Iterable[DecidedDeal]) -> list[Comparison]:
    """Every condition compared, the largest difference first; those with too few cases last."""
    kept = list(deals)
    found = [_comparison(condition, kept) for condition in Condition]
    return sorted(found, key=lambda one: (not one.is_enough, -abs(one.difference)))


def _comparison(condition: Condition, deals: list[DecidedDeal]) -> Comparison:
    held = [deal.won for deal in deals if condition in deal.held]
    not_held = [deal.won for deal in deals if condition not in deal.held]
    return Comparison(condition, Share(sum(held), len(held)), Share(sum(not_held), len(not_held)))


def by_chance(compared: int) -> float:
    """How likely at least one clear difference is among so many where there is none at all.

    1 − 0.95ⁿ, the comparisons taken as independent: the warning about many comparisons.

    >>> round(by_chance(8), 2)
    0.34
    """
    return 1 - 0.95**compared
