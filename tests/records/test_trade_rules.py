"""The rules of commercial records: contracts, credit, ageing, service, support, attendance."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.ageing import OVERDUE, Bucket, ageing, bucket_of, bucket_starts
from app.records.attendance import MonthFact, attendance, cycle, marks
from app.records.communication import CommunicationFact as Line
from app.records.communication import CommunicationKind, Due, missing, months_later
from app.records.contracts import (
    POINTS,
    ContractFact,
    ContractState,
    Part,
    PartFact,
    PartState,
    completeness,
    contract_standing,
    part_standing,
)
from app.records.credit import (
    CreditFact,
    CreditGrade,
    CreditState,
    InvoiceFact,
    Score,
    credit_state,
    grade_of,
    growth_score,
    payment_score,
    problems_deciding,
    propose,
)
from app.records.selling import months_of_plan, plan_bars, progress
from app.records.service import CaseFact, CaseState, CaseWords, Verdict, case_standing
from app.records.service import problems_stepping as problems
from app.records.support import (
    Lift,
    LoanFact,
    PromotionFact,
    PromotionState,
    is_to_appraise,
    period_before,
    promotion_state,
)

DAY = date(2026, 3, 2)


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def all_of(part: Part) -> PartFact:
    return PartFact(frozenset(point.value for point in POINTS[part]))


def test_there_are_eleven_parts_and_every_point_belongs_to_one():
    points = [point for part in Part for point in POINTS[part]]

    assert len(Part) == 11
    assert len(points) == len(set(points))


@pytest.mark.parametrize(
    ("fact", "state"),
    [
        (PartFact(), PartState.MISSING),
        (PartFact(words="In annex 2"), PartState.PARTLY),
        (PartFact(frozenset({"standard"})), PartState.PARTLY),
        (PartFact(frozenset({"standard", "warranty"})), PartState.COMPLETE),
        (PartFact(is_needless=True, words="Not for services"), PartState.NEEDLESS),
        (PartFact(frozenset({"brand"})), PartState.MISSING),  # a point of another part
    ],
)
def test_a_part_is_complete_when_every_point_is_settled(fact, state):
    assert part_standing(Part.QUALITY, fact).state is state


def test_a_needless_part_counts_neither_way():
    facts = {part.value: all_of(part) for part in list(Part)[:4]}
    facts["terms"] = PartFact(is_needless=True, words="None")

    found = completeness(facts)

    assert (found.complete, found.needed) == (4, 10)
    assert completeness({part.value: PartFact(is_needless=True) for part in Part}).share == 1.0


@pytest.mark.parametrize(
    ("fact", "state", "warnings"),
    [
        (ContractFact(), ContractState.DRAFT, 0),
        (ContractFact(starts_on=days(0)), ContractState.DRAFT, 1),
        (ContractFact(signed_on=days(1)), ContractState.DRAFT, 0),
        (ContractFact(signed_on=DAY, starts_on=days(1)), ContractState.COMING, 0),
        (ContractFact(signed_on=DAY, starts_on=DAY), ContractState.RUNNING, 0),
        (ContractFact(signed_on=DAY, ends_on=days(61)), ContractState.RUNNING, 0),
        (ContractFact(signed_on=DAY, ends_on=days(60)), ContractState.ENDING, 1),
        (ContractFact(signed_on=DAY, ends_on=DAY), ContractState.ENDING, 1),
        (ContractFact(signed_on=DAY, ends_on=days(-1)), ContractState.ENDED, 0),
        (ContractFact(signed_on=DAY, ends_on=days(-1), renews=True), ContractState.RUNNING, 0),
        (ContractFact(signed_on=DAY, ends_on=days(9), renews=True), ContractState.ENDING, 1),
        (ContractFact(signed_on=DAY, ends_on=days(9), ended_on=DAY), ContractState.ENDED, 0),
        (ContractFact(signed_on=DAY, ends_on=days(9), ended_on=days(2)), ContractState.RUNNING, 0),
        (ContractFact(signed_on=DAY, ends_on=days(9), notice_days=8), ContractState.RUNNING, 0),
    ],
)
def test_a_contract_stands_where_its_days_put_it(fact, state, warnings):
    standing = contract_standing(fact, DAY)

    assert (standing.state, len(standing.warnings)) == (state, warnings)


def invoice(amount: int, late: int | None, due: int = -100) -> InvoiceFact:
    paid = None if late is None else days(due + late)
    return InvoiceFact(Decimal(amount), days(due), paid)


@pytest.mark.parametrize(
    ("invoices", "score"),
    [
        ([invoice(100, 0)] * 2, None),  # two are too few
        ([invoice(100, 0)] * 3, 100),
        ([invoice(100, -5)] * 3, 100),  # early counts no more than in time
        ([invoice(100, 30)] * 3, 50),
        ([invoice(100, 60)] * 3, 0),
        ([invoice(100, 90)] * 3, 0),
        ([invoice(100, None)] * 3, 0),  # unpaid for a hundred days
        ([invoice(200, 0), invoice(100, 60), invoice(100, 60)], 50),  # by amount
        ([invoice(100, 0, due=-364)] * 3, 100),
        ([invoice(100, 0, due=-365)] * 3, None),  # a year ago is over
        ([invoice(100, None, due=1)] * 3, None),  # not due yet
        ([invoice(100, None, due=0)] * 3, 100),  # due today is not late
    ],
)
def test_payment_is_scored_by_days_late_and_amount(invoices, score):
    assert payment_score(invoices, DAY).value == score


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 200)), min_size=3, max_size=9))
def test_the_order_of_invoices_changes_no_score_and_later_never_raises_it(told):
    invoices = [invoice(amount, late, -201) for amount, late in told]
    later = [invoice(amount, late + 1, -201) for amount, late in told]

    score = payment_score(invoices, DAY)

    assert payment_score(invoices[::-1], DAY) == score
    assert 0 <= payment_score(later, DAY).value <= score.value <= 100


@pytest.mark.parametrize(
    ("now", "before", "score"),
    [
        ([100] * 12, [0] * 12, None),
        ([100] * 12, [100] * 12, 35),  # level: half of 70, no month above
        ([150] * 12, [100] * 12, 100),
        ([300] * 12, [100] * 12, 100),
        ([50] * 12, [100] * 12, 0),
        ([0] * 12, [100] * 12, 0),
        ([120] * 6 + [100] * 6, [100] * 12, 57),  # by hand: 0.7 × 0.6 + 0.3 × 0.5 = 0.57
    ],
)
def test_growth_is_scored_by_the_whole_and_by_its_months(now, before, score):
    found = growth_score([Decimal(one) for one in now], [Decimal(one) for one in before])

    assert found.value == score


@pytest.mark.parametrize(
    ("payment", "growth", "grade"),
    [
        (80, 80, CreditGrade.A),
        (80, 79, CreditGrade.B),  # by hand: 56 + 23.7
        (60, None, CreditGrade.B),
        (59, None, CreditGrade.C),
        (40, 40, CreditGrade.C),
        (39, 39, CreditGrade.D),
        (None, 100, None),
    ],
)
def test_the_grade_follows_from_both_scores(payment, growth, grade):
    assert grade_of(payment, growth) is grade


def test_a_limit_is_proposed_from_sales_days_and_grade():
    good, level = Score(90, ()), Score(60, ())

    whole = propose(good, level, Decimal(100_400), 45)
    nothing = propose(Score(None, ()), level, Decimal(100_000), 45)
    no_sales = propose(good, level, None, None)

    assert (whole.grade, whole.limit) == (CreditGrade.A, Decimal(226_000))  # 100.4 × 1.5 × 1.5
    assert (nothing.grade, nothing.limit) == (None, None)
    assert (no_sales.grade, no_sales.limit) == (CreditGrade.A, None)
    assert propose(Score(10, ()), Score(None, ()), Decimal(5000), None).limit == 0


@pytest.mark.parametrize(
    ("fact", "state"),
    [
        (CreditFact(None, None, None, None), CreditState.APPLIED),
        (CreditFact(DAY, None, None, None), CreditState.SURVEYED),
        (CreditFact(DAY, DAY, None, None), CreditState.ANALYSED),
        (CreditFact(DAY, DAY, DAY, Decimal(5)), CreditState.GRANTED),
        (CreditFact(DAY, DAY, DAY, None), CreditState.REFUSED),
        (CreditFact(DAY, DAY, DAY, Decimal(0)), CreditState.REFUSED),
    ],
)
def test_an_application_stands_where_its_steps_are(fact, state):
    assert credit_state(fact) is state


def test_credit_is_decided_after_the_survey_and_refused_with_a_reason():
    surveyed = CreditFact(DAY, None, None, None)

    assert problems_deciding(surveyed, Decimal(1), "") == []
    assert problems_deciding(surveyed, None, "Pays late") == []
    assert len(problems_deciding(surveyed, None, "")) == 1


@pytest.mark.parametrize(
    ("late", "bucket"),
    [
        (-1, Bucket.NOT_DUE), (0, Bucket.NOT_DUE), (1, Bucket.MONTH), (30, Bucket.MONTH),
        (31, Bucket.TWO_MONTHS), (60, Bucket.TWO_MONTHS), (61, Bucket.THREE_MONTHS),
        (90, Bucket.THREE_MONTHS), (91, Bucket.LONGER),
    ],
)  # fmt: skip
def test_a_bucket_holds_its_days_and_the_database_is_asked_for_the_same(late, bucket):
    due = days(-late)
    asked = next((one for one, first in bucket_starts(DAY) if due >= first), Bucket.LONGER)

    assert bucket_of(due, DAY) is bucket is asked


@given(st.dictionaries(st.sampled_from(Bucket), st.integers(1, 10**9), min_size=1))
def test_buckets_sum_to_what_is_owed_to_the_cent(cents):
    amounts = {bucket: Decimal(one) / 100 for bucket, one in cents.items()}

    found = ageing(amounts, Decimal(10))

    assert sum(one.amount for one in found.shares) == found.owed == sum(amounts.values())
    assert found.overdue == sum(amounts.get(bucket, 0) for bucket in OVERDUE)
    assert sum(one.share for one in found.shares) == pytest.approx(1)
    assert (found.over_limit is None) is (found.owed <= 10)


def test_an_account_in_credit_has_no_shares_and_no_limit_is_not_exceeded():
    found = ageing({Bucket.NOT_DUE: Decimal(-5)})

    assert {one.share for one in found.shares} == {0.0}
    assert (found.over_limit, found.used) == (None, None)


WRITTEN = CaseWords("Loose", Verdict.GRANTED, "Replace", "On Friday")


@pytest.mark.parametrize(
    ("steps", "words", "wrong"),
    [
        ((), CaseWords(), set()),
        ((0,), CaseWords(), {"findings"}),
        ((0, 0), WRITTEN, set()),
        ((0, 0), CaseWords("Loose", None, ""), {"verdict", "decision"}),
        ((0, 1, 2, 3), WRITTEN, set()),
        ((0, 1, None, 3), WRITTEN, {"closed_on"}),
        ((None, 1), WRITTEN, {"decided_on"}),
        ((0, None, 2), WRITTEN, {"answered_on"}),
        ((2, 1), WRITTEN, {"decided_on"}),
        ((9,), WRITTEN, {"investigated_on"}),
    ],
)
def test_a_case_goes_step_by_step_and_never_ends_without_an_answer(steps, words, wrong):
    on = [None if step is None else days(step) for step in (*steps, *[None] * (4 - len(steps)))]

    assert set(problems(CaseFact(DAY, None, *on), words, days(5))) == wrong


def test_the_answer_is_due_on_the_day_agreed_else_after_a_week():
    assert not case_standing(CaseFact(DAY), days(7)).is_late
    assert case_standing(CaseFact(DAY), days(8)).days_late == 1
    assert case_standing(CaseFact(DAY, days(2)), days(8)).days_late == 6
    answered = CaseFact(DAY, None, DAY, DAY, days(9))
    assert (case_standing(answered, days(60)).state, case_standing(answered, days(60)).days) == (
        CaseState.ANSWERED,
        9,
    )


@pytest.mark.parametrize(
    ("on", "is_approved", "state"),
    [
        (-1, None, PromotionState.WAITING),
        (0, None, PromotionState.UNAPPROVED),
        (-1, True, PromotionState.PLANNED),
        (0, True, PromotionState.RUNNING),
        (6, True, PromotionState.RUNNING),
        (7, True, PromotionState.OVER),
        (7, None, PromotionState.OVER),
        (3, False, PromotionState.REFUSED),
    ],
)
def test_a_promotion_stands_where_its_days_and_the_yes_put_it(on, is_approved, state):
    fact = PromotionFact(DAY, days(6), is_approved)

    assert promotion_state(fact, days(on)) is state


def test_a_promotion_is_appraised_in_time_and_against_the_usual():
    fact = PromotionFact(DAY, days(6), True, None, Decimal(100), Decimal(130))

    assert not is_to_appraise(fact, days(36)) and is_to_appraise(fact, days(37))
    assert fact.over_budget == 30 and PromotionFact(DAY, DAY).over_budget is None
    assert (period_before(fact).since, period_before(fact).until) == (days(-7), DAY)
    assert Lift(Decimal(50), Decimal(20), Decimal(30)).extra == 20
    assert Lift(Decimal(50), Decimal(0), Decimal(0)).extra is None


def test_what_is_lent_costs_by_the_day_until_it_is_back():
    loan = LoanFact(DAY, days(10), None, Decimal(365))

    assert loan.cost(days(10)) == Decimal("120.00")  # by hand: 365 × 12 × 10 / 365
    assert (loan.is_overdue(days(10)), loan.is_overdue(days(11))) == (False, True)
    assert LoanFact(DAY, days(1), days(2), None).cost(days(9)) is None


def test_seminars_are_wanted_each_quarter_and_executives_each_half_year():
    latest = {CommunicationKind.SEMINAR: days(-92), CommunicationKind.EXECUTIVE: days(-184)}

    assert [one.values["kind"] for one in missing(latest, DAY)] == [CommunicationKind.EXECUTIVE]
    assert Line(CommunicationKind.SEMINAR, DAY).due(DAY) is Due.COMING
    assert Line(CommunicationKind.SEMINAR, DAY).due(days(1)) is Due.LATE
    assert months_later(date(2027, 12, 31), 2) == date(2028, 2, 29)


def test_attendance_compares_twelve_whole_months_with_the_twelve_before():
    months = [MonthFact(date(2025, month, 1), 2, 1, Decimal(10), Decimal(600))
              for month in range(3, 13)]  # fmt: skip
    months.append(MonthFact(date(2024, 5, 1), 6, 1, Decimal(10), Decimal(600)))

    found = attendance(months, [days(-40), days(-20)], DAY)

    assert (found.frequency.now, found.frequency.before) == (20 / 12, 0.5)
    assert found.amount.change == pytest.approx(9)
    assert len(found.months) == len(marks(found.months)) == 25
    assert [one.values.get("count") for one in found.notes] == [2, 1]
    assert attendance([], [], DAY).frequency.now is None and marks([MonthFact(DAY)]) == []


def test_a_cycle_needs_four_intervals_and_says_when_nine_of_ten_have_come():
    weekly = [days(7 * number) for number in range(6)]

    assert cycle(weekly[:4], days(30)).median is None
    assert (cycle(weekly, days(40)).ninth, cycle(weekly, days(40)).is_overdue) == (7, False)
    assert cycle(weekly, days(43)).is_overdue
    assert cycle([], DAY).since_last is None


def test_a_plan_is_due_by_the_day_and_a_running_month_is_not_short():
    plan = months_of_plan(2026, {2: Decimal(28), 3: Decimal(31)}, {2: Decimal(30)}, DAY)

    found = progress(plan, DAY)

    assert (found.planned_year, found.due, found.sold) == (59, 30, 30)
    assert found.share == 1
    assert [one.is_short for one in plan_bars(plan)[:4]] == [False] * 4
    assert plan[2].planned_so_far == 59 and plan_bars(months_of_plan(2026, {}, {}, DAY)) == []
