"""Calendars written are read back by another library; calendars of others are read as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.visits.calendar_file import EventFact, calendar_of, uid_of
from app.visits.calendar_reading import UnreadableError, events_in
from tests.exchange.shared import shared

AT = datetime(2026, 3, 1, tzinfo=UTC)
TOKYO, NEW_YORK, VIENNA = "Asia/Tokyo", "America/New_York", "Europe/Vienna"


def fact(**more) -> EventFact:
    values = {
        "uid": uid_of(7),
        "sequence": 2,
        "on": date(2026, 3, 9),
        "starts_at": datetime(2026, 3, 9, 13, 0, tzinfo=UTC),
        "minutes": 45,
        "title": "第一医院 First Hospital · Agree, or not; the day",
        "place": "Floor 3",
        "words": "Li Wei\nAgree the day",
        "stamp": AT,
        **more,
    }
    return EventFact(**values)


def read(content: bytes):
    return vobject.readOne(content.decode()).vevent


def test_an_event_is_read_back_by_another_library():
    event = read(calendar_of("Visits", [fact()], NEW_YORK))

    assert event.uid.value == "visit-7@banyan"
    assert event.sequence.value == "2"
    assert event.summary.value == "第一医院 First Hospital · Agree, or not; the day"
    assert event.description.value == "Li Wei\nAgree the day"
    assert event.dtstart.value.astimezone(UTC) == datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("starts_at", "clock"),
    [
        # New York went from winter to summer time on 8 March 2026, and goes back on 1 November.
        (datetime(2026, 3, 7, 14, 0, tzinfo=UTC), 9),
        (datetime(2026, 3, 9, 13, 0, tzinfo=UTC), 9),
        (datetime(2026, 10, 31, 13, 0, tzinfo=UTC), 9),
        (datetime(2026, 11, 2, 14, 0, tzinfo=UTC), 9),
    ],
)
def test_nine_in_the_morning_stays_nine_over_a_change_of_the_clock(starts_at, clock):
    event = read(calendar_of("Visits", [fact(starts_at=starts_at)], NEW_YORK))

    assert event.dtstart.value.astimezone(ZoneInfo(NEW_YORK)).hour == clock
    assert event.dtstart.value.astimezone(UTC) == starts_at


def test_a_visit_without_an_hour_is_a_whole_day():
    event = read(calendar_of("Visits", [fact(starts_at=None)], TOKYO))

    assert event.dtstart.value == date(2026, 3, 9)
    assert event.dtend.value == date(2026, 3, 10)


def test_a_visit_put_away_is_cancelled():
    event = read(calendar_of("Visits", [fact(is_cancelled=True)], TOKYO))

    assert event.status.value == "CANCELLED"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_whatever_a_title_says_comes_back_the_same(title):
    calendar = Calendar.from_ical(calendar_of("Visits", [fact(title=title, words=title)], TOKYO))
    (event,) = calendar.walk("VEVENT")

    assert str(event["SUMMARY"]) == title


def test_no_line_is_longer_than_the_format_allows():
    content = calendar_of("Visits", [fact(title="第一医院" * 60)], TOKYO)

    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_what_we_write_we_can_read():
    content = calendar_of("Visits", [fact(), fact(uid=uid_of(8), starts_at=None)], NEW_YORK)

    found = events_in(content.decode(), date(2026, 3, 1), date(2026, 3, 31), NEW_YORK).events

    assert [(one.uid, one.on, one.minutes) for one in found] == [
        ("visit-8@banyan", date(2026, 3, 9), None),
        ("visit-7@banyan", date(2026, 3, 9), 45),
    ]


def series(**lines: str) -> str:
    more = "\n".join(f"{name}:{value}" for name, value in lines.items())
    return f"BEGIN:VEVENT\nUID:weekly\nSUMMARY:Weekly\n{more}\nEND:VEVENT\n"


WEEKLY = {
    "DTSTART;TZID=Europe/Vienna": "20260323T100000",
    "RRULE": "FREQ=WEEKLY;COUNT=4",
    "EXDATE;TZID=Europe/Vienna": "20260406T100000",
}


def test_a_series_leaves_out_its_exceptions_and_keeps_its_hour_over_summer_time():
    # Vienna went to summer time on 29 March 2026: ten o'clock is 09:00 and then 08:00 UTC.
    read = events_in(series(**WEEKLY), date(2026, 3, 1), date(2026, 5, 1), VIENNA)

    assert [(one.on.day, one.starts_at.hour) for one in read.events] == [(23, 9), (30, 8), (13, 8)]
    assert len({one.uid for one in read.events}) == 3


def test_one_of_a_series_that_was_moved_is_where_it_was_moved_to():
    moved = series(
        **{
            "RECURRENCE-ID;TZID=Europe/Vienna": "20260330T100000",
            "DTSTART;TZID=Europe/Vienna": "20260331T150000",
        }
    )

    read = events_in(series(**WEEKLY) + moved, date(2026, 3, 1), date(2026, 5, 1), VIENNA)

    assert [one.on.day for one in read.events] == [23, 31, 13]


def test_a_time_without_a_zone_is_the_readers_own():
    event = series(DTSTART="20260323T100000")

    (found,) = events_in(event, date(2026, 3, 1), date(2026, 4, 1), TOKYO).events

    assert found.starts_at == datetime(2026, 3, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR", "\x00", "BEGIN:VCARD\nEND:VCARD"])
def test_what_is_no_calendar_is_said_to_be_none(text):
    with pytest.raises(UnreadableError):
        events_in(text, date(2026, 1, 1), date(2026, 12, 31), TOKYO)


EXPECTED = {
    # file: events between 1990 and 2030, and those that cannot be made out (no start, say)
    "event_event_with_recurrence_exdates_on_different_lines.ics": (10, 0),
    "event_issue_156_RDATE_with_PERIOD_list.ics": (3, 0),
    "event_event_with_unicode_fields.ics": (1, 0),
    "example.ics": (3, 0),
    "multiple_calendar_components.ics": (3, 0),
    "broken_dtstart.ics": (0, 1),
    "issue_722_missing_timezones.ics": (2, 2),
    "bom_calendar.ics": (0, 0),
}


def test_files_of_other_programs_are_read_or_refused_and_never_a_fault():
    found = {}
    for path in sorted(shared("crm_formats", "ics").glob("*.ics")):
        text = path.read_text("utf-8", errors="replace")
        try:
            read = events_in(text, date(1990, 1, 1), date(2030, 1, 1), "UTC")
        except UnreadableError:
            continue
        found[path.name] = (len(read.events), read.unread)

    assert {name: found.get(name) for name in EXPECTED} == EXPECTED
    assert len(found) > 50
