"""Plans of several accounts side by side: what each holds, phase by phase, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.plans.goal_queries import GoalReport
from app.plans.insights import InsightKind, InsightRow, by_weight
from app.plans.models import AccountPlan
from app.plans.phases import PhaseView
from app.plans.queries import ActionRow
from app.plans.questions import Question
from app.plans.rules import PlanStatus, Stance, Standing
from app.plans.thinking import AnswerRow

MOST_COMPARED = 4
"""More columns than this nobody reads; house convention."""


@dataclass(frozen=True, slots=True)
class Column:
    """One plan among those compared."""

    plan: AccountPlan
    account: str
    views: tuple[PhaseView, ...]
    goals: tuple[GoalReport, ...]
    actions: tuple[ActionRow, ...]
    insights: tuple[InsightRow, ...]
    answers: tuple[AnswerRow, ...]

    @property
    def status(self) -> PlanStatus:
        """Where the plan stands."""
        return PlanStatus(self.plan.status)

    @property
    def stance(self) -> Stance | None:
        """Its qualitative goal; None when not chosen."""
        return Stance(self.plan.stance) if self.plan.stance else None

    @property
    def standings(self) -> list[tuple[Standing, int]]:
        """How many goals stand how."""
        counted = Counter(one.progress.standing for one in self.goals)
        return [(standing, counted[standing]) for standing in Standing if counted[standing]]

    @property
    def drivers(self) -> list[InsightRow]:
        """The drivers of the business, heaviest first."""
        return by_weight(one for one in self.insights if one.kind is InsightKind.DRIVER)[:6]

    @property
    def success(self) -> list[InsightRow]:
        """The key points on which success turns."""
        return [one for one in self.insights if one.kind is InsightKind.SUCCESS][:5]

    def overdue(self, on: date) -> int:
        """How many actions should have been done before the day."""
        return sum(one.is_overdue(on) for one in self.actions)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with each plan's answer, in the order of the plans; None: not answered."""

    question: Question
    answers: tuple[AnswerRow | None, ...]


def answer_lines(asked: Sequence[Question], columns: Sequence[Column]) -> list[AnswerLine]:
    """The questions that some plan answers, in order."""
    given = [{one.question: one for one in column.answers} for column in columns]
    lines = [
        AnswerLine(question, tuple(answers.get(question.key) for answers in given))
        for question in asked
    ]
    return [line for line in lines if any(line.answers)]
