"""What needs a person today, each with its reason and how urgent it is; ranked and grouped.

Urgency is 1 on the day something is due and grows by 1 for each patience that has passed
since, up to a most; what happens today stands above all that. House convention.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.alerts.rules import Event
from app.alerts.rules import Kind as AlertKind
from app.alerts.rules import Level as AlertLevel
from app.plans.rules import Standing
from app.vocabulary import N_, Reason, Term, because


class Kind(Term):
    """What sort of thing needs a person; the order breaks ties between groups."""

    VISIT = "visit", N_("Visits today and this week")
    LOG = "log", N_("Visits to be logged")
    ALERT = "alert", N_("Warnings")
    APPROVAL = "approval", N_("Your yes is asked for")
    CREDIT = "credit", N_("Credit to decide on")
    PROMOTION = "promotion", N_("Promotions to answer")
    REVIEW = "review", N_("Plan reviews")
    RETROSPECTIVE = "retrospective", N_("To look back on")
    PROMISE = "promise", N_("Promises to keep")
    STEP = "step", N_("Next steps")
    ACTION = "action", N_("Actions due")
    LESSON = "lesson", N_("Deals that look like one that taught us")
    LEARNT = "learnt", N_("What lessons ask for")
    DEAL = "deal", N_("Deals to look at")
    GOAL = "goal", N_("Goals behind")
    COLD = "cold", N_("People going cold")


PATIENCE_DAYS = {
    Kind.VISIT: 7,
    Kind.LOG: 3,
    Kind.APPROVAL: 2,
    Kind.CREDIT: 5,
    Kind.PROMOTION: 5,
    Kind.REVIEW: 14,
    Kind.PROMISE: 5,
    Kind.STEP: 5,
    Kind.ACTION: 10,
    Kind.LESSON: 14,
    Kind.LEARNT: 10,
    Kind.DEAL: 14,
}
MOST_URGENT = 4.0
"""Beyond this, more days late say nothing new."""

TODAY = 5.0
"""A visit today comes before anything that is late already."""

SHOWN = 6
"""Lines of a group in sight; the rest unfold."""


@dataclass(frozen=True, slots=True)
class Need:
    """One line: what, at which account, why, how urgent and whose; ``row_id`` is what it is about,
    ``at`` its hour."""

    kind: Kind
    row_id: int
    account_id: int
    account: str
    title: str
    reason: Reason
    urgency: float
    owner_id: int | None = None
    at: datetime | None = None


def urgency(kind: Kind, days_late: int) -> float:
    """1 on the day, growing by 1 for each patience that has passed; below 1 ahead of the day.

    >>> urgency(Kind.ACTION, 0), urgency(Kind.ACTION, 10)
    (1.0, 2.0)
    """
    return min(1 + days_late / PATIENCE_DAYS[kind], MOST_URGENT)


def lateness(due_on: date, on: date) -> Reason:
    """When something is due, in words."""
    days = (on - due_on).days
    if days > 0:
        return because(N_("Due %(day)s, days late: %(days)d."), day=due_on, days=days)
    if days == 0:
        return because(N_("Due today."))
    return because(N_("Due %(day)s."), day=due_on)


def visit_urgency(planned_on: date, on: date) -> float:
    """How urgent it is to prepare a visit."""
    return TODAY if planned_on == on else urgency(Kind.VISIT, (on - planned_on).days)


def visit_need(planned_on: date, on: date, *, is_over: bool) -> tuple[Reason, float]:
    """Why a visit needs somebody: it is ahead, it is today, or it is over and nothing is told."""
    if planned_on < on:
        reason = because(N_("Held on %(day)s? Nothing is written down."), day=planned_on)
        return reason, urgency(Kind.LOG, (on - planned_on).days)
    if is_over:
        return because(N_("Its hour has passed: how did it go?")), TODAY
    if planned_on > on:
        return because(N_("On %(day)s."), day=planned_on), visit_urgency(planned_on, on)
    return because(N_("Today.")), visit_urgency(planned_on, on)


def asked_need(
    by: str | None, asked_on: date, on: date, kind: Kind = Kind.APPROVAL
) -> tuple[Reason, float]:
    """Why something needs a person's yes: somebody waits for it."""
    reason = because(N_("%(name)s asked on %(day)s."), name=by or "–", day=asked_on)
    return reason, urgency(kind, (on - asked_on).days)


