"""What may happen to a deal, as truth tables. Expected answers: domain 5, by hand."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.pipeline.moving import (
    EVIDENCE_OR_WHY,
    EVIDENCE_WANTED,
    NO_REASON,
    NO_SIGNATURE,
    NOT_A_STAGE,
    Case,
    Standing,
    is_override,
    is_override_closing,
    outcome_in,
    problems_closing,
    problems_dating,
    problems_moving,
    problems_reopening,
    reopened,
    way_of,
)
from app.pipeline.rules import GUIDES, STAGES, Outcome, Stage, place_of, stage_after, stage_named

OPEN = Outcome.OPEN
PROVEN = Case(evidence="Minutes of the committee")
SILENT = Case()
ALLOWED = Case(may_override=True)
REASONED = Case(reason="The tender came early", may_override=True)
PRESALES = Case(reason="The tender came early")


def at(stage: Stage, outcome: Outcome = OPEN) -> Standing:
    return Standing(stage, outcome)


def said(problems: list) -> list[str]:
    return [problem.message for problem in problems]


def test_there_are_six_stages_in_order_and_each_has_its_guide():
    assert [place_of(stage) for stage in STAGES] == [1, 2, 3, 4, 5, 6]
    assert set(GUIDES) == set(STAGES)
    assert [stage_after(stage) for stage in STAGES] == [*STAGES[1:], None]


@pytest.mark.parametrize("text", ["", None, "closing", "Bidding"])
def test_only_an_identifier_names_a_stage(text):
    assert stage_named(text) is None


@pytest.mark.parametrize(
    ("case", "problems"),
    [
        (PROVEN, []),
        (REASONED, []),
        (SILENT, [EVIDENCE_WANTED]),
        (PRESALES, [EVIDENCE_WANTED]),
        (ALLOWED, [EVIDENCE_OR_WHY]),
        (Case(evidence="  ", reason=" ", may_override=True), [EVIDENCE_OR_WHY]),
    ],
)
def test_the_next_stage_asks_for_evidence_or_for_a_reason_of_someone_allowed(case, problems):
    assert said(problems_moving(at(Stage.PROPOSAL), Stage.BIDDING, case)) == problems


@pytest.mark.parametrize(
    ("case", "is_possible"),
    [(PROVEN, False), (PRESALES, False), (ALLOWED, False), (REASONED, True)],
)
def test_passing_over_a_stage_is_for_those_allowed_and_with_a_reason(case, is_possible):
    problems = problems_moving(at(Stage.PROSPECTING), Stage.PROPOSAL, case)

    assert (problems == []) is is_possible


@pytest.mark.parametrize(("case", "is_possible"), [(PRESALES, True), (PROVEN, False)])
def test_a_move_back_asks_for_a_reason_and_nothing_else(case, is_possible):
    problems = problems_moving(at(Stage.BIDDING), Stage.PROSPECTING, case)

    assert problems == ([] if is_possible else [NO_REASON])


@pytest.mark.parametrize("stage", STAGES)
def test_a_deal_does_not_move_to_where_it_is(stage):
    assert len(problems_moving(at(stage), stage, REASONED)) == 1


def test_what_is_no_stage_is_refused():
    assert problems_moving(at(Stage.BIDDING), None, REASONED) == [NOT_A_STAGE]


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not OPEN])
@pytest.mark.parametrize("to", STAGES)
def test_a_deal_that_is_not_open_does_not_move(outcome, to):
    problems = problems_moving(at(Stage.BIDDING, outcome), to, REASONED)

    assert [problem.values["outcome"] for problem in problems] == [outcome]


@pytest.mark.parametrize(
    ("start", "case", "problems"),
    [
        (Stage.NEGOTIATION, PROVEN, []),
        (Stage.NEGOTIATION, REASONED, [NO_SIGNATURE]),
        (Stage.BIDDING, REASONED, [NO_SIGNATURE]),
        (Stage.BIDDING, Case("Contract 17", "Direct award", True), []),
        (Stage.BIDDING, Case("Contract 17", "", True), [NO_REASON]),
    ],
)
def test_delivery_is_reached_by_the_signature_alone(start, case, problems):
    assert problems_moving(at(start), Stage.DELIVERY, case) == problems
    assert problems_closing(at(start), Outcome.WON, case) == problems


def test_a_deal_open_in_delivery_is_won_by_its_signature():
    assert problems_closing(at(Stage.DELIVERY), Outcome.WON, PROVEN) == []
    assert problems_closing(at(Stage.DELIVERY), Outcome.WON, REASONED) == [NO_SIGNATURE]


@pytest.mark.parametrize("outcome", [Outcome.LOST, Outcome.WITHDRAWN])
def test_an_end_without_an_order_asks_why_and_no_evidence(outcome):
    assert problems_closing(at(Stage.BIDDING), outcome, PRESALES) == []
    assert problems_closing(at(Stage.BIDDING), outcome, PROVEN) == [NO_REASON]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (before, after)
        for before, after in product(Outcome, Outcome)
        if before is not OPEN and after not in {OPEN, Outcome.CLOSED}
    ],
)
def test_what_has_ended_does_not_end_again(before, after):
    problems = problems_closing(at(Stage.BIDDING, before), after, REASONED)

    assert [problem.values.get("outcome") for problem in problems] == [before]


def test_open_is_no_end():
    assert len(problems_closing(at(Stage.BIDDING), OPEN, REASONED)) == 1


@pytest.mark.parametrize(
    ("case", "problems"),
    [
        (PROVEN, []),
        (REASONED, []),
        (ALLOWED, [NO_REASON.message]),
        (PRESALES, [EVIDENCE_WANTED]),
    ],
)
def test_delivered_asks_for_the_acceptance(case, problems):
    won = at(Stage.DELIVERY, Outcome.WON)

    assert said(problems_closing(won, Outcome.CLOSED, case)) == problems


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.WON])
def test_only_what_is_won_is_delivered(outcome):
    assert len(problems_closing(at(Stage.DELIVERY, outcome), Outcome.CLOSED, REASONED)) == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_whatever_ended_is_taken_up_again_with_a_reason(outcome):
    is_open = outcome is OPEN

    assert (problems_reopening(at(Stage.BIDDING, outcome), PRESALES) == []) is not is_open
    assert problems_reopening(at(Stage.BIDDING, outcome), PROVEN) != []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (at(Stage.PROPOSAL, Outcome.LOST), at(Stage.PROPOSAL)),
        (at(Stage.PROPOSAL, Outcome.WITHDRAWN), at(Stage.PROPOSAL)),
        (at(Stage.DELIVERY, Outcome.WON), at(Stage.NEGOTIATION)),
        (at(Stage.DELIVERY, Outcome.CLOSED), at(Stage.DELIVERY, Outcome.WON)),
    ],
)
def test_a_deal_taken_up_again_stands_one_step_before_its_end(before, after):
    assert reopened(before) == after


@pytest.mark.parametrize(
    ("start", "to", "evidence", "override"),
    [
        (1, 2, "seen", False),
        (1, 2, "", True),
        (1, 3, "seen", True),
        (3, 1, "", False),
        (3, 3, "", False),
    ],
)
def test_an_override_is_a_milestone_passed_unseen_or_over(start, to, evidence, override):
    assert is_override(STAGES[start - 1], STAGES[to - 1], evidence) is override


@pytest.mark.parametrize(
    ("stage", "outcome", "evidence", "override"),
    [
        (Stage.NEGOTIATION, Outcome.WON, "signed", False),
        (Stage.BIDDING, Outcome.WON, "signed", True),
        (Stage.DELIVERY, Outcome.CLOSED, "", True),
        (Stage.DELIVERY, Outcome.CLOSED, "accepted", False),
        (Stage.BIDDING, Outcome.LOST, "", False),
    ],
)
def test_an_end_can_be_an_override_too(stage, outcome, evidence, override):
    assert is_override_closing(at(stage), outcome, evidence) is override


@pytest.mark.parametrize("stage", STAGES)
def test_delivery_alone_means_won(stage):
    assert (outcome_in(stage) is Outcome.WON) is (stage is Stage.DELIVERY)


@pytest.mark.parametrize(
    ("start", "to", "way"), [(2, 3, "next"), (2, 4, "over"), (4, 2, "back"), (2, 2, None)]
)
def test_a_move_leads_on_over_or_back(start, to, way):
    assert way_of(STAGES[start - 1], STAGES[to - 1]) == way


@pytest.mark.parametrize(
    ("on", "is_possible"),
    [("2026-03-01", False), ("2026-03-02", True), ("2026-03-09", True), ("2026-03-10", False)],
)
def test_an_act_is_dated_from_the_last_move_until_today(on, is_possible):
    problems = problems_dating(date.fromisoformat(on), date(2026, 3, 2), today=date(2026, 3, 9))

    assert (problems == []) is is_possible
