"""The doors that the pages of plans share, and how each goes back to its plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from app import db
from app.access import EDIT, READ, account_or_404
from app.accounts.models import Account
from app.catalogue import gettext
from app.plans.goal_queries import GoalRow
from app.plans.models import AccountPlan, Action, Goal
from app.plans.queries import find_action, find_goal, find_plan
from app.plans.questions import Question
from app.plans.rules import OWN_UNIT, Metric
from app.users.rules import Level
from app.web import SIGNS, _, money, number, see, speaks_chinese

plans = Blueprint("plans", __name__)
MONEY = {Metric.SALES, Metric.SPEND}


@plans.app_template_filter("asks")
def asks(question: Question) -> str:
    """A question in the reader's language: a company's own words, or the course's translated."""
    return gettext(question.said(in_chinese=speaks_chinese()))


@plans.app_template_filter("words")
def translated(message: str) -> str:
    """A company's own words as they are, the course's in the reader's language."""
    return gettext(message)


@plans.app_template_global()
def measured(value: Decimal | None, goal: GoalRow) -> str:
    """A goal's value with its unit: money, per cent, or a number and a word."""
    if value is None:
        return ""
    if goal.unit in SIGNS or (goal.metric in MONEY and not goal.unit):
        return money(value, goal.unit or goal.currency)
    own = OWN_UNIT.get(goal.metric) if goal.metric else None
    unit = goal.unit or (_(own) if own else "")
    return f"{number(value, 2)}{'' if unit == '%' else ' '}{unit}".rstrip()


def plan_or_404(plan_id: int, to: Level = READ) -> tuple[AccountPlan, Account]:
    """A plan with its account, for someone who may go as far as ``to``."""
    plan = find_plan(db.session(), plan_id)
    if plan is None:
        abort(404)
    return plan, account_or_404(plan.account_id, to)


def goal_or_404(goal_id: int, to: Level = EDIT) -> tuple[Goal, Account]:
    """A goal with its account."""
    goal = find_goal(db.session(), goal_id)
    if goal is None:
        abort(404)
    return goal, account_or_404(goal.account_id, to)


def action_or_404(action_id: int, to: Level = EDIT) -> tuple[Action, Account]:
    """An action with its account."""
    action = find_action(db.session(), action_id)
    if action is None:
        abort(404)
    return action, account_or_404(action.account_id, to)


def to_plan(plan_id: int | None, account_id: int, message: Any, **more: Any) -> Response:
    """Back to the plan that something belongs to; to the account's, when to none."""
    if plan_id is None:
        return see("plans.of_account", message, account_id=account_id, **more)
    return see("plans.show", message, plan_id=plan_id, **more)
