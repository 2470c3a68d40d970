"""What people tell us, and whether they have heard what became of it [001]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.vocabulary import N_, Reason, Term, because

SLOW_DAYS = 14
"""Feedback open for longer is marked; house convention."""


class Voice(Term):
    """Whose feedback it is."""

    CUSTOMER = "customer", N_("The customer")
    MANAGEMENT = "management", N_("Our management")


class Use(Term):
    """What we do with it."""

    USED = "used", N_("We use it")
    NOT_USED = "not_used", N_("We cannot use it")


class FeedbackState(Term):
    """How far it is."""

    OPEN = "open", N_("to be decided")
    OWED = "owed", N_("answer owed")
    CLOSED = "closed", N_("closed")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far feedback is and how many days it took, or has been open so far."""

    state: FeedbackState
    days: int

    @property
    def is_slow(self) -> bool:
        """Whether it has been open for too long."""
        return self.state is not FeedbackState.CLOSED and self.days > SLOW_DAYS


def standing(
    heard_on: date,
    decided_on: date | None,
    answered_on: date | None,
    voice: Voice,
    on: date,
) -> Standing:
    """Open until decided; the customer's then until answered; our management's needs no answer.

    >>> day = date(2026, 1, 1)
    >>> standing(day, None, None, Voice.CUSTOMER, date(2026, 1, 16)).is_slow
    True
    """
    if decided_on is None:
        return Standing(FeedbackState.OPEN, (on - heard_on).days)
    if voice is Voice.MANAGEMENT:
        return Standing(FeedbackState.CLOSED, (decided_on - heard_on).days)
    if answered_on is None:
        return Standing(FeedbackState.OWED, (on - heard_on).days)
    return Standing(FeedbackState.CLOSED, (answered_on - heard_on).days)


def problems_settling(use: Use | None, reason: str, answered_on: date | None) -> list[Reason]:
    """Why feedback cannot be settled so: what is not used has a reason, an answer a decision.

    >>> [str(one) for one in problems_settling(Use.NOT_USED, "", None)]
    ['Say why it cannot be used: the customer will ask.']
    """
    if use is Use.NOT_USED and not reason:
        return [because(N_("Say why it cannot be used: the customer will ask."))]
    if use is None and answered_on is not None:
        return [because(N_("Decide what we do with it before telling them."))]
    return []
