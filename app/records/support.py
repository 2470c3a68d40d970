"""Support for an account: promotions from plan to appraisal, money spent, things lent [000]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.records.rules import Period
from app.vocabulary import N_, Reason, Term, because

APPRAISE_DAYS = 30
"""A promotion is to be appraised so long after its end; house convention."""


class ExpenseKind(Term):
    """What money went into."""

    PROMOTION = "promotion", N_("Promotion")
    ADVERTISING = "advertising", N_("Advertising")
    TRAINING = "training", N_("Training and seminars")
    SAMPLES = "samples", N_("Samples and trials")
    TRAVEL = "travel", N_("Travel and entertaining")
    LOANS = "loans", N_("People and vehicles lent")
    OTHER = "other", N_("Other spending")


class LoanKind(Term):
    """What is lent."""

    PERSON = "person", N_("Somebody of ours")
    VEHICLE = "vehicle", N_("Vehicle")
    EQUIPMENT = "equipment", N_("Equipment")


class PromotionState(Term):
    """How far a promotion is."""

    WAITING = "waiting", N_("waits for a yes")
    REFUSED = "refused", N_("refused")
    PLANNED = "planned", N_("approved, not begun")
    RUNNING = "running", N_("running")
    UNAPPROVED = "unapproved", N_("running without a yes")
    OVER = "over", N_("to be appraised")
    APPRAISED = "appraised", N_("appraised")


@dataclass(frozen=True, slots=True)
class PromotionFact:
    """The days of a promotion, the yes to it, and its money."""

    starts_on: date
    ends_on: date
    is_approved: bool | None = None
    appraised_on: date | None = None
    budget: Decimal | None = None
    spent: Decimal = Decimal()

    @property
    def over_budget(self) -> Decimal | None:
        """By how much more was spent than planned; None within the budget, or without one."""
        over = self.spent - self.budget if self.budget is not None else Decimal()
        return over if over > 0 else None


def problems_answering(words: str, *, grants: bool) -> list[Reason]:
    """Why a promotion cannot be answered so; empty when it can.

    >>> [str(one) for one in problems_answering("", grants=False)]
    ['Say why it is refused.']
    """
    if grants or words.strip():
        return []
    return [because(N_("Say why it is refused."))]


def promotion_state(fact: PromotionFact, on: date) -> PromotionState:
    """How far a promotion is on a day; its last day is still part of it.

    >>> promotion_state(PromotionFact(date(2026, 3, 1), date(2026, 3, 8), True), date(2026, 3, 8))
    <PromotionState.RUNNING: 'running'>
    """
    if fact.appraised_on is not None:
        return PromotionState.APPRAISED
    if fact.is_approved is False:
        return PromotionState.REFUSED
    if on > fact.ends_on:
        return PromotionState.OVER
    if fact.is_approved is None:
        has_begun = on >= fact.starts_on
        return PromotionState.UNAPPROVED if has_begun else PromotionState.WAITING
    return PromotionState.RUNNING if on >= fact.starts_on else PromotionState.PLANNED


def is_to_appraise(fact: PromotionFact, on: date) -> bool:
    """Whether the appraisal is overdue: thirty days after the end."""
    is_over = promotion_state(fact, on) is PromotionState.OVER
    return is_over and (on - fact.ends_on).days > APPRAISE_DAYS


def period_of(fact: PromotionFact) -> Period:
    """The days of a promotion."""
    return Period(fact.starts_on, fact.ends_on + timedelta(days=1))


def period_before(fact: PromotionFact) -> Period:
    """As many days right before it.

    >>> period_before(PromotionFact(date(2026, 3, 1), date(2026, 3, 7))).since
    datetime.date(2026, 2, 22)
    """
    length = fact.ends_on - fact.starts_on + timedelta(days=1)
    return Period(fact.starts_on - length, fact.starts_on)


@dataclass(frozen=True, slots=True)
class Lift:
    """What was sold while a promotion ran, in as many days before, and in those a year before."""

    during: Decimal
    before: Decimal
    year_before: Decimal

    @property
    def usual(self) -> Decimal | None:
        """What would have been sold without it: the higher of the two; None without any."""
        usual = max(self.before, self.year_before)
        return usual if usual > 0 else None

    @property
    def extra(self) -> Decimal | None:
        """What was sold beyond the usual; None without anything to compare with."""
        return self.during - self.usual if self.usual is not None else None


def problems_appraising(ends_on: date, appraised_on: date | None, words: str) -> dict[str, Reason]:
    """What is wrong with an appraisal, by field: it comes after the end, and in words.

    >>> list(problems_appraising(date(2026, 3, 8), date(2026, 3, 8), ""))
    ['appraised_on', 'appraisal']
    """
    found: dict[str, Reason] = {}
    if appraised_on is not None:
        if appraised_on <= ends_on:
            found["appraised_on"] = because(N_("It is not over yet."))
        if not words:
            found["appraisal"] = because(N_("Say what it brought."))
    return found


@dataclass(frozen=True, slots=True)
class LoanFact:
    """The days of a loan and what it costs us a month."""

    starts_on: date
    due_on: date | None
    returned_on: date | None
    monthly_cost: Decimal | None

    def is_overdue(self, on: date) -> bool:
        """Whether it should be back by now."""
        return self.returned_on is None and self.due_on is not None and self.due_on < on

    def cost(self, on: date) -> Decimal | None:
        """What it has cost so far, by the day; None when nobody said what it costs."""
        if self.monthly_cost is None:
            return None
        days = max(((self.returned_on or on) - self.starts_on).days, 0)
        return (self.monthly_cost * 12 * days / 365).quantize(Decimal("0.01"))
