"""Dates as people and programs write them.

A day is taken as written: of "2010-10-14T00:00:00.000Z" it is 14 October, wherever one
reads it. Whether 3/5/2026 is March or May is decided over a whole column, never by cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.vocabulary import N_, Reason, because

FIRST_YEAR, LAST_YEAR = 1900, 2199
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(18_264, 73_051)
"""Excel's day numbers from 1950 to 2099; smaller and larger numbers are no dates."""
PIVOT = 69
"""Two-digit years below it are of this century (POSIX)."""
NO_DATE = frozenset({"", "-", "--", "—", "/", "n/a", "na", "none", "null", "nan", "nat", "无"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateOrder(StrEnum):
    """What the first number of 3/5/2026 is."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


@dataclass(frozen=True, slots=True)
class DateHabit:
    """How a column writes its dates; not sure when no date in it tells."""

    order: DateOrder
    is_sure: bool
    why: Reason


_TIME = r"(?:(?:\s*T\s*|[\s,]+)(?:[AP]M|上午|下午)?\s*\d{1,2}\s*[:时点].{0,30})?"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*[日号]?{_TIME}"
)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:T\d{{4,6}}.{{0,12}}|{_TIME})")
_DAY_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s.]+([a-z]{{3,9}})[-\s.,]+(\d{{4}}|\d{{2}}){_TIME}", re.I
)
_MONTH_NAMED = re.compile(
    rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(\d{{4}}){_TIME}", re.I
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH_ONLY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?|[a-z]{3,9}\.?\s+\d{4}|\d{4}\s*年?", re.I)


def date_order(texts: Iterable[str]) -> DateHabit:
    """Which number is the month in a column's dates: told by any above twelve.

    >>> date_order(["3/5/2026", "25/5/2026"]).order
    <DateOrder.DAY_FIRST: 'dmy'>
    """
    month_first = day_first = ambiguous = ""
    for text in texts:
        found = _YEAR_LAST.fullmatch(text.strip())
        if not found or found[2] == ".":
            continue
        if int(found[3]) > 12:
            month_first = text
        elif int(found[1]) > 12:
            day_first = text
        else:
            ambiguous = ambiguous or text
    return _habit(month_first, day_first, ambiguous)


def _habit(month_first: str, day_first: str, ambiguous: str) -> DateHabit:
    if month_first and day_first:
        why = because(
            N_("Both %(one)s and %(other)s occur: two ways of writing dates are mixed."),
            one=month_first,
            other=day_first,
        )
        return DateHabit(DateOrder.MONTH_FIRST, is_sure=False, why=why)
    if day_first:
        why = because(N_("%(text)s can only be day first."), text=day_first)
        return DateHabit(DateOrder.DAY_FIRST, is_sure=True, why=why)
    if month_first:
        why = because(N_("%(text)s can only be month first."), text=month_first)
        return DateHabit(DateOrder.MONTH_FIRST, is_sure=True, why=why)
    if ambiguous:
        why = because(N_("%(text)s may be day or month first; none tells."), text=ambiguous)
        return DateHabit(DateOrder.MONTH_FIRST, is_sure=False, why=why)
    why = because(N_("No date is written in a way that could be read twice."))
    return DateHabit(DateOrder.MONTH_FIRST, is_sure=True, why=why)


def read_date(text: str, order: DateOrder = DateOrder.MONTH_FIRST) -> date | Reason | None:
    """The day a text names, None where it says there is none, else a Reason.

    >>> read_date("2026年3月5日"), read_date("05.03.2026"), read_date("3/5/26")
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5), datetime.date(2026, 3, 5))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.lower() in NO_DATE or plain.startswith("0000-00-00"):
        return None
    parts = _parts(plain, order)
    if parts is None:
        return _refusal(plain)
    try:
        day = date(*parts)
    except ValueError:
        return because(N_("“%(text)s” is not a day of the calendar."), text=text)
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    return because(N_("The year of “%(text)s” cannot be right."), text=text)


def read_month(text: str) -> date | Reason | None:
    """The first day of the month that a text names, or that a day in it is of.

    >>> read_month("2026-03"), read_month("2026年3月"), read_month("2026/3/15")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _MONTH_ONLY.fullmatch(plain):
        numbers = re.findall(r"\d+", plain)
        plain = f"{numbers[0]}-{numbers[1]}-1" if len(numbers) == 2 else plain
    day = read_date(plain)
    return day.replace(day=1) if isinstance(day, date) else day


def _parts(plain: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day of a text, unchecked."""
    if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_LAST.fullmatch(plain):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or order is DateOrder.DAY_FIRST:
            first, second = second, first
        return _full_year(found[4]), first, second
    if found := _SERIAL.fullmatch(plain):
        return _of_excel(int(found[1]))
    if found := _DAY_NAMED.fullmatch(plain):
        month, day, year = found[2], found[1], found[3]
    elif found := _MONTH_NAMED.fullmatch(plain):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    short = month[:3].lower()
    return (_full_year(year), MONTHS.index(short) + 1, int(day)) if short in MONTHS else None


def _of_excel(days: int) -> tuple[int, int, int] | None:
    if days not in EXCEL_DAYS:
        return None
    day = EXCEL_EPOCH + timedelta(days)
    return day.year, day.month, day.day


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _refusal(plain: str) -> Reason:
    if _MONTH_ONLY.fullmatch(plain):
        return because(N_("“%(text)s” names no day; write year, month and day."), text=plain)
    return because(N_("“%(text)s” is not a date; write it as 2026-03-05."), text=plain[:80])
