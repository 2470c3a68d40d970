"""The health of an account: one figure of 0-100 from five parts, each told in words.

Health = Σ weight × part ÷ Σ weight, over the parts that are known; the parts that are not
known make a range, as if they were 0 and as if they were 1. House convention, published on
the page:

* results, 30: the mean over goals on their way (ahead, on track, done 1; behind 0.5; missed 0)
* contact, 25: the share of people with a role whom we were in touch with in 90 days
* support, 15: the mean over people with a role of (support + 2) ÷ 4, where it is known
* trade, 15: sales of the last 180 days ÷ those of the same days a year before, at most 1
* our word, 15: of what we promised for the last 180 days, and of feedback heard in them over
  two weeks ago, the share that was kept on its day, or settled
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.plans.rules import Standing
from app.vocabulary import N_, Reason, Term, because

CONTACT_DAYS, WORD_DAYS = 90, 180
GOOD, FAIR = 75, 50
"""From these on an account is healthy, or fair; house convention."""


class Part(Term):
    """What health is made of."""

    RESULTS = "results", N_("Results of the goals")
    CONTACT = "contact", N_("Contact")
    SUPPORT = "support", N_("Support")
    TRADE = "trade", N_("Trade")
    WORD = "word", N_("Our word")


WEIGHTS = {Part.RESULTS: 30, Part.CONTACT: 25, Part.SUPPORT: 15, Part.TRADE: 15, Part.WORD: 15}
WORTH = {
    Standing.AHEAD: 1.0,
    Standing.ON_TRACK: 1.0,
    Standing.DONE: 1.0,
    Standing.BEHIND: 0.5,
    Standing.MISSED: 0.0,
}


class Condition(Term):
    """What a figure amounts to."""

    GOOD = "good", N_("healthy")
    FAIR = "fair", N_("fair")
    POOR = "poor", N_("poor")
    UNKNOWN = "unknown", N_("not known")


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What an account's health is told from; counts of people with a role, of promises."""

    standings: Sequence[Standing] = ()
    people: int = 0
    in_touch: int = 0
    supports: Sequence[int] = ()
    sales: Decimal | None = None
    sales_before: Decimal | None = None
    promised: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part: 0-1 or unknown, and why."""

    part: Part
    weight: int
    value: float | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Health:
    """The figure with its range and its parts; None when no part is known."""

    value: int | None
    low: int
    high: int
    condition: Condition
    parts: tuple[PartRead, ...]


def health(facts: HealthFacts, weights: Mapping[Part, int] | None = None) -> Health:
    """The health of an account; parts without weight are left out.

    >>> health(HealthFacts(standings=[Standing.AHEAD, Standing.BEHIND])).value
    75
    """
    weights = weights or WEIGHTS
    reads = tuple(
        PartRead(part, weights[part], value, reason)
        for part, (value, reason) in _parts(facts).items()
        if weights.get(part)
    )
    known = [one for one in reads if one.value is not None]
    if not known:
        return Health(None, 0, 100, Condition.UNKNOWN, reads)
    whole, weighed = sum(one.weight for one in reads), sum(one.weight for one in known)
    reached = sum(one.weight * (one.value or 0.0) for one in known)
    value = round(100 * reached / weighed)
    low, high = round(100 * reached / whole), round(100 * (reached + whole - weighed) / whole)
    return Health(value, low, high, _condition(value), reads)


def _condition(value: int) -> Condition:
    if value >= GOOD:
        return Condition.GOOD
    return Condition.FAIR if value >= FAIR else Condition.POOR


def _parts(facts: HealthFacts) -> dict[Part, tuple[float | None, Reason]]:
    return {
        Part.RESULTS: _results(facts.standings),
        Part.CONTACT: _contact(facts),
        Part.SUPPORT: _support(facts),
        Part.TRADE: _trade(facts),
        Part.WORD: _word(facts),
    }


def _results(standings: Sequence[Standing]) -> tuple[float | None, Reason]:
    known = [WORTH[one] for one in standings if one in WORTH]
    if not known:
        return None, because(N_("No goal has a line and a value."))
    late = sum(worth < 1 for worth in known)
    reason = N_("Goals with a line: %(count)d, of which behind or missed: %(late)d.")
    return sum(known) / len(known), because(reason, count=len(known), late=late)


def _contact(facts: HealthFacts) -> tuple[float | None, Reason]:
    if not facts.people:
        return None, because(N_("Nobody with a role is known."))
    reason = N_("People with a role: %(count)d; in touch within %(days)d days: %(touched)d.")
    values = {"count": facts.people, "days": CONTACT_DAYS, "touched": facts.in_touch}
    return facts.in_touch / facts.people, because(reason, **values)


def _support(facts: HealthFacts) -> tuple[float | None, Reason]:
    if not facts.supports:
        return None, because(N_("Nobody's support is known."))
    count = len(facts.supports)
    mean = sum((one + 2) / 4 for one in facts.supports) / count
    reason = N_("Known of %(count)d of %(all)d people with a role; against us: %(against)d.")
    against = sum(one < 0 for one in facts.supports)
    return mean, because(reason, count=count, all=facts.people, against=against)


def _trade(facts: HealthFacts) -> tuple[float | None, Reason]:
    if facts.sales is None or not facts.sales_before or facts.sales_before <= 0:
        return None, because(N_("No sales of a year before to compare with."))
    ratio = float(facts.sales / facts.sales_before)
    reason = N_("Sales of %(days)d days against the same days a year before: %(share)d %%.")
    share = round(100 * ratio)
    return min(max(ratio, 0.0), 1.0), because(reason, days=WORD_DAYS, share=share)


def _word(facts: HealthFacts) -> tuple[float | None, Reason]:
    if not facts.promised:
        return None, because(N_("Nothing was promised in %(days)d days."), days=WORD_DAYS)
    reason = N_("Promises and answers due in %(days)d days: %(count)d; kept: %(kept)d.")
    values = {"days": WORD_DAYS, "count": facts.promised, "kept": facts.kept}
    return facts.kept / facts.promised, because(reason, **values)
