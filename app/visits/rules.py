"""The vocabulary of visits. Terms: domain 6."""

from __future__ import annotations

from datetime import date, timedelta

from app.vocabulary import N_, Reason, Term, because


class Channel(Term):
    """How the contact happens."""

    IN_PERSON = "in_person", N_("In person")
    CALL = "call", N_("Call")
    VIDEO = "video", N_("Video")
    LETTER = "letter", N_("Letter")
    EVENT = "event", N_("Event")


class Commitment(Term):
    """Whether the customer gave what was sought."""

    YES = "yes", N_("Given")
    PART = "part", N_("Given in part")
    NO = "no", N_("Not given")


def problems_planning(purpose: str, *, is_reactive: bool) -> list[Reason]:
    """Why a visit cannot be kept: every contact has its goal set beforehand, save one that
    the customer called for [000].

    >>> [str(reason) for reason in problems_planning("", is_reactive=False)]
    ['Say what the visit is for.']
    """
    if purpose.strip() or is_reactive:
        return []
    return [because(N_("Say what the visit is for."))]


def problems_logging(held_on: date, on: date) -> list[Reason]:
    """Why a visit cannot have been held on a day.

    >>> problems_logging(date(2026, 1, 2), date(2026, 1, 2))
    []
    """
    return [because(N_("That day has not come yet."))] if held_on > on else []


def monday_of(on: date) -> date:
    """The Monday of a day's week.

    >>> monday_of(date(2026, 11, 22)), monday_of(date(2026, 11, 16))
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 16))
    """
    return on - timedelta(days=on.weekday())
