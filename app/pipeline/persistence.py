"""Persistence: how often they have said no, and when the next ask is due [001].

The course cites that 92 % of sellers give up by the fourth visit without a sale, while 60 % of
customers say no at least four times before they say yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.vocabulary import N_, Reason, because

USUAL_NOES = 4
"""So many noes come before most yeses [001]."""
PAUSE = timedelta(days=30)
"""When nobody has said when to ask again: house convention, a month."""


@dataclass(frozen=True, slots=True)
class Persistence:
    """The noes so far and the next ask; ``is_late`` when its day has come."""

    noes: int
    next_ask_on: date | None
    is_late: bool
    reason: Reason


def persistence(
    noes: int, last_on: date | None, ask_again_on: date | None, on: date
) -> Persistence:
    """Where we stand with an unwilling customer.

    The next ask is due on the day that was agreed, else a month after the last no; without a
    no there is nothing to ask again.

    >>> persistence(4, date(2026, 3, 2), None, date(2026, 4, 2)).is_late
    True
    """
    if noes == 0 or last_on is None:
        return Persistence(0, None, is_late=False, reason=because(N_("Nobody has said no yet.")))
    due = ask_again_on or last_on + PAUSE
    return Persistence(noes, due, due <= on, _reason(noes))


def _reason(noes: int) -> Reason:
    return because(STILL_EARLY if noes < USUAL_NOES else NEAR)


STILL_EARLY = N_(
    "Six customers of ten say no at least four times before they say yes; "
    "most sellers have left by then."
)
NEAR = N_("Four noes are behind you: this is where most sellers have left, and where yes is near.")
