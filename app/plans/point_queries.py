"""What is asked of the database about readings and milestones: of many goals, or one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.paging import Query
from app.plans.models import GoalMilestone, GoalReading
from app.plans.places import GOALS, UNTIL
from app.plans.progress import Point
from app.users.models import User


def readings_of(session: Session, goal_ids: Iterable[int]) -> dict[int, tuple[Point, ...]]:
    """Each goal's readings by hand, oldest first; the newest of a day comes last."""
    return _by_goal(session.execute(_readings(), {"goal_ids": list(goal_ids)}))


@cache
def _readings() -> Query:
    return (
        select(GoalReading.goal_id, GoalReading.on, GoalReading.value)
        .where(GoalReading.goal_id.in_(GOALS))
        .order_by(GoalReading.on, GoalReading.id)
    )


def marks_of(
    session: Session, goal_ids: Iterable[int], on: date
) -> tuple[dict[int, tuple[Point, ...]], dict[int, tuple[Point, ...]]]:
    """Each goal's milestones by day, and its newest reading by hand up to a day; one SELECT."""
    rows = session.execute(_marks(), {"goal_ids": list(goal_ids), "until": on}).all()
    ahead = sorted((row[1:] for row in rows if row[0]), key=lambda row: row[1])
    return _by_goal(ahead), _by_goal(row[1:] for row in rows if not row[0])


@cache
def _marks() -> CompoundSelect[Any]:
    milestones = (GoalMilestone.goal_id, GoalMilestone.on, GoalMilestone.value)
    newest = _newest().subquery()
    return union_all(
        select(literal(1), *milestones).where(GoalMilestone.goal_id.in_(GOALS)),
        select(literal(0), *newest.c),
    )


def _newest() -> Query:
    place = func.row_number().over(
        partition_by=GoalReading.goal_id, order_by=(GoalReading.on.desc(), GoalReading.id.desc())
    )
    newest = (
        select(GoalReading.goal_id, GoalReading.on, GoalReading.value, place.label("place"))
        .where(GoalReading.goal_id.in_(GOALS), GoalReading.on <= UNTIL)
        .subquery()
    )
    return select(newest.c.goal_id, newest.c.on, newest.c.value).where(newest.c.place == 1)


def _by_goal(rows: Iterable[Any]) -> dict[int, tuple[Point, ...]]:
    found: dict[int, list[Point]] = defaultdict(list)
    for goal_id, on, value in rows:
        found[goal_id].append((on, value))
    return {goal_id: tuple(points) for goal_id, points in found.items()}


@dataclass(frozen=True, slots=True)
class PointRow:
    """A value on a day, with where it was read and by whom."""

    id: int
    on: date
    value: Decimal
    source: str = ""
    author: str | None = None


def reading_rows(session: Session, goal_id: int) -> list[PointRow]:
    """A goal's readings by hand, newest first."""
    rows: Iterable[Any] = session.execute(
        select(GoalReading.id, GoalReading.on, GoalReading.value, GoalReading.source, User.name)
        .outerjoin(User, User.id == GoalReading.user_id)
        .where(GoalReading.goal_id == goal_id)
        .order_by(GoalReading.on.desc(), GoalReading.id.desc())
    )
    return [PointRow(*row) for row in rows]


def milestone_rows(session: Session, goal_id: int) -> list[PointRow]:
    """A goal's milestones by day."""
    rows: Iterable[Any] = session.execute(
        select(GoalMilestone.id, GoalMilestone.on, GoalMilestone.value)
        .where(GoalMilestone.goal_id == goal_id)
        .order_by(GoalMilestone.on)
    )
    return [PointRow(*row) for row in rows]


def find_reading(session: Session, goal_id: int, reading_id: int) -> GoalReading | None:
    """A reading of a goal."""
    found = session.get(GoalReading, reading_id)
    return found if found is not None and found.goal_id == goal_id else None


def find_milestone(session: Session, goal_id: int, milestone_id: int) -> GoalMilestone | None:
    """A milestone of a goal."""
    found = session.get(GoalMilestone, milestone_id)
    return found if found is not None and found.goal_id == goal_id else None
