"""What is asked of the database about the goals of many accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.accounts.queries import people_led_by
from app.paging import Query
from app.plans.goal_queries import GoalRow, goal_rows
from app.plans.models import AccountPlan, Goal
from app.users.models import User

MOST = 3000
"""Goals looked at together; whoever sees more is told so, and chooses a team."""


def portfolio_goals(
    session: Session, seen: Query, on: date, *, user_id: int, whose: str
) -> list[GoalRow]:
    """Goals of plans at hand at accounts among those ``seen``: all, one's own, one's team's."""
    return goal_rows(
        session,
        Goal.account_id.in_(seen),
        Account.archived_at.is_(None),
        AccountPlan.archived_at.is_(None),
        AccountPlan.starts_on <= on,
        AccountPlan.ends_on >= on,
        *owned_by(Goal.owner_id, user_id, whose),
        most=MOST,
    )


def owned_by(owner: Any, user_id: int, whose: str) -> list[ColumnElement[bool]]:
    """Rows that are a person's own ("mine"), those of the people they lead ("team"), or all."""
    if whose == "mine":
        return [owner == user_id]
    if whose == "team":
        return [owner.in_(select(people_led_by(user_id).c.id))]
    return []


def leaders_of(session: Session) -> dict[int, str]:
    """Who leads each of our people, by name; who leads nobody and is led by none is left out."""
    leader = aliased(User)
    rows = session.execute(select(User.id, leader.name).join(leader, leader.id == User.manager_id))
    return {row[0]: row[1] for row in rows}
