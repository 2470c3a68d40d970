"""The seven phases: what each lacks, where the plan is at hand, what grows old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.plans.changes import next_period
from app.plans.first_steps import first_steps
from app.plans.guide import LEADS, QUESTIONS
from app.plans.models import AccountPlan
from app.plans.phases import WRITTEN, PlanFacts, Thought, phase_views
from app.plans.rules import Phase, Stance

ON = date(2026, 11, 22)
WHOLE = PlanFacts(texts=dict.fromkeys(WRITTEN, ON), stance=Stance.HOLD, goals=1, actions=1)


def states(facts: PlanFacts) -> dict[Phase, str]:
    """How far each phase is."""
    return {view.phase: view.state for view in phase_views(facts, ON)}


def test_a_whole_plan_lacks_nothing():
    assert set(states(WHOLE).values()) == {"done"}


def test_an_empty_plan_is_at_its_diagnosis():
    assert states(PlanFacts())[Phase.DIAGNOSE] == "now"
    assert list(states(PlanFacts()).values()).count("") == 6


@pytest.mark.parametrize(
    ("change", "phase", "reason"),
    [
        ({"stance": None}, Phase.GOALS, "The qualitative goal is not chosen."),
        ({"goals": 0}, Phase.GOALS, "There is no goal."),
        ({"goals_failing": 2}, Phase.GOALS, "Goals that fail one of the five letters: 2."),
        ({"actions": 0}, Phase.ACTION, "There is no action."),
        ({"goals_without_action": 1}, Phase.ACTION, "Goals that no action serves: 1."),
        ({"actions_overdue": 3}, Phase.ACTION, "Actions overdue: 3."),
        ({"goals": 0}, Phase.CONTROL, "There is no goal to watch."),
        ({"goals_unread": 1}, Phase.CONTROL, "Goals without a reading: 1."),
        ({"texts": {}}, Phase.STRATEGY, "Nothing is written yet."),
    ],
)
def test_what_is_missing_is_said_in_its_phase(change, phase, reason):
    views = {view.phase: view for view in phase_views(replace(WHOLE, **change), ON)}

    assert reason in [str(lack) for lack in views[phase].missing]
    assert views[phase].state != "done"


def test_only_the_first_phase_that_lacks_something_is_at_hand():
    found = states(replace(WHOLE, stance=None, actions_overdue=1, goals=2, goals_unread=1))

    assert (found[Phase.GOALS], found[Phase.ACTION], found[Phase.CONTROL]) == (
        "now",
        "begun",
        "begun",
    )


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (90, False), (91, True)])
def test_a_phase_grows_old_after_a_quarter(days, is_old):
    texts = {Phase.DIAGNOSE: ON - timedelta(days=days)}

    view = phase_views(PlanFacts(texts=texts), ON)[0]

    assert (view.age_days, view.is_old) == (days, is_old)


def test_every_phase_has_its_question_and_its_guide():
    assert set(LEADS) == set(QUESTIONS) == set(Phase)


@pytest.mark.parametrize(
    ("last", "period"),
    [
        (None, (date(2026, 1, 1), date(2026, 12, 31))),
        ((date(2026, 1, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 12, 31))),
        # a leap year follows: still a whole year
        ((date(2027, 1, 1), date(2027, 12, 31)), (date(2028, 1, 1), date(2028, 12, 31))),
        # a half-year of 181 days is followed by one of as many days
        ((date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 28))),
    ],
)
def test_the_next_period_follows_the_last(last, period):
    plan = AccountPlan(starts_on=last[0], ends_on=last[1]) if last else None

    assert next_period(plan, ON) == period


@pytest.mark.parametrize(
    ("facts", "changes", "targets", "taken"),
    [
        (PlanFacts(), 0, 0, set()),
        (PlanFacts(thoughts={Phase.DIAGNOSE: Thought(answered=3)}), 0, 0, {"answers"}),
        (PlanFacts(thoughts={Phase.DIAGNOSE: Thought(answered=2)}, drivers=3), 0, 0, {"drivers"}),
        (
            PlanFacts(has_position=True, actions=1),
            1,
            1,
            {"position", "actions", "changes", "goals"},
        ),
    ],
)
def test_the_way_to_a_first_useful_plan_knows_what_is_done(facts, changes, targets, taken):
    found = first_steps(facts, changes=changes, goals_with_target=targets)

    assert {one.step.value for one in found if one.is_done} == taken


def test_a_phase_that_thinks_lacks_answers_drivers_reviews_and_a_position():
    thought = Thought(asked=9, answered=7, unreviewed=2, insights=1)
    facts = replace(WHOLE, thoughts={Phase.DIAGNOSE: thought, Phase.STRATEGY: Thought()}, drivers=4)

    views = {view.phase: [str(lack) for lack in view.missing] for view in phase_views(facts, ON)}

    assert views[Phase.DIAGNOSE] == [
        "Business drivers: 4 of five or six.",
        "Questions not answered: 2.",
        "Carried over and not looked at since: 2.",
    ]
    assert views[Phase.STRATEGY] == ["The position to own is not said."]


@pytest.mark.parametrize("phase", list(Phase))
def test_an_unanswered_question_is_lacking_in_every_phase_that_asks(phase):
    """Three asked, one answered: two are open; none asked: nothing is lacking of it."""
    said = "Questions not answered: 2."
    asking = replace(WHOLE, thoughts={phase: Thought(asked=3, answered=1)})

    found = {view.phase: [str(lack) for lack in view.missing] for view in phase_views(asking, ON)}

    assert {one for one, lacks in found.items() if said in lacks} == {phase}


def test_a_phases_age_is_that_of_the_last_thing_touched_in_it():
    days = [ON - timedelta(days=number) for number in (30, 20, 10)]
    facts = PlanFacts(
        texts={Phase.DIAGNOSE: days[0]},
        looked={Phase.DIAGNOSE: days[1]},
        thoughts={Phase.DIAGNOSE: Thought(looked_on=days[2])},
    )

    assert phase_views(facts, ON)[0].age_days == 10
