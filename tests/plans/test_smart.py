"""The five letters: goals good and bad, each letter failing alone, then in pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plans.pace import pace_opinion
from app.plans.rules import Metric, Stance, Verdict
from app.plans.smart import ActionFact, GoalFacts, judge
from app.plans.wording import several_results, vague_words

PASS, STRETCH, UNKNOWN, FAIL = Verdict.PASS, Verdict.STRETCH, Verdict.UNKNOWN, Verdict.FAIL
START, DUE = date(2026, 1, 1), date(2026, 12, 31)

GOOD = GoalFacts(
    statement="Sell 40 ward monitors to First Hospital",
    owner="Ada Zhang",
    metric=Metric.SALES,
    baseline=Decimal(1_000_000),
    target=Decimal(1_200_000),
    starts_on=START,
    due_on=DUE,
    plan_ends_on=DUE,
    milestones=((date(2026, 6, 30), Decimal(1_100_000)),),
    actions=(ActionFact(has_owner=True, due_on=date(2026, 3, 1), budget=Decimal(5000)),),
    past=Decimal(1_250_000),
)
BAD = {
    "S": {"owner": None},
    "M": {"metric": None},
    "A": {"past": Decimal(500_000)},
    "R": {"actions": ()},
    "T": {"due_on": None},
}


def verdicts(goal: GoalFacts) -> dict[str, Verdict]:
    """What each letter is judged to be."""
    return {one.letter.value: one.verdict for one in judge(goal)}


def reasons(goal: GoalFacts, letter: str) -> list[str]:
    """Why a letter is judged so, in English."""
    found = next(one for one in judge(goal) if one.letter == letter)
    return [str(reason) for reason in found.reasons]


def test_a_good_goal_passes_every_letter():
    assert set(verdicts(GOOD).values()) == {PASS}


def test_a_passed_letter_says_why_and_proposes_nothing():
    for judgement in judge(GOOD):
        assert judgement.reasons
        assert not judgement.mends


@pytest.mark.parametrize("letter", BAD)
def test_each_letter_can_fail_alone(letter):
    found = verdicts(replace(GOOD, **BAD[letter]))

    assert [name for name, verdict in found.items() if verdict is FAIL] == [letter]


@pytest.mark.parametrize(("one", "other"), list(combinations(BAD, 2)))
def test_two_letters_fail_together(one, other):
    found = verdicts(replace(GOOD, **BAD[one], **BAD[other]))

    failed = {name for name, verdict in found.items() if verdict is FAIL}
    # without a measure or a due day no pace can be told: A is then unknown, whatever the past was
    untold = {"A"} if {one, other} & {"M", "T"} else set()
    assert failed == {one, other} - untold


@pytest.mark.parametrize("letter", BAD)
def test_a_failed_letter_proposes_a_mend(letter):
    found = judge(replace(GOOD, **BAD[letter]))

    assert next(one for one in found if one.letter == letter).mends


@pytest.mark.parametrize(
    "statement",
    [
        "Better relations",
        "Sell as much as possible",
        "Improve sales",
        "尽量提高份额",
        "进一步加强合作",
        "搞好关系",
        "提升客户满意度",
    ],
)
def test_vague_words_fail_while_no_figure_backs_them(statement):
    goal = replace(GOOD, statement=statement, metric=None, target=None)

    assert verdicts(goal)["S"] is FAIL


@pytest.mark.parametrize("statement", ["Improve sales", "提高销售额", "Raise our share"])
def test_a_direction_with_a_figure_is_specific(statement):
    assert verdicts(replace(GOOD, statement=statement))["S"] is PASS


@pytest.mark.parametrize("statement", ["Better sales", "尽快提高销售额", "大力推进销售"])
def test_other_vague_words_stay_a_stretch_even_with_a_figure(statement):
    assert verdicts(replace(GOOD, statement=statement))["S"] is STRETCH


def test_a_figure_in_the_words_counts_as_one():
    goal = replace(GOOD, statement="Increase visits by 20%", metric=None, target=None)

    assert verdicts(goal)["S"] is PASS


def test_vague_words_are_found_whatever_their_case_and_not_inside_others():
    assert vague_words("BETTER goods for Goodwill", has_figures=True) == ["BETTER"]


@pytest.mark.parametrize(
    "statement",
    ["Raise sales and cut cost", "提高份额，同时降低费用", "Grow share; win the tender"],
)
def test_two_results_in_one_breath_fail(statement):
    assert several_results(statement)
    assert verdicts(replace(GOOD, statement=statement))["S"] is FAIL


@pytest.mark.parametrize("statement", ["", "  ", "123", "…"])
def test_a_statement_without_words_says_nothing(statement):
    assert verdicts(replace(GOOD, statement=statement))["S"] is FAIL


@pytest.mark.parametrize("gone", ["metric", "baseline", "target"])
def test_whatever_the_measure_lacks_fails_it(gone):
    assert verdicts(replace(GOOD, **{gone: None}))["M"] is FAIL


@pytest.mark.parametrize(
    ("metric", "unit", "verdict"),
    [
        (Metric.OTHER, "", FAIL),
        (Metric.OTHER, "beds", PASS),
        (Metric.PRICE, "", FAIL),
        (Metric.SHARE, "", PASS),
    ],
)
def test_a_measure_of_its_own_needs_a_unit(metric, unit, verdict):
    assert verdicts(replace(GOOD, metric=metric, unit=unit))["M"] is verdict


@pytest.mark.parametrize(
    ("metric", "target", "stance", "verdict"),
    [
        (Metric.SALES, 900_000, None, FAIL),
        (Metric.SALES, 1_000_000, Stance.HOLD, PASS),
        (Metric.SALES, 900_000, Stance.WITHDRAW, PASS),
        (Metric.SPEND, 1_100_000, None, FAIL),
        (Metric.SPEND, 900_000, None, PASS),
        (Metric.PRICE, 900_000, None, PASS),
    ],
)
def test_a_target_lies_on_the_side_its_measure_should_go(metric, target, stance, verdict):
    goal = replace(GOOD, metric=metric, unit="CNY", target=Decimal(target), stance=stance)

    assert verdicts(goal)["M"] is verdict


@pytest.mark.parametrize(
    ("target", "past", "verdict"),
    [
        # what adds up: 1,200,000 needed against what the past year brought
        ("1200000", "1200000", PASS),
        ("1200000", "1199999", STRETCH),
        ("1200000", "800000", STRETCH),
        ("1200000", "799999", FAIL),
        ("1200000", "400000", FAIL),
        ("1200000", "0", FAIL),
        ("1200000", None, UNKNOWN),
        ("1000000", None, PASS),
        ("900000", None, PASS),
    ],
)
def test_what_adds_up_is_held_against_what_the_past_brought(target, past, verdict):
    known = None if past is None else Decimal(past)

    assert pace_opinion(Decimal(1_000_000), Decimal(target), known, 364, adds_up=True)[0] is verdict


@pytest.mark.parametrize(
    ("target", "past", "verdict"),
    [
        ("50", "10", PASS),
        ("50", "9.99", STRETCH),
        ("55", "10", STRETCH),
        ("55.01", "10", FAIL),
        ("50", "-10", FAIL),
        ("30", "-10", PASS),
        ("30", "10", FAIL),
        ("40", None, PASS),
        ("50", None, UNKNOWN),
    ],
)
def test_a_level_is_held_against_how_it_changed(target, past, verdict):
    known = None if past is None else Decimal(past)

    assert pace_opinion(Decimal(40), Decimal(target), known, 364, adds_up=False)[0] is verdict


def test_beyond_a_stretch_a_target_within_it_is_proposed():
    # 1.5 times 500,000 in the year before
    judgement = judge(replace(GOOD, past=Decimal(500_000)))[2]

    assert str(judgement.mends[0]) == "A target of 750000.00 would be a stretch."


def test_no_history_is_said_and_is_never_a_number():
    goal = replace(GOOD, past=None)

    assert verdicts(goal)["A"] is UNKNOWN
    assert reasons(goal, "A") == ["Nothing is known of the 364 days before the start."]


@pytest.mark.parametrize(
    ("action", "verdict"),
    [
        (ActionFact(has_owner=True, due_on=DUE, budget=Decimal(0)), PASS),
        (ActionFact(has_owner=False, due_on=DUE, budget=Decimal(0)), STRETCH),
        (ActionFact(has_owner=True, due_on=None, budget=Decimal(0)), STRETCH),
        (ActionFact(has_owner=True, due_on=DUE, budget=None), STRETCH),
    ],
)
def test_people_days_and_money_must_stand_behind_it(action, verdict):
    assert verdicts(replace(GOOD, actions=(action,)))["R"] is verdict


def test_the_goals_own_budget_counts_as_money():
    action = ActionFact(has_owner=True, due_on=DUE)

    assert verdicts(replace(GOOD, actions=(action,), budget=Decimal(100)))["R"] is PASS


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"starts_on": None}, FAIL),
        ({"due_on": date(2025, 12, 31)}, FAIL),
        ({"due_on": START}, FAIL),
        ({"milestones": ()}, STRETCH),
        ({"milestones": ((date(2027, 6, 1), Decimal(1)),)}, STRETCH),
        ({"milestones": (), "due_on": date(2026, 4, 3)}, PASS),
        ({"milestones": (), "due_on": date(2026, 4, 4)}, STRETCH),
        ({"due_on": date(2027, 1, 1)}, STRETCH),
    ],
)
def test_the_time_table(change, verdict):
    # 2026-01-01 + 92 days is 2026-04-03
    assert verdicts(replace(GOOD, **change))["T"] is verdict


def test_every_reason_is_said_when_several_things_are_wrong():
    goal = replace(GOOD, metric=None, baseline=None)

    assert reasons(goal, "M") == ["It has no measure.", "Where it starts from is not said."]


days = st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31))
figures = st.none() | st.decimals(-1000, 1000, places=2)
goals = st.builds(
    GoalFacts,
    statement=st.sampled_from(["", "Better", "Sell 40 monitors", "提高份额并降低费用"]),
    owner=st.none() | st.just("Ada"),
    metric=st.none() | st.sampled_from(Metric),
    baseline=figures,
    target=figures,
    starts_on=days,
    due_on=days,
    plan_ends_on=days,
    stance=st.none() | st.sampled_from(Stance),
    budget=st.none() | st.just(Decimal(1)),
    actions=st.just(()) | st.just((ActionFact(has_owner=True, due_on=DUE),)),
    past=figures,
)
RANK = {FAIL: 0, UNKNOWN: 0, STRETCH: 1, PASS: 2}  # what is not known promises nothing


@given(goals, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_naming_an_owner_or_a_date_never_worsens_a_letter(goal, day):
    before = judge(goal)

    for name, value in (("owner", "Ben"), ("starts_on", day), ("due_on", day)):
        if getattr(goal, name) is None:
            after = judge(replace(goal, **{name: value}))
            for old, new in zip(before, after, strict=True):
                assert RANK[new.verdict] >= RANK[old.verdict], (name, old, new)


@given(goals)
def test_every_letter_has_a_reason_and_whatever_is_not_passed_has_a_mend(goal):
    for judgement in judge(goal):
        assert judgement.reasons
        assert all(str(reason) for reason in judgement.reasons)
        assert judgement.mends or judgement.verdict is PASS
