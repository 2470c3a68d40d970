"""What the records tell of a goal, and when they do not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.plans.metric_queries import answers_to
from app.plans.metrics import Measure, SalesSums, past_questions, past_value, value_question
from app.plans.metrics import sales_value as value_of
from app.plans.rules import Metric

# a goal of 100 days, asked for on its 40th
YEAR = Measure(Metric.SALES, 1, None, Decimal(10), date(2026, 1, 1), date(2026, 4, 11))
DAY_40 = date(2026, 2, 10)


def test_the_span_is_as_long_as_the_goal_and_ends_on_the_day():
    question = value_question(YEAR, DAY_40)

    assert (question.since, question.until) == (date(2025, 11, 2), DAY_40)


def test_after_the_due_day_the_goals_own_time_is_asked_for():
    question = value_question(YEAR, date(2027, 1, 1))

    assert (question.since, question.until) == (date(2026, 1, 1), date(2026, 4, 11))


def test_from_a_baseline_of_zero_it_is_counted_from_the_start():
    question = value_question(replace(YEAR, baseline=Decimal(0)), DAY_40)

    assert (question.since, question.needs_history) == (date(2026, 1, 1), False)


@pytest.mark.parametrize(
    "change",
    [
        {"metric": None},
        {"metric": Metric.SHARE},
        {"starts_on": None},
        {"due_on": None},
        {"due_on": date(2025, 1, 1)},
    ],
)
def test_what_the_records_cannot_tell_is_not_asked(change):
    measure = replace(YEAR, **change)

    assert value_question(measure, DAY_40) is None
    assert past_questions(measure) == ()


def test_before_the_start_nothing_is_asked():
    assert value_question(YEAR, date(2025, 12, 31)) is None


def test_what_adds_up_asks_for_one_span_before_the_start_a_level_for_two():
    (one,) = past_questions(YEAR)
    last, before = past_questions(replace(YEAR, metric=Metric.MARGIN))

    assert (one.since, one.until) == (last.since, last.until)
    assert last.until == YEAR.starts_on
    assert (before.until, before.since) == (last.since, date(2025, 6, 15))


def test_the_past_is_an_amount_or_a_change_and_unknown_without_both_ends():
    flow = past_questions(YEAR)
    level = past_questions(replace(YEAR, metric=Metric.MARGIN))

    assert past_value(flow, {flow[0]: Decimal(7)}) == 7
    assert past_value(level, {level[0]: Decimal(7), level[1]: Decimal(5)}) == 2
    assert past_value(level, {level[0]: Decimal(7)}) is None
    assert past_value(level, {}) is past_value((), {}) is None


SUMS = SalesSums(
    amount=Decimal(1200),
    quantity=Decimal(30),
    costed=Decimal(1000),
    cost=Decimal(750),
    amount_before=Decimal(800),
    first=date(2024, 1, 1),
)


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        (Metric.SALES, 1200),
        (Metric.VOLUME, 30),
        (Metric.MARGIN, 25),  # (1000 - 750) / 1000
        (Metric.GROWTH, 50),  # 1200 / 800 - 1
    ],
)
def test_sums_become_the_metrics_value(metric, value):
    assert value_of(value_question(replace(YEAR, metric=metric), DAY_40), SUMS) == value


@pytest.mark.parametrize(
    ("metric", "first", "is_told"),
    [
        # the span begins on 2025-11-02, the one before on 2025-07-25; 31 days are forgiven
        (Metric.SALES, date(2025, 12, 3), True),
        (Metric.SALES, date(2025, 12, 4), False),
        (Metric.GROWTH, date(2025, 8, 25), True),
        (Metric.GROWTH, date(2025, 8, 26), False),
        (Metric.SALES, None, False),
    ],
)
def test_records_that_begin_too_late_tell_nothing(metric, first, is_told):
    question = value_question(replace(YEAR, metric=metric), DAY_40)

    assert (value_of(question, replace(SUMS, first=first)) is not None) is is_told


def test_a_margin_of_nothing_is_unknown():
    question = value_question(replace(YEAR, metric=Metric.MARGIN), DAY_40)

    assert value_of(question, replace(SUMS, costed=Decimal(0))) is None


def ask(session, measure, on=DAY_40):
    """The answer for a measure on a day, or None."""
    question = value_question(measure, on)
    return answers_to(session, [question]).get(question)


def test_sales_count_from_the_day_after_the_span_begins_to_its_last_day(make, session, ada):
    account, other = make.account(owner=ada), make.account("Other", owner=ada)
    for amount, on in (
        ("1", date(2025, 11, 2)),
        ("10", date(2025, 11, 3)),
        ("100", DAY_40),
        ("1000", date(2026, 2, 11)),
    ):
        make.sale(account, amount, on)
    make.sale(other, "5000", DAY_40)

    assert ask(session, replace(YEAR, account_id=account.id)) == 110


def test_margin_leaves_out_lines_without_a_cost(make, session, ada):
    account = make.account(owner=ada)
    make.sale(account, "1", date(2025, 10, 1))
    make.sale(account, "100", DAY_40, cost=Decimal(80))
    make.sale(account, "900", DAY_40)

    assert ask(session, replace(YEAR, account_id=account.id, metric=Metric.MARGIN)) == 20


def test_visits_count_when_held_and_not_put_away(make, session, ada):
    account = make.account(owner=ada)
    make.visit(account, ada, on=date(2025, 10, 1), held_on=date(2025, 10, 1))
    make.visit(account, ada, on=DAY_40, held_on=DAY_40)
    make.visit(account, ada, on=DAY_40)
    away = datetime(2026, 3, 1, tzinfo=UTC)
    make.visit(account, ada, on=DAY_40, held_on=DAY_40, archived_at=away)

    assert ask(session, replace(YEAR, account_id=account.id, metric=Metric.VISITS)) == 1


def test_a_person_counts_as_covered_once_with_a_role_and_an_open_tie(make, session, ada, ben):
    account, day = make.account(owner=ada), date(2026, 1, 5)
    twice = make.person(account, "Li Wei")
    make.role(twice, "decider", since=day)
    make.role(twice, "influencer", since=day)
    make.coverage(ada, twice, on=day)
    make.coverage(ben, twice, on=day)
    make.coverage(ada, make.person(account, "No role"), on=day)
    ended = make.person(account, "Ended")
    make.role(ended, "guide", since=day)
    make.coverage(ada, ended, on=day, until=DAY_40)
    make.role(make.person(account, "No tie"), "blocker", since=day)

    assert ask(session, replace(YEAR, account_id=account.id, metric=Metric.COVERAGE)) == 1


def test_before_the_first_tie_nothing_is_known_of_coverage(make, session, ada):
    account = make.account(owner=ada)
    make.coverage(ada, make.person(account), on=date(2026, 2, 11))

    assert ask(session, replace(YEAR, account_id=account.id, metric=Metric.COVERAGE)) is None
