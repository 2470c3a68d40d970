"""A plan's face: the wheel, and each phase with what it holds, lacks, and what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import url_for

from app import db
from app.accounts.models import Account
from app.plans.control_queries import watched
from app.plans.first_steps import FirstStep, Step, first_steps
from app.plans.goal_queries import facts_of, goal_rows, reports
from app.plans.guide import LEADS
from app.plans.insights import InsightKind, by_weight
from app.plans.models import AccountPlan, Action, Goal
from app.plans.phases import PhaseView, PlanFacts, phase_views
from app.plans.queries import action_rows, phase_rows
from app.plans.review_queries import due_on, review_rows
from app.plans.rules import Phase, PlanStatus, Stance
from app.plans.thinking import askings, thoughts, with_thoughts
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answer_rows, asked_of, grouped, insight_rows
from app.plans.world import NOTHING_NEW, News, earliest, news
from app.plans.world_queries import events_since, sales_since
from app.records.feedback_queries import FeedbackRow, feedback_rows
from app.web import _, _n, label, today

YEAR = timedelta(days=365)
STEPS: dict[FirstStep, dict[str, Any]] = {
    FirstStep.ANSWERS: {"endpoint": "plans.write", "phase": Phase.DIAGNOSE},
    FirstStep.DRIVERS: {"endpoint": "plans.diagnose", "_anchor": "driver"},
    FirstStep.CHANGES: {"endpoint": "plans.forecast"},
    FirstStep.GOALS: {"endpoint": "plans.add_a_goal"},
    FirstStep.POSITION: {"endpoint": "plans.strategy"},
    FirstStep.ACTIONS: {"endpoint": "plans.add_an_action"},
}
"""Where each first step is taken."""


def face_values(
    plan: AccountPlan, account: Account, listed: Sequence[AccountPlan]
) -> dict[str, Any]:
    """Everything that the page of a plan shows."""
    session, on = db.session(), today()
    texts = phase_rows(session, plan.id)
    thinking, doing = _thinking(plan, account), _doing(plan, on)
    stance = Stance(plan.stance) if plan.stance else None
    written = {phase: row.updated_at.date() for phase, row in texts.items() if row.body}
    if doing["heard"]:
        written[Phase.FEEDBACK] = max(_touched(one) for one in doing["heard"])
    facts = with_thoughts(
        facts_of(stance, written, doing["goals"], doing["actions"], on),
        looked={phase: row.updated_at.date() for phase, row in texts.items()},
        held=thinking["thoughts"],
        insights=thinking["insights"][InsightKind.DRIVER],
        position=plan.position,
    )
    views = phase_views(facts, on)
    fresh = news_of(plan, views, on)
    return {
        "account": account,
        "plan": plan,
        "plan_status": PlanStatus(plan.status),
        "listed": listed,
        "stance": stance,
        "texts": texts,
        "views": views,
        "news": fresh,
        "slices": [_slice(view, fresh[view.phase]) for view in views],
        "now": next((view for view in views if view.state == "now"), None),
        "leads": LEADS,
        "steps": _steps(facts, plan, thinking, doing),
        "by_weight": by_weight,
        "on": on,
        **thinking,
        **doing,
    }


def _touched(row: FeedbackRow) -> date:
    """The last day on which something was done about feedback."""
    return max(one for one in (row.on, row.decided_on, row.answered_on) if one)


def _doing(plan: AccountPlan, on: date) -> dict[str, Any]:
    """What the phases that act show; lessons of the year before open the diagnosis."""
    session = db.session()
    return {
        "goals": reports(session, goal_rows(session, Goal.plan_id == plan.id), on),
        "actions": action_rows(session, Action.plan_id == plan.id),
        "watched": watched(session, plan, on),
        "review_on": due_on(plan, review_rows(session, plan.id)),
        "heard": feedback_rows(session, plan.account_id, plan.starts_on - YEAR),
    }


def _thinking(plan: AccountPlan, account: Account) -> dict[str, Any]:
    """What the phases that think show."""
    session = db.session()
    asked = asked_of(session, account.industry)
    answers = answer_rows(session, PlanAnswer.plan_id == plan.id)
    insights = insight_rows(session, plan.id)
    return {
        "asked": {
            phase: askings(asked[phase], [one for one in answers if one.phase is phase])
            for phase in Phase
        },
        "insights": grouped(insights),
        "thoughts": thoughts(asked, answers, insights),
    }


def _steps(
    facts: PlanFacts, plan: AccountPlan, thinking: Mapping[str, Any], doing: Mapping[str, Any]
) -> list[tuple[Step, str]]:
    """The way to a first useful plan with where each step is taken; none once it is."""
    found = first_steps(
        facts,
        changes=len(thinking["insights"][InsightKind.CHANGE]),
        goals_with_target=sum(one.goal.target is not None for one in doing["goals"]),
    )
    if all(one.is_done for one in found):
        return []
    return [(one, url_for(plan_id=plan.id, **STEPS[one.step])) for one in found]


def news_of(plan: AccountPlan, views: Sequence[PhaseView], on: date) -> dict[Phase, News]:
    """What changed since each phase was last looked at; a plan of another time has no news."""
    looked = {view.phase: view.updated_on for view in views if view.updated_on}
    first = earliest(list(looked.values()))
    if first is None or not plan.starts_on <= on <= plan.ends_on:
        return dict.fromkeys(Phase, NOTHING_NEW)
    session = db.session()
    events = events_since(session, plan.account_id, first, on)
    forecast = looked.get(Phase.FORECAST)
    sales = sales_since(session, plan.account_id, forecast, on) if forecast else None
    return {
        phase: news(phase, looked[phase], events, sales) if phase in looked else NOTHING_NEW
        for phase in Phase
    }


def _slice(view: PhaseView, fresh: News) -> dict[str, Any]:
    """A phase on the wheel: what it holds, how old it is, whether the world moved on."""
    age = _n("%(num)s day", "%(num)s days", view.age_days) if view.age_days is not None else ""
    return {
        "name": label(view.phase),
        "url": f"#{view.phase}",
        "state": view.state,
        "note": _held(view) or age,
        "under": age if _held(view) else "",
        "stale": fresh.count > 0,
    }


def _held(view: PhaseView) -> str:
    thought = view.thought
    if thought.answered:
        return _("%(done)s/%(all)s answered", done=thought.answered, all=thought.asked)
    if view.state == "begun":
        return _("begun")
    return _("to begin") if view.missing and view.age_days is None else ""
