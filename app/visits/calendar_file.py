"""Visits as iCalendar events (RFC 5545): stable numbers, sequence, cancellations, time zones.

The library writes the calendar's frame. The events are written here, a dozen lines each: two
thousand take the library a second, and us a tenth. Moments are given in UTC, which every
program understands alike; the rules of a zone, as programs write them, not all do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from app.visits.rules import USUAL_MINUTES

PRODUCT = "-//Banyan//Visits//EN"
REFRESH = timedelta(hours=1)
END = b"END:VCALENDAR\r\n"
LONGEST = 75
"""Octets of a line, by RFC 5545 3.1; what is longer goes on after a space."""


@dataclass(frozen=True, slots=True)
class EventFact:
    """A visit as a calendar knows it; ``words`` are put into it as they are."""

    uid: str
    sequence: int
    on: date
    starts_at: datetime | None
    minutes: int | None
    title: str
    place: str
    words: str
    stamp: datetime
    is_cancelled: bool = False
    url: str = ""


def uid_of(visit_id: int) -> str:
    """The number of a visit's event: the same for as long as the visit is kept.

    >>> uid_of(7)
    'visit-7@banyan'
    """
    return f"visit-{visit_id}@banyan"


def calendar_of(name: str, events: Iterable[EventFact], zone: str) -> bytes:
    """A whole calendar as a file, to be shown in ``zone``."""
    parts = [_frame(name, zone)]
    for fact in events:
        parts += [_folded(line) for line in _lines(fact)]
    return b"".join(parts) + END


@lru_cache(maxsize=64)
def _frame(name: str, zone: str) -> bytes:
    """The calendar up to its first event."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical()).removesuffix(END)


def _lines(fact: EventFact) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(fact.uid)}"
    yield f"DTSTAMP:{fact.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{fact.sequence}"
    yield f"SUMMARY:{_escaped(fact.title)}"
    yield f"STATUS:{'CANCELLED' if fact.is_cancelled else 'CONFIRMED'}"
    yield from _time(fact)
    for name, value in (("LOCATION", fact.place), ("DESCRIPTION", fact.words)):
        if value:
            yield f"{name}:{_escaped(value)}"
    if fact.url:
        yield f"URL:{fact.url}"
    yield "END:VEVENT"


def _time(fact: EventFact) -> Iterator[str]:
    """Without an hour it is a whole day; that does not fill the day for others."""
    if fact.starts_at is None:
        yield f"DTSTART;VALUE=DATE:{fact.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{fact.on + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    ends_at = fact.starts_at + timedelta(minutes=fact.minutes or USUAL_MINUTES)
    for name, at in (("DTSTART", fact.starts_at), ("DTEND", ends_at)):
        yield f"{name}:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    r"""Text as a value: backslash, semicolon, comma and line break escaped (RFC 5545 3.3.11).

    >>> _escaped("a;b, c\nd")
    'a\\;b\\, c\\nd'
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, never within a character."""
    whole = line.encode()
    if len(whole) <= LONGEST:
        return whole + b"\r\n"
    pieces, room = [], LONGEST
    while len(whole) > room:
        cut = room
        while whole[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        pieces.append(whole[:cut])
        whole, room = whole[cut:], LONGEST - 1
    return b"\r\n ".join([*pieces, whole]) + b"\r\n"
