"""plan: an account's plan with every judged letter and figure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.commands.common import Failure, answers, columns, open_session
from app.commands.finding import find_account
from app.db import now
from app.plans.control import signal, values
from app.plans.control_queries import counts_of, watch_rows
from app.plans.goal_queries import GoalReport, goal_rows, reports
from app.plans.health import Health
from app.plans.health_queries import health_of
from app.plans.models import AccountPlan, Action, Goal
from app.plans.queries import ActionRow, action_rows, phase_rows, plan_at_hand, plans_of
from app.plans.review_queries import due_on, review_rows


def _text(answer: dict[str, Any]) -> str:
    """The goals as a table; the rest is for --json."""
    plan = answer["plan"]
    figure = answer["health"]["value"]
    head = f"{answer['account']}, plan {plan['title']}, as of {answer['as_of']}"
    heads = ("goal", "letters", "value", "target", "standing")
    rows = [
        (
            goal["statement"],
            " ".join(f"{one['letter']}:{one['verdict']}" for one in goal["letters"]),
            *(goal[name] for name in heads[2:]),
        )
        for goal in answer["goals"]
    ]
    known = "not known" if figure is None else figure
    return "\n".join([head, f"Health: {known}", columns([heads, *rows])])


@click.command("plan")
@click.argument("account")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As it stood on this day.")
@answers(_text)
def plan_verb(account: str, as_of: datetime | None) -> dict[str, Any]:
    """The plan at hand of ACCOUNT (its name, external id or number), goals judged."""
    on: date = as_of.date() if as_of else now().date()
    with open_session() as session:
        found = find_account(session, account)
        plan = plan_at_hand(plans_of(session, found.id), on)
        if plan is None:
            raise Failure(f"{found.name} has no plan.")
        return _answer(session, found, plan, on)


def _answer(session: Session, account: Account, plan: AccountPlan, on: date) -> dict[str, Any]:
    goals = reports(session, goal_rows(session, Goal.plan_id == plan.id), on)
    reviews = review_rows(session, plan.id)
    return {
        "account": account.name,
        "as_of": on,
        "plan": {
            "id": plan.id,
            "title": plan.title,
            "starts_on": plan.starts_on,
            "ends_on": plan.ends_on,
            "status": plan.status,
            "stance": plan.stance,
            "next_review_on": due_on(plan, reviews),
        },
        "phases": {phase.value: row.body for phase, row in phase_rows(session, plan.id).items()},
        "goals": [_goal(one) for one in goals],
        "actions": [_action(one, on) for one in action_rows(session, Action.plan_id == plan.id)],
        "control": _control(session, plan, on),
        "health": _health(health_of(session, account.id, on)),
        "reviews": [
            {"on": one.on, "status": one.status, "decisions": one.decisions} for one in reviews
        ],
    }


def _goal(report: GoalReport) -> dict[str, Any]:
    goal, made = report.goal, report.progress
    return {
        "id": goal.id,
        "statement": goal.statement,
        "owner": goal.owner,
        "product": goal.product,
        "metric": goal.metric,
        "unit": goal.unit or goal.currency,
        "baseline": goal.baseline,
        "target": goal.target,
        "starts_on": goal.starts_on,
        "due_on": goal.due_on,
        "past": report.past,
        "value": made.value,
        "expected": made.expected,
        "share_done": made.share_done,
        "share_due": made.share_due,
        "standing": made.standing,
        "letters": [
            {
                "letter": one.letter,
                "verdict": one.verdict,
                "reasons": [str(reason) for reason in one.reasons],
                "mends": [str(mend) for mend in one.mends],
            }
            for one in report.letters
        ],
    }


def _action(action: ActionRow, on: date) -> dict[str, Any]:
    return {
        "id": action.id,
        "title": action.title,
        "owner": action.owner,
        "goal_id": action.goal_id,
        "starts_on": action.starts_on,
        "due_on": action.due_on,
        "done_on": action.done_on,
        "state": action.lane(on),
        "budget": action.budget,
        "spent": action.spent,
        "result": action.result,
    }


def _control(session: Session, plan: AccountPlan, on: date) -> list[dict[str, Any]]:
    found = values(counts_of(session, plan, on))
    limits = {row.measure: row.limit for row in watch_rows(session, plan.id)}
    return [
        {
            "measure": measure,
            "value": value,
            "limit": limits.get(measure),
            "signal": signal(measure, value, limits[measure]) if measure in limits else None,
        }
        for measure, value in found.items()
    ]


def _health(found: Health) -> dict[str, Any]:
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "condition": found.condition,
        "parts": {
            one.part.value: {"weight": one.weight, "value": one.value, "reason": str(one.reason)}
            for one in found.parts
        },
    }
