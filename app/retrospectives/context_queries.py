"""What was forecast of a deal and what the account's plan said, as they stood then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pipeline.calls import Call
from app.pipeline.forecast_models import ForecastSnapshot, SnapshotDeal
from app.pipeline.rules import Stage
from app.plans.insights import InsightKind
from app.plans.models import AccountPlan, Goal
from app.plans.thinking_models import Insight
from app.plans.visit_answers import plan_on

MOST_FORECASTS = 16
RISKS = (InsightKind.THREAT, InsightKind.WEAKNESS, InsightKind.CHANGE, InsightKind.SUCCESS)
"""What of a plan's thinking bears on whether a deal is won."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A locked forecast that held the deal: its terms then, and the chances given to it."""

    on: date
    stage: Stage
    amount: Decimal | None
    close_on: date | None
    call: Call | None
    seller: float | None
    history: float | None
    pattern: float | None


def forecasts_of(session: Session, deal_id: int) -> list[Forecast]:
    """The forecasts made for a deal, oldest first; at most the last sixteen."""
    row = SnapshotDeal
    rows = session.execute(
        select(
            ForecastSnapshot.on, row.stage, row.amount, row.close_on, row.call, row.seller,
            row.history, row.pattern,
        )
        .join(ForecastSnapshot, ForecastSnapshot.id == row.snapshot_id)
        .where(row.opportunity_id == deal_id)
        .order_by(ForecastSnapshot.on.desc(), row.id.desc())
        .limit(MOST_FORECASTS)
    ).all()  # fmt: skip
    return [
        Forecast(on, Stage(stage), amount, close_on, Call(call) if call else None, *chances)
        for on, stage, amount, close_on, call, *chances in reversed(rows)
    ]


@dataclass(frozen=True, slots=True)
class PlanThen:
    """The plan that covered a day, with what it had said by then."""

    id: int
    title: str
    said: dict[InsightKind, list[str]] = field(default_factory=dict)
    goals: tuple[str, ...] = ()


def plan_then(session: Session, account_id: int, on: date) -> PlanThen | None:
    """The account's plan on a day: its risks and success points, and the goals that ran."""
    plan = plan_on(session, account_id, on)
    if plan is None:
        return None
    said: dict[InsightKind, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Insight.kind, Insight.words)
        .where(Insight.plan_id == plan.id, Insight.kind.in_(RISKS), Insight.on <= on)
        .where(Insight.archived_at.is_(None))
        .order_by(Insight.weight.desc(), Insight.id)
    )
    for kind, words in rows:
        said[InsightKind(kind)].append(words)
    return PlanThen(plan.id, plan.title, said, _goals(session, plan, on))


def _goals(session: Session, plan: AccountPlan, on: date) -> tuple[str, ...]:
    running = (Goal.starts_on.is_(None)) | (Goal.starts_on <= on)
    rows = session.scalars(
        select(Goal.statement)
        .where(Goal.plan_id == plan.id, Goal.archived_at.is_(None), running)
        .order_by(Goal.id)
    )
    return tuple(rows)
