"""The shortest way to a first useful plan: six steps, a quarter of an hour together.

Useful is a plan that says where the customer hurts, what drives it, what may change, one goal
with a figure, the position to own and a first action. House convention.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.plans.phases import NO_THOUGHT, PlanFacts
from app.plans.rules import Phase
from app.vocabulary import N_, Term

ANSWERS_WANTED, DRIVERS_WANTED = 3, 3


class FirstStep(Term):
    """A step of the way."""

    ANSWERS = "answers", N_("Answer three questions about the customer")
    DRIVERS = "drivers", N_("Name three drivers of its business")
    CHANGES = "changes", N_("Look at low, likely and high, and say what may change")
    GOALS = "goals", N_("Set a goal with a figure")
    POSITION = "position", N_("Say the position to own in a sentence")
    ACTIONS = "actions", N_("Agree the first action")


@dataclass(frozen=True, slots=True)
class Step:
    """A step and whether it has been taken."""

    step: FirstStep
    is_done: bool


def first_steps(facts: PlanFacts, *, changes: int, goals_with_target: int) -> list[Step]:
    """The six steps in order.

    >>> [one.is_done for one in first_steps(PlanFacts(actions=1), changes=0, goals_with_target=0)]
    [False, False, False, False, False, True]
    """
    answered = facts.thoughts.get(Phase.DIAGNOSE, NO_THOUGHT).answered
    taken = {
        FirstStep.ANSWERS: answered >= ANSWERS_WANTED,
        FirstStep.DRIVERS: facts.drivers >= DRIVERS_WANTED,
        FirstStep.CHANGES: changes > 0,
        FirstStep.GOALS: goals_with_target > 0,
        FirstStep.POSITION: facts.has_position,
        FirstStep.ACTIONS: facts.actions > 0,
    }
    return [Step(step, taken[step]) for step in FirstStep]
