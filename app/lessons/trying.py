"""A watch held against the past: on which decided deals it would have fired, and how much that
tells; and against what came of its firings since it is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from app.lessons.facts import Facts
from app.lessons.watching import Watch
from app.pipeline.chances import Z95, Interval
from app.pipeline.wins import Share
from app.vocabulary import N_, Reason, because

LEAST_DECIDED = 5
"""Deals that a watch must have fired on and that were decided, before it is judged: house
convention."""
MOST_FALSE = 0.5
"""A watch that is wrong more often than this cries wolf: house convention."""


@dataclass(frozen=True, slots=True)
class Past:
    """A decided deal with its facts on each day it was looked at while it was open."""

    deal_id: int
    account_id: int
    won: bool
    closed_on: date
    seen: tuple[tuple[date, Facts], ...]

    @property
    def last(self) -> Facts | None:
        """The facts when it was last looked at before its end."""
        return self.seen[-1][1] if self.seen else None


def first_firing(watch: Watch, past: Past) -> date | None:
    """The first day on which a watch would have fired on a deal; None when it never would."""
    return next((day for day, facts in past.seen if watch.fires(facts)), None)


@dataclass(frozen=True, slots=True)
class Tried:
    """On how many of the deals lost, and of those won, a watch would have fired."""

    lost: Share
    won: Share

    @property
    def lift(self) -> float | None:
        """How many times as often deals were lost where it fires as where it does not.

        The relative risk, (a / (a + b)) / (c / (c + d)) with a lost and b won of those it fires
        on, c lost and d won of the others. None where it fires on no lost deal, on none at all
        of the others, or where no other was lost.

        >>> round(Tried(Share(9, 14), Share(3, 20)).lift, 2)
        3.3
        """
        a, b, c, d = self._cells()
        return (a / (a + b)) / (c / (c + d)) if a and c else None

    @property
    def between(self) -> Interval | None:
        """The 95 % interval of the lift, exp(ln RR ± z √(1/a − 1/(a+b) + 1/c − 1/(c+d))).

        Katz, Baptista, Azen and Pike 1978. None where there is no lift.

        >>> found = Tried(Share(9, 14), Share(3, 20)).between
        >>> round(found.low, 2), round(found.high, 2)
        (1.43, 7.62)
        """
        a, b, c, d = self._cells()
        if not (a and c):
            return None
        middle = log((a / (a + b)) / (c / (c + d)))
        half = Z95 * sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
        return Interval(exp(middle - half), exp(middle + half))

    def _cells(self) -> tuple[int, int, int, int]:
        a, b = self.lost.wins, self.won.wins
        return a, b, self.lost.cases - a, self.won.cases - b


def tried(watch: Watch, pasts: Iterable[Past]) -> Tried:
    """What a watch would have said of decided deals, each by its own days and never by later ones.

    The shares' ``wins`` are the deals it fires on.
    """
    fired = {True: 0, False: 0}
    cases = {True: 0, False: 0}
    for one in pasts:
        cases[one.won] += 1
        fired[one.won] += first_firing(watch, one) is not None
    return Tried(Share(fired[False], cases[False]), Share(fired[True], cases[True]))


@dataclass(frozen=True, slots=True)
class Fired:
    """A firing of a watch that is on: what came of the deal (None: open), and whether it helped."""

    won: bool | None
    helped: bool | None


@dataclass(frozen=True, slots=True)
class Served:
    """What became of a watch's firings; ``false`` were won and nobody says that it helped."""

    fired: int
    lost: int
    won: int
    helped: int
    not_helped: int
    false: int

    @property
    def decided(self) -> int:
        """How many of the deals it fired on were decided since."""
        return self.lost + self.won

    @property
    def cries_wolf(self) -> bool:
        """Whether it fires on too many deals that are then won: of at least five decided, more
        than half were won and nobody says that it helped.

        >>> Served(6, 2, 4, 1, 0, 3).cries_wolf, Served(6, 1, 5, 0, 2, 5).cries_wolf
        (False, True)
        """
        return self.decided >= LEAST_DECIDED and self.false / self.decided > MOST_FALSE

    @property
    def reason(self) -> Reason | None:
        """Why it should be retired, if it should."""
        if not self.cries_wolf:
            return None
        message = N_(
            "It cries wolf: of %(decided)d decided deals it fired on, %(false)d were won without "
            "anybody saying that it helped."
        )
        return because(message, decided=self.decided, false=self.false)


def served(firings: Sequence[Fired]) -> Served:
    """What became of a watch's firings. A deal won where it helped is no false alarm."""
    return Served(
        fired=len(firings),
        lost=sum(one.won is False for one in firings),
        won=sum(one.won is True for one in firings),
        helped=sum(one.helped is True for one in firings),
        not_helped=sum(one.helped is False for one in firings),
        false=sum(one.won is True and not one.helped for one in firings),
    )
