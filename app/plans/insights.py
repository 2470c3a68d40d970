"""The kinds of short statements a plan is thought with, and what each kind is asked for [001]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.plans.rules import Phase
from app.vocabulary import N_, Degree, Term


class InsightKind(Term):
    """What a statement is about."""

    MACRO = "macro", N_("Macro factor")
    MICRO = "micro", N_("Micro factor")
    DRIVER = "driver", N_("Business driver")
    STRENGTH = "strength", N_("Strength")
    WEAKNESS = "weakness", N_("Weakness")
    OPENING = "opening", N_("Opening")
    THREAT = "threat", N_("Threat")
    NEED = "need", N_("Need")
    CHANGE = "change", N_("What may change")
    VALUE = "value", N_("What the customer values")
    SUCCESS = "success", N_("Key success point")


class Macro(Term):
    """The forces outside the customer's trade [001]."""

    ECONOMY = "economy", N_("Economy")
    REGULATION = "regulation", N_("Regulation")
    DEMOGRAPHY = "demography", N_("Its customers: who they are")
    PSYCHOLOGY = "psychology", N_("Its customers: what moves them")
    POLITICS = "politics", N_("Politics")
    OTHER = "other", N_("Other")


class Micro(Term):
    """The forces inside its trade and its house [001]."""

    COMPETITION = "competition", N_("Competition in its trade")
    CUSTOMERS = "customers", N_("Its customers")
    POSITION = "position", N_("Its market position")
    PRICING = "pricing", N_("Pricing and profit")
    PURCHASING = "purchasing", N_("Purchasing and contracting")
    ORGANISATION = "organisation", N_("Organisation")
    SUPPLIERS = "suppliers", N_("Suppliers")


class Place(Term):
    """Whether a driver lies inside the customer or outside."""

    INSIDE = "inside", N_("Inside the customer")
    OUTSIDE = "outside", N_("Outside")


class Subject(Term):
    """Whose strengths and weaknesses: four tables, ours and theirs [001]."""

    OUR_PRODUCT = "our_product", N_("Our product")
    OUR_COMPANY = "our_company", N_("Our company")
    THEIR_PRODUCT = "their_product", N_("The competitor’s product")
    THEIR_COMPANY = "their_company", N_("The competitor’s company")


class Needing(Term):
    """Whose need."""

    CUSTOMER = "customer", N_("The customer needs")
    OURS = "ours", N_("Our company needs")


class ValueKind(Term):
    """The three kinds of values, each rational or emotional [001]."""

    PSYCHOLOGICAL = "psychological", N_("Psychological")
    FUNCTIONAL = "functional", N_("Functional")
    ECONOMIC = "economic", N_("Economic")


class Direction(Degree):
    """Which way something pushes the customer's business with us."""

    HURTS = -1, N_("hurts")
    NEITHER = 0, N_("neither")
    HELPS = 1, N_("helps")


class Appeal(Degree):
    """Whether a value speaks to the head or to the heart; kept where others keep a direction."""

    RATIONAL = 0, N_("Rational")
    EMOTIONAL = 1, N_("Emotional")


@dataclass(frozen=True, slots=True)
class Sort:
    """What a kind belongs to and is asked for; ``facets`` are its classes, if it has any."""

    phase: Phase
    facets: tuple[Term, ...] = ()
    asks: frozenset[str] = frozenset()


def _sort(phase: Phase, facets: Iterable[Term] = (), *asks: str) -> Sort:
    return Sort(phase, tuple(facets), frozenset(asks))


SORTS: dict[InsightKind, Sort] = {
    InsightKind.MACRO: _sort(Phase.DIAGNOSE, Macro, "effect", "direction"),
    InsightKind.MICRO: _sort(Phase.DIAGNOSE, Micro, "effect", "direction"),
    InsightKind.DRIVER: _sort(Phase.DIAGNOSE, Place, "effect", "direction", "weight"),
    InsightKind.STRENGTH: _sort(Phase.DIAGNOSE, Subject),
    InsightKind.WEAKNESS: _sort(Phase.DIAGNOSE, Subject),
    InsightKind.OPENING: _sort(Phase.DIAGNOSE, Subject),
    InsightKind.THREAT: _sort(Phase.DIAGNOSE, Subject),
    InsightKind.NEED: _sort(Phase.DIAGNOSE, Needing, "weight"),
    InsightKind.CHANGE: _sort(Phase.FORECAST, (), "effect", "direction", "amount"),
    InsightKind.VALUE: _sort(Phase.STRATEGY, ValueKind, "appeal", "weight"),
    InsightKind.SUCCESS: _sort(Phase.STRATEGY),
}

SWOT = (
    InsightKind.STRENGTH,
    InsightKind.WEAKNESS,
    InsightKind.OPENING,
    InsightKind.THREAT,
)


def kinds_of(phase: Phase) -> tuple[InsightKind, ...]:
    """The kinds that a phase is thought with."""
    return tuple(kind for kind in InsightKind if SORTS[kind].phase is phase)


@dataclass(frozen=True, slots=True)
class InsightRow:
    """An insight as pages show it; ``seen_on`` None waits to be looked at again."""

    id: int
    kind: InsightKind
    facet: Term | None
    words: str
    effect: str
    direction: int | None
    weight: int | None
    amount: Decimal | None
    source: str
    on: date
    seen_on: date | None
    author: str | None


def facet_of(kind: InsightKind, value: str) -> Term | None:
    """The class an insight is kept under; None for a kind without classes, or an old word.

    >>> facet_of(InsightKind.MACRO, "economy"), facet_of(InsightKind.SUCCESS, "")
    (<Macro.ECONOMY: 'economy'>, None)
    """
    return next((one for one in SORTS[kind].facets if one == value), None)


Grouped = Mapping[InsightKind, Sequence[InsightRow]]


def by_weight(rows: Iterable[InsightRow]) -> list[InsightRow]:
    """Heaviest first, those without a weight last, else as they were said."""
    return sorted(rows, key=lambda row: -(row.weight or 0))


def swot(grouped: Grouped, subject: Subject) -> dict[InsightKind, list[InsightRow]]:
    """The four lists of one subject."""
    return {kind: [row for row in grouped.get(kind, ()) if row.facet is subject] for kind in SWOT}


def money_at_stake(rows: Iterable[InsightRow]) -> tuple[Decimal, Decimal]:
    """What the changes to come would take and bring if all of them came: (≤ 0, ≥ 0).

    Changes without an amount, or that neither help nor hurt, count for nothing.
    """
    signed = [row.amount * row.direction for row in rows if row.amount and row.direction]
    return (
        sum((one for one in signed if one < 0), Decimal()),
        sum((one for one in signed if one > 0), Decimal()),
    )
