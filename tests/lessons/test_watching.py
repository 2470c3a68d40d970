"""Watches: each condition's truth table, how they are put together, what they say of the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.facts import (
    Expected,
    Facts,
    Moved,
    Offer,
    People,
    Quote,
    Record,
    Way,
    facts_on,
    looks,
)
from app.lessons.trying import Fired, Past, Tried, first_firing, served, tried
from app.lessons.watching import QUESTIONS, Clause, Condition, Watch, clauses_from, clauses_text
from app.pipeline.around import AccountFacts, Held, Touch
from app.pipeline.rules import Outcome, Stage
from app.pipeline.wins import Share
from app.stakeholders.rules import Role

START = date(2026, 3, 2)


def day(number: int) -> date:
    return START + timedelta(days=number)


CALM = Facts(
    Way(Stage.QUALIFICATION, 10, 30, 0, 0, 0, True),
    Offer(Decimal(100_000), False, 0, frozenset(), None),
    People(True, True, 1, False, 3, 4, 5, False),
)
"""A deal in which no condition holds but those that ask for little."""


def but(**changed) -> Facts:
    """The calm deal, with some of its facts otherwise."""
    parts = {"way": CALM.way, "offer": CALM.offer, "people": CALM.people}
    for name, value in changed.items():
        part = next(one for one, held in parts.items() if name in held._fields)
        parts[part] = parts[part]._replace(**{name: value})
    return Facts(**parts)


TRUTH = [
    (Condition.STAGE_FROM, Stage.PROPOSAL, but(stage=Stage.PROPOSAL), CALM),
    (Condition.STAGE_FROM, Stage.BIDDING, but(stage=Stage.BIDDING), but(stage=Stage.PROPOSAL)),
    (Condition.STAYS, Decimal(60), but(days_in_stage=61), but(days_in_stage=60)),
    (Condition.OLD, Decimal(180), but(age_days=181), but(age_days=180)),
    (Condition.NO_DECIDER, None, but(has_decider=False), CALM),
    (Condition.NO_WAY_IN, None, but(meets_decider=False), CALM),
    (Condition.NOT_FOR_US, None, but(support=0), but(support=1)),
    (Condition.NOT_FOR_US, None, but(support=-2), but(support=None)),
    (Condition.UNREAD, None, but(support=None), but(support=-2)),
    (Condition.BLOCKER, None, but(has_unmet_blocker=True), CALM),
    (Condition.SINGLE_TIE, None, but(routes=1), but(routes=2)),
    (Condition.SINGLE_TIE, None, but(routes=0), but(routes=None)),
    (Condition.LATE_IN, None, but(is_late_in=True), CALM),
    (Condition.BUYER_BEHIND, None, but(buyer_behind=1), but(buyer_behind=-1)),
    (Condition.OVERRIDDEN, None, but(overrides=1), CALM),
    (Condition.PUSHED, Decimal(2), but(pushes=2), but(pushes=1)),
    (Condition.OVERDUE, None, but(is_overdue=True), CALM),
    (Condition.NO_STEP, None, but(has_step=False), but(has_step=True)),
    (Condition.NO_STEP, None, but(has_step=False), but(has_step=None)),
    (Condition.SILENT, Decimal(45), but(silent_days=46), but(silent_days=45)),
    (Condition.NOES, Decimal(3), but(noes=3), but(noes=2)),
    (Condition.RIVAL, "Kangsheng", but(rivals={"康晟 kangsheng"}), but(rivals={"maiyuan"})),
    (Condition.DEARER, Decimal(5), but(price_gap=Decimal("0.051")), but(price_gap=Decimal("0.05"))),
    (Condition.DEARER, Decimal(5), but(price_gap=Decimal("0.06")), but(price_gap=None)),
    (Condition.LARGE, Decimal(1_000), but(amount=Decimal(1_000)), but(amount=Decimal(999))),
    (Condition.LARGE, Decimal(1), but(amount=Decimal(1)), but(amount=None)),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "value", "so", "not_so"), TRUTH)
def test_a_condition_is_met_by_these_facts_and_not_by_those(condition, value, so, not_so):
    clause = Clause(condition, value)

    assert clause.meets(so)
    assert not clause.meets(not_so)
    assert str(clause.said)


def test_every_condition_has_a_truth_table_and_words():
    assert {row[0] for row in TRUTH} == set(Condition) == set(QUESTIONS)


def test_all_of_any_of_and_none_of():
    both = but(pushes=2, is_overdue=True)
    clauses = (Clause(Condition.PUSHED, Decimal(2)), Clause(Condition.OVERDUE))

    for facts, some, every in (
        (both, True, True),
        (but(pushes=2), True, False),
        (CALM, False, False),
    ):
        assert Watch(clauses, is_any=True).fires(facts) is some
        assert Watch(clauses).fires(facts) is every
    assert not Watch(()).fires(both)
    assert not Watch((), is_any=True).fires(both)
    assert not Watch(clauses).fires(None)


def test_clauses_are_kept_as_text_and_read_back():
    clauses = tuple(Clause(one, question.usual) for one, question in QUESTIONS.items())

    assert clauses_from(clauses_text(clauses)) == clauses
    for broken in ("", "nan", "inf", "x"):
        assert clauses_from([["pushed", broken]])[0].value == QUESTIONS[Condition.PUSHED].usual
    assert clauses_from([["rival", ""]])[0].value == "?"


def moved(number, stage=Stage.PROSPECTING, outcome=Outcome.OPEN, over=False):
    return Moved(day(number), stage, outcome, over)


def test_facts_of_a_day_come_from_what_was_recorded_by_then():
    account = AccountFacts(
        held=[Held(1, None, Role.DECIDER, day(0), None), Held(2, 7, Role.BLOCKER, day(5), None),
              Held(3, 8, Role.BLOCKER, day(0), None)],
        touches=[Touch(9, 1, day(20), day(40))],
        support={1: [(day(10), -1), (day(30), 1)]},
    )  # fmt: skip
    deal = Record(
        7, account, [day(3), day(25)],
        [moved(0), moved(10, Stage.QUALIFICATION), moved(20, Stage.PROPOSAL, over=True)],
        [Expected(day(0), Decimal(100), day(50)), Expected(day(15), Decimal(100), day(60))],
        [(day(12), Stage.PROSPECTING)],
        [day(18)], [day(8)], [day(9)],
        [Quote("Kangsheng", Decimal(90), day(16), day(35))],
        [(day(0), True), (day(28), False)],
    )  # fmt: skip

    early, later, late = (facts_on(deal, day(one)) for one in (4, 22, 61))

    assert facts_on(deal, day(-1)) is None
    assert early.people == People(True, False, None, False, None, 0, 1, False)
    assert early.offer == Offer(Decimal(100), False, 0, frozenset(), None)
    assert later.way == Way(Stage.PROPOSAL, 2, 22, 1, 1, 2, True)
    assert later.offer == Offer(Decimal(100), False, 1, frozenset({"kangsheng"}), Decimal("0.1"))
    assert later.people == People(True, True, -1, True, 1, 1, 19, True)
    assert late.offer.is_overdue
    assert late.offer.rivals == frozenset()
    assert not late.people.meets_decider
    assert (late.people.support, late.people.routes, late.way.has_step) == (1, 0, False)


def test_a_deal_is_looked_at_as_it_moves_and_every_week_until_its_last_day():
    deal = Record(1, AccountFacts(), [], [moved(0), moved(10), moved(17, outcome=Outcome.LOST)])

    assert looks(deal) == [day(0), day(7), day(10)]


@st.composite
def records(draw):
    """A deal with facts on days of its hundred."""
    days = st.integers(0, 100).map(day)
    stages, people = st.sampled_from(list(Stage)), st.integers(1, 3)
    roles = st.sampled_from(list(Role))

    def listed():
        return sorted(draw(st.lists(days, max_size=4)))

    moves = [Moved(on, draw(stages), Outcome.OPEN, draw(st.booleans())) for on in listed()]
    return Record(
        7,
        AccountFacts(
            held=[Held(draw(people), None, draw(roles), on, None) for on in listed()],
            touches=[Touch(draw(people), draw(people), on, None) for on in listed()],
            support={draw(people): [(on, draw(st.integers(-2, 2))) for on in listed()]},
        ),
        listed(), [moved(0), *moves],
        [Expected(on, Decimal(draw(st.integers(1, 9))), draw(days)) for on in listed()],
        [(on, draw(stages)) for on in listed()],
        listed(), listed(), listed(),
        [Quote("R", Decimal(draw(st.integers(1, 9))), on) for on in listed()],
        [(on, draw(st.booleans())) for on in listed()],
    )  # fmt: skip


DAYS = ("contacts", "noes", "criteria", "visits")
ROWS = ("moves", "terms", "buyer", "steps")


def until(deal, on):
    """The record as it stood at the end of a day: all that came later cut away."""
    account = deal.account
    cut = AccountFacts(
        held=[one for one in account.held if one.since <= on],
        touches=[one for one in account.touches if one.since <= on],
        support={
            who: [one for one in said if one[0] <= on] for who, said in account.support.items()
        },
    )
    days = {name: [one for one in getattr(deal, name) if one <= on] for name in DAYS}
    rows = {name: [one for one in getattr(deal, name) if one[0] <= on] for name in ROWS}
    quotes = [one for one in deal.quotes if one.since <= on]
    return replace(deal, account=cut, quotes=quotes, **days, **rows)


@given(records(), st.integers(0, 100).map(day))
def test_nothing_that_came_later_changes_what_was_so_on_a_day(deal, on):
    assert facts_on(deal, on) == facts_on(until(deal, on), on)


def past(won, *pushes):
    seen = tuple((day(7 * place), but(pushes=count)) for place, count in enumerate(pushes))
    return Past(1, 1, won, day(99), seen)


PUSHED = Watch((Clause(Condition.PUSHED, Decimal(2)),))


def test_a_watch_is_tried_on_every_day_of_the_past_and_counted_once_a_deal():
    deals = [past(False, 0, 2, 0), past(False, 1, 1), past(True, 2), past(True, 0), past(True)]

    found = tried(PUSHED, deals)

    assert first_firing(PUSHED, deals[0]) == day(7)
    assert first_firing(PUSHED, deals[1]) is None
    assert (found.lost.wins, found.lost.cases) == (1, 2)
    assert (found.won.wins, found.won.cases) == (1, 3)


def test_the_lift_is_the_relative_risk_with_katz_interval():
    # By hand for 9 of 14 lost and 3 of 20 won: (9/12) / (5/22) = 3.3; the log's standard error
    # is the root of 1/9 − 1/12 + 1/5 − 1/22 = 0.4269…, so it lies between 1.4291 and 7.6203.
    found = Tried(Share(9, 14), Share(3, 20))

    assert found.lift == pytest.approx(3.3)
    assert found.between.low == pytest.approx(1.4291, abs=1e-4)
    assert found.between.high == pytest.approx(7.6203, abs=1e-4)
    for nothing in (Tried(Share(0, 5), Share(0, 5)), Tried(Share(5, 5), Share(5, 5))):
        assert nothing.lift is None
        assert nothing.between is None


def test_a_watch_cries_wolf_when_most_it_fired_on_were_won_unhelped():
    false, helped = Fired(won=True, helped=None), Fired(won=True, helped=True)
    right, going = Fired(won=False, helped=False), Fired(won=None, helped=None)

    few = served([false] * 4 + [going] * 9)
    wolf = served([false] * 3 + [right] * 2)
    fair = served([false] * 2 + [right] * 2 + [helped])

    assert not few.cries_wolf
    assert few.reason is None
    assert wolf.cries_wolf
    assert "5" in str(wolf.reason)
    assert not fair.cries_wolf
    assert (fair.decided, fair.helped, fair.false, few.fired) == (5, 1, 2, 13)
