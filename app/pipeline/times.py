"""What the moves of deals tell about time: where a deal stood, how long it stays, who is stuck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, zip_longest
from math import ceil

from app.pipeline.moving import Standing, is_forward
from app.pipeline.rules import LIVE, Outcome, Stage

STUCK_SHARE = 0.8
"""A deal is stuck when it stays longer than this share of those that went on (product.md)."""
LEAST_CASES = 8
"""Below this many cases there is no norm, as for stage history's probability (product.md)."""


@dataclass(frozen=True, slots=True)
class MoveFact:
    """A move as it happened: on a day, to a stage, with the outcome after it."""

    on: date
    to_stage: Stage
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a stage. ``until`` is None while it lasts; ``went_on`` when it ended forward."""

    stage: Stage
    since: date
    until: date | None
    went_on: bool = False

    def days(self, today: date) -> int:
        """Whole days from the first to the last, at least 0; today ends what still lasts."""
        return max(((self.until or today) - self.since).days, 0)


def in_order(moves: Iterable[MoveFact]) -> list[MoveFact]:
    """Moves by day; those of one day stay in the order they were appended."""
    return sorted(moves, key=lambda move: move.on)


def standing_on(moves: Iterable[MoveFact], on: date) -> Standing | None:
    """Where a deal stood at the end of a day; None before it was opened.

    Moves come in the order they were appended; of several on one day the last counts.

    >>> opened = MoveFact(date(2026, 1, 5), Stage.PROSPECTING, Outcome.OPEN)
    >>> standing_on([opened], date(2026, 1, 4)) is None
    True
    """
    until_then = in_order(move for move in moves if move.on <= on)
    if not until_then:
        return None
    last = until_then[-1]
    return Standing(last.to_stage, last.outcome)


def stays_of(moves: Iterable[MoveFact]) -> list[Stay]:
    """The times a deal spent in its stages, oldest first; what ended it ends its last stay.

    A deal won is in delivery until it is closed. A move that keeps the stage (a loss, a
    reopening) ends the stay, and only a reopening begins another.
    """
    ordered, stays = in_order(moves), []
    for move, after in zip_longest(ordered, ordered[1:]):
        if move.outcome not in LIVE:
            continue
        went_on = after is not None and goes_on(move.to_stage, after.to_stage, after.outcome)
        stays.append(Stay(move.to_stage, move.on, after.on if after else None, went_on))
    return stays


def goes_on(start: Stage, to: Stage, outcome: Outcome) -> bool:
    """Whether leaving a stage was progress: to a later stage, or from delivery to closed.

    >>> goes_on(Stage.DELIVERY, Stage.DELIVERY, Outcome.CLOSED)
    True
    >>> goes_on(Stage.BIDDING, Stage.BIDDING, Outcome.LOST)
    False
    """
    return is_forward(start, to) or (start is Stage.DELIVERY and outcome is Outcome.CLOSED)


def norm_days(stays: Mapping[int, int]) -> int | None:
    """The days within which four of five deals went on from a stage; None below 8 cases.

    ``stays`` maps days to how many deals went on after that many. Nearest-rank percentile:
    the least number of days that at least 80 % did not exceed.

    >>> norm_days({10: 8, 30: 2})
    10
    >>> norm_days({10: 7}) is None
    True
    """
    total = sum(stays.values())
    if total < LEAST_CASES:
        return None
    days = sorted(stays)
    within = accumulate(stays[one] for one in days)
    wanted = ceil(STUCK_SHARE * total)
    return next(one for one, seen in zip(days, within, strict=True) if seen >= wanted)


def is_stuck(days_in_stage: int, norm: int | None) -> bool:
    """Whether a deal stays longer than the norm; without a norm nobody is stuck.

    >>> is_stuck(31, 30), is_stuck(30, 30), is_stuck(500, None)
    (True, False, False)
    """
    return norm is not None and days_in_stage > norm
