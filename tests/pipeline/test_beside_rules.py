"""What is judged beside a deal: the five questions, the buyer's stage, noes, losses, approvals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.handed_in import MOST_BYTES, MOST_FILES, kind_of, problems_keeping, safe_name
from app.pipeline.approving import problems_answering, problems_asking, problems_unapproved
from app.pipeline.contract_cycle import contract_phase
from app.pipeline.losing import TREE, Factor, in_order, price_gap
from app.pipeline.mirroring import disagreement
from app.pipeline.moving import Standing
from app.pipeline.noticing import Situation, Slippage, Tone, notices, slippage
from app.pipeline.persistence import persistence
from app.pipeline.qualifying import Answer, Answered, GradeReading, Question, grade_of
from app.pipeline.rules import Grade, Outcome, Stage
from app.pipeline.stage_rules import (
    Item,
    StageRule,
    StageRules,
    Subject,
    items_from,
    stage_rules_from,
    stage_rules_text,
)

DAY = date(2026, 3, 2)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answered(**said):
    return {Question(name): Answered(Answer(word), "", DAY, "Ada") for name, word in said.items()}


@pytest.mark.parametrize(
    ("said", "grade", "best", "points"),
    [
        ({}, None, "A", 0),
        ({"need": "yes"}, None, "A", 2),
        ({"need": "yes", "budget": "yes"}, "C", "A", 4),
        ({"need": "no", "budget": "no"}, "D", "B", 0),
        ({"need": "yes", "budget": "yes", "timetable": "yes"}, "B", "A", 6),
        ({"need": "yes", "budget": "yes", "timetable": "yes", "criteria": "yes"}, "A", "A", 8),
        (
            dict.fromkeys(("need", "budget", "timetable", "criteria"), "yes")
            | {"competition": "no"},
            "B",
            "B",
            8,
        ),
        (dict.fromkeys(Question, "part"), "C", "C", 5),
    ],
)
def test_five_answers_make_a_grade(said, grade, best, points):
    # points by hand: two for a yes, one for a part; A from 8 without a no, B 6, C 3
    read = grade_of(answered(**said))

    assert (read.grade, read.best, read.points) == (grade, best, points)
    assert len(read.reasons) == 5


def test_the_buyer_in_our_stage_or_unknown_disagrees_with_nobody():
    assert disagreement(Stage.BIDDING, Stage.BIDDING) is None
    assert disagreement(Stage.BIDDING, None) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ("bidding", "proposal", "We are a stage ahead"),
        ("bidding", "prospecting", "We are 3 stages ahead"),
        ("proposal", "bidding", "The buyer is a stage ahead"),
        ("prospecting", "negotiation", "The buyer is 4 stages ahead"),
    ],
)
def test_stages_that_differ_are_told_with_their_distance(ours, theirs, words):
    assert words in str(disagreement(Stage(ours), Stage(theirs)))


@pytest.mark.parametrize(
    ("noes", "again_on", "on", "due", "is_late"),
    [
        (0, None, DAY, None, False),
        (1, None, date(2026, 3, 31), date(2026, 4, 1), False),
        (1, None, date(2026, 4, 1), date(2026, 4, 1), True),
        (4, date(2026, 3, 9), date(2026, 3, 8), date(2026, 3, 9), False),
        (4, date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 9), True),
    ],
)
def test_the_next_ask_is_due_when_agreed_or_after_a_month(noes, again_on, on, due, is_late):
    found = persistence(noes, DAY if noes else None, again_on, on)

    assert (found.next_ask_on, found.is_late) == (due, is_late)


def test_four_noes_are_told_apart_from_fewer():
    assert "most sellers have left by then" in str(persistence(3, DAY, None, DAY).reason)
    assert "yes is near" in str(persistence(4, DAY, None, DAY).reason)


def test_every_factor_of_a_loss_is_in_the_tree_once():
    leaves = [one for found in TREE.values() for one in found]

    assert sorted(leaves) == sorted(Factor)
    assert in_order([Factor.STOPPED, Factor.PRICE]) == [Factor.PRICE, Factor.STOPPED]


@pytest.mark.parametrize(
    ("ours", "theirs", "gap"),
    [(100, 91, "0.0900"), (100, 110, "-0.1000"), (0, 5, None), (None, 5, None), (100, None, None)],
)
def test_a_price_gap_is_a_share_of_ours(ours, theirs, gap):
    as_money = [None if one is None else Decimal(one) for one in (ours, theirs)]

    assert price_gap(*as_money) == (None if gap is None else Decimal(gap))


BOTH = StageRules(approvals=frozenset(Subject))


@pytest.mark.parametrize(
    ("rules", "start", "to", "granted", "missing"),
    [
        (StageRules(), "qualification", "proposal", (), ()),
        (BOTH, "prospecting", "qualification", (), ()),
        (BOTH, "qualification", "proposal", (), ("qualification",)),
        (BOTH, "qualification", "proposal", ("qualification",), ()),
        (BOTH, "prospecting", "delivery", (), ("qualification", "signature")),
        (BOTH, "negotiation", "delivery", ("qualification",), ("signature",)),
        (BOTH, "bidding", "proposal", (), ()),
    ],
)
def test_who_passes_a_stage_needs_the_yes_that_the_company_wants(
    rules, start, to, granted, missing
):
    found = problems_unapproved(
        rules, Stage(start), Stage(to), frozenset(Subject(one) for one in granted)
    )

    assert [one.values["subject"] for one in found] == list(missing)


def test_a_yes_is_asked_of_somebody_else_and_once():
    assert problems_asking(2, 1, is_waiting=False) == []
    assert "Four eyes" in str(problems_asking(1, 1, is_waiting=False)[0])
    assert "Choose who" in str(problems_asking(None, 1, is_waiting=False)[0])
    assert "already" in str(problems_asking(2, 1, is_waiting=True)[0])
    assert problems_answering(" ", grants=False)
    assert problems_answering("Too dear", grants=False) == []


@pytest.mark.parametrize(
    ("stage", "outcome", "phase"),
    [
        ("prospecting", "open", "proposal"),
        ("negotiation", "open", "negotiation"),
        ("delivery", "won", "execution"),
        ("bidding", "lost", None),
    ],
)
def test_a_live_deal_is_in_one_phase_of_the_contract_cycle(stage, outcome, phase):
    assert contract_phase(Standing(Stage(stage), Outcome(outcome))) == phase


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "image/webp"),
        (b"PK\x03\x04 xl/workbook.xml", SHEET),
        (b"PK\x03\x04 anything", "application/zip"),
        ("报价".encode("gb18030"), "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"MZ\x90\x00\x03", None),
        (b"\x7fELF\x02\x00", None),
    ],
)
def test_a_file_is_what_is_in_it(start, kind):
    assert kind_of(start) == kind


def test_a_file_that_is_empty_large_one_too_many_or_a_program_is_refused():
    assert problems_keeping("a", b"x", 0) == []
    assert "empty" in str(problems_keeping("a", b"", 0)[0])
    assert "10 MB" in str(problems_keeping("a", b"x" * (MOST_BYTES + 1), 0)[0])
    assert problems_keeping("a", b"x", MOST_FILES)[0].values == {"count": MOST_FILES}
    assert "a.exe" in str(problems_keeping("a.exe", b"MZ\x00", 0)[0])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ('a<b>:"c|?*.pdf', "abc.pdf"),
        ("报价.pdf", "报价.pdf"),
        (" . ", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_file_name_leads_nowhere(typed, kept):
    assert safe_name(typed) == kept


NOBODY_ASKED = persistence(0, None, None, DAY)
UNREAD = GradeReading(None, Grade.A, 0, 0, ())


def situation(**more):
    values = {
        "at": Standing(Stage.BIDDING, Outcome.OPEN),
        "buyer": None,
        "days": 5,
        "norm": None,
        "close_on": date(2026, 4, 1),
        "next_step": "Call",
        "next_step_on": date(2026, 3, 9),
        "persistence": NOBODY_ASKED,
        "given": None,
        "read": UNREAD,
        **more,
    }
    return Situation(**values)


def test_a_deal_in_order_has_nothing_to_notice():
    assert notices(situation(), DAY) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"close_on": None}, "No close date"),
        ({"close_on": date(2026, 3, 1)}, "passed 1 days ago"),
        ({"days": 31, "norm": 30}, "Stuck: 31 days"),
        ({"next_step": ""}, "No next step"),
        ({"next_step_on": None}, "no date"),
        ({"next_step_on": date(2026, 3, 1)}, "was due on"),
        ({"buyer": Stage.PROPOSAL}, "a stage ahead"),
        ({"persistence": persistence(4, date(2026, 1, 1), None, DAY)}, "fifth ask"),
        ({"persistence": persistence(2, date(2026, 1, 1), None, DAY)}, "no 2 times"),
        (
            {"given": Grade.A, "read": GradeReading(Grade.C, Grade.B, 3, 3, ())},
            "Graded A by hand; the answers say C",
        ),
    ],
)
def test_each_thing_out_of_order_is_noticed(more, words):
    (found,) = notices(situation(**more), DAY)

    assert words in str(found.text)


def test_what_presses_most_comes_first_and_an_ended_deal_presses_nobody():
    found = notices(situation(close_on=date(2026, 3, 1), next_step="", days=9, norm=3), DAY)
    ended = situation(at=Standing(Stage.BIDDING, Outcome.LOST), close_on=None)

    assert [one.tone for one in found] == [Tone.BAD, Tone.WARN, Tone.WARN]
    assert notices(ended, DAY) == []


def test_slippage_counts_pushes_and_the_whole_way():
    days = [date(2026, 3, 1), None, date(2026, 5, 1), date(2026, 4, 1)]

    assert slippage(days) == Slippage(1, 31)
    assert slippage([None]) == Slippage(0, 0)


def test_stage_rules_are_kept_and_read_back():
    rules = StageRules(
        {Stage.BIDDING: StageRule("Tender", "Bid in", 40, (Item("bid", "Bid in"),))},
        frozenset({Subject.SIGNATURE}),
    )

    assert stage_rules_from(stage_rules_text(rules)) == rules
    assert stage_rules_from(None).milestone(Stage.BIDDING) == "Bid made, or negotiated instead"
    assert rules.milestone(Stage.BIDDING) == "Bid in"


def test_a_checklist_keeps_the_points_that_stay_and_those_whose_words_change():
    before = [("Need known", Item("need", "Need known")), ("Bid in", Item("bid", "Bid in"))]

    changed = items_from("Need known\nBid handed in\n\nNew point\nNew point", before)

    assert [(one.key, one.words) for one in changed] == [
        ("need", "Need known"),
        ("bid", "Bid handed in"),
        ("New point", "New point"),
    ]
    assert items_from(" \n", before) == ()
