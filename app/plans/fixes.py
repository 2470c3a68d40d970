"""Mending a goal by one click: what the letters ask for, put in from what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.plans.pace import farthest
from app.plans.progress import Point
from app.plans.rules import FLOWS, Fix, Metric


@dataclass(frozen=True, slots=True)
class Known:
    """What a goal is mended from; ``at_start`` is the value that records tell for its start."""

    user_id: int
    metric: Metric | None
    baseline: Decimal | None
    target: Decimal | None
    starts_on: date | None
    due_on: date | None
    plan_starts_on: date
    plan_ends_on: date
    past: Decimal | None = None
    at_start: Decimal | None = None


def mended(fix: Fix, known: Known) -> dict[str, Any]:
    """The goal's columns as they should be; empty when too little is known."""
    values: dict[str, Any] = {}
    match fix:
        case Fix.OWNER:
            values["owner_id"] = known.user_id
        case Fix.START:
            values["starts_on"] = known.plan_starts_on
        case Fix.DUE:
            values["due_on"] = known.plan_ends_on
        case Fix.MONEY:
            values["budget"] = Decimal(0)
        case Fix.BASELINE if known.at_start is not None:
            values["baseline"] = known.at_start
        case Fix.TARGET if known.baseline is not None and known.past is not None:
            adds_up = known.metric in FLOWS
            values["target"] = farthest(known.baseline, known.past, adds_up=adds_up)
    return values


def halfway(known: Known) -> Point | None:
    """The milestone in the middle of the way; None when either end is missing.

    >>> ends = (date(2026, 1, 1), date(2026, 1, 11))
    >>> goal = Known(1, None, Decimal(100), Decimal(200), *ends, *ends)
    >>> halfway(goal)
    (datetime.date(2026, 1, 6), Decimal('150'))
    """
    start, due = known.starts_on, known.due_on
    if start is None or due is None or known.baseline is None or known.target is None:
        return None
    return start + (due - start) / 2, (known.baseline + known.target) / 2
