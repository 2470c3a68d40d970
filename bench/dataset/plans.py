"""An account's plans in the data set: phases, answers, insights, goals with readings, actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.plans.control import USUAL
from app.plans.insights import InsightKind
from app.plans.models import AccountPlan, Action, Goal, GoalMilestone, GoalReading, PhaseText
from app.plans.questions import DEFAULTS
from app.plans.review_models import PlanReview, Watch
from app.plans.rules import Phase
from app.plans.thinking_models import Insight, PlanAnswer
from app.records.feedback import Voice
from app.records.models import Feedback
from bench.dataset.place import Place, at

YEARS = 5
GOALS = 3
ACTIONS = 5


def add_plan(place: Place) -> None:
    """This year's plan; the first account, which is measured, has five years of them."""
    years = YEARS if place.number == 0 else 1
    for year in range(place.on.year - years + 1, place.on.year + 1):
        _add_plan(place, year)


def _add_plan(place: Place, year: int) -> None:
    starts, ends = date(year, 1, 1), date(year, 12, 31)
    status = "active" if year == place.on.year else "closed"
    plan_id = place.add(AccountPlan, title=f"{year}", starts_on=starts, ends_on=ends, status=status)
    for phase in Phase:
        body = "What we know, what we want and what follows from it. " * 3
        place.add(PhaseText, plan_id=plan_id, phase=phase, body=body, updated_at=at(place.ago(40)))
    _thoughts(place, plan_id)
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
    _kept_alive(place, plan_id)


def _kept_alive(place: Place, plan_id: int) -> None:
    """Measures watched, feedback, and a review of the last quarter."""
    for measure, limit in USUAL.items():
        place.add(Watch, plan_id=plan_id, measure=measure, limit=limit, owner_id=place.owner)
    heard = {"on": place.ago(20), "voice": Voice.CUSTOMER, "user_id": place.owner}
    place.add(Feedback, words="The service line is often busy.", **heard)
    span = {"since": place.ago(91), "on": place.on}
    place.add(PlanReview, plan_id=plan_id, user_id=place.owner, **span)


def _thoughts(place: Place, plan_id: int) -> None:
    """Two answers in three, and what a diagnosis holds."""
    said = {"plan_id": plan_id, "on": place.ago(40), "seen_on": place.ago(40)}
    for phase, asked in DEFAULTS.items():
        for number, question in enumerate(asked):
            if number % 3:
                place.add(
                    PlanAnswer,
                    phase=phase,
                    question=question.key,
                    asked=question.words,
                    words="The beds turn slowly and the nights are short of nurses.",
                    owner_id=place.owner,
                    **said,
                )
    for kind in InsightKind:
        for weight in range(1, 4):
            words = f"What matters here, number {weight}"
            place.add(Insight, kind=kind, words=words, weight=weight, direction=1, **said)


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
