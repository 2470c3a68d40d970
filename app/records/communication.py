"""The communication plan: journals, seminars each quarter or better, executives' visits [000]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.vocabulary import N_, Reason, Term, because


class CommunicationKind(Term):
    """How we keep in touch beside ordinary visits."""

    SEMINAR = "seminar", N_("Seminar")
    EXECUTIVE = "executive", N_("Visit between executives")
    JOURNAL = "journal", N_("Customer journal")
    TRAINING = "training", N_("Training")
    OTHER = "other", N_("Other")


MOST_DAYS = {CommunicationKind.SEMINAR: 92, CommunicationKind.EXECUTIVE: 183}
"""How long each may be missing: seminars quarterly or better [000]; executives' visits each
half-year, house convention."""


class Due(Enum):
    """Where a line stands on a day."""

    DONE = "done"
    LATE = "late"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class CommunicationFact:
    """A line of the plan."""

    kind: CommunicationKind
    due_on: date
    done_on: date | None = None

    def due(self, on: date) -> Due:
        """Whether it is done, late or still to come."""
        if self.done_on is not None:
            return Due.DONE
        return Due.LATE if self.due_on < on else Due.COMING


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = ordinal // 12, ordinal % 12 + 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(first_after.toordinal() - 1).day
    return date(year, month, min(day.day, last))


def missing(latest: Mapping[CommunicationKind, date], on: date) -> list[Reason]:
    """What has been away for too long; ``latest`` is when each kind last happened.

    >>> [one.values["days"] for one in missing({}, date(2026, 3, 2))]
    [92, 183]
    """
    found = []
    for kind, most in MOST_DAYS.items():
        last = latest.get(kind)
        if last is None:
            words = N_("%(kind)s: none on record; at least one in %(days)s days is wanted.")
            found.append(because(words, kind=kind, days=most))
        elif (on - last).days > most:
            words = N_("%(kind)s: the last was %(ago)s days ago; one in %(days)s days is wanted.")
            found.append(because(words, kind=kind, ago=(on - last).days, days=most))
    return found
