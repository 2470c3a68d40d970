"""Actions: how far each is, when it comes again, and to whom it climbs when late."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.vocabulary import N_, Term

CLIMBS_AFTER_DAYS = 14
"""An action later than this is shown to whoever leads its owner; house convention."""


class ActionKind(Term):
    """Actions that the control of a plan counts apart [001]."""

    EVENT = "event", N_("Event")
    PROMOTION = "promotion", N_("Promotion")
    CONTRACT = "contract", N_("Contract")


class Repeat(Term):
    """How often an action comes again."""

    WEEKLY = "weekly", N_("Every week")
    MONTHLY = "monthly", N_("Every month")
    QUARTERLY = "quarterly", N_("Every quarter")
    YEARLY = "yearly", N_("Every year")


class Lane(Term):
    """A column of the board of actions; late ones stand apart, before all others."""

    LATE = "late", N_("Overdue")
    TO_DO = "to_do", N_("To do")
    IN_HAND = "in_hand", N_("In hand")
    DONE = "done", N_("Done")


MONTHS = {Repeat.MONTHLY: 1, Repeat.QUARTERLY: 3, Repeat.YEARLY: 12}


def following(day: date, repeat: Repeat) -> date:
    """The same day of the next week, month, quarter or year; a month's last day if it has none.

    >>> following(date(2026, 1, 31), Repeat.MONTHLY), following(date(2026, 11, 22), Repeat.WEEKLY)
    (datetime.date(2026, 2, 28), datetime.date(2026, 11, 29))
    """
    if repeat is Repeat.WEEKLY:
        return day + timedelta(days=7)
    return months_on(day, MONTHS[repeat])


def months_on(day: date, months: int) -> date:
    """The same day so many months on; the month's last day when it is shorter.

    >>> months_on(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def lane(done_on: date | None, begun_on: date | None, due_on: date | None, on: date) -> Lane:
    """Where an action stands on the board.

    >>> lane(None, None, date(2026, 1, 1), date(2026, 1, 2)).value
    'late'
    """
    if done_on is not None:
        return Lane.DONE
    if due_on is not None and due_on < on:
        return Lane.LATE
    return Lane.IN_HAND if begun_on is not None else Lane.TO_DO


def has_climbed(done_on: date | None, due_on: date | None, on: date) -> bool:
    """Whether an action is so late that its owner's leader should see it.

    >>> has_climbed(None, date(2026, 1, 1), date(2026, 1, 16))
    True
    """
    return done_on is None and due_on is not None and (on - due_on).days > CLIMBS_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Money:
    """A budget against what was spent; ``share`` is None while there is no budget."""

    budget: Decimal
    spent: Decimal

    @property
    def share(self) -> float | None:
        """What part of the budget is spent, 1 being all of it."""
        return float(self.spent / self.budget) if self.budget > 0 else None


def money_of(costs: list[tuple[Decimal | None, Decimal | None]]) -> Money:
    """What (budget, spent) pairs come to; what is not said counts as nothing.

    >>> money_of([(Decimal(10), Decimal(4)), (None, Decimal(1))])
    Money(budget=Decimal('10'), spent=Decimal('5'))
    """
    zero = Decimal(0)
    return Money(
        sum((budget or zero for budget, _spent in costs), zero),
        sum((spent or zero for _budget, spent in costs), zero),
    )
