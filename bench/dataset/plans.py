"""An account's plan in the data set: its phases, goals with readings, actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.plans.models import AccountPlan, Action, Goal, GoalMilestone, GoalReading, PhaseText
from app.plans.rules import Phase
from bench.dataset.place import Place, at

GOALS = 3
ACTIONS = 5


def add_plan(place: Place) -> None:
    """This year's plan."""
    starts, ends = date(place.on.year, 1, 1), date(place.on.year, 12, 31)
    plan_id = place.add(
        AccountPlan, title=f"{place.on.year}", starts_on=starts, ends_on=ends, status="active"
    )
    for phase in Phase:
        body = "What we know, what we want and what follows from it. " * 3
        place.add(PhaseText, plan_id=plan_id, phase=phase, body=body, updated_at=at(place.ago(40)))
    goals = [_goal(place, plan_id, starts, ends) for _ in range(GOALS)]
    for number in range(ACTIONS):
        due = place.ago(place.chance.randrange(-60, 200))
        place.add(
            Action,
            plan_id=plan_id,
            goal_id=goals[number % GOALS],
            title="Invite the head of department to the reference site",
            owner_id=place.owner,
            due_on=due,
            done_on=due if number % 2 and due < place.on else None,
        )


def _goal(place: Place, plan_id: int, starts: date, ends: date) -> int:
    goal_id = place.add(
        Goal,
        plan_id=plan_id,
        statement="Bring the share of infusion pumps to the agreed level",
        owner_id=place.owner,
        unit="%",
        baseline=Decimal(10),
        target=Decimal(40),
        starts_on=starts,
        due_on=ends,
    )
    place.add(GoalMilestone, goal_id=goal_id, on=date(starts.year, 6, 30), value=Decimal(20))
    for number in range(3):
        value = Decimal(10 + place.chance.randrange(10) * number)
        place.add(
            GoalReading, goal_id=goal_id, on=date(starts.year, 2 + 2 * number, 1), value=value
        )
    return goal_id
