"""The five letters of a goal, judged from its data and told in words [001]; domain 4.

Each letter looks for what is wrong with it. Every finding carries how bad it is, why,
and what would mend it; the worst one gives the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.plans.pace import pace_opinion
from app.plans.rules import FED, FLOWS, Fix, Letter, Metric, Stance, Verdict
from app.plans.wording import has_figure, several_results, vague_words
from app.vocabulary import N_, Reason, because

LONG_DAYS = 92
"""A goal longer than a quarter needs a milestone on the way; house convention."""

SEVERITY = (Verdict.PASS, Verdict.STRETCH, Verdict.UNKNOWN, Verdict.FAIL)
RISING = frozenset(
    {
        Metric.SALES,
        Metric.VOLUME,
        Metric.MARGIN,
        Metric.GROWTH,
        Metric.SHARE,
        Metric.MIX,
        Metric.COVERAGE,
        Metric.VISITS,
        Metric.CONTRACTS,
    }
)


@dataclass(frozen=True, slots=True)
class ActionFact:
    """An action that serves a goal, as far as the goal is judged by it."""

    has_owner: bool = False
    due_on: date | None = None
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """All that a goal is judged by.

    ``past`` is what the same length of time before the start brought: the amount for
    metrics that add up (sales, units, visits), the change for all others; None when
    nothing is known of that time.
    """

    statement: str = ""
    owner: str | None = None
    metric: Metric | None = None
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    starts_on: date | None = None
    due_on: date | None = None
    plan_ends_on: date | None = None
    stance: Stance | None = None
    milestones: tuple[tuple[date, Decimal], ...] = ()
    budget: Decimal | None = None
    actions: tuple[ActionFact, ...] = ()
    past: Decimal | None = None

    @property
    def days(self) -> int | None:
        """The days from start to due; None when a date is missing or they are reversed."""
        if self.starts_on is None or self.due_on is None or self.due_on <= self.starts_on:
            return None
        return (self.due_on - self.starts_on).days


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a letter: how bad, why, what would mend it, and whether one click can."""

    verdict: Verdict
    reason: Reason
    mend: Reason | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A letter's verdict with its reasons, the mends proposed and those that take one click."""

    letter: Letter
    verdict: Verdict
    reasons: tuple[Reason, ...]
    mends: tuple[Reason, ...] = ()
    fixes: tuple[Fix, ...] = ()


def judge(goal: GoalFacts) -> tuple[Judgement, ...]:
    """The five letters in order.

    >>> [str(one.verdict) for one in judge(GoalFacts("Better sales"))]
    ['fail', 'fail', 'unknown', 'fail', 'fail']
    """
    return (
        _judgement(Letter.SPECIFIC, list(_specific(goal)) or [_specific_praise(goal)]),
        _judgement(Letter.MEASURABLE, list(_measurable(goal)) or [_measurable_praise(goal)]),
        _judgement(Letter.ACHIEVABLE, [_achievable(goal)]),
        _judgement(Letter.REALISTIC, list(_realistic(goal)) or [_realistic_praise(goal)]),
        _judgement(Letter.TIMETABLED, list(_timetabled(goal)) or [_timetabled_praise(goal)]),
    )


def _judgement(letter: Letter, findings: list[Finding]) -> Judgement:
    """The worst finding's verdict, with every reason and mend."""
    worst = max((one.verdict for one in findings), key=SEVERITY.index)
    mends = tuple(one.mend for one in findings if one.mend)
    fixes = tuple(one.fix for one in findings if one.fix)
    return Judgement(letter, worst, tuple(one.reason for one in findings), mends, fixes)


def _specific(goal: GoalFacts) -> Iterable[Finding]:
    if not any(sign.isalpha() for sign in goal.statement):
        yield _fail(N_("It does not say what is to be reached."), N_("Say one result in a line."))
    if not goal.owner:
        mend = N_("Name one person who answers for it.")
        yield _fail(N_("Nobody owns it."), mend, Fix.OWNER)
    if several_results(goal.statement):
        yield _fail(
            N_("It asks for more than one result."), N_("Make each result a goal of its own.")
        )
    yield from _vague(goal)


def _vague(goal: GoalFacts) -> Iterable[Finding]:
    has_figures = has_figure(goal.statement) or (
        goal.metric is not None and goal.target is not None
    )
    words = vague_words(goal.statement, has_figures=has_figures)
    if words:
        yield Finding(
            Verdict.STRETCH if has_figures else Verdict.FAIL,
            because(N_("“%(words)s” can mean anything."), words=words),
            because(N_("Say what will be different, and by how much.")),
        )


def _specific_praise(goal: GoalFacts) -> Finding:
    return _praise(N_("One result, owned by %(owner)s."), owner=goal.owner)


