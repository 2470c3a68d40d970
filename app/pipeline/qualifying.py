"""Is a deal worth our work? Five questions with what shows the answers, and their grade [002]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.pipeline.rules import Grade
from app.vocabulary import N_, Reason, Term, because


class Question(Term):
    """What a prospect is judged by: need, timetable, budget, competition, how they decide [002]."""

    NEED = "need", N_("Need")
    TIMETABLE = "timetable", N_("Timetable")
    BUDGET = "budget", N_("Money")
    COMPETITION = "competition", N_("Competition")
    CRITERIA = "criteria", N_("How they decide")


ASKED: dict[Question, str] = {
    Question.NEED: N_("What hurts them, and does somebody who matters want it solved?"),
    Question.TIMETABLE: N_("By when must they have it, and what happens if they have not?"),
    Question.BUDGET: N_("Is there money for it, how much, and who releases it?"),
    Question.COMPETITION: N_("Who else is asked, and do we stand at least level with them?"),
    Question.CRITERIA: N_("How do they decide, on what, and can we meet it?"),
}


class Answer(Term):
    """How a question stands for us; unknown is the absence of an answer, never a no."""

    YES = "yes", N_("In our favour")
    PART = "part", N_("In part")
    NO = "no", N_("Not in our favour")


POINTS = {Answer.YES: 2, Answer.PART: 1, Answer.NO: 0}
FLOORS = {Grade.A: 8, Grade.B: 6, Grade.C: 3, Grade.D: 0}
"""Points of ten at which a grade begins. House convention: two points for a yes, one for a part."""
LEAST_KNOWN = 2
"""With fewer answers there is no grade: it would tell of our ignorance, not of the deal."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it holds: what, what shows it, since when, by whom."""

    answer: Answer
    evidence: str
    on: date
    who: str


@dataclass(frozen=True, slots=True)
class GradeReading:
    """The grade that the answers give; ``best`` is what it may become once all is known."""

    grade: Grade | None
    best: Grade | None
    points: int
    known: int
    reasons: tuple[Reason, ...]


def grade_of(answers: Mapping[Question, Answered]) -> GradeReading:
    """A prospect's grade, A to D: points of the five answers, unknown counting nothing.

    A from 8 of 10 and nothing against us, B from 6, C from 3, else D; None with fewer than
    two answers. ``best`` takes every unknown as a yes. House convention, after [002].
    """
    points = sum(POINTS[one.answer] for one in answers.values())
    unknown = len(Question) - len(answers)
    has_no = any(one.answer is Answer.NO for one in answers.values())
    best = _graded(points + 2 * unknown, has_no=has_no)
    grade = _graded(points, has_no=has_no) if len(answers) >= LEAST_KNOWN else None
    return GradeReading(grade, best, points, len(answers), tuple(_reasons(answers)))


def _graded(points: int, *, has_no: bool) -> Grade:
    """The grade of so many points.

    >>> _graded(8, has_no=False).value, _graded(8, has_no=True).value, _graded(2, has_no=False).value
    ('A', 'B', 'D')
    """  # noqa: E501
    found = next(grade for grade, floor in FLOORS.items() if points >= floor)
    return Grade.B if found is Grade.A and has_no else found


def _reasons(answers: Mapping[Question, Answered]) -> list[Reason]:
    return [
        because(N_("%(question)s: %(answer)s"), question=one, answer=_said(answers.get(one)))
        for one in Question
    ]


def _said(answered: Answered | None) -> Answer | Reason:
    return because(N_("unknown")) if answered is None else answered.answer
