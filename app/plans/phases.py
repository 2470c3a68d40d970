"""The seven phases of a plan: how far each is, how old, and what it still lacks [001]."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.plans.rules import Phase, Stance
from app.vocabulary import N_, Reason, because

OLD_DAYS = 90
"""A phase not looked at for a quarter is old; house convention."""

WRITTEN = (Phase.DIAGNOSE, Phase.FORECAST, Phase.STRATEGY, Phase.FEEDBACK)
"""Phases that are text; the rest are told by goals, actions and readings."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan holds, as its phases are judged by it; ``texts`` are days last written."""

    texts: Mapping[Phase, date] = field(default_factory=dict)
    stance: Stance | None = None
    goals: int = 0
    goals_failing: int = 0
    goals_unread: int = 0
    goals_without_action: int = 0
    actions: int = 0
    actions_overdue: int = 0


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase: its state on the wheel ('' nothing, begun, now, done) and what is missing."""

    phase: Phase
    state: str
    updated_on: date | None
    age_days: int | None
    missing: tuple[Reason, ...]

    @property
    def is_old(self) -> bool:
        """Whether nobody has looked at it for a quarter."""
        return self.age_days is not None and self.age_days > OLD_DAYS


def phase_views(facts: PlanFacts, on: date) -> list[PhaseView]:
    """The seven phases in order; the first that lacks something is the one at hand.

    >>> [view.state for view in phase_views(PlanFacts(), date(2026, 1, 1))]
    ['now', '', '', '', '', '', '']
    """
    views: list[PhaseView] = []
    for phase in Phase:
        missing = tuple(_missing(phase, facts))
        written = facts.texts.get(phase)
        state = _state(phase, facts, missing, seen_now=any(one.state == "now" for one in views))
        age = (on - written).days if written else None
        views.append(PhaseView(phase, state, written, age, missing))
    return views


def _state(phase: Phase, facts: PlanFacts, missing: tuple[Reason, ...], *, seen_now: bool) -> str:
    if not missing:
        return "done"
    if not seen_now:
        return "now"
    return "begun" if phase in facts.texts or _begun(phase, facts) else ""


def _begun(phase: Phase, facts: PlanFacts) -> bool:
    return bool(
        (phase is Phase.GOALS and (facts.goals or facts.stance))
        or (phase is Phase.ACTION and facts.actions)
        or (phase is Phase.CONTROL and facts.goals > facts.goals_unread)
    )


def _missing(phase: Phase, facts: PlanFacts) -> list[Reason]:
    if phase in WRITTEN:
        return [] if phase in facts.texts else [because(N_("Nothing is written yet."))]
    return LACKS[phase](facts)


def _counted(*lacks: tuple[int, str]) -> list[Reason]:
    return [because(message, count=count) for count, message in lacks if count]


def _goals_lack(facts: PlanFacts) -> list[Reason]:
    lacks: list[Reason] = []
    if facts.stance is None:
        lacks.append(because(N_("The qualitative goal is not chosen.")))
    if not facts.goals:
        lacks.append(because(N_("There is no goal.")))
    return lacks + _counted(
        (facts.goals_failing, N_("Goals that fail one of the five letters: %(count)d."))
    )


def _action_lacks(facts: PlanFacts) -> list[Reason]:
    lacks = [] if facts.actions else [because(N_("There is no action."))]
    return lacks + _counted(
        (facts.goals_without_action, N_("Goals that no action serves: %(count)d.")),
        (facts.actions_overdue, N_("Actions overdue: %(count)d.")),
    )


def _control_lacks(facts: PlanFacts) -> list[Reason]:
    lacks = [] if facts.goals else [because(N_("There is no goal to watch."))]
    return lacks + _counted((facts.goals_unread, N_("Goals without a reading: %(count)d.")))


LACKS: dict[Any, Callable[[PlanFacts], list[Reason]]] = {
    Phase.GOALS: _goals_lack,
    Phase.ACTION: _action_lacks,
    Phase.CONTROL: _control_lacks,
}
