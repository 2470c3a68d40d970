"""Low, likely and high: what an account may bring in a plan's period, by records and pipeline.

The method is simple on purpose and printed with its result. Each month to come brings what
the same month brought a year before, times the growth of the last twelve months over the
twelve before (1 with less than two years; never below 0.5 or above 1.5). How far that rule
missed the last twelve months tells the spread; months are taken as independent, so the range
of their sum grows with the root of their number. Low and high are passed in one case of ten
each. House convention; seasonal naive with drift is the usual yardstick for such series.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from app.pipeline.distribution import Bet, outlook
from app.vocabulary import N_, Reason, because

YEAR = 12
LEAST_GROWTH, MOST_GROWTH = 0.5, 1.5
ONE_IN_TEN = 1.2816
"""Standard deviations beyond which lies one case of ten."""

NO_GROWTH = N_(
    "Each month to come brings what it brought a year before: with less than two years on record "
    "no growth can be told."
)
LIMITS = N_(
    "Limits: it knows no order that has not been placed and no customer that is lost, and it "
    "takes months to be independent."
)

Month = tuple[int, int]
Sold = Mapping[Month, float]


@dataclass(frozen=True, slots=True)
class Range:
    """Low, likely, high, in the account's currency."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """A month to come: what it likely brings, and the range of all until its end."""

    month: Month
    likely: float
    until_then: Range


@dataclass(frozen=True, slots=True)
class Scenario:
    """The period's outlook. ``running`` is what was sold in it and what goes on as before;
    ``deals`` what open deals may add; ``together`` both. ``reasons`` tell method and limits."""

    sold: float
    running: Range
    deals: Range
    together: Range
    ahead: tuple[Ahead, ...]
    growth: float
    reasons: tuple[Reason, ...]


def months_between(start: date, end: date) -> list[Month]:
    """The months from a day's to a day's.

    >>> months_between(date(2026, 11, 22), date(2027, 1, 31))
    [(2026, 11), (2026, 12), (2027, 1)]
    """
    first, last = start.year * YEAR + start.month - 1, end.year * YEAR + end.month - 1
    return [(one // YEAR, one % YEAR + 1) for one in range(first, last + 1)]


def before(month: Month, count: int) -> Month:
    """The month so many months earlier.

    >>> before((2026, 1), 12), before((2026, 1), 1)
    ((2025, 1), (2025, 12))
    """
    ordinal = month[0] * YEAR + month[1] - 1 - count
    return ordinal // YEAR, ordinal % YEAR + 1


def known_months(sold: Sold, on: date) -> list[Month]:
    """The whole months on record before a day's, oldest first, from the first with a sale."""
    first = min(sold, default=None)
    if first is None:
        return []
    last = before((on.year, on.month), 1)
    return months_between(date(*first, 1), date(*last, 1)) if first <= last else []


@dataclass(frozen=True, slots=True)
class Rule:
    """How months to come are told: by the year before and a growth, missing by ``spread``."""

    sold: Sold
    months: Sequence[Month]
    growth: float
    spread: float

    def likely(self, month: Month) -> float:
        """What a month to come brings, never below nought; years further on grow again."""
        years, at = 1, before(month, YEAR)
        while at > self.months[-1]:
            years, at = years + 1, before(at, YEAR)
        return max(self.sold.get(at, 0.0), 0.0) * self.growth**years


def rule_of(sold: Sold, months: Sequence[Month]) -> Rule:
    """The rule that whole months on record, at least twelve, give."""
    growth = growth_of(sold, months)
    return Rule(sold, months, growth, spread_of(sold, months, growth))


def growth_of(sold: Sold, months: Sequence[Month]) -> float:
    """The last twelve months over the twelve before, kept within bounds; 1 when not known.

    >>> growth_of({(2026, 1): 5.0}, [(2026, 1)])
    1.0
    """
    last = sum(sold.get(month, 0.0) for month in months[-YEAR:])
    prior = sum(sold.get(month, 0.0) for month in months[-2 * YEAR : -YEAR])
    if len(months) < 2 * YEAR or prior <= 0:
        return 1.0
    return min(max(last / prior, LEAST_GROWTH), MOST_GROWTH)


def spread_of(sold: Sold, months: Sequence[Month], growth: float) -> float:
    """By how much the rule missed a month: √ of the mean squared miss of the last twelve.

    With less than two years there is no rule to have missed: the months' own spread counts.
    """
    last = [sold.get(month, 0.0) for month in months[-YEAR:]]
    if len(months) < 2 * YEAR:
        mean = sum(last) / len(last)
        return sqrt(sum((one - mean) ** 2 for one in last) / len(last))
    told = [sold.get(before(month, YEAR), 0.0) * growth for month in months[-YEAR:]]
    return sqrt(sum((one - rule) ** 2 for one, rule in zip(last, told, strict=True)) / YEAR)


def scenario(
    sold: Sold, bets: Sequence[Bet], start: date, end: date, on: date
) -> Scenario | Reason:
    """The outlook of a period on a day; a reason when there is too little to say anything.

    What was sold in the period counts as it is; the running month counts for the days it has
    left. A period that has ended is told by what was sold alone.
    """
    months = known_months(sold, on)
    if len(months) < YEAR:
        return because(
            N_("Twelve whole months of sales are wanted; there are %(count)d."), count=len(months)
        )
    rule = rule_of(sold, months)
    done = sum(amount for month, amount in sold.items() if start <= date(*month, 1) <= min(end, on))
    ahead = _ahead(rule, done, max(start, on), end, on)
    running = ahead[-1].until_then if ahead else Range(done, done, done)
    found = outlook(bets)
    width = sqrt(((running.high - running.likely) / ONE_IN_TEN) ** 2 + found.deviation**2)
    return Scenario(
        done,
        running,
        Range(found.p10, found.mean, found.p90),
        _range(running.likely + found.mean, width, done),
        ahead,
        rule.growth,
        _reasons(rule, found.biggest),
    )


def _ahead(rule: Rule, done: float, start: date, end: date, on: date) -> tuple[Ahead, ...]:
    found: list[Ahead] = []
    total, weight = done, 0.0
    for month in months_between(start, end) if start <= end else []:
        left = _share_left(on) if month == (on.year, on.month) else 1.0
        likely = rule.likely(month) * left
        total, weight = total + likely, weight + left
        found.append(Ahead(month, likely, _range(total, rule.spread * sqrt(weight), done)))
    return tuple(found)


def _share_left(on: date) -> float:
    """The share of a day's month that is still to come; months count thirty days."""
    return max(1 - on.day / 30, 0.0)


def _range(likely: float, deviation: float, floor: float) -> Range:
    reach = ONE_IN_TEN * deviation
    return Range(max(likely - reach, floor), likely, likely + reach)


def _reasons(rule: Rule, biggest: float) -> tuple[Reason, ...]:
    count = len(rule.months)
    found = [
        because(
            N_("Each month to come brings what it brought a year before, times %(growth)s."),
            growth=rule.growth,
        )
        if count >= 2 * YEAR
        else because(NO_GROWTH),
        because(N_("Told by %(count)d whole months of sales."), count=count),
        because(N_("That rule misses a month by %(spread)s on average."), spread=rule.spread),
        because(N_("Low and high are passed in one case of ten each.")),
        because(LIMITS),
    ]
    if biggest > 0:
        share = round(100 * biggest)
        found.append(
            because(N_("Three deals make up %(share)d %% of what deals may add."), share=share)
        )
    return tuple(found)