def _measurable(goal: GoalFacts) -> Iterable[Finding]:
    if goal.metric is None:
        yield _fail(N_("It has no measure."), N_("Choose what is counted."))
    if _lacks_unit(goal):
        yield _fail(N_("Its measure has no unit."), N_("Say what one of it is."))
    if goal.baseline is None:
        mend = N_("Give the value of today as the baseline.")
        fix = Fix.BASELINE if goal.metric in FED and goal.days else None
        yield _fail(N_("Where it starts from is not said."), mend, fix)
    if goal.target is None:
        yield _fail(N_("It has no target."), N_("Give the value to reach."))
    yield from _direction(goal)


def _lacks_unit(goal: GoalFacts) -> bool:
    needs_one = {Metric.PRICE, Metric.OTHER}
    return goal.metric in needs_one and not goal.unit


def _direction(goal: GoalFacts) -> Iterable[Finding]:
    """A target on the wrong side of the baseline; who withdraws may let sales fall."""
    if goal.metric is None or goal.baseline is None or goal.target is None:
        return
    must_rise = goal.metric in RISING and goal.stance is not Stance.WITHDRAW
    if must_rise and goal.target < goal.baseline:
        yield Finding(
            Verdict.FAIL,
            because(N_("%(metric)s: the target lies below the baseline."), metric=goal.metric),
            because(N_("Raise the target, or correct the baseline.")),
        )
    if goal.metric is Metric.SPEND and goal.target > goal.baseline:
        yield Finding(
            Verdict.FAIL,
            because(N_("%(metric)s: the target lies above the baseline."), metric=goal.metric),
            because(N_("Lower the target, or correct the baseline.")),
        )


def _measurable_praise(goal: GoalFacts) -> Finding:
    return _praise(
        N_("%(metric)s, from %(baseline)s to %(target)s."),
        metric=goal.metric,
        baseline=goal.baseline,
        target=goal.target,
    )


def _achievable(goal: GoalFacts) -> Finding:
    measure, baseline, target, days = goal.metric, goal.baseline, goal.target, goal.days
    if measure is None or baseline is None or target is None or days is None:
        return Finding(
            Verdict.UNKNOWN,
            because(N_("Without measure, baseline, target and both days there is no pace.")),
            because(N_("Fill in what is missing.")),
        )
    verdict, reason, mend = pace_opinion(
        baseline, target, goal.past, days, adds_up=measure in FLOWS
    )
    too_far = verdict is Verdict.FAIL and goal.past and (target > baseline) is (goal.past > 0)
    return Finding(verdict, reason, mend, Fix.TARGET if too_far else None)


def _realistic(goal: GoalFacts) -> Iterable[Finding]:
    if not goal.actions:
        yield _fail(N_("No action serves it."), N_("Add an action: who does what, by when."))
        return
    if not all(action.has_owner for action in goal.actions):
        yield _stretch(N_("An action has nobody to do it."), N_("Give each action an owner."))
    if not all(action.due_on for action in goal.actions):
        yield _stretch(N_("An action has no day."), N_("Give each action a due day."))
    if goal.budget is None and all(action.budget is None for action in goal.actions):
        mend = N_("Give a budget; 0 says that none is needed.")
        yield _stretch(N_("No money is set aside."), mend, Fix.MONEY)


def _realistic_praise(goal: GoalFacts) -> Finding:
    return _praise(
        N_("People, money and actions stand behind it: %(count)d."), count=len(goal.actions)
    )


def _timetabled(goal: GoalFacts) -> Iterable[Finding]:
    start, due = goal.starts_on, goal.due_on
    if start is None:
        yield _fail(N_("It has no start."), N_("Say when it starts."), Fix.START)
    if due is None:
        yield _fail(N_("It has no due day."), N_("Say by when it is to be reached."), Fix.DUE)
    if start is None or due is None:
        return
    on_the_way = [on for on, _value in goal.milestones if start < on < due]
    if due <= start:
        yield _fail(N_("It is due before it starts."), N_("Move the due day behind the start."))
    elif due - start > timedelta(LONG_DAYS) and not on_the_way:
        has_ends = goal.baseline is not None and goal.target is not None
        yield _stretch(
            N_("It runs for over a quarter without a milestone."),
            N_("Set a value to reach halfway."),
            Fix.HALFWAY if has_ends else None,
        )
    if goal.plan_ends_on and due > goal.plan_ends_on:
        mend = N_("Move the due day into the period.")
        fix = Fix.DUE if start < goal.plan_ends_on else None
        yield _stretch(N_("It is due after the plan has ended."), mend, fix)


def _timetabled_praise(goal: GoalFacts) -> Finding:
    return _praise(
        N_("From %(start)s to %(due)s; milestones on the way: %(count)d."),
        start=goal.starts_on,
        due=goal.due_on,
        count=len(goal.milestones),
    )


def _praise(reason: str, **values: Any) -> Finding:
    return Finding(Verdict.PASS, because(reason, **values))


def _fail(reason: str, mend: str, fix: Fix | None = None) -> Finding:
    return Finding(Verdict.FAIL, because(reason), because(mend), fix)


def _stretch(reason: str, mend: str, fix: Fix | None = None) -> Finding:
    return Finding(Verdict.STRETCH, because(reason), because(mend), fix)
