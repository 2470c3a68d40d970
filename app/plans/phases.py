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
"""Phases that are thought and said; the rest are told by goals, actions and readings."""

DRIVERS_WANTED = 5
"""Five or six factors matter most to an account's ability to compete [001]."""


@dataclass(frozen=True, slots=True)
class Thought:
    """What a phase holds of answers and insights; ``looked_on`` is the last day one was touched.

    ``unreviewed`` ones were carried over from the plan before and nobody has looked at them.
    """

    asked: int = 0
    answered: int = 0
    unreviewed: int = 0
    insights: int = 0
    looked_on: date | None = None


NO_THOUGHT = Thought()


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan holds, as its phases are judged by it.

    ``texts`` are the days they were last written; ``looked`` those on which somebody said that
    a phase still holds. ``drivers`` of the business; ``has_position``: the one to own is said.
    """

    texts: Mapping[Phase, date] = field(default_factory=dict)
    looked: Mapping[Phase, date] = field(default_factory=dict)
    thoughts: Mapping[Phase, Thought] = field(default_factory=dict)
    drivers: int = 0
    has_position: bool = False
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
    thought: Thought = NO_THOUGHT

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
        looked = looked_on(phase, facts)
        state = _state(phase, facts, missing, seen_now=any(one.state == "now" for one in views))
        age = (on - looked).days if looked else None
        thought = facts.thoughts.get(phase, NO_THOUGHT)
        views.append(PhaseView(phase, state, looked, age, missing, thought))
    return views


def looked_on(phase: Phase, facts: PlanFacts) -> date | None:
    """The last day on which somebody wrote in a phase or said that it still holds."""
    thought = facts.thoughts.get(phase, NO_THOUGHT)
    days = (facts.texts.get(phase), facts.looked.get(phase), thought.looked_on)
    return max((day for day in days if day), default=None)


def _state(phase: Phase, facts: PlanFacts, missing: tuple[Reason, ...], *, seen_now: bool) -> str:
    if not missing:
        return "done"
    if not seen_now:
        return "now"
    return "begun" if phase in facts.texts or _begun(phase, facts) else ""


def _begun(phase: Phase, facts: PlanFacts) -> bool:
    thought = facts.thoughts.get(phase, NO_THOUGHT)
    return bool(
        thought.answered
        or thought.insights
        or (phase is Phase.GOALS and (facts.goals or facts.stance))
        or (phase is Phase.ACTION and facts.actions)
        or (phase is Phase.CONTROL and facts.goals > facts.goals_unread)
    )


def _missing(phase: Phase, facts: PlanFacts) -> list[Reason]:
    lacks = LACKS[phase](facts) if phase in LACKS else []
    thought = facts.thoughts.get(phase, NO_THOUGHT)
    if phase in WRITTEN and phase not in facts.texts and not _begun(phase, facts):
        lacks = [because(N_("Nothing is written yet.")), *lacks]
    return lacks + _counted(
        (thought.asked - thought.answered, N_("Questions not answered: %(count)d.")),
        (thought.unreviewed, N_("Carried over and not looked at since: %(count)d.")),
    )


def _diagnose_lacks(facts: PlanFacts) -> list[Reason]:
    if Phase.DIAGNOSE not in facts.thoughts or facts.drivers >= DRIVERS_WANTED:
        return []
    return [because(N_("Business drivers: %(count)d of five or six."), count=facts.drivers)]


def _strategy_lacks(facts: PlanFacts) -> list[Reason]:
    if Phase.STRATEGY not in facts.thoughts or facts.has_position:
        return []
    return [because(N_("The position to own is not said."))]


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
    Phase.DIAGNOSE: _diagnose_lacks,
    Phase.STRATEGY: _strategy_lacks,
    Phase.GOALS: _goals_lack,
    Phase.ACTION: _action_lacks,
    Phase.CONTROL: _control_lacks,
}
