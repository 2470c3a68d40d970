"""How important an account is: weighted factors, and the grade that follows [002]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.vocabulary import N_, Reason, Term, because

WHOLE = Decimal(100)
LEAST, MOST = 1, 100


class Grade(Term):
    """The grade of an account or a large prospect [002]."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the company's factors; ``weight`` is in per cent."""

    key: str
    label: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class ImportanceScale:
    """The factors, and the least score of the grades A, B and C."""

    factors: tuple[Factor, ...]
    floors: tuple[Decimal, Decimal, Decimal]


DEFAULT_SCALE = ImportanceScale(
    (
        Factor("sales", N_("Sales"), Decimal(20)),
        Factor("potential", N_("Potential"), Decimal(20)),
        Factor("strategic", N_("Strategic value"), Decimal(15)),
        Factor("reference", N_("Reference value"), Decimal(10)),
        Factor("profit", N_("Profit"), Decimal(15)),
        Factor("payment", N_("Ability to pay"), Decimal(10)),
        Factor("relationship", N_("Relationship"), Decimal(10)),
    ),
    (Decimal(80), Decimal(60), Decimal(40)),
)
"""Factors and grades [002]; the weights are house convention."""


@dataclass(frozen=True, slots=True)
class Importance:
    """A score between ``low`` and ``high`` (1-100); they are one when every factor is scored.

    ``grade`` is None while the range spans more than one.
    """

    low: Decimal
    high: Decimal
    grade: Grade | None
    reasons: tuple[Reason, ...]

    @property
    def is_known(self) -> bool:
        """Whether nothing is missing."""
        return self.low == self.high


def importance(scale: ImportanceScale, scores: Mapping[str, int]) -> Importance | None:
    """Sum of weight × score; a factor without a score counts as 1 to 100. None when none has one.

    >>> importance(DEFAULT_SCALE, {factor.key: 80 for factor in DEFAULT_SCALE.factors}).grade
    <Grade.A: 'A'>
    """
    if not any(factor.key in scores for factor in scale.factors):
        return None
    low = sum((_part(factor, scores.get(factor.key, LEAST)) for factor in scale.factors), Decimal())
    high = sum((_part(factor, scores.get(factor.key, MOST)) for factor in scale.factors), Decimal())
    least, most = grade_of(low, scale), grade_of(high, scale)
    return Importance(low, high, least if least is most else None, _reasons(scale, scores))


def _part(factor: Factor, score: int) -> Decimal:
    return factor.weight * score / WHOLE


def _reasons(scale: ImportanceScale, scores: Mapping[str, int]) -> tuple[Reason, ...]:
    said = []
    for factor in scale.factors:
        if factor.key in scores:
            message = N_("%(factor)s: %(score)s of 100, weighing %(weight)s %%")
        else:
            message = N_("%(factor)s: not scored, weighing %(weight)s %%")
        name = Reason(factor.label)
        said.append(
            because(message, factor=name, score=scores.get(factor.key), weight=factor.weight)
        )
    return tuple(said)


def grade_of(score: Decimal, scale: ImportanceScale) -> Grade:
    """The grade of a score: A from the first floor on, B from the second, C from the third, else D.

    >>> [grade_of(Decimal(score), DEFAULT_SCALE).value for score in (80, 79, 60, 59, 40, 39)]
    ['A', 'B', 'B', 'C', 'C', 'D']
    """
    graded = zip((Grade.A, Grade.B, Grade.C), scale.floors, strict=True)
    return next((grade for grade, floor in graded if score >= floor), Grade.D)


def problems_weighing(factors: Sequence[Factor], floors: Sequence[Decimal]) -> list[Reason]:
    """What is wrong with a scale: weights sum to 100 %, names differ, grades fall within 1-100."""
    found = []
    total = sum((factor.weight for factor in factors), Decimal())
    if total != WHOLE:
        found.append(because(N_("The weights sum to %(total)s %%, not to 100 %%"), total=total))
    if any(factor.weight <= 0 for factor in factors):
        found.append(because(N_("Every weight must be above zero")))
    names = [factor.label.casefold() for factor in factors]
    if len(set(names)) < len(names):
        found.append(because(N_("Two factors have the same name")))
    if not MOST >= floors[0] > floors[1] > floors[2] >= LEAST:
        found.append(because(N_("The grades must begin one below the other, between 1 and 100")))
    return found
