"""Everything that the records of one account warn of on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.alerts.dues import (
    Complaint,
    Course,
    Ending,
    ending,
    goal_behind,
    milestone_overdue,
    unanswered,
)
from app.alerts.money import Budget, Debt, Month, Spent, credit, expense, progress
from app.alerts.people import Lost, SingleTie, decider_lost, gone_cold
from app.alerts.rhythm import Learned, churn
from app.alerts.rules import Limits, Raised
from app.alerts.trade import Trade


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an account on a day; nothing in it is of a later one."""

    trade: Trade = field(default_factory=Trade)
    plan: Mapping[Month, Decimal] = field(default_factory=dict)
    debt: Debt | None = None
    spent: tuple[Spent, ...] = ()
    budgets: tuple[Budget, ...] = ()
    lost: tuple[Lost, ...] = ()
    ties: tuple[SingleTie, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    contracts: tuple[Ending, ...] = ()
    goals: tuple[Course, ...] = ()


def warnings(
    facts: Facts, limits: Limits, on: date, learned: Learned | None = None
) -> list[Raised]:
    """The warnings of a day, the gravest first.

    A goal with a milestone passed unreached is said by its milestone alone.

    >>> warnings(Facts(), Limits(), date(2026, 3, 2))
    []
    """
    found = [one for one in _told(facts, limits, on, learned) if one.kind not in limits.off]
    return sorted(found, key=lambda one: (-one.level, *one.key))


def _told(facts: Facts, limits: Limits, on: date, learned: Learned | None) -> Iterable[Raised]:
    whole = (
        credit(facts.debt, limits, on),
        progress(facts.trade, facts.plan, limits, on),
        expense(facts.spent, facts.budgets, limits, on),
        churn(facts.trade, learned, limits, on),
    )
    several = (
        *(decider_lost(one, limits, on) for one in facts.lost),
        *(gone_cold(one, limits, on) for one in facts.ties),
        *(unanswered(one, limits, on) for one in facts.complaints),
        *(ending(one, limits, on) for one in facts.contracts),
        *(milestone_overdue(one, limits, on) or goal_behind(one, limits) for one in facts.goals),
    )
    return (one for one in (*whole, *several) if one is not None)
