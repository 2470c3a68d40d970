"""Events out of calendar files as other programs write them, recurring ones unrolled."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MOST_OCTETS = 3_000_000
MOST_EVENTS = 300
"""More than anybody looks through on a page."""


class UnreadableError(ValueError):
    """The text is no calendar."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event read: ``starts_at`` is None for a whole day; ``uid`` is one per occurrence."""

    uid: str
    on: date
    starts_at: datetime | None
    minutes: int | None
    title: str
    place: str
    words: str
    guests: tuple[str, ...]
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held between two days: its events, by time, and how many could not be read."""

    events: tuple[Found, ...]
    unread: int
    left_off: int


def events_in(text: str, first: date, last: date, zone: str) -> Read:
    """The events of a calendar from a day to a day; times without a zone are in ``zone``.

    Raises UnreadableError when there is no calendar in the text at all.
    """
    place = ZoneInfo(zone)
    found: dict[str, Found] = {}
    unread = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # guesses at odd time zones are good enough here
        for series in _series(_calendars(text)):
            read = _occurrences(series, first, last, place)
            unread += read is None
            found |= {one.uid: one for one in read or () if first <= one.on <= last}
    ordered = sorted(found.values(), key=lambda one: (one.on, one.starts_at or _midnight(one.on)))
    return Read(tuple(ordered[:MOST_EVENTS]), unread, max(0, len(ordered) - MOST_EVENTS))


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), UTC)


RECURS = {"RRULE", "RDATE", "RECURRENCE-ID"}
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What the library raises over events that break the format's rules."""


def _calendars(text: str) -> list[Any]:
    """The calendars in a text; events that stand without one are put into one."""
    from icalendar import Calendar, Component

    try:
        parts = Component.from_ical(text.lstrip("\ufeff"), multiple=True)
    except BROKEN as error:
        raise UnreadableError(str(error)) from error
    loose = Calendar()
    found = [part for part in parts if part.name == "VCALENDAR"]
    for part in parts:
        if part.name == "VEVENT":
            loose.add_component(part)
    if loose.subcomponents:
        found.append(loose)
    if not found:
        raise UnreadableError("no calendar")
    return found


def _series(calendars: Iterable[Any]) -> Iterator[Any]:
    """A calendar for each event with its exceptions, so that a broken one spoils no other."""
    from icalendar import Calendar

    for calendar in calendars:
        together: dict[str, Any] = {}
        for place, event in enumerate(calendar.walk("VEVENT")):
            uid = str(event.get("UID") or f"event {place}")
            if uid not in together:
                together[uid] = Calendar()
                for zone in calendar.walk("VTIMEZONE"):
                    together[uid].add_component(zone)
            together[uid].add_component(event)
        yield from together.values()


def _occurrences(calendar: Any, first: date, last: date, zone: ZoneInfo) -> list[Found] | None:
    """Each occurrence within the days, exceptions minded; None when it cannot be made out."""
    from recurring_ical_events import of

    day = timedelta(days=1)
    try:
        seen = of(calendar, components=["VEVENT"]).between(first - day, last + day)
        recurs = any(RECURS & set(event) for event in calendar.walk("VEVENT"))
        return [_found(event, zone, recurs=recurs) for event in seen]
    except BROKEN:
        return None


def _found(event: Any, zone: ZoneInfo, *, recurs: bool) -> Found:
    starts = event.decoded("DTSTART")
    ends = event.decoded("DTEND") if "DTEND" in event else None
    starts_at = _moment(starts, zone)
    on = starts_at.astimezone(zone).date() if starts_at else starts
    return Found(
        uid=_uid(event, starts, recurs=recurs),
        on=on,
        starts_at=starts_at,
        minutes=_minutes(starts_at, _moment(ends, zone)),
        title=_line(event.get("SUMMARY")),
        place=_line(event.get("LOCATION")),
        words=str(event.get("DESCRIPTION", "")).strip()[:4000],
        guests=tuple(_guests(event)),
        is_cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A moment in UTC; None for a whole day."""
    if not isinstance(value, datetime):
        return None
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def _minutes(starts_at: datetime | None, ends_at: datetime | None) -> int | None:
    if starts_at is None or ends_at is None or ends_at <= starts_at:
        return None
    return min(1440, round((ends_at - starts_at).total_seconds() / 60))


def _uid(event: Any, starts: date, *, recurs: bool) -> str:
    """The event's number; an occurrence of a series adds which one it is, wherever it was
    moved to."""
    uid = str(event.get("UID", "")) or f"{starts.isoformat()} {event.get('SUMMARY', '')}"
    if not recurs:
        return uid[:255]
    which = event.decoded("RECURRENCE-ID") if "RECURRENCE-ID" in event else starts
    return f"{uid[:200]}#{which.isoformat()}"


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())[:255]


def _guests(event: Any) -> Iterable[str]:
    """The addresses of those invited, and of whoever invites."""
    for name in ("ATTENDEE", "ORGANIZER"):
        values = event.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            address = str(value).lower().removeprefix("mailto:").strip()
            if "@" in address:
                yield address
