"""Which spans of the records tell a goal's value, and how its numbers become that value.

What adds up (sales, units, visits) is read over a span as long as the goal, ending on the
day asked for: on the start it is what the time before brought, on the due day what the
goal's own time brought, so that a line from baseline to target can be drawn between the
two. With a baseline of zero it is counted from the start. House convention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.plans.rules import FED, FLOWS, Metric

REACH_DAYS = 31
"""Records that begin later than this in a span do not tell it; house convention."""

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a goal measures, where, and over which days."""

    metric: Metric | None
    account_id: int
    product_id: int | None
    baseline: Decimal | None
    starts_on: date | None
    due_on: date | None
    unit: str = ""

    @property
    def is_fed(self) -> bool:
        """Whether records can tell it; a price or a part needs one product, a discount is typed."""
        if self.metric in {Metric.PRICE, Metric.MIX} and self.product_id is None:
            return False
        if self.metric is Metric.PRICE and self.unit == "%":
            return False
        return self.metric in FED


@dataclass(frozen=True, slots=True)
class Question:
    """A value wanted of the records: after ``since`` and up to ``until``.

    ``needs_history``: the value is unknown unless the records reach back to ``since``.
    """

    metric: Metric
    account_id: int
    product_id: int | None
    since: date
    until: date
    needs_history: bool = True

    @property
    def before(self) -> date:
        """The start of the span of the same length before this one."""
        return self.since - (self.until - self.since)


@dataclass(frozen=True, slots=True)
class SalesSums:
    """What a span sold: in all, and of that with a known cost; ``first`` is the oldest record,
    ``whole`` what all products together sold."""

    amount: Decimal
    quantity: Decimal
    costed: Decimal
    cost: Decimal
    amount_before: Decimal
    first: date | None
    whole: Decimal = Decimal(0)


def value_question(measure: Measure, on: date) -> Question | None:
    """What to ask for the value on a day, or on the due day once that has passed."""
    if not measure.is_fed or not measure.starts_on or not measure.due_on:
        return None
    if measure.due_on <= measure.starts_on or on < measure.starts_on:
        return None
    until = min(on, measure.due_on)
    if measure.baseline == 0 and measure.metric in FLOWS:
        return _ask(measure, measure.starts_on, until, needs_history=False)
    return _ask(measure, until - (measure.due_on - measure.starts_on), until)


def past_questions(measure: Measure) -> tuple[Question, ...]:
    """What to ask of the time before the start: one span for what adds up, two for a change."""
    if not measure.is_fed or not measure.starts_on or not measure.due_on:
        return ()
    length = measure.due_on - measure.starts_on
    if length <= timedelta(0):
        return ()
    last = _ask(measure, measure.starts_on - length, measure.starts_on)
    if measure.metric in FLOWS:
        return (last,)
    return last, _ask(measure, last.since - length, last.since)


def _ask(measure: Measure, since: date, until: date, *, needs_history: bool = True) -> Question:
    assert measure.metric
    return Question(
        measure.metric, measure.account_id, measure.product_id, since, until, needs_history
    )


def past_value(questions: tuple[Question, ...], answers: dict[Question, Decimal]) -> Decimal | None:
    """What the past brought, or how it changed; None when the records do not tell."""
    found = [answers.get(question) for question in questions]
    if not found or found[0] is None:
        return None
    if len(found) == 1:
        return found[0]
    return found[0] - found[1] if found[1] is not None else None


def is_told(first: date | None, question: Question) -> bool:
    """Whether records that begin on ``first`` tell what is asked."""
    if first is None:
        return False
    return not question.needs_history or first <= question.since + timedelta(REACH_DAYS)


def sales_value(question: Question, sums: SalesSums) -> Decimal | None:
    """The value of a metric that sales tell; shares in per cent; None when they do not tell it."""
    if not is_told(sums.first, question):
        return None
    value: Decimal | None
    match question.metric:
        case Metric.SALES:
            value = sums.amount
        case Metric.VOLUME:
            value = sums.quantity
        case Metric.MARGIN:
            value = _per_cent(sums.costed - sums.cost, sums.costed)
        case Metric.PRICE:
            value = round(sums.amount / sums.quantity, 4) if sums.quantity > 0 else None
        case Metric.MIX:
            value = _per_cent(sums.amount, sums.whole)
        case _:
            value = _growth(question, sums)
    return value


def _growth(question: Question, sums: SalesSums) -> Decimal | None:
    assert sums.first
    if sums.first > question.before + timedelta(REACH_DAYS):
        return None
    return _per_cent(sums.amount - sums.amount_before, sums.amount_before)


def _per_cent(part: Decimal, whole: Decimal) -> Decimal | None:
    return round(HUNDRED * part / whole, 4) if whole > 0 else None
