"""Credit: what the records say of an account's payments and growth, and the grade they make [000].

The handbook asks for a score of each and leaves the formulas open; those here are house
conventions, published with every score. What the records cannot tell is not known, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.vocabulary import N_, Reason, Term, because

DAYS_BACK = 365
"""Payments are judged over a year."""
WORST_DAYS = 60
"""An invoice paid so many days late, or later, counts nothing."""
FEWEST_INVOICES = 3
STEEPEST = Decimal("0.5")
"""Growth by half a year's sales or more makes the full score; a fall by as much, none."""
GROWTH_WEIGHT = Decimal("0.7")
"""What growth of the whole counts; the rest is how many months were above those a year before."""
PAYMENT_WEIGHT = Decimal("0.7")
"""What payment counts in the grade; growth is the rest."""
USUAL_DAYS = 30


class CreditGrade(Term):
    """How far an account may be trusted with goods unpaid."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


FLOORS = ((CreditGrade.A, 80), (CreditGrade.B, 60), (CreditGrade.C, 40))
"""The same steps as those of importance [002]."""
MONTHS_OF_SALES = {
    CreditGrade.A: Decimal("1.5"),
    CreditGrade.B: Decimal(1),
    CreditGrade.C: Decimal("0.5"),
    CreditGrade.D: Decimal(0),
}
"""How many times the sales of the days to pay may be owed, by grade."""


class CreditState(Term):
    """How far an application is."""

    APPLIED = "applied", N_("applied for")
    SURVEYED = "surveyed", N_("surveyed")
    ANALYSED = "analysed", N_("analysed")
    GRANTED = "granted", N_("granted")
    REFUSED = "refused", N_("refused")


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, or None when the records cannot tell; ``parts`` say what went in."""

    value: int | None
    parts: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """An invoice that was due: how much, when, and when the last of it came in (None: not yet)."""

    amount: Decimal
    due_on: date
    paid_on: date | None

    def days_late(self, on: date) -> int:
        """Days after the due day, until it was paid or so far; 0 when in time."""
        return max(((self.paid_on or on) - self.due_on).days, 0)

    def trust(self, on: date) -> Decimal:
        """1 when paid in time, falling evenly to 0 at sixty days late."""
        return 1 - Decimal(min(self.days_late(on), WORST_DAYS)) / WORST_DAYS


def payment_score(invoices: Sequence[InvoiceFact], on: date) -> Score:
    """How the last year's invoices were paid: the mean of their trust by amount, 0-100.

    Fewer than three invoices that were due say nothing: None.
    """
    due = [one for one in invoices if 0 <= (on - one.due_on).days < DAYS_BACK and one.amount > 0]
    if len(due) < FEWEST_INVOICES:
        words = N_("Only %(count)s invoices fell due in the last year; %(least)s are needed.")
        return Score(None, (because(words, count=len(due), least=FEWEST_INVOICES),))
    whole = sum((one.amount for one in due), Decimal())
    value = sum((one.amount * one.trust(on) for one in due), Decimal()) / whole
    return Score(round(value * 100), tuple(_payment_parts(due, whole, on)))


def _payment_parts(due: Sequence[InvoiceFact], whole: Decimal, on: date) -> list[Reason]:
    late = [one for one in due if one.days_late(on)]
    mean = sum((one.amount * one.days_late(on) for one in due), Decimal()) / whole
    unpaid = sum(one.paid_on is None for one in due)
    return [
        because(
            N_("%(intime)s of %(count)s invoices due in the last year were paid in time."),
            intime=len(due) - len(late),
            count=len(due),
        ),
        because(N_("By amount, %(days)s days late on average."), days=round(mean)),
        because(
            N_("The latest was %(days)s days late; %(unpaid)s are still unpaid."),
            days=max(one.days_late(on) for one in due),
            unpaid=unpaid,
        ),
    ]


