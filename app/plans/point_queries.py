"""What is asked of the database about a goal's readings and milestones, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.plans.models import GoalMilestone, GoalReading
from app.users.models import User


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
