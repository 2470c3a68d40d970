"""What happens to plans: they are opened, copied, written, read and acted on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.plans.action_rules import Repeat, following
from app.plans.models import AccountPlan, Action, Goal, GoalMilestone, GoalReading, PhaseText
from app.plans.queries import find_phase
from app.plans.rules import Phase
from app.plans.thinking_changes import carry_thoughts

REPEATED = (
    "account_id",
    "plan_id",
    "goal_id",
    "title",
    "place",
    "how",
    "owner_id",
    "budget",
    "kind",
    "contract_phase",
    "repeats",
    "is_shared",
)
"""What an action hands on when it comes again."""

CARRIED_PHASES = (Phase.DIAGNOSE, Phase.FORECAST, Phase.STRATEGY, Phase.CONTROL)


def add_plan(session: Session, plan: AccountPlan) -> AccountPlan:
    """Open a plan for an account and a period."""
    session.add(plan)
    session.flush()
    return plan


def copy_plan(session: Session, last: AccountPlan, plan: AccountPlan) -> None:
    """Carry a plan's texts and goals into the next period; what was reached starts anew.

    Texts keep the day they were written, so that their age stays true. A goal starts from
    its old target as the baseline and waits for a target of its own.
    """
    plan.stance = plan.stance or last.stance
    for text in session.scalars(select(PhaseText).where(PhaseText.plan_id == last.id)):
        if text.body and Phase(text.phase) in CARRIED_PHASES:
            session.add(_text_for(plan, text))
    kept = Goal.archived_at.is_(None)
    for goal in session.scalars(select(Goal).where(Goal.plan_id == last.id, kept)):
        session.add(_goal_for(plan, goal))
    carry_thoughts(session, last, plan)


def _text_for(plan: AccountPlan, text: PhaseText) -> PhaseText:
    return PhaseText(
        account_id=plan.account_id,
        plan_id=plan.id,
        phase=text.phase,
        body=text.body,
        updated_at=text.updated_at,
        user_id=text.user_id,
    )


def _goal_for(plan: AccountPlan, goal: Goal) -> Goal:
    return Goal(
        account_id=plan.account_id,
        plan_id=plan.id,
        statement=goal.statement,
        product_id=goal.product_id,
        owner_id=goal.owner_id,
        metric=goal.metric,
        unit=goal.unit,
        baseline=goal.target,
        starts_on=plan.starts_on,
        due_on=plan.ends_on,
    )


def next_period(last: AccountPlan | None, on: date) -> tuple[date, date]:
    """The period after a plan's, of the same length; the year of the day when there is none."""
    if last is None:
        return date(on.year, 1, 1), date(on.year, 12, 31)
    start = last.ends_on + timedelta(days=1)
    if (last.starts_on.month, last.starts_on.day) == (start.month, start.day):
        return start, date(start.year + 1, start.month, start.day) - timedelta(days=1)
    return start, start + (last.ends_on - last.starts_on)


def write_phase(
    session: Session,
    plan: AccountPlan,
    phase: Phase,
    body: str,
    *,
    at: datetime,
    user_id: int | None,
) -> PhaseText:
    """Write what a plan says in a phase; what it said before stays in the history."""
    text = touch_phase(session, plan, phase, at=at, user_id=user_id)
    text.body = body
    session.flush()
    return text


def touch_phase(
    session: Session, plan: AccountPlan, phase: Phase, *, at: datetime, user_id: int | None
) -> PhaseText:
    """Somebody looked at a phase, or changed something in it: it is as of now."""
    text = find_phase(session, plan.id, phase)
    if text is None:
        text = PhaseText(account_id=plan.account_id, plan_id=plan.id, phase=phase, updated_at=at)
        session.add(text)
    text.updated_at, text.user_id = at, user_id
    session.flush()
    return text


def add_goal(session: Session, goal: Goal) -> Goal:
    """Add a goal to its plan."""
    session.add(goal)
    session.flush()
    return goal


def read_goal(
    session: Session, goal: Goal, on: date, value: Decimal, *, source: str, user_id: int | None
) -> GoalReading:
    """Note a goal's value on a day, read by hand."""
    reading = GoalReading(
        account_id=goal.account_id,
        goal_id=goal.id,
        on=on,
        value=value,
        source=source,
        user_id=user_id,
    )
    session.add(reading)
    session.flush()
    return reading


def set_milestone(session: Session, goal: Goal, on: date, value: Decimal) -> GoalMilestone:
    """A value to reach by a day; one of that day is replaced."""
    milestone = session.scalar(
        select(GoalMilestone).where(GoalMilestone.goal_id == goal.id, GoalMilestone.on == on)
    )
    if milestone is None:
        milestone = GoalMilestone(account_id=goal.account_id, goal_id=goal.id, on=on)
        session.add(milestone)
    milestone.value = value
    session.flush()
    return milestone


def add_action(session: Session, action: Action) -> Action:
    """Add an action."""
    session.add(action)
    session.flush()
    return action


def finish_action(
    session: Session, action: Action, on: date, result: str, spent: Decimal | None
) -> Action | None:
    """An action is done, with its result; one that repeats leaves the next behind, given back."""
    is_first_time = action.done_on is None
    action.done_on = on
    action.result = result
    action.spent = spent
    if not action.repeats or not is_first_time:
        return None
    return add_action(session, _next_of(action, Repeat(action.repeats)))


def _next_of(action: Action, repeat: Repeat) -> Action:
    """The same action as it comes again: by its due day, else by the day it was done."""
    last = action.due_on or action.done_on
    assert last
    again = Action(**{name: getattr(action, name) for name in REPEATED})
    again.due_on = following(last, repeat)
    if action.starts_on:
        again.starts_on = following(action.starts_on, repeat)
    return again


def begin_action(action: Action, on: date | None) -> None:
    """An action is in hand from a day on; None lays it down again."""
    action.begun_on = on


def reopen_action(action: Action) -> None:
    """An action is not done after all; its result is kept for the next time."""
    action.done_on = None


def archive(row: AccountPlan | Goal | Action, at: datetime) -> None:
    """Put a plan, a goal or an action away; nothing of it is lost."""
    row.archived_at = at


def restore(row: AccountPlan | Goal | Action) -> None:
    """Bring it back."""
    row.archived_at = None
