"""The vocabulary of retrospectives, how far one has come, and what may be done in it when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.vocabulary import N_, Reason, Term, because

MOST_DOTS = 5
"""Dots each has to give: house convention, enough to weigh and too few to spread evenly."""
LONGEST_NOTE = 500


class Kind(Term):
    """What a retrospective looks at."""

    LOSS = "loss", N_("After a loss")
    WIN = "win", N_("After a win")
    PREMORTEM = "premortem", N_("Before a bid")


class Phase(Term):
    """How far it has come; nothing that one wrote is seen by others before it is opened."""

    WAITING = "waiting", N_("Waiting to begin")
    WRITING = "writing", N_("Each writes alone")
    OPEN = "open", N_("Opened")
    DONE = "done", N_("Finished")


def phase_of(
    begun_at: datetime | None, opened_at: datetime | None, closed_at: datetime | None
) -> Phase:
    """How far a retrospective has come, by the moments that are kept.

    >>> phase_of(None, None, None)
    <Phase.WAITING: 'waiting'>
    """
    if closed_at is not None:
        return Phase.DONE
    if opened_at is not None:
        return Phase.OPEN
    return Phase.WAITING if begun_at is None else Phase.WRITING


def are_all_in(ready: Iterable[bool]) -> bool:
    """Whether everybody who takes part has written what they wish to; nobody is not everybody.

    >>> are_all_in([True, True]), are_all_in([True, False]), are_all_in([])
    (True, False, False)
    """
    found = list(ready)
    return bool(found) and all(found)


NOT_WRITTEN_TO = N_("It has been closed: nothing more is written to it.")


def problems_writing(phase: Phase) -> list[Reason]:
    """Why nobody can write a note now."""
    if phase is Phase.WAITING:
        return [because(N_("It has not begun yet."))]
    return [because(NOT_WRITTEN_TO)] if phase is Phase.DONE else []


def problems_voting(phase: Phase, given: int, dots: int) -> list[Reason]:
    """Why a dot cannot be given: not opened, closed, or all ``given`` already; ``dots`` below 0
    takes one back."""
    if phase is not Phase.OPEN:
        return [because(N_("Dots are given once the notes are open, and until it is closed."))]
    if dots > 0 and given >= MOST_DOTS:
        return [because(N_("All %(count)s dots are given: take one back first."), count=MOST_DOTS)]
    return []


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How a pre-mortem did: risks that came true, that did not, and what nobody had foreseen."""

    hit: int
    not_happened: int
    missed: int

    @property
    def share_foreseen(self) -> float | None:
        """Of what happened, the share that was foreseen, 0-1; None when nothing happened."""
        happened = self.hit + self.missed
        return self.hit / happened if happened else None


def foreseen(risks: Iterable[tuple[str, bool | None]], counted: Iterable[str]) -> Foreseen:
    """Score risks of (factor, came true) against the factors that counted in the end.

    A factor that counted and that no risk which came true had named is missed. Risks not yet
    looked at (None) count nowhere.

    >>> foreseen([("price", True), ("late", False), ("fit", None)], ["price", "blocker"])
    Foreseen(hit=1, not_happened=1, missed=1)
    """
    found = list(risks)
    hits = {factor for factor, came_true in found if came_true}
    return Foreseen(
        sum(came_true is True for _factor, came_true in found),
        sum(came_true is False for _factor, came_true in found),
        len(set(counted) - hits),
    )
