"""A plan begins from a template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from app.plans.models import AccountPlan, Action, Goal
from app.plans.templates import GoalSketch, Template, day_of
from app.plans.thinking_models import Insight

Words = Callable[[str], str]


def begin_from(
    session: Session,
    plan: AccountPlan,
    template: Template,
    *,
    user_id: int | None,
    on: date,
    words: Words,
) -> None:
    """Put a template's goals, actions and insights into a plan; ``words`` puts them in a language.

    The one who begins owns the goals and actions; insights wait to be looked at.
    """
    plan.stance = plan.stance or template.stance
    goals = [_goal(plan, sketch, user_id, words) for sketch in template.goals]
    session.add_all(goals)
    session.flush()
    for sketch in template.actions:
        goal_id = goals[sketch.goal].id if sketch.goal is not None else None
        due = day_of(plan.starts_on, sketch.due_day, plan.ends_on)
        action = Action(account_id=plan.account_id, plan_id=plan.id, goal_id=goal_id)
        action.title, action.how = words(sketch.title), words(sketch.how) if sketch.how else ""
        action.owner_id, action.due_on = user_id, due
        session.add(action)
    for one in template.insights:
        insight = Insight(account_id=plan.account_id, plan_id=plan.id, kind=one.kind, on=on)
        insight.facet, insight.words, insight.user_id = one.facet, words(one.words), user_id
        session.add(insight)
    session.flush()


def _goal(plan: AccountPlan, sketch: GoalSketch, user_id: int | None, words: Words) -> Goal:
    return Goal(
        account_id=plan.account_id,
        plan_id=plan.id,
        statement=words(sketch.statement),
        metric=sketch.metric,
        unit=sketch.unit,
        owner_id=user_id,
        starts_on=day_of(plan.starts_on, sketch.start_day or 0, plan.ends_on),
        due_on=day_of(plan.starts_on, sketch.due_day, plan.ends_on),
    )
