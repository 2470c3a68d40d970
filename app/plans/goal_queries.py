"""What is asked of the database about goals, and each goal's report: letters and progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Query
from app.plans.goal_line import days_between
from app.plans.metric_queries import answers_to
from app.plans.metrics import Measure, Question, past_questions, past_value, value_question
from app.plans.models import AccountPlan, Action, Goal
from app.plans.phases import PlanFacts
from app.plans.places import GOALS
from app.plans.point_queries import marks_of, readings_of
from app.plans.progress import Point, Progress, progress, way_of
from app.plans.queries import ActionRow
from app.plans.rules import FLOWS, Metric, Phase, Stance, Verdict
from app.plans.smart import ActionFact, GoalFacts, Judgement, judge
from app.records.models import Product
from app.users.models import User


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as lists show it."""

    id: int
    account_id: int
    plan_id: int
    statement: str
    owner_id: int | None
    owner: str | None
    product_id: int | None
    product: str | None
    metric: Metric | None
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    starts_on: date | None
    due_on: date | None
    budget: Decimal | None
    plan_ends_on: date
    stance: Stance | None
    account: str
    currency: str

    @property
    def measure(self) -> Measure:
        """What it measures."""
        return Measure(
            self.metric,
            self.account_id,
            self.product_id,
            self.baseline,
            self.starts_on,
            self.due_on,
            self.unit,
        )


@dataclass(frozen=True, slots=True)
class GoalReport:
    """A goal with what it is judged to be; ``value_on`` is the day of a reading by hand,
    ``past`` what the same length of time before the start brought."""

    goal: GoalRow
    progress: Progress
    milestones: tuple[Point, ...]
    letters: tuple[Judgement, ...] = ()
    value_on: date | None = None
    past: Decimal | None = None


ENDS_ON = func.coalesce(Goal.due_on, AccountPlan.ends_on)


def goal_rows(
    session: Session,
    *wanted: ColumnElement[bool],
    most: int = 500,
    by: Any = ENDS_ON,
    put_away: bool = False,
) -> list[GoalRow]:
    """Goals by due day: those not put away, or all if one says so."""
    asked = _all_goals() if put_away else _goals()
    return as_goals(session.execute(_ordered(asked, wanted, most, by)))


def goals_asked(*wanted: ColumnElement[bool], most: int = 500, by: Any = ENDS_ON) -> Query:
    """The SELECT of goals as lists show them."""
    return _ordered(_goals(), wanted, most, by)


def _ordered(goals: Query, wanted: Iterable[ColumnElement[bool]], most: int, by: Any) -> Query:
    return goals.where(*wanted).order_by(by, Goal.id).limit(most)


@cache
def _goals() -> Query:
    return _all_goals().where(Goal.archived_at.is_(None))


@cache
def _all_goals() -> Query:
    return (
        select(
            Goal.id,
            Goal.account_id,
            Goal.plan_id,
            Goal.statement,
            Goal.owner_id,
            User.name,
            Goal.product_id,
            Product.name,
            Goal.metric,
            Goal.unit,
            Goal.baseline,
            Goal.target,
            Goal.starts_on,
            Goal.due_on,
            Goal.budget,
            AccountPlan.ends_on,
            AccountPlan.stance,
            Account.name,
            Account.currency,
        )
        .outerjoin(AccountPlan, AccountPlan.id == Goal.plan_id)
        .outerjoin(Account, Account.id == Goal.account_id)
        .outerjoin(User, User.id == Goal.owner_id)
        .outerjoin(Product, Product.id == Goal.product_id)
    )


def as_goals(rows: Iterable[Any]) -> list[GoalRow]:
    """Goals from the rows of ``goals_asked``."""
    return [_goal_row(row) for row in rows]


def _goal_row(row: Any) -> GoalRow:
    cells = list(row)
    cells[8] = Metric(cells[8]) if cells[8] else None
    cells[16] = Stance(cells[16]) if cells[16] else None
    return GoalRow(*cells)


def standings(session: Session, goals: Sequence[GoalRow], on: date) -> list[GoalReport]:
    """Every goal with its progress on a day, without its letters: for long lists."""
    answers = answers_to(session, _asked(goals, on).values())
    return _standings(session, goals, on, answers) if goals else []


def _asked(goals: Sequence[GoalRow], on: date) -> dict[int, Question]:
    """What the records are asked for, by goal; nothing where only readings by hand tell."""
    return {goal.id: one for goal in goals if (one := value_question(goal.measure, on))}


def _standings(
    session: Session, goals: Sequence[GoalRow], on: date, answers: Mapping[Question, Decimal]
) -> list[GoalReport]:
    milestones, readings = marks_of(session, [goal.id for goal in goals], on)
    told = {goal_id: answers.get(one) for goal_id, one in _asked(goals, on).items()}
    return [
        _standing(goal, milestones.get(goal.id, ()), readings.get(goal.id, ()), told, on)
        for goal in goals
    ]


