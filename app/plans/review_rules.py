"""Reviews of a plan: how far one is, when the next is due, who may approve it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.plans.action_rules import months_on
from app.users.rules import UserRole
from app.vocabulary import N_, Reason, Term, because

MONTHS_BETWEEN = 3
"""Reviews are quarterly unless somebody sets another day (product definition)."""

MOST_DECISIONS = 3


class ReviewStatus(Term):
    """How far a review is."""

    OPEN = "open", N_("being held")
    WAITING = "waiting", N_("waits for approval")
    RETURNED = "returned", N_("sent back")
    APPROVED = "approved", N_("approved")


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the half hour: its anchor, its name, its minutes."""

    anchor: str
    name: str
    minutes: int


STEPS = (
    Step("changes", N_("What changed"), 10),
    Step("goals", N_("Where the goals stand"), 5),
    Step("decisions", N_("Three decisions"), 10),
    Step("actions", N_("Actions and the next date"), 5),
)
"""Half an hour, in order; house convention."""


def next_due(starts_on: date, last_on: date | None, set_on: date | None) -> date:
    """When the next review is due: the day set, else a quarter after the last or the start.

    >>> next_due(date(2026, 1, 1), None, None)
    datetime.date(2026, 4, 1)
    """
    return set_on or months_on(last_on or starts_on, MONTHS_BETWEEN)


def may_approve(role: UserRole) -> bool:
    """Whether someone who may change the account may approve its reviews: its director, or,
    in a company without one, an administrator on its team.

    >>> may_approve(UserRole.DIRECTOR), may_approve(UserRole.MANAGER)
    (True, False)
    """
    return role in {UserRole.DIRECTOR, UserRole.ADMINISTRATOR}


def problems_closing(decisions: list[str], next_on: date | None, on: date) -> list[Reason]:
    """Why a review cannot go to the director: it decides something and says when to look again.

    >>> [str(one) for one in problems_closing([], date(2026, 4, 1), date(2026, 1, 1))]
    ['Decide at least one thing.']
    """
    problems = []
    if not decisions:
        problems.append(because(N_("Decide at least one thing.")))
    if next_on is None:
        problems.append(because(N_("Say when the next review is.")))
    elif next_on <= on:
        problems.append(because(N_("The next review is after this one.")))
    return problems
