"""What warnings there are, how grave they may be, and by which thresholds they are raised.

The five of the handbook [000] - credit, sales progress, expense, churn, major event - and six
that the rest of the product tells. Defaults are house convention; every one is a setting, for
the company and, where wanted, for one account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.vocabulary import N_, Degree, Reason, Term


class Kind(Term):
    """What a warning is about."""

    CREDIT = "credit", N_("Owed too much or too long")
    PROGRESS = "progress", N_("Sales behind")
    EXPENSE = "expense", N_("Expense rising")
    CHURN = "churn", N_("Stopped buying")
    EVENT = "event", N_("Major event")
    DECIDER = "decider", N_("Decider lost")
    COLD = "cold", N_("Single tie gone cold")
    COMPLAINT = "complaint", N_("Complaint unanswered")
    CONTRACT = "contract", N_("Contract ending")
    GOAL = "goal", N_("Goal behind")
    MILESTONE = "milestone", N_("Milestone overdue")


WATCHED = tuple(kind for kind in Kind if kind is not Kind.EVENT)
"""Kinds that the records tell; a major event is reported by a person."""


class Level(Degree):
    """How grave a warning is."""

    NOTE = 1, N_("Note")
    WARNING = 2, N_("Warning")
    URGENT = 3, N_("Urgent")


class Event(Term):
    """What may happen to an account that its figures do not tell yet [000]."""

    THEFT = "theft", N_("Theft or fraud")
    ACCIDENT = "accident", N_("Accident")
    SPLIT = "split", N_("Split or dispute among its owners")
    ILLNESS = "illness", N_("Grave illness")
    LEADER = "leader", N_("Change of leader")
    MONEY = "money", N_("Money trouble")
    OTHER = "other", N_("Something else")


class Verdict(Term):
    """What a warning turned out to be."""

    CONFIRMED = "confirmed", N_("It was true")
    FALSE_ALARM = "false_alarm", N_("False alarm")


class Unit(Term):
    """What a threshold counts in."""

    PERCENT = "percent", N_("%")
    DAYS = "days", N_("days")
    TIMES = "times", N_("times")


class Threshold(Term):
    """From where on a warning is raised."""

    OWED = "owed", N_("Owed, as a share of the limit")
    OVERDUE = "overdue", N_("An invoice past its day for")
    PLAN = "plan", N_("Behind the sales plan")
    YEAR = "year", N_("Behind the same days a year before")
    LESS_OFTEN = "less_often", N_("Bought less often")
    RISE = "rise", N_("Expense above its usual")
    BUDGET = "budget", N_("Spent, as a share of the budget")
    AGAIN = "again", N_("Chance to buy within 90 days, below")
    UNUSUAL = "unusual", N_("Chance of such a silence, below")
    SILENCE = "silence", N_("Silence, against its long intervals")
    DECIDER = "decider", N_("A decider left within")
    RHYTHM = "rhythm", N_("Silence, against the person's rhythm")
    ANSWER = "answer", N_("Waiting for an answer")
    ENDING = "ending", N_("Ends within")
    BEHIND = "behind", N_("Behind the goal's line by this share of the way")
    LATE = "late", N_("Past the milestone's day")


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold as it comes, and between which numbers it may be set."""

    kind: Kind
    default: float
    low: float
    high: float
    unit: Unit


BOUNDS = {
    Threshold.OWED: Bound(Kind.CREDIT, 100, 10, 500, Unit.PERCENT),
    Threshold.OVERDUE: Bound(Kind.CREDIT, 60, 1, 730, Unit.DAYS),
    Threshold.PLAN: Bound(Kind.PROGRESS, 20, 1, 100, Unit.PERCENT),
    Threshold.YEAR: Bound(Kind.PROGRESS, 30, 1, 100, Unit.PERCENT),
    Threshold.LESS_OFTEN: Bound(Kind.PROGRESS, 40, 1, 100, Unit.PERCENT),
    Threshold.RISE: Bound(Kind.EXPENSE, 50, 1, 1000, Unit.PERCENT),
    Threshold.BUDGET: Bound(Kind.EXPENSE, 100, 10, 500, Unit.PERCENT),
    Threshold.AGAIN: Bound(Kind.CHURN, 60, 1, 99, Unit.PERCENT),
    Threshold.UNUSUAL: Bound(Kind.CHURN, 20, 1, 99, Unit.PERCENT),
    Threshold.SILENCE: Bound(Kind.CHURN, 1.5, 1, 10, Unit.TIMES),
    Threshold.DECIDER: Bound(Kind.DECIDER, 180, 7, 730, Unit.DAYS),
    Threshold.RHYTHM: Bound(Kind.COLD, 2, 1, 10, Unit.TIMES),
    Threshold.ANSWER: Bound(Kind.COMPLAINT, 7, 1, 365, Unit.DAYS),
    Threshold.ENDING: Bound(Kind.CONTRACT, 60, 1, 730, Unit.DAYS),
    Threshold.BEHIND: Bound(Kind.GOAL, 15, 1, 100, Unit.PERCENT),
    Threshold.LATE: Bound(Kind.MILESTONE, 14, 0, 365, Unit.DAYS),
}


def thresholds_of(kind: Kind) -> list[Threshold]:
    """The thresholds by which a kind is raised.

    >>> thresholds_of(Kind.EVENT)
    []
    """
    return [one for one, bound in BOUNDS.items() if bound.kind is kind]


@dataclass(frozen=True, slots=True)
class Limits:
    """What was set of the thresholds, and the kinds that are not watched."""

    values: Mapping[Threshold, float] = field(default_factory=dict)
    off: frozenset[Kind] = frozenset()

    def __getitem__(self, threshold: Threshold) -> float:
        """A threshold as set, else as it comes.

        >>> Limits({Threshold.PLAN: 5})[Threshold.PLAN], Limits()[Threshold.PLAN]
        (5, 20)
        """
        return self.values.get(threshold, BOUNDS[threshold].default)

    def share(self, threshold: Threshold) -> float:
        """A threshold of per cent as a share of 0-1."""
        return self[threshold] / 100

    def own(self, values: Mapping[Threshold, float], off: Iterable[Kind] = ()) -> Limits:
        """These limits with what an account has of its own."""
        return replace(self, values={**self.values, **values}, off=self.off.union(off))


@dataclass(frozen=True, slots=True)
class Raised:
    """A warning that the records give on a day.

    ``subject_id`` tells two of a kind at one account apart: whom, which contract, which goal.
    ``person_id`` is the stakeholder it names; ``owner_id`` whose it is, None for the account's.
    """

    kind: Kind
    level: Level
    reasons: tuple[Reason, ...]
    subject_id: int = 0
    person_id: int | None = None
    owner_id: int | None = None

    @property
    def key(self) -> tuple[Kind, int]:
        """What it is known by at its account."""
        return self.kind, self.subject_id
