"""Warnings about money: owed beyond the limit, sales behind, expense rising [000]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.alerts.rules import Kind, Level, Limits, Raised, Threshold
from app.alerts.trade import SPAN, YEAR, Trade
from app.vocabulary import N_, Reason, because

SPANS_BEFORE = 3
LEAST_PURCHASES = 3
"""Purchases in 90 days below which their number says nothing about how often somebody buys."""
URGENT_SHARE = Decimal("1.2")
HALF = 0.5
DAY = timedelta(days=1)

Month = tuple[int, int]
Spent = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Debt:
    """What an account owes on a day, how much of it is past its day, and how much it may owe.

    ``due_on`` is the oldest day to pay that has passed unpaid.
    """

    owed: Decimal
    overdue: Decimal = Decimal(0)
    limit: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What something was to cost, and what it has cost so far."""

    title: str
    budget: Decimal
    spent: Decimal


def credit(debt: Debt | None, limits: Limits, on: date) -> Raised | None:
    """Owed beyond the limit, or for long: urgent from a fifth beyond, or after twice as long.

    Without a limit only what is long past its day is said.
    """
    if debt is None:
        return None
    found = [one for one in (_too_much(debt, limits), _too_long(debt, limits, on)) if one]
    if not found:
        return None
    late = because(N_("Of this past its day: %(overdue)s."), overdue=debt.overdue)
    reasons = [reason for _level, reason in found]
    level = max(level for level, _reason in found)
    return Raised(Kind.CREDIT, level, (*reasons, late) if debt.overdue else tuple(reasons))


def _too_much(debt: Debt, limits: Limits) -> tuple[Level, Reason] | None:
    if not debt.limit or debt.limit <= 0:
        return None
    share = debt.owed / debt.limit
    if float(share) <= limits.share(Threshold.OWED):
        return None
    reason = because(
        N_("Owed: %(owed)s, %(share)d %% of the limit of %(limit)s."),
        owed=debt.owed,
        share=round(100 * share),
        limit=debt.limit,
    )
    return Level.URGENT if share >= URGENT_SHARE else Level.WARNING, reason


def _too_long(debt: Debt, limits: Limits, on: date) -> tuple[Level, Reason] | None:
    if debt.due_on is None:
        return None
    days, most = (on - debt.due_on).days, limits[Threshold.OVERDUE]
    if days <= most:
        return None
    said = N_("An invoice was due on %(day)s and is %(days)d days late; owed: %(owed)s.")
    reason = because(said, day=debt.due_on, days=days, owed=debt.owed)
    return Level.URGENT if days > 2 * most else Level.WARNING, reason


def progress(
    trade: Trade, plan: Mapping[Month, Decimal], limits: Limits, on: date
) -> Raised | None:
    """Sales behind the plan, behind the same days a year before, or less often than usual.

    Buying less often alone is a note; two of the three, or half of what was due, are urgent.
    """
    found = [
        one
        for one in (
            behind_plan(trade, plan, limits, on),
            behind_year(trade, limits, on),
            less_often(trade, limits, on),
        )
        if one
    ]
    if not found:
        return None
    shortfall = max(share for share, _reason in found)
    is_slight = len(found) == 1 and less_often(trade, limits, on) is not None
    level = Level.URGENT if len(found) > 1 or shortfall >= HALF else Level.WARNING
    return Raised(
        Kind.PROGRESS, Level.NOTE if is_slight else level, tuple(reason for _, reason in found)
    )


Lack = tuple[float, Reason] | None


def behind_plan(trade: Trade, plan: Mapping[Month, Decimal], limits: Limits, on: date) -> Lack:
    """How far sales are behind the plan of this year's months that are over, as a share."""
    due = sum((one for month, one in plan.items() if _is_over(month, on)), Decimal(0))
    if due <= 0:
        return None
    sold = trade.net(date(on.year - 1, 12, 31), date(on.year, on.month, 1) - DAY)
    said = N_("Sold by the end of last month: %(sold)s; planned: %(due)s.")
    return _lack(sold, due, limits.share(Threshold.PLAN), because(said, sold=sold, due=due))


def _is_over(month: Month, on: date) -> bool:
    return month[0] == on.year and month[1] < on.month


def behind_year(trade: Trade, limits: Limits, on: date) -> Lack:
    """How far the last 90 days are behind the same days a year before, as a share."""
    before = trade.net(on - YEAR - SPAN, on - YEAR)
    if before <= 0:
        return None
    sold = trade.net(on - SPAN, on)
    said = N_("Sold in the last %(days)d days: %(sold)s; a year before: %(before)s.")
    reason = because(said, days=SPAN.days, sold=sold, before=before)
    return _lack(sold, before, limits.share(Threshold.YEAR), reason)


def less_often(trade: Trade, limits: Limits, on: date) -> Lack:
    """How much less often it bought than in the three quarters before, as a share."""
    start = on - SPAN * (SPANS_BEFORE + 1)
    usual = Decimal(trade.purchases(start, on - SPAN)) / SPANS_BEFORE
    if usual < LEAST_PURCHASES or not trade.bought or trade.bought[0] > start:
        return None
    count = trade.purchases(on - SPAN, on)
    said = N_("Bought on %(count)d days of the last %(days)d; usual: %(usual)s.")
    reason = because(said, count=count, days=SPAN.days, usual=round(usual, 1))
    return _lack(Decimal(count), usual, limits.share(Threshold.LESS_OFTEN), reason)


def _lack(have: Decimal, due: Decimal, most: float, reason: Reason) -> Lack:
    share = float(1 - have / due)
    return (share, reason) if share >= most else None


def expense(
    spent: Sequence[Spent], budgets: Iterable[Budget], limits: Limits, on: date
) -> Raised | None:
    """Expense of 90 days above the mean of the three quarters before, or above a budget.

    A rise alone is a note: it may be meant so. Both together are urgent.
    """
    rise = rising(spent, limits, on)
    over = over_budget(budgets, limits)
    if rise is None and not over:
        return None
    level = Level.WARNING if over else Level.NOTE
    reasons = (*([rise[1]] if rise else []), *over)
    return Raised(Kind.EXPENSE, Level.URGENT if rise and over else level, reasons)


def rising(spent: Sequence[Spent], limits: Limits, on: date) -> Lack:
    """By which share the last 90 days cost more than usual; None where there is no usual."""
    sums = [_spent(spent, on - SPAN * (n + 1), on - SPAN * n) for n in range(SPANS_BEFORE + 1)]
    last, before = sums[0], sums[1:]
    if sum(one > 0 for one in before) < SPANS_BEFORE - 1:
        return None
    usual = sum(before, Decimal(0)) / SPANS_BEFORE
    share = float(last / usual - 1)
    if share < limits.share(Threshold.RISE):
        return None
    said = N_("Spent in the last %(days)d days: %(last)s; usual: %(usual)s.")
    return share, because(said, days=SPAN.days, last=last, usual=round(usual, 2))


def _spent(spent: Sequence[Spent], after: date, until: date) -> Decimal:
    return sum((amount for day, amount in spent if after < day <= until), Decimal(0))


def over_budget(budgets: Iterable[Budget], limits: Limits) -> tuple[Reason, ...]:
    """What has cost more than it was to cost."""
    most = Decimal(str(limits.share(Threshold.BUDGET)))
    said = N_("%(title)s: spent %(spent)s of %(budget)s.")
    return tuple(
        because(said, title=one.title, spent=one.spent, budget=one.budget)
        for one in budgets
        if one.budget > 0 and one.spent > one.budget * most
    )
