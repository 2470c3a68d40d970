"""The vocabulary of visits. Terms: domain 6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.vocabulary import N_, Reason, Term, because

USUAL_MINUTES = 60
"""How long a visit takes when nobody has said; house convention."""


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


class Went(Term):
    """How a visit went, in one tap."""

    WELL = "well", N_("Well")
    MIXED = "mixed", N_("So-so")
    BADLY = "badly", N_("Badly")


def goals_of(text: str) -> list[str]:
    """The goals of a visit, one a line.

    >>> goals_of("Agree the day\\n\\n Meet the head nurse ")
    ['Agree the day', 'Meet the head nurse']
    """
    return [line.strip() for line in text.splitlines() if line.strip()]


def problems_planning(goals: str, *, is_reactive: bool) -> list[Reason]:
    """Why a visit cannot be kept: every contact has its goal set beforehand, save one that
    the customer called for [000].

    >>> [str(reason) for reason in problems_planning(" ", is_reactive=False)]
    ['Set at least one goal: what should be different afterwards?']
    """
    if goals_of(goals) or is_reactive:
        return []
    return [because(N_("Set at least one goal: what should be different afterwards?"))]


def problems_logging(held_on: date, on: date) -> list[Reason]:
    """Why a visit cannot have been held on a day.

    >>> problems_logging(date(2026, 1, 2), date(2026, 1, 2))
    []
    """
    return [because(N_("That day has not come yet."))] if held_on > on else []


def may_be_logged(on: date, starts_at: datetime | None, today: date, now: datetime) -> bool:
    """Whether it is time to ask what came of a visit: its day has passed, or its hour has.

    >>> may_be_logged(date(2026, 1, 2), None, date(2026, 1, 2), datetime(2026, 1, 2, 9))
    True
    """
    if on != today:
        return on < today
    return starts_at is None or starts_at <= now


def monday_of(on: date) -> date:
    """The Monday of a day's week.

    >>> monday_of(date(2026, 11, 22)), monday_of(date(2026, 11, 16))
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 16))
    """
    return on - timedelta(days=on.weekday())


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody met for the first time, as typed."""

    name: str
    title: str = ""
    department: str = ""


def people_typed(text: str) -> list[NewPerson]:
    """People met, one a line: name, title, department, with commas of either kind between.

    >>> people_typed("Li Wei, Head nurse\\n王芳，采购员，设备科")[1].department
    '设备科'
    """
    found = []
    for line in text.splitlines():
        parts = [part.strip()[:255] for part in line.replace("，", ",").split(",", 2)]
        if parts[0]:
            found.append(NewPerson(*parts))
    return found


@dataclass(frozen=True, slots=True)
class ReportFact:
    """What one of ours says came of a visit."""

    user_id: int | None
    at: datetime
    went: Went | None
    commitment: Commitment | None
    outcome: str
    noes: int


def settled(reports: Sequence[ReportFact], owner_id: int | None) -> ReportFact | None:
    """Whose word counts where only one can: the visit's own person's, else the first.

    None without any report.
    """
    own = [one for one in reports if one.user_id == owner_id]
    return min(own or reports, key=lambda one: one.at, default=None)


def days_of_series(first: date, every_days: int, times: int) -> list[date]:
    """The days of a visit that comes back, the first among them; none falls on a weekend:
    it moves to the Monday after.

    >>> [day.isoformat() for day in days_of_series(date(2026, 1, 2), 1, 3)]
    ['2026-01-02', '2026-01-05']
    """
    days = (first + timedelta(days=every_days * number) for number in range(times))
    moved = [day if day == first else day + timedelta(days=_to_monday(day)) for day in days]
    return sorted(set(moved))


def _to_monday(day: date) -> int:
    return max(0, 7 - day.weekday()) if day.weekday() > 4 else 0
