"""Each warning as a truth table: below, at and beyond its threshold; expected numbers by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.alerts.bg_nbd import Fit
from app.alerts.dues import (
    Complaint,
    Course,
    Ending,
    ending,
    goal_behind,
    milestone_overdue,
    unanswered,
)
from app.alerts.lifecycle import Kept, settled
from app.alerts.money import Budget, Debt, credit, expense, progress
from app.alerts.people import Lost, SingleTie, decider_lost, gone_cold
from app.alerts.rhythm import ENOUGH_ACCOUNTS, Learned, churn, learn, past_of
from app.alerts.rules import BOUNDS, Kind, Level, Limits, Raised, Threshold
from app.alerts.settings import AlertSettings, Quiet, settings_from, settings_text
from app.alerts.trade import Trade
from app.alerts.watch import Facts, warnings

ON = date(2026, 3, 2)
DAY = timedelta(days=1)
NONE, NOTE, WARNING, URGENT = None, Level.NOTE, Level.WARNING, Level.URGENT


def level(one):
    return one.level if one else None


def every(days, count, until=ON, amount="100"):
    """A trade of so many purchases, one every so many days, the last on a day."""
    bought = tuple(until - DAY * days * n for n in range(count))[::-1]
    return Trade(bought, (Decimal(amount),) * count, bought)


@pytest.mark.parametrize(
    ("owed", "limit", "expected"),
    [
        (100, 100, NONE),  # at the limit is within it
        (101, 100, WARNING),
        (119, 100, WARNING),
        (120, 100, URGENT),
        (101, None, NONE),  # without a limit nothing can be beyond it
        (101, 0, NONE),
    ],
)
def test_owed_beyond_the_limit(owed, limit, expected):
    debt = Debt(Decimal(owed), Decimal(1), None if limit is None else Decimal(limit))

    assert level(credit(debt, Limits(), ON)) == expected


@pytest.mark.parametrize(
    ("days", "limit", "expected"),
    [
        (60, None, NONE),  # sixty days late are within the threshold
        (61, None, WARNING),
        (120, None, WARNING),
        (121, None, URGENT),
        (61, 10, WARNING),  # within the limit, and long past its day
    ],
)
def test_owed_for_long(days, limit, expected):
    limit = None if limit is None else Decimal(limit)
    debt = Debt(Decimal(9), Decimal(9), limit, ON - timedelta(days=days))

    assert level(credit(debt, Limits(), ON)) == expected


def test_nothing_is_owed_where_no_invoice_is_known():
    assert credit(None, Limits(), ON) is None


@pytest.mark.parametrize(
    ("sold", "planned", "expected"),
    [(81, 100, NONE), (80, 100, WARNING), (50, 100, URGENT), (10, 0, NONE)],
)
def test_behind_the_plan_of_the_months_that_are_over(sold, planned, expected):
    day = date(2026, 2, 28)
    trade = Trade((day,), (Decimal(sold),), (day,))
    plan = {(2026, 2): Decimal(planned), (2026, 3): Decimal(10_000), (2025, 12): Decimal(9_000)}

    assert level(progress(trade, plan, Limits(), ON)) == expected


@pytest.mark.parametrize(
    ("now", "expected"), [(71, NONE), (70, WARNING), (51, WARNING), (50, URGENT)]
)
def test_behind_the_same_days_a_year_before(now, expected):
    days = (ON - timedelta(days=365), ON)
    trade = Trade(days, (Decimal(100), Decimal(now)), days)

    assert level(progress(trade, {}, Limits(), ON)) == expected


@pytest.mark.parametrize(("count", "expected"), [(6, NONE), (5, NOTE), (0, NOTE)])
def test_less_often_than_in_the_three_quarters_before(count, expected):
    # 27 purchases in 270 days are 9 in 90; 40 % fewer are 5.4
    before = every(10, 28, ON - 90 * DAY)
    since = tuple(ON - DAY * n for n in range(count))[::-1]
    trade = Trade(before.days + since, before.amounts + (Decimal(300),) * count,
                  before.bought + since)  # fmt: skip

    found = progress(trade, {}, Limits(), ON)

    assert level(found) == expected


def test_two_of_the_three_are_urgent():
    trade = every(10, 28, ON - 90 * DAY)
    shorter = Trade(trade.days, trade.amounts, trade.bought)

    found = progress(shorter, {(2026, 1): Decimal(100)}, Limits(), ON)

    assert (found.level, len(found.reasons)) == (URGENT, 2)


SPENT = [(ON - 90 * DAY * quarter - DAY, Decimal(100)) for quarter in (1, 2, 3)]


@pytest.mark.parametrize(("last", "expected"), [(149, NONE), (150, NOTE), (900, NOTE)])
def test_expense_above_its_usual(last, expected):
    found = expense([*SPENT, (ON, Decimal(last))], (), Limits(), ON)

    assert level(found) == expected


def test_expense_without_a_usual_does_not_rise():
    assert expense([SPENT[0], (ON, Decimal(900))], (), Limits(), ON) is None


@pytest.mark.parametrize(("spent", "expected"), [(100, NONE), (101, WARNING)])
def test_spent_beyond_a_budget(spent, expected):
    budgets = [Budget("Spring", Decimal(100), Decimal(spent))]

    assert level(expense((), budgets, Limits(), ON)) == expected


def test_rising_and_beyond_a_budget_is_urgent():
    budgets = [Budget("Spring", Decimal(100), Decimal(101))]

    assert expense([*SPENT, (ON, Decimal(150))], budgets, Limits(), ON).level is URGENT


@pytest.mark.parametrize(
    ("silent", "expected"), [(15, NONE), (16, WARNING), (30, WARNING), (31, URGENT)]
)
def test_silence_against_an_accounts_own_intervals(silent, expected):
    # every 10 days: nine in ten intervals are no longer than 10; allowed 15, urgent beyond 30
    assert level(churn(every(10, 7, ON - silent * DAY), None, Limits(), ON)) == expected


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_too_few_purchases_say_nothing(count):
    assert churn(every(10, count, ON - 900 * DAY), None, Limits(), ON) is None


CDNOW = Learned(ON, 2357, Fit(0.243, 4.414, 0.793, 2.426, -9582.4))


def test_the_model_speaks_where_there_is_one():
    # 5 purchases in 4 weeks, silent for 13: so long in ((4.414+4)/(4.414+17))**4.243 = 2 of 100
    silent = churn(every(7, 5, ON - 91 * DAY), CDNOW, Limits(), ON)
    going_on = churn(every(7, 5, ON), CDNOW, Limits(), ON)

    assert silent.level is URGENT
    assert "in 2 of 100 cases" in str(silent.reasons[2])
    assert going_on is None


def test_a_model_is_learnt_only_from_enough_accounts():
    pasts = [past_of(ON - 70 * DAY, ON - n * DAY, 3, ON) for n in range(ENOUGH_ACCOUNTS)]

    assert learn(pasts[1:], ON) is None
    assert learn(pasts, ON).accounts == ENOUGH_ACCOUNTS


@pytest.mark.parametrize(
    ("days", "others", "heirs", "expected"),
    [
        (0, 0, 0, URGENT),
        (180, 1, 0, WARNING),
        (181, 0, 0, NONE),
        (10, 1, 1, NONE),  # somebody new decides
    ],
)
def test_a_decider_lost(days, others, heirs, expected):
    lost = Lost(7, "Li Wei", ON - days * DAY, others, heirs)

    assert level(decider_lost(lost, Limits(), ON)) == expected


@pytest.mark.parametrize(
    ("days", "decides", "expected"),
    [(60, False, NONE), (61, False, WARNING), (61, True, URGENT)],
)
def test_a_single_tie_gone_cold(days, decides, expected):
    tie = SingleTie(7, "Li Wei", "Ada", 1, ON - days * DAY, 30, decides)

    found = gone_cold(tie, Limits(), ON)

    assert level(found) == expected
    assert not found or (found.owner_id, found.person_id) == (1, 7)


@pytest.mark.parametrize(
    ("days", "by", "expected"),
    [(7, None, NONE), (8, None, WARNING), (14, None, WARNING), (15, None, URGENT),
     (8, 10, NONE), (3, 2, WARNING)],
)  # fmt: skip
def test_a_complaint_without_an_answer(days, by, expected):
    on = ON - days * DAY
    one = Complaint(3, "Leaks", on, None if by is None else on + by * DAY)

    assert level(unanswered(one, Limits(), ON)) == expected


@pytest.mark.parametrize(
    ("left", "notice", "expected"),
    [(61, 0, NONE), (60, 0, WARNING), (90, 90, WARNING), (14, 0, URGENT), (-5, 0, URGENT)],
)
def test_a_contract_that_ends(left, notice, expected):
    one = Ending(4, "Frame", ON + left * DAY, notice)

    assert level(ending(one, Limits(), ON)) == expected


@pytest.mark.parametrize(
    ("done", "due", "missed", "expected"),
    [
        (0.36, 0.5, False, NONE),
        (0.25, 0.5, False, WARNING),
        (0.99, 1.0, True, URGENT),
        (None, 0.5, False, NONE),
    ],
)
def test_a_goal_behind_its_line(done, due, missed, expected):
    goal = Course(5, "Grow", None, done, due, missed)

    assert level(goal_behind(goal, Limits())) == expected


@pytest.mark.parametrize(
    ("days", "value", "expected"),
    [(14, 10, NONE), (15, 10, WARNING), (91, 10, URGENT), (15, None, NONE)],
)
def test_a_milestone_overdue(days, value, expected):
    now = None if value is None else Decimal(value)
    goal = Course(5, "Grow", None, 0.1, 0.2, False, ON - days * DAY, Decimal(20), now)

    assert level(milestone_overdue(goal, Limits(), ON)) == expected


def test_a_goal_with_a_milestone_overdue_is_said_once():
    goal = Course(5, "Grow", None, 0.1, 0.9, False, ON - 20 * DAY, Decimal(20), Decimal(1))

    assert [one.kind for one in warnings(Facts(goals=(goal,)), Limits(), ON)] == [Kind.MILESTONE]


def test_a_kind_that_is_not_watched_says_nothing():
    facts = Facts(debt=Debt(Decimal(9), limit=Decimal(1)))

    assert warnings(facts, Limits(), ON)
    assert not warnings(facts, Limits(off=frozenset({Kind.CREDIT})), ON)


AMOUNTS = some.lists(
    some.tuples(some.integers(-800, 60), some.integers(-50, 500)), unique_by=lambda one: one[0]
)


@given(AMOUNTS)
def test_a_days_warnings_do_not_depend_on_later_sales(lines):
    days = sorted((ON + DAY * day, Decimal(amount)) for day, amount in lines)
    whole = Trade(
        tuple(day for day, _ in days),
        tuple(amount for _, amount in days),
        tuple(day for day, amount in days if amount > 0),
    )
    plan = {(2026, 1): Decimal(500)}

    known = [progress(one, plan, Limits(), ON) for one in (whole, whole.until(ON))]

    assert known[0] == known[1]
    assert all(one <= ON for one in whole.until(ON).days)


def kept(**more):
    return Kept(1, Kind.CHURN, 0, WARNING, **more)


RAISED = Raised(Kind.CHURN, WARNING, ())
WORSE = Raised(Kind.CHURN, URGENT, ())


@pytest.mark.parametrize(
    ("before", "raised", "expected"),
    [
        (None, RAISED, "opened"),
        (kept(), RAISED, "going_on"),
        (kept(), None, "cleared"),
        (kept(closed_on=ON - DAY, by_person=True, holds=True), RAISED, ""),
        (kept(closed_on=ON - DAY, by_person=True, holds=True), WORSE, "opened"),
        (kept(closed_on=ON - DAY, by_person=True, holds=True), None, "released"),
        (kept(closed_on=ON - DAY, by_person=True), RAISED, "opened"),
        (kept(closed_on=ON - 14 * DAY), RAISED, "again"),
        (kept(closed_on=ON - 15 * DAY), RAISED, "opened"),
        (kept(closed_on=ON - DAY), None, ""),
        (Kept(1, Kind.EVENT, 0, WARNING), None, ""),
    ],
)
def test_what_becomes_of_a_warning(before, raised, expected):
    came = settled([before] if before else [], [raised] if raised else [], ON)

    names = ("opened", "going_on", "again", "cleared", "released")
    assert [name for name in names if getattr(came, name)] == ([expected] if expected else [])


def test_lower_sales_are_not_opened_beside_none():
    slow = Raised(Kind.PROGRESS, WARNING, ())

    assert [one.kind for one in settled([], [RAISED, slow], ON).opened] == [Kind.CHURN]


@pytest.mark.parametrize(
    ("quiet", "day", "hour", "expected"),
    [
        (Quiet(), 2, 19, False),
        (Quiet(), 2, 20, True),
        (Quiet(), 2, 6, True),
        (Quiet(), 2, 7, False),
        (Quiet(), 1, 12, True),  # a Sunday
        (Quiet(12, 14, False), 1, 13, True),
        (Quiet(12, 14, False), 1, 14, False),
        (Quiet(0, 0, False), 2, 0, False),
    ],
)
def test_quiet_hours(quiet, day, hour, expected):
    assert quiet.holds(datetime(2026, 3, day, hour, tzinfo=UTC)) is expected


def test_settings_are_read_as_they_were_kept():
    one = AlertSettings(
        Limits({Threshold.RHYTHM: 3.0}, frozenset({Kind.EXPENSE})), Quiet(22, 6, False)
    )

    assert settings_from(settings_text(one)) == one


def test_every_threshold_comes_within_its_bounds():
    assert all(one.low <= one.default <= one.high for one in BOUNDS.values())
