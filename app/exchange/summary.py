"""What an import made and summed, in words for its page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.exchange.labels import MADE_WORDS
from app.exchange.report import Report
from app.pipeline.rules import Outcome

COUNT = "count"


@dataclass(frozen=True, slots=True)
class OutcomeSum:
    """Opportunities of an outcome: how many, and what for in each currency."""

    outcome: Outcome
    count: int
    amounts: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """``made``: (words, count); ``matched``: (their word, ours); sums of what the file holds."""

    made: tuple[tuple[str, int], ...]
    matched: tuple[tuple[str, str], ...]
    outcomes: tuple[OutcomeSum, ...]
    amount: Decimal | None


def summary(report: Report) -> Summary:
    """A report's figures, sorted out."""
    amount = report.sums.get("amount")
    sums = [_sum_of(report, outcome) for outcome in Outcome]
    return Summary(
        made=tuple((MADE_WORDS[key], n) for key, n in report.made.items() if key in MADE_WORDS),
        matched=tuple(sorted(report.used["product"].items())),
        outcomes=tuple(one for one in sums if one.count),
        amount=Decimal(amount) if amount is not None else None,
    )


def _sum_of(report: Report, outcome: Outcome) -> OutcomeSum:
    found = {
        key.removeprefix(f"{outcome.value} "): value
        for key, value in report.sums.items()
        if key.startswith(f"{outcome.value} ")
    }
    count = int(found.pop(COUNT, 0))
    return OutcomeSum(outcome, count, tuple((key, Decimal(value)) for key, value in found.items()))