def _standing(
    goal: GoalRow,
    milestones: tuple[Point, ...],
    readings: tuple[Point, ...],
    told: Mapping[int, Decimal | None],
    on: date,
) -> GoalReport:
    """Records first; where they do not tell, the newest reading by hand."""
    way = way_of(goal.baseline, goal.target, goal.starts_on, goal.due_on, milestones)
    value, value_on = told.get(goal.id), None
    if value is None and readings:
        value_on, value = readings[-1]
    return GoalReport(goal, progress(way, value, on), milestones, (), value_on)


def reports(session: Session, goals: Sequence[GoalRow], on: date) -> list[GoalReport]:
    """Every goal of a plan with its letters and its progress."""
    if not goals:
        return []
    ids = [goal.id for goal in goals]
    readings, actions = readings_of(session, ids), _action_facts(session, ids)
    earlier = {goal.id: past_questions(goal.measure) for goal in goals}
    answers = answers_to(session, (*_asked(goals, on).values(), *chain(*earlier.values())))
    pasts = {
        goal.id: _past(goal, past_value(earlier[goal.id], answers), readings.get(goal.id, ()))
        for goal in goals
    }
    return [
        replace(
            report,
            past=pasts[goal.id],
            letters=judge(_facts(report, actions.get(goal.id, ()), pasts[goal.id])),
        )
        for goal, report in zip(goals, _standings(session, goals, on, answers), strict=True)
    ]


def _past(goal: GoalRow, told: Decimal | None, readings: tuple[Point, ...]) -> Decimal | None:
    """What the time before a goal's start brought, by records or else by readings."""
    return _past_by_hand(goal, readings) if told is None else told


def _facts(report: GoalReport, actions: tuple[ActionFact, ...], past: Decimal | None) -> GoalFacts:
    goal = report.goal
    return GoalFacts(
        statement=goal.statement,
        owner=goal.owner,
        metric=goal.metric,
        unit=goal.unit,
        baseline=goal.baseline,
        target=goal.target,
        starts_on=goal.starts_on,
        due_on=goal.due_on,
        plan_ends_on=goal.plan_ends_on,
        stance=goal.stance,
        milestones=report.milestones,
        budget=goal.budget,
        actions=actions,
        past=past,
    )


def _past_by_hand(goal: GoalRow, readings: tuple[Point, ...]) -> Decimal | None:
    """How readings by hand changed over the same length before the start; None when unread."""
    if goal.metric in FLOWS or goal.starts_on is None or goal.due_on is None:
        return None
    earlier = goal.starts_on - (goal.due_on - goal.starts_on)
    first = [value for on, value in readings if on <= earlier]
    last = [value for on, value in readings if earlier < on <= goal.starts_on]
    end = last[-1] if last else goal.baseline
    return end - first[-1] if first and end is not None else None


def _action_facts(session: Session, goal_ids: Sequence[int]) -> dict[int, tuple[ActionFact, ...]]:
    rows: Iterable[Any] = session.execute(_actions(), {"goal_ids": goal_ids})
    found: dict[int, list[ActionFact]] = defaultdict(list)
    for goal_id, owner_id, due_on, budget in rows:
        assert goal_id
        found[goal_id].append(ActionFact(owner_id is not None, due_on, budget))
    return {goal_id: tuple(facts) for goal_id, facts in found.items()}


@cache
def _actions() -> Query:
    return select(Action.goal_id, Action.owner_id, Action.due_on, Action.budget).where(
        Action.goal_id.in_(GOALS), Action.archived_at.is_(None)
    )


def values_of(session: Session, goal: GoalRow, on: date) -> list[Point]:
    """How a goal went, oldest first: by the records on evenly spread days, else as read by hand."""
    by_hand = list(readings_of(session, [goal.id]).get(goal.id, ()))
    if not goal.measure.is_fed or goal.starts_on is None or goal.due_on is None:
        return by_hand
    days = days_between(goal.starts_on, min(on, goal.due_on))
    asked = {day: value_question(goal.measure, day) for day in days}
    answers = answers_to(session, (one for one in asked.values() if one))
    told = [(day, answers[one]) for day, one in asked.items() if one in answers]
    return told or by_hand


def facts_of(
    stance: Stance | None,
    written: Mapping[Phase, date],
    goals: Sequence[GoalReport],
    actions: Sequence[ActionRow],
    on: date,
) -> PlanFacts:
    """What a plan's phases are judged by."""
    served = {action.goal_id for action in actions}
    return PlanFacts(
        texts=written,
        stance=stance,
        goals=len(goals),
        goals_failing=sum(
            any(letter.verdict is Verdict.FAIL for letter in one.letters) for one in goals
        ),
        goals_unread=sum(one.progress.value is None for one in goals),
        goals_without_action=sum(one.goal.id not in served for one in goals),
        actions=len(actions),
        actions_overdue=sum(action.is_overdue(on) for action in actions),
    )
