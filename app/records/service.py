"""After-sales service: a return, a repair or a complaint, from logging to the answer [000].

Each is logged, investigated, decided and always answered; none is closed without the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.vocabulary import N_, Reason, Term, because

ANSWER_DAYS = 7
"""A customer waits for an answer no longer, unless a day was agreed; house convention."""


class CaseKind(Term):
    """What the customer wants put right."""

    RETURN = "return", N_("Return")
    REPAIR = "repair", N_("Repair or repacking")
    COMPLAINT = "complaint", N_("Complaint")


class Verdict(Term):
    """What was decided."""

    GRANTED = "granted", N_("They are right")
    PARTLY = "partly", N_("Partly right")
    REFUSED = "refused", N_("Not on us")


class CaseState(Term):
    """The next step of a case."""

    LOGGED = "logged", N_("to be investigated")
    INVESTIGATED = "investigated", N_("to be decided")
    DECIDED = "decided", N_("answer owed")
    ANSWERED = "answered", N_("to be closed")
    CLOSED = "closed", N_("closed")


@dataclass(frozen=True, slots=True)
class CaseFact:
    """The days of a case."""

    on: date
    answer_by: date | None = None
    investigated_on: date | None = None
    decided_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None

    @property
    def due_on(self) -> date:
        """The day by which the customer has its answer."""
        return self.answer_by or self.on + timedelta(days=ANSWER_DAYS)


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """How far a case is; ``days`` until the answer, or so far; late counts from the due day."""

    state: CaseState
    days: int
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether the customer waits, or has waited, longer than agreed."""
        return self.days_late > 0


def case_standing(fact: CaseFact, on: date) -> CaseStanding:
    """How far a case is on a day.

    >>> case_standing(CaseFact(date(2026, 3, 2)), date(2026, 3, 10)).days_late
    1
    """
    until = fact.answered_on or on
    late = max((until - fact.due_on).days, 0)
    return CaseStanding(_state(fact), (until - fact.on).days, late)


def _state(fact: CaseFact) -> CaseState:
    if fact.closed_on is not None:
        return CaseState.CLOSED
    if fact.answered_on is not None:
        return CaseState.ANSWERED
    if fact.decided_on is not None:
        return CaseState.DECIDED
    return CaseState.LOGGED if fact.investigated_on is None else CaseState.INVESTIGATED


def problems_closing(fact: CaseFact) -> list[Reason]:
    """Why a case cannot be closed: the customer has its answer first.

    >>> [str(one) for one in problems_closing(CaseFact(date(2026, 3, 2)))]
    ['It cannot be closed: the customer has no answer yet.']
    """
    if fact.answered_on is None:
        return [because(N_("It cannot be closed: the customer has no answer yet."))]
    return []


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What was written of each step."""

    findings: str = ""
    verdict: Verdict | None = None
    decision: str = ""
    answer: str = ""


STEPS = ("investigated_on", "decided_on", "answered_on", "closed_on")
"""The days of the steps, in their order."""


def problems_stepping(fact: CaseFact, words: CaseWords, on: date) -> dict[str, Reason]:
    """What is wrong with the steps of a case as typed, by field: in order, each with its words,
    none on a day that has not come.
    """
    found: dict[str, Reason] = {}
    needed = {
        "investigated_on": (words.findings, "findings", N_("Say what was found.")),
        "decided_on": (words.decision, "decision", N_("Say what was decided.")),
        "answered_on": (words.answer, "answer", N_("Say what the customer was told.")),
    }
    for step, (said, field, message) in needed.items():
        if getattr(fact, step) is not None and not said:
            found[field] = because(message)
    if fact.decided_on is not None and words.verdict is None:
        found["verdict"] = because(N_("Say whether they are right."))
    found |= _out_of_order(fact, on)
    closing = problems_closing(fact) if fact.closed_on is not None else []
    if closing:
        found["closed_on"] = closing[0]
    return found


def _out_of_order(fact: CaseFact, on: date) -> dict[str, Reason]:
    found: dict[str, Reason] = {}
    before = fact.on
    for step in STEPS:
        day: date | None = getattr(fact, step)
        if day is not None and day > on:
            found[step] = because(N_("This day has not come yet."))
        elif day is not None and day < before:
            found[step] = because(N_("That was before the step that comes first."))
        before = day or before
    if fact.decided_on is not None and fact.investigated_on is None:
        found["decided_on"] = because(N_("First investigate, then decide."))
    if fact.answered_on is not None and fact.decided_on is None:
        found["answered_on"] = because(N_("First decide, then answer."))
    return found
