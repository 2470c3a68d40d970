"""What a plan holds in answers and insights, and what that leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.plans.insights import SORTS, InsightKind, InsightRow
from app.plans.phases import PlanFacts, Thought
from app.plans.questions import Asked, Question
from app.plans.rules import Phase


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as pages show it; ``seen_on`` None waits to be looked at again."""

    id: int
    question: str
    asked: str
    phase: Phase
    words: str
    owner: str | None
    on: date
    source: str
    seen_on: date | None

    @property
    def looked_on(self) -> date:
        """The last day somebody stood by it."""
        return max(self.on, self.seen_on) if self.seen_on else self.on


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of a phase with its answer; None is a red flag."""

    question: Question
    answer: AnswerRow | None
    is_asked: bool = True


def askings(asked: Asked, answers: Iterable[AnswerRow]) -> list[Asking]:
    """The questions in order, each with its answer; then answers to what is asked no more."""
    by_key = {answer.question: answer for answer in answers}
    found = [Asking(question, by_key.pop(question.key, None)) for question in asked]
    return found + [
        Asking(Question(answer.question, answer.asked, answer.asked), answer, is_asked=False)
        for answer in by_key.values()
    ]


def thoughts(
    asked: Mapping[Phase, Asked], answers: Sequence[AnswerRow], insights: Sequence[InsightRow]
) -> dict[Phase, Thought]:
    """What each phase holds; an answer counts while its question is asked."""
    return {
        phase: _thought(
            asked.get(phase, ()),
            [one for one in answers if one.phase is phase],
            [one for one in insights if SORTS[one.kind].phase is phase],
        )
        for phase in Phase
    }


def _thought(asked: Asked, answers: Sequence[AnswerRow], insights: Sequence[InsightRow]) -> Thought:
    keys = {question.key for question in asked}
    days = [one.looked_on for one in answers]
    days += [max(one.on, one.seen_on or one.on) for one in insights]
    return Thought(
        asked=len(asked),
        answered=sum(one.question in keys for one in answers),
        unreviewed=[one.seen_on for one in answers].count(None)
        + [one.seen_on for one in insights].count(None),
        insights=len(insights),
        looked_on=max(days, default=None),
    )


def with_thoughts(
    facts: PlanFacts,
    *,
    looked: Mapping[Phase, date],
    held: Mapping[Phase, Thought],
    insights: Iterable[InsightRow],
    position: str,
) -> PlanFacts:
    """The facts of a plan with what it thinks: the days it was looked at, drivers, position."""
    return replace(
        facts,
        looked=looked,
        thoughts=held,
        drivers=sum(one.kind is InsightKind.DRIVER for one in insights),
        has_position=bool(position),
    )
