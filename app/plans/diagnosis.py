"""What a diagnosis takes from what the product already knows: who decides, what it brings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.records.rules import Totals, growth
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.rules import Role
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Reach:
    """One who decides, and how we get to them: ``strength`` 0…1."""

    person: PersonFact
    way: Reason
    strength: float

    @property
    def is_reached(self) -> bool:
        """Whether somebody can bring us to them."""
        return self.strength > 0


@lru_cache(maxsize=64)
def deciders(facts: MapFacts) -> tuple[Reach, ...]:
    """The deciders of a map, weightiest first, each with the way in; empty: nobody is known.

    Kept for as long as the facts are the same, as a map's other answers are.
    """
    found = answers(facts)
    return tuple(reach_of(one, found) for one in found.deciders)


def reach_of(person_id: int, found: MapAnswers) -> Reach:
    """How we get to a person: directly, through somebody, or not yet."""
    drawn: PowerMap = found.drawn
    person, best = drawn.people[person_id], found.access.ways_in(person_id).best
    if best is None:
        return Reach(person, because(N_("no way in yet")), 0.0)
    if best.is_direct:
        return Reach(person, because(N_("ours to reach directly")), best.strength)
    way = because(N_("through %(name)s"), name=best.steps[-1].giver_name)
    return Reach(person, way, best.strength)


def deciders_in(facts: MapFacts, unit: str) -> list[Reach]:
    """Those who decide in a business unit; for an empty unit, those of the whole account."""
    found = answers(facts)
    return [
        reach_of(one.id, found)
        for one in facts.people
        if Role.DECIDER in one.roles and (not unit or one.unit == unit)
    ]


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What records tell: twelve months, the twelve before, what is open, and its worth."""

    year: Totals
    before: Totals
    open_deals: int
    open_amount: Decimal
    wallet_of_rivals: Decimal | None


@dataclass(frozen=True, slots=True)
class Money:
    """The account's money in a few figures; None is unknown and never nought."""

    sales: Decimal | None
    growth: Decimal | None
    margin: Decimal | None
    contribution: Decimal | None
    open_deals: int
    open_amount: Decimal
    share: Decimal | None


def money(facts: MoneyFacts) -> Money:
    """The figures of twelve months; our share is what rivals leave of the wallet.

    The share is known only if some rival's is: 1 − Σ theirs, never below nought. Without a
    sale on record in either year there are no figures of sales.
    """
    has_sales = bool(facts.year.lines or facts.before.lines)
    margin = facts.year.margin
    theirs = facts.wallet_of_rivals
    return Money(
        sales=facts.year.amount if has_sales else None,
        growth=growth(facts.year.amount, facts.before.amount) if has_sales else None,
        margin=margin,
        contribution=facts.year.costed - facts.year.cost if margin is not None else None,
        open_deals=facts.open_deals,
        open_amount=facts.open_amount,
        share=max(1 - theirs, Decimal()) if theirs is not None else None,
    )
