"""What somebody who opens a deal should notice first, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.pipeline.mirroring import disagreement
from app.pipeline.moving import Standing
from app.pipeline.persistence import USUAL_NOES, Persistence
from app.pipeline.qualifying import GradeReading
from app.pipeline.rules import Grade, Outcome, Stage
from app.pipeline.times import is_stuck
from app.vocabulary import N_, Reason, Term, because


class Tone(Term):
    """How much a notice presses."""

    BAD = "bad", N_("urgent")
    WARN = "warn", N_("to look at")
    NOTE = "note", N_("to know")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to notice."""

    tone: Tone
    text: Reason


@dataclass(frozen=True, slots=True)
class Situation:
    """A deal as it stands on a day; ``given`` is the grade that the seller gave it."""

    at: Standing
    buyer: Stage | None
    days: int
    norm: int | None
    close_on: date | None
    next_step: str
    next_step_on: date | None
    persistence: Persistence
    given: Grade | None
    read: GradeReading


def notices(now: Situation, on: date) -> list[Notice]:
    """What to notice of a live deal, most pressing first; nothing of one that has ended."""
    if now.at.outcome is not Outcome.OPEN:
        return []
    found = [
        *_of_time(now, on),
        *_of_steps(now, on),
        *_of_buyer(now),
        *_of_grade(now),
    ]
    order = list(Tone)
    return sorted(found, key=lambda one: order.index(one.tone))


def _of_time(now: Situation, on: date) -> Iterable[Notice]:
    if now.close_on is None:
        yield Notice(Tone.WARN, because(N_("No close date is expected.")))
    elif now.close_on < on:
        days = (on - now.close_on).days
        text = because(N_("The close date passed %(days)s days ago."), days=days)
        yield Notice(Tone.BAD, text)
    if is_stuck(now.days, now.norm):
        values = {"days": now.days, "norm": now.norm}
        message = N_("Stuck: %(days)s days in this stage, where %(norm)s are usual.")
        yield Notice(Tone.WARN, because(message, **values))


def _of_steps(now: Situation, on: date) -> Iterable[Notice]:
    if not now.next_step:
        yield Notice(Tone.WARN, because(N_("No next step is agreed.")))
    elif now.next_step_on is None:
        yield Notice(Tone.NOTE, because(N_("The next step has no date.")))
    elif now.next_step_on < on:
        text = because(N_("The next step was due on %(day)s."), day=now.next_step_on)
        yield Notice(Tone.BAD, text)
    if now.persistence.is_late:
        noes = now.persistence.noes
        yield Notice(Tone.WARN, because(ASK_AGAIN.get(noes, ASK_ONCE_MORE), count=noes))


ASK_ONCE_MORE = N_("It is time to ask again: they have said no %(count)s times.")
ASK_AGAIN = {
    1: N_("It is time to ask again: they have said no once."),
    USUAL_NOES: N_("Their fifth ask is due: four noes are behind you."),
}


def _of_buyer(now: Situation) -> Iterable[Notice]:
    apart = disagreement(now.at.stage, now.buyer)
    if apart is not None:
        yield Notice(Tone.WARN, apart)


def _of_grade(now: Situation) -> Iterable[Notice]:
    if now.given and now.read.grade and now.given is not now.read.grade:
        values = {"given": now.given, "read": now.read.grade}
        message = N_("Graded %(given)s by hand; the answers say %(read)s.")
        yield Notice(Tone.NOTE, because(message, **values))


@dataclass(frozen=True, slots=True)
class Slippage:
    """How a close date moved: how often it was pushed, and by how many days in all."""

    pushes: int
    days: int


def slippage(close_dates: Iterable[date | None]) -> Slippage:
    """How often a close date was pushed out, and how far it has moved from the first to the last.

    ``close_dates`` are those expected one after the other. Days are below 0 when it was pulled in.

    >>> slippage([date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 15)])
    Slippage(pushes=1, days=14)
    """
    known = [one for one in close_dates if one is not None]
    if not known:
        return Slippage(0, 0)
    pushes = sum(later > earlier for earlier, later in pairwise(known))
    return Slippage(pushes, (known[-1] - known[0]).days)