def planned_need(by: str | None, starts_on: date, on: date) -> tuple[Reason, float]:
    """Why a plan needs a person's yes: it is to begin, or has begun without one."""
    said = N_("Planned by %(name)s; it begins on %(day)s.")
    if starts_on <= on:
        said = N_("Planned by %(name)s; it has been running since %(day)s without a yes.")
    reason = because(said, name=by or "–", day=starts_on)
    return reason, urgency(Kind.PROMOTION, (on - starts_on).days)


def deal_need(
    close_on: date | None, next_step: str, next_step_on: date | None, on: date
) -> tuple[Reason, float] | None:
    """Why an open deal needs somebody: its close date has passed, or its next step is due."""
    if close_on is not None and close_on < on:
        days = (on - close_on).days
        reason = because(N_("Was to close on %(day)s and is still open."), day=close_on)
        return reason, urgency(Kind.DEAL, days)
    if next_step_on is not None and next_step_on <= on:
        reason = because(
            N_("Next step: %(step)s. %(when)s"), step=next_step, when=lateness(next_step_on, on)
        )
        return reason, urgency(Kind.DEAL, (on - next_step_on).days)
    return None


def lesson_need(
    words: str, advice: str, source: str, fired_on: date, on: date
) -> tuple[Reason, float]:
    """Why a lesson comes back: an open deal looks like the one that taught it; ``source`` is that
    deal's name, empty where it may not be seen."""
    message = (
        N_("%(words)s (%(source)s) What to do: %(advice)s")
        if source
        else N_("%(words)s What to do: %(advice)s")
    )
    reason = because(message, words=words, source=source, advice=advice)
    return reason, urgency(Kind.LESSON, (on - fired_on).days)


ALERT_URGENCY = {AlertLevel.WARNING: 1.8, AlertLevel.URGENT: 3.0}
"""How urgent a warning is by its level: an urgent one comes before what is a week late."""


def alert_need(level: AlertLevel, what: AlertKind | Event, reason: Reason | None) -> Reason:
    """A warning in a line: what it is about, and the first of its reasons."""
    if reason is None:
        return because(N_("%(level)s: %(what)s."), level=level, what=what)
    return because(N_("%(what)s. %(reason)s"), what=what, reason=reason)


def goal_need(
    standing: Standing, value: Decimal | None, expected: Decimal | None
) -> tuple[Reason, float] | None:
    """Why a goal needs its owner: it is behind its line, or was missed."""
    if value is None or expected is None:
        return None
    values = {"value": round(value, 2), "expected": round(expected, 2)}
    if standing is Standing.MISSED:
        return because(N_("Missed: stands at %(value)s of %(expected)s."), **values), 1.4
    if standing is Standing.BEHIND:
        reason = because(N_("Stands at %(value)s; the line asks for %(expected)s."), **values)
        return reason, 1.2
    return None


def cold_need(last_on: date, rhythm: int, on: date) -> tuple[Reason, float] | None:
    """Why a person is going cold: nobody of ours was in touch for longer than their rhythm."""
    days = (on - last_on).days
    if days <= rhythm:
        return None
    reason = because(
        N_("Days since the last contact: %(days)d; their rhythm is %(rhythm)d."),
        days=days,
        rhythm=rhythm,
    )
    return reason, min(days / rhythm, MOST_URGENT)


@dataclass(frozen=True, slots=True)
class Group:
    """The needs of one kind, most urgent first: some in sight, the rest folded away."""

    kind: Kind
    needs: tuple[Need, ...]
    rest: tuple[Need, ...] = ()


def ranked(needs: Mapping[Kind, list[Need]], shown: int = SHOWN) -> list[Group]:
    """Groups by their most urgent line, lines by urgency; no empty group."""
    groups = []
    for kind in Kind:
        lines = sorted(needs.get(kind, ()), key=lambda need: -need.urgency)
        if lines:
            groups.append(Group(kind, tuple(lines[:shown]), tuple(lines[shown:])))
    return sorted(groups, key=lambda group: -group.needs[0].urgency)
