"""The pure part: phases, votes, agreement, hindsight, beliefs, findings, wording, scores."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.pipeline.losing import Factor
from app.pipeline.noting import Favours
from app.pipeline.qualifying import Answer
from app.pipeline.rules import Stage
from app.pipeline.story_queries import Event
from app.retrospectives.agreement import Harmony, agreement, of_column
from app.retrospectives.findings import Shown, findings
from app.retrospectives.people_then import Held, Past, Person, Reading, people_then
from app.retrospectives.record import Entry, lines_of, spans_of
from app.retrospectives.rules import (
    Phase,
    foreseen,
    phase_of,
    problems_voting,
    problems_writing,
)
from app.retrospectives.table import NoteRow, piles
from app.retrospectives.wording import SYSTEM, offers
from app.stakeholders.rules import NO_ROLE, Role, Support
from app.vocabulary import because

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPENED, DECIDED = date(2026, 1, 10), date(2026, 6, 30)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("stamps", "phase"),
    [
        ((None, None, None), Phase.WAITING),
        ((AT, None, None), Phase.WRITING),
        ((AT, AT, None), Phase.OPEN),
        ((AT, AT, AT), Phase.DONE),
        ((AT, None, AT), Phase.DONE),
    ],
)
def test_how_far_it_has_come_follows_from_its_moments(stamps, phase):
    assert phase_of(*stamps) is phase


@pytest.mark.parametrize(
    ("phase", "given", "dots", "refused"),
    [
        (Phase.WRITING, 0, 1, True),
        (Phase.OPEN, 0, 1, False),
        (Phase.OPEN, 4, 1, False),
        (Phase.OPEN, 5, 1, True),
        (Phase.OPEN, 5, -1, False),
        (Phase.DONE, 0, 1, True),
        (Phase.WAITING, 0, 1, True),
    ],
)
def test_dots_are_given_once_it_is_open_and_while_there_are_some(phase, given, dots, refused):
    assert bool(problems_voting(phase, given, dots)) is refused


@pytest.mark.parametrize(
    ("phase", "refused"),
    [(Phase.WAITING, True), (Phase.WRITING, False), (Phase.OPEN, False), (Phase.DONE, True)],
)
def test_notes_are_written_from_its_beginning_to_its_end(phase, refused):
    assert bool(problems_writing(phase)) is refused


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units,
# some values missing, nominal (part C, α = 0.743); two observers, ten articles, two values
# (part A, α = 0.095).
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
TWO = ("0100000010", "1110010000")


def units(rows):
    return [[None if one == "." else one for one in unit] for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "alpha"), [(FOUR, 0.743), (TWO, 0.095)])
def test_agreement_is_krippendorffs_alpha_as_published(rows, alpha):
    found = agreement(units(rows))

    assert found is not None
    assert found.alpha == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize(
    ("given", "harmony"),
    [
        ([(1, 1), (0, 0)], Harmony.AGREE),
        ([(1, 1), (1, 1)], Harmony.AGREE),
        ([(1, 0), (0, 1)], Harmony.DIFFER),
    ],
)
def test_agreement_is_said_in_words(given, harmony):
    found = agreement(given)

    assert found is not None
    assert found.harmony is harmony


def test_one_voice_agrees_with_nobody():
    assert agreement([(True, None), (None, False)]) is None
    assert of_column([True, False, None]) is None


def event(on: str, text: str) -> Event:
    return Event(day(on), "flag", because(text))


def test_the_record_is_in_order_with_each_event_once_and_marks_what_came_later():
    entries = [
        Entry(event("05-02", "second")),
        Entry(event("02-01", "first")),
        Entry(event("05-02", "third"), written_on=day("07-09")),
        Entry(event("07-01", "later"), written_on=day("07-09")),
    ]

    lines = lines_of(entries, DECIDED)

    told = [(str(one.event.text), one.is_hindsight, one.late_on) for one in lines]
    assert told == [
        ("first", False, None),
        ("second", False, None),
        ("third", False, day("07-09")),
        ("later", True, None),
    ]
    assert len({one.key for one in lines}) == 4


def test_the_record_is_told_by_stage_with_what_was_before_and_after():
    lines = lines_of([Entry(event(on, on)) for on in ("01-01", "01-10", "03-01", "07-01")], DECIDED)
    stays = [(OPENED, Stage.PROSPECTING), (day("03-01"), Stage.BIDDING)]

    spans = spans_of(lines, stays)

    assert [(span.stage, len(span.lines), span.is_hindsight) for span in spans] == [
        (None, 1, False),
        (Stage.PROSPECTING, 1, False),
        (Stage.BIDDING, 1, False),
        (None, 1, True),
    ]


LI, WANG = Person(1, "Li Wei"), Person(2, "Wang Fang")
DEAL = 7


def past(**more) -> Past:
    held = [
        Held(1, None, "decider", day("01-01"), None),
        Held(2, None, "guide", day("01-01"), None),
        Held(2, DEAL, NO_ROLE, day("05-01"), None),
        Held(2, 99, "blocker", day("01-01"), None),
    ]
    readings = [
        Reading(1, day("02-01"), True, Support.SUPPORTS),
        Reading(1, day("04-01"), False, Support.OPPOSES),
        Reading(1, day("07-02"), False, Support.OPPOSES),
    ]
    values = {"people": {1: LI, 2: WANG}, "held": held, "readings": readings, **more}
    return Past(**values)


def test_people_are_shown_as_they_were_believed_and_as_they_turned_out():
    days = [day("01-10"), day("04-15"), DECIDED]

    li, wang = people_then(past(contacts={1: [day("03-01")]}), DEAL, days, OPENED, DECIDED)

    assert [cell.support for cell in li.cells] == [None, Support.SUPPORTS, Support.SUPPORTS]
    assert [cell.is_reached for cell in li.cells] == [False, True, True]
    assert (li.turned_out, li.was_misread, li.is_reached) == (Support.OPPOSES, True, True)
    assert [cell.roles for cell in wang.cells] == [{Role.GUIDE}, {Role.GUIDE}, set()]
    assert (wang.turned_out, wang.was_misread, wang.is_reached) == (None, False, False)


def shown(**more) -> Shown:
    days = [OPENED, DECIDED]
    people = people_then(past(contacts=more.pop("met", {})), DEAL, days, OPENED, DECIDED)
    return Shown(OPENED, DECIDED, people, **more)


MET = {1: [day("01-20")], 2: [day("01-20")]}
EARLY = [(day("01-05"), Favours.RIVAL)]


@pytest.mark.parametrize(
    ("facts", "factor", "counted"),
    [
        ({}, Factor.NO_WAY_IN, True),
        ({"met": MET}, Factor.NO_WAY_IN, False),
        ({"met": {2: MET[2]}}, Factor.NO_WAY_IN, True),
        ({}, Factor.NO_GUIDE, True),
        ({"met": MET}, Factor.NO_GUIDE, False),
        ({}, Factor.BLOCKER, None),
        ({"gone": ["Li Wei"]}, Factor.PERSON_LEFT, True),
        ({}, Factor.PERSON_LEFT, False),
        ({"need": Answer.NO}, Factor.MISREAD, True),
        ({"need": Answer.YES}, Factor.MISREAD, False),
        ({}, Factor.MISREAD, None),
        ({"criteria": EARLY, "touches": [OPENED]}, Factor.CRITERIA, True),
        ({"criteria": [(None, Favours.US)]}, Factor.CRITERIA, False),
        ({}, Factor.CRITERIA, None),
        ({"criteria": EARLY, "touches": [day("01-05")]}, Factor.LATE, False),
        ({"criteria": EARLY, "touches": [day("01-06")]}, Factor.LATE, True),
        ({"criteria": EARLY}, Factor.LATE, True),
        ({"criteria": [(None, None)]}, Factor.LATE, None),
        ({"price_gap": Decimal("0.03")}, Factor.PRICE, True),
        ({"price_gap": Decimal("0.029")}, Factor.PRICE, None),
        ({"price_gap": Decimal("0")}, Factor.PRICE, False),
        ({"price_gap": Decimal("-0.05")}, Factor.PRICE, False),
        ({}, Factor.PRICE, None),
        ({"overrides": 1}, Factor.SKIPPED, True),
        ({}, Factor.SKIPPED, False),
        ({}, Factor.SLOW, True),
        ({"touches": [day("03-10"), day("05-05")]}, Factor.SLOW, False),
        ({"noes": 3}, Factor.GAVE_UP, True),
        ({"noes": 4}, Factor.GAVE_UP, False),
        ({}, Factor.GAVE_UP, None),
        ({}, Factor.FIT, None),
    ],
)
def test_the_record_speaks_where_the_facts_decide_and_is_silent_elsewhere(facts, factor, counted):
    found = findings(shown(**facts)).get(factor)

    assert (None if found is None else found.counted) is counted


def test_a_blocker_who_was_known_and_never_met_counted():
    held = [Held(1, None, "blocker", day("01-01"), None)]
    days = [OPENED, DECIDED]
    for contacts, counted in (({}, True), ({1: [day("02-02")]}, False)):
        people = people_then(past(held=held, contacts=contacts), DEAL, days, OPENED, DECIDED)
        assert findings(Shown(OPENED, DECIDED, people))[Factor.BLOCKER].counted is counted


def test_nobody_known_to_decide_is_no_way_in():
    assert findings(Shown(OPENED, DECIDED))[Factor.NO_WAY_IN].counted


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Tom’s fault", ["Tom’s fault"]),
        ("都是小李的错", ["的错"]),
        ("早该去拜访院长，总是拖", ["早该", "总是"]),
        ("We first met the vice president in June", []),
        ("报价比对手高 9%", []),
    ],
)
def test_words_that_blame_are_met_with_a_question(text, phrases):
    assert [one.phrase for one in offers(text)] == phrases


def test_each_question_is_asked_once():
    assert [one.instead for one in offers("His fault, he is lazy")] == [SYSTEM]


def note(number: int, factor: Factor, dots: int = 0, leader: int | None = None) -> NoteRow:
    return NoteRow(number, 1, "Ada", factor, f"note {number}", True, leader, None, dots, 0)


def test_the_weightiest_lie_on_top_and_count_what_is_put_under_them():
    notes = [
        note(1, Factor.PRICE, 1),
        note(2, Factor.NO_WAY_IN, 2),
        note(3, Factor.NO_WAY_IN, 1, leader=4),
        note(4, Factor.NO_WAY_IN, 2),
        note(5, Factor.LATE, 0, leader=77),
    ]

    found = [(one.factor, one.dots, [heap.first.id for heap in one.heaps]) for one in piles(notes)]

    assert found == [
        (Factor.NO_WAY_IN, 5, [4, 2]),
        (Factor.PRICE, 1, [1]),
        (Factor.LATE, 0, [5]),
    ]


@pytest.mark.parametrize(
    ("risks", "counted", "score", "share"),
    [
        ([("price", True), ("late", False)], ["price", "fit"], (1, 1, 1), 0.5),
        ([("price", None)], [], (0, 0, 0), None),
        ([], ["fit"], (0, 0, 1), 0.0),
    ],
)
def test_a_pre_mortem_is_scored_by_what_happened(risks, counted, score, share):
    found = foreseen(risks, counted)

    assert (found.hit, found.not_happened, found.missed) == score
    assert found.share_foreseen == share
