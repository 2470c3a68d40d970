"""Goals of many accounts rolled up: by account, person, team, measure or aim.

Only what adds up is added: money of one currency, units, visits, contracts. Everything
else is counted by where it stands. House convention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from app.plans.rules import FLOWS, Metric, Standing

if TYPE_CHECKING:
    from app.plans.goal_queries import GoalReport

WORST_FIRST = (Standing.MISSED, Standing.BEHIND, Standing.UNKNOWN)
ADDED = FLOWS | {Metric.SPEND}


@dataclass(frozen=True, slots=True)
class Sum:
    """What the goals of one measure and unit amount to together."""

    metric: Metric
    unit: str
    value: Decimal
    expected: Decimal
    target: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """Some goals together: how many stand where, and what adds up."""

    key: str
    reports: tuple[GoalReport, ...]
    standings: Counter[Standing]
    sums: tuple[Sum, ...]

    @property
    def late(self) -> int:
        """How many are behind or missed."""
        return self.standings[Standing.BEHIND] + self.standings[Standing.MISSED]


def roll_up(keyed: Sequence[tuple[str, GoalReport]]) -> list[RollUp]:
    """Goals by their key, those with most behind first, then by name."""
    groups: dict[str, list[GoalReport]] = {}
    for key, report in keyed:
        groups.setdefault(key, []).append(report)
    found = [_rolled(key, reports) for key, reports in groups.items()]
    return sorted(found, key=lambda one: (-one.late, one.key))


def _rolled(key: str, reports: Sequence[GoalReport]) -> RollUp:
    counted = Counter(report.progress.standing for report in reports)
    return RollUp(key, tuple(sorted(reports, key=_lateness)), counted, sums_of(reports))


def _lateness(report: GoalReport) -> tuple[int, str]:
    standing = report.progress.standing
    place = WORST_FIRST.index(standing) if standing in WORST_FIRST else len(WORST_FIRST)
    return place, report.goal.account


def sums_of(reports: Sequence[GoalReport]) -> tuple[Sum, ...]:
    """What adds up, by measure and unit; goals without a value or a target are left out."""
    added: dict[tuple[Metric, str], list[GoalReport]] = {}
    for report in reports:
        if report.goal.metric in ADDED and _is_whole(report):
            added.setdefault((report.goal.metric, _unit(report)), []).append(report)
    return tuple(_sum(metric, unit, some) for (metric, unit), some in sorted(added.items()))


def _is_whole(report: GoalReport) -> bool:
    found = report.progress
    return None not in (found.value, found.expected, report.goal.target)


def _unit(report: GoalReport) -> str:
    """Money in its currency; other measures are counted in one and the same unit."""
    goal = report.goal
    return goal.currency if goal.metric in {Metric.SALES, Metric.SPEND} else ""


def _sum(metric: Metric, unit: str, reports: Sequence[GoalReport]) -> Sum:
    zero = Decimal(0)
    return Sum(
        metric,
        unit,
        sum((one.progress.value or zero for one in reports), zero),
        sum((one.progress.expected or zero for one in reports), zero),
        sum((one.goal.target or zero for one in reports), zero),
        len(reports),
    )
