"""What is asked of the database about templates, and what a plan would give to one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.plans.insights import InsightKind
from app.plans.models import AccountPlan, Action, Goal
from app.plans.templates import (
    BUILT_IN,
    ActionSketch,
    GoalSketch,
    InsightSketch,
    Template,
    sketched,
    sketches,
)
from app.plans.thinking_models import Insight, PlanTemplate


def templates_of(session: Session) -> list[Template]:
    """The company's own templates by name, then those that come with the product."""
    rows = session.scalars(
        select(PlanTemplate)
        .where(PlanTemplate.archived_at.is_(None))
        .order_by(PlanTemplate.name, PlanTemplate.id)
    )
    return [*(_template(row) for row in rows), *BUILT_IN]


def _template(row: PlanTemplate) -> Template:
    goals, actions, insights = sketches(row.content)
    return Template(
        str(row.id), row.name, row.industry, row.size_class, row.stance, goals, actions, insights
    )


def find_template(session: Session, template_id: int) -> PlanTemplate | None:
    """A template, archived or not."""
    return session.get(PlanTemplate, template_id)


def content_of(session: Session, plan: AccountPlan) -> dict[str, Any]:
    """What a plan gives to a template: its goals, actions and drivers, without names or figures."""
    here = (Goal.plan_id == plan.id, Goal.archived_at.is_(None))
    goals = [
        (row.id, GoalSketch(row.statement, row.metric, row.unit, *_days(plan, row)))
        for row in session.scalars(select(Goal).where(*here).order_by(Goal.id))
    ]
    kept = (Action.plan_id == plan.id, Action.archived_at.is_(None))
    actions = [
        (row.goal_id, ActionSketch(row.title, row.how, _day(plan, row.due_on)))
        for row in session.scalars(select(Action).where(*kept).order_by(Action.due_on, Action.id))
    ]
    drivers = select(Insight).where(
        Insight.plan_id == plan.id,
        Insight.kind == InsightKind.DRIVER,
        Insight.archived_at.is_(None),
    )
    insights = [
        InsightSketch(row.kind, row.facet, row.words)
        for row in session.scalars(drivers.order_by(Insight.id))
    ]
    return sketched(goals, actions, insights)


def _days(plan: AccountPlan, goal: Goal) -> tuple[int | None, int | None]:
    due = None if goal.due_on == plan.ends_on else _day(plan, goal.due_on)
    return _day(plan, goal.starts_on), due


def _day(plan: AccountPlan, on: date | None) -> int | None:
    return None if on is None else max((on - plan.starts_on).days, 0)