def growth_score(now: Sequence[Decimal], before: Sequence[Decimal]) -> Score:
    """How sales grew: twelve months against the twelve before, month by month, 0-100.

    70 % is growth of the whole (level is 50, ±50 % the ends), 30 % the share of months above
    the same month a year before. Without sales in the earlier year it is not known.

    >>> growth_score([Decimal(120)] * 12, [Decimal(100)] * 12).value
    79
    """
    old, new = sum(before, Decimal()), sum(now, Decimal())
    if old <= 0:
        return Score(None, (because(N_("There were no sales a year before to compare with.")),))
    growth = (new - old) / old
    steep = min(max(growth, -STEEPEST), STEEPEST) / STEEPEST
    above = sum(month > then for month, then in zip(now, before, strict=True))
    value = GROWTH_WEIGHT * (1 + steep) / 2 + (1 - GROWTH_WEIGHT) * Decimal(above) / len(now)
    parts = (
        because(
            N_("Sales of the last twelve months were %(new)s, of the twelve before %(old)s."),
            new=new,
            old=old,
        ),
        because(N_("That is %(growth)s %%."), growth=growth * 100),
        because(
            N_("%(above)s of %(count)s months were above the same month a year before."),
            above=above,
            count=len(now),
        ),
    )
    return Score(round(value * 100), parts)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A grade and a limit as the scores propose them; None where they cannot be told."""

    grade: CreditGrade | None
    limit: Decimal | None
    reasons: tuple[Reason, ...]


def grade_of(payment: int | None, growth: int | None) -> CreditGrade | None:
    """The grade of two scores: payment counts 70 %, growth 30 %; growth unknown, payment alone.

    >>> grade_of(90, 60), grade_of(70, None), grade_of(None, 90)
    (<CreditGrade.A: 'A'>, <CreditGrade.B: 'B'>, None)
    """
    if payment is None:
        return None
    whole = Decimal(payment)
    if growth is not None:
        whole = PAYMENT_WEIGHT * payment + (1 - PAYMENT_WEIGHT) * growth
    return next((grade for grade, floor in FLOORS if whole >= floor), CreditGrade.D)


def propose(payment: Score, growth: Score, monthly: Decimal | None, days: int | None) -> Proposal:
    """A grade, and as limit the sales of the days to pay times what the grade allows.

    ``monthly`` is mean monthly sales of the last year, ``days`` those asked for (30 if not said).
    """
    grade = grade_of(payment.value, growth.value)
    if grade is None:
        words = N_("Without a payment score the records propose no grade: judge by the survey.")
        return Proposal(None, None, (because(words),))
    reasons = [_grade_reason(payment, growth, grade)]
    if not monthly or monthly <= 0:
        return Proposal(grade, None, (*reasons, because(N_("No sales to take a limit from."))))
    days = days or USUAL_DAYS
    limit = round(monthly * days / 30 * MONTHS_OF_SALES[grade], -3)
    words = N_("%(monthly)s a month × %(days)s days × %(times)s for grade %(grade)s.")
    times = MONTHS_OF_SALES[grade]
    reasons.append(because(words, monthly=monthly, days=days, times=times, grade=grade))
    return Proposal(grade, limit, tuple(reasons))


def _grade_reason(payment: Score, growth: Score, grade: CreditGrade) -> Reason:
    if growth.value is None:
        words = N_("Grade %(grade)s from payment %(payment)s alone: growth is not known.")
        return because(words, grade=grade, payment=payment.value)
    words = N_("Grade %(grade)s from payment %(payment)s (70 %%) and growth %(growth)s (30 %%).")
    return because(words, grade=grade, payment=payment.value, growth=growth.value)


@dataclass(frozen=True, slots=True)
class CreditFact:
    """The days and the limit of an application."""

    surveyed_on: date | None
    analysed_on: date | None
    decided_on: date | None
    limit: Decimal | None


def credit_state(fact: CreditFact) -> CreditState:
    """How far an application is; one decided without a limit was refused."""
    if fact.decided_on is not None:
        return CreditState.GRANTED if fact.limit else CreditState.REFUSED
    if fact.analysed_on is not None:
        return CreditState.ANALYSED
    return CreditState.SURVEYED if fact.surveyed_on is not None else CreditState.APPLIED


def problems_deciding(fact: CreditFact, limit: Decimal | None, reason: str) -> list[Reason]:
    """Why an application cannot be decided so: first the survey; a refusal has a reason.

    >>> [str(one) for one in problems_deciding(CreditFact(None, None, None, None), None, "")]
    ['First look into the account: the survey is empty.', 'Say why nothing is granted.']
    """
    found = []
    if fact.surveyed_on is None:
        found.append(because(N_("First look into the account: the survey is empty.")))
    if not limit and not reason:
        found.append(because(N_("Say why nothing is granted.")))
    return found
