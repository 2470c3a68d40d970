"""Warnings about what is due: an answer, a contract's end, a goal, a milestone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.alerts.rules import Kind, Level, Limits, Raised, Threshold
from app.vocabulary import N_, because

SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint that waits for its answer."""

    case_id: int
    title: str
    on: date
    answer_by: date | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract that ends, and that none follows; ``notice_days`` are its own."""

    contract_id: int
    title: str
    ends_on: date
    notice_days: int = 0
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A goal on its way: the share done and due, and the first milestone passed unreached."""

    goal_id: int
    statement: str
    owner_id: int | None
    done: float | None
    due: float | None
    is_missed: bool = False
    milestone_on: date | None = None
    milestone: Decimal | None = None
    value: Decimal | None = None


def unanswered(one: Complaint, limits: Limits, on: date) -> Raised | None:
    """A complaint without the answer it must have, by the day agreed or within so many days;
    urgent once it has waited twice as long."""
    days, most = (on - one.on).days, limits[Threshold.ANSWER]
    if one.answer_by is not None:
        most = (one.answer_by - one.on).days
    if days <= most:
        return None
    said = N_("“%(title)s” was raised on %(day)s and has waited %(days)d days for an answer.")
    reason = because(said, title=one.title, day=one.on, days=days)
    level = Level.URGENT if days > 2 * most else Level.WARNING
    return Raised(Kind.COMPLAINT, level, (reason,), one.case_id, owner_id=one.owner_id)


def ending(one: Ending, limits: Limits, on: date) -> Raised | None:
    """A contract near its end, or past it, that none follows; urgent in the last two weeks."""
    left = (one.ends_on - on).days
    if left > max(limits[Threshold.ENDING], one.notice_days):
        return None
    said = N_("“%(title)s” ends on %(day)s, in %(days)d days, and no contract follows it.")
    if left < 0:
        said = N_("“%(title)s” ended on %(day)s and no contract follows it.")
    reason = because(said, title=one.title, day=one.ends_on, days=left)
    level = Level.URGENT if left <= SOON_DAYS else Level.WARNING
    return Raised(Kind.CONTRACT, level, (reason,), one.contract_id, owner_id=one.owner_id)


def goal_behind(goal: Course, limits: Limits) -> Raised | None:
    """A goal behind its line; urgent when its day has passed."""
    if goal.done is None or goal.due is None:
        return None
    if not goal.is_missed and goal.due - goal.done < limits.share(Threshold.BEHIND):
        return None
    said = N_("“%(goal)s” has %(done)d %% of its way behind it; by now it should be %(due)d %%.")
    reason = because(
        said, goal=goal.statement, done=round(100 * goal.done), due=round(100 * goal.due)
    )
    level = Level.URGENT if goal.is_missed else Level.WARNING
    return Raised(Kind.GOAL, level, (reason,), goal.goal_id, owner_id=goal.owner_id)


def milestone_overdue(goal: Course, limits: Limits, on: date) -> Raised | None:
    """A milestone of a goal whose day passed without its value; urgent after 90 days."""
    if goal.milestone_on is None or goal.milestone is None or goal.value is None:
        return None
    days = (on - goal.milestone_on).days
    if days <= limits[Threshold.LATE]:
        return None
    said = N_("“%(goal)s” was to stand at %(value)s by %(day)s and stands at %(now)s.")
    reason = because(
        said, goal=goal.statement, value=goal.milestone, day=goal.milestone_on, now=goal.value
    )
    level = Level.URGENT if days > LONG_DAYS else Level.WARNING
    return Raised(Kind.MILESTONE, level, (reason,), goal.goal_id, owner_id=goal.owner_id)


LONG_DAYS = 90
