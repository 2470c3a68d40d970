"""Why deals are lost: the tree of causes [002], several to a loss."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from app.vocabulary import N_, Term


class Cause(Term):
    """The branches of the tree."""

    PEOPLE = "people", N_("People")
    NEED = "need", N_("Need")
    OFFER = "offer", N_("Our offer")
    PROCESS = "process", N_("Process")
    CREDIBILITY = "credibility", N_("Credibility")
    OUTSIDE = "outside", N_("Outside")


class Factor(Term):
    """The leaves: what decided against us.

    A company adds leaves of its own to a branch: ``Factor("offer-1")`` is the first of the offer.
    """

    NO_WAY_IN = "no_way_in", N_("No way to the decider")
    NO_GUIDE = "no_guide", N_("No guide")
    BLOCKER = "blocker", N_("A blocker not handled")
    PERSON_LEFT = "person_left", N_("A key person changed")
    MISREAD = "misread", N_("The need was misread")
    CRITERIA = "criteria", N_("Criteria shaped by another")
    FIT = "fit", N_("Our solution did not fit")
    PRICE = "price", N_("Price")
    TERMS = "terms", N_("Payment or delivery terms")
    LATE = "late", N_("We came in late")
    SKIPPED = "skipped", N_("A milestone was skipped")
    SLOW = "slow", N_("Slow follow-up")
    GAVE_UP = "gave_up", N_("We gave up early")
    QUALITY = "quality", N_("Doubts about quality")
    PAST = "past", N_("A failure in the past")
    STOPPED = "stopped", N_("The project was stopped")
    POLICY = "policy", N_("Policy or rules")

    @classmethod
    def _missing_(cls, value: object) -> Factor | None:
        """A company's own leaf; until it is given words it is called as its branch is."""
        found = OWN_LEAF.fullmatch(str(value))
        if found is None:
            return None
        leaf = str.__new__(cls, str(value))
        leaf._name_ = leaf._value_ = str(value)
        leaf.label = Cause(found["cause"]).label
        return leaf

    @property
    def place(self) -> tuple[int, int]:
        """Where the tree lists it: branch by branch, a company's own leaves after the usual."""
        if self in PLACES:
            return PLACES[self]
        cause, _dash, number = self.value.partition("-")
        return list(Cause).index(Cause(cause)), len(Factor) + int(number)

    @property
    def cause(self) -> Cause:
        """The branch it hangs on.

        >>> Factor.PRICE.cause, Factor("outside-2").cause
        (<Cause.OFFER: 'offer'>, <Cause.OUTSIDE: 'outside'>)
        """
        return list(Cause)[self.place[0]]


MOST_OWN = 9
"""Leaves that a company may add to a branch: more could not be told apart in a session."""
OWN_LEAF = re.compile(rf"(?P<cause>{'|'.join(Cause)})-[1-{MOST_OWN}]")

TREE: dict[Cause, tuple[Factor, ...]] = {
    Cause.PEOPLE: (Factor.NO_WAY_IN, Factor.NO_GUIDE, Factor.BLOCKER, Factor.PERSON_LEFT),
    Cause.NEED: (Factor.MISREAD, Factor.CRITERIA),
    Cause.OFFER: (Factor.FIT, Factor.PRICE, Factor.TERMS),
    Cause.PROCESS: (Factor.LATE, Factor.SKIPPED, Factor.SLOW, Factor.GAVE_UP),
    Cause.CREDIBILITY: (Factor.QUALITY, Factor.PAST),
    Cause.OUTSIDE: (Factor.STOPPED, Factor.POLICY),
}
"""The tree of domain 9, word for word where words are short enough."""
PLACES = {
    leaf: (branch, number)
    for branch, leaves in enumerate(TREE.values())
    for number, leaf in enumerate(leaves)
}


def price_gap(ours: Decimal | None, theirs: Decimal | None) -> Decimal | None:
    """How far their price lies below ours, as a share of ours; below 0 when it lies above.

    None when either is unknown or ours is nothing.

    >>> price_gap(Decimal(100), Decimal(91))
    Decimal('0.0900')
    """
    if not ours or theirs is None:
        return None
    return ((ours - theirs) / ours).quantize(Decimal("0.0001"))


def in_order(factors: Iterable[Factor]) -> list[Factor]:
    """Factors once each, as the tree lists them.

    >>> in_order([Factor.STOPPED, Factor("offer-1"), Factor.PRICE])[1].value
    'offer-1'
    """
    return sorted(set(factors), key=lambda factor: factor.place)
