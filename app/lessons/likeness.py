"""Which decided deals were like a deal, by the facts: a stated distance, with reasons in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import log

from app.lessons.facts import Facts
from app.lessons.trying import Past
from app.pipeline.rules import STAGES, place_of
from app.vocabulary import N_, Term

MOST_ALIKE = 5
MOST_APART = 0.35
"""Deals further apart are not called alike: house convention, about a third of what is known."""
NEAR = 0.15
"""Traits no further apart than this are named as what is alike."""
FACTOR = log(10)
"""Amounts ten times apart have nothing in common; so have ages and silences."""


class Trait(Term):
    """What two deals are compared by."""

    STAGE = "stage", N_("the stage")
    AMOUNT = "amount", N_("the amount")
    AGE = "age", N_("how long it has been open")
    DECIDER = "decider", N_("whether we reach a decider")
    SUPPORT = "support", N_("how the decider stands")
    BLOCKER = "blocker", N_("whether a blocker is unmet")
    ROUTES = "routes", N_("how many of ours are in touch")
    SILENCE = "silence", N_("how long ago the last contact was")
    LATE_IN = "late_in", N_("who shaped the criteria")
    OVERRIDE = "override", N_("whether a milestone was passed without evidence")
    PUSHES = "pushes", N_("how often the close date was pushed")
    RIVALS = "rivals", N_("the competitors")


Distance = Callable[[Facts, Facts], float | None]


def _ratio(one: float, other: float) -> float:
    """0 where equal, 1 from ten times as much on."""
    return min(abs(log((one + 1) / (other + 1))) / FACTOR, 1.0)


def _amount(one: Facts, other: Facts) -> float | None:
    ours, theirs = one.offer.amount, other.offer.amount
    return None if ours is None or theirs is None else _ratio(float(ours), float(theirs))


def _support(one: Facts, other: Facts) -> float | None:
    ours, theirs = one.people.support, other.people.support
    return None if ours is None or theirs is None else abs(ours - theirs) / 4


def _routes(one: Facts, other: Facts) -> float | None:
    ours, theirs = one.people.routes, other.people.routes
    return None if ours is None or theirs is None else min(abs(ours - theirs) / 3, 1.0)


def _rivals(one: Facts, other: Facts) -> float | None:
    """Jaccard's distance of the competitors' names; None where none is known of either."""
    ours, theirs = one.offer.rivals, other.offer.rivals
    if not ours or not theirs:
        return None
    return 1 - len(ours & theirs) / len(ours | theirs)


DISTANCES: Mapping[Trait, Distance] = {
    Trait.STAGE: lambda one, other: (
        abs(place_of(one.way.stage) - place_of(other.way.stage)) / (len(STAGES) - 1)
    ),
    Trait.AMOUNT: _amount,
    Trait.AGE: lambda one, other: _ratio(one.way.age_days, other.way.age_days),
    Trait.DECIDER: lambda one, other: float(
        one.people.meets_decider is not other.people.meets_decider
    ),
    Trait.SUPPORT: _support,
    Trait.BLOCKER: lambda one, other: float(
        one.people.has_unmet_blocker is not other.people.has_unmet_blocker
    ),
    Trait.ROUTES: _routes,
    Trait.SILENCE: lambda one, other: _ratio(one.people.silent_days, other.people.silent_days),
    Trait.LATE_IN: lambda one, other: float(one.people.is_late_in is not other.people.is_late_in),
    Trait.OVERRIDE: lambda one, other: float(
        bool(one.way.overrides) is not bool(other.way.overrides)
    ),
    Trait.PUSHES: lambda one, other: min(abs(one.offer.pushes - other.offer.pushes) / 3, 1.0),
    Trait.RIVALS: _rivals,
}
"""How far apart two deals are in each trait, 0 to 1; None where it is not known of both."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A decided deal, how far it is from the one at hand, and in what they are alike and differ.

    ``apart`` is the mean of the traits known of both, 0 alike to 1 nothing in common (Gower 1971).
    """

    deal_id: int
    won: bool
    apart: float
    shared: tuple[Trait, ...]
    differing: tuple[Trait, ...]


def likest(facts: Facts, pasts: Iterable[Past]) -> list[Likeness]:
    """The decided deals most like one, nearest first; a deal is compared as it was when it last
    stood in the same stage, else as it was last looked at."""
    there = ((one, _apart(facts, _at_stage(facts, one))) for one in pasts if one.seen)
    near = nsmallest(MOST_ALIKE, there, key=lambda pair: (_mean(pair[1]), -pair[0].deal_id))
    found = (_likeness(one, apart) for one, apart in near)
    return [one for one in found if one.apart <= MOST_APART]


def _mean(apart: list[tuple[Trait, float]]) -> float:
    return sum(far for _trait, far in apart) / len(apart)


def _likeness(past: Past, apart: list[tuple[Trait, float]]) -> Likeness:
    shared = tuple(trait for trait, far in apart if far <= NEAR)
    differing = tuple(trait for trait, far in apart if far >= 0.5)
    return Likeness(past.deal_id, past.won, _mean(apart), shared, differing)


def _at_stage(facts: Facts, past: Past) -> Facts:
    here = (one for _day, one in reversed(past.seen) if one.way.stage is facts.way.stage)
    return next(here, past.seen[-1][1])


def _apart(one: Facts, other: Facts) -> list[tuple[Trait, float]]:
    """How far apart two deals are in each trait that is known of both."""
    told = ((trait, far(one, other)) for trait, far in DISTANCES.items())
    return [(trait, far) for trait, far in told if far is not None]
