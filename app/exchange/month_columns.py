"""Tables whose columns are months: each month of a row becomes a line of its own.

Plans and sales often come as a sheet with a row for a customer or product and twelve columns.
Such a table is read as if it had a column for the month and one for the amount.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.exchange.dates import FIRST_YEAR, LAST_YEAR, MONTHS
from app.exchange.headers import normal
from app.exchange.tables import Guess, OddRow, Row, Table, UnreadableFile
from app.vocabulary import N_, because

OF_MONTHS = ("sales_plans", "sales")
"""The kinds of rows that may come with months as columns."""
FEWEST = 3
"""Months beside each other; fewer may be anything."""
ENGLISH, CHINESE = ("Month", "Amount"), ("月份", "金额")
"""What the two columns of an unfolded table are called, in the language of its months."""
YEAR_NAMES = {normal(name) for name in ("year", "plan year", "年份", "年度", "年", "计划年度")}

_BRACKETS = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
_SAID = re.compile(r"(计划|目标|预算|任务|指标|销售额|销售|金额|plan|budget|target|sales|amount)+$")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月份?|[-/.]0?1(?:00:00:00)?)?")
_COMPACT = re.compile(r"(20\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_MONTH_ALONE = re.compile(r"(\d{1,2})月份?")
_ENGLISH = re.compile(r"([a-z]{3})([a-z]{0,6})[.,'’-]*(\d{4}|\d{2})?")
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_ENGLISH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_YEAR_IN = re.compile(r"(?<!\d)20\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class MonthName:
    """A month that a column is called by; without a year where it says none."""

    month: int
    year: int | None = None


def month_name(header: str) -> MonthName | None:
    """The month that a column's name says, in digits or words, English or Chinese.

    >>> month_name("2026年3月（万元）"), month_name("Mar-26"), month_name("三月计划")
    (MonthName(month=3, year=2026), MonthName(month=3, year=2026), MonthName(month=3, year=None))
    >>> month_name("13月"), month_name("Market"), month_name("2026")
    (None, None, None)
    """
    plain = unicodedata.normalize("NFKC", header).casefold()
    plain = _SAID.sub("", "".join(_BRACKETS.sub("", plain).split()))
    if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _month(int(found[2]), found[1])
    if found := _YEAR_LAST.fullmatch(plain):
        return _month(int(found[1]), found[2])
    if found := _MONTH_ALONE.fullmatch(plain):
        return _month(int(found[1]), None)
    return _in_words(plain)


def _in_words(plain: str) -> MonthName | None:
    chinese = plain.removesuffix("份").removesuffix("月")
    if chinese != plain and chinese in _CHINESE:
        return MonthName(_CHINESE.index(chinese) + 1)
    found = _ENGLISH.fullmatch(plain)
    if found is None or found[1] not in MONTHS:
        return None
    month = MONTHS.index(found[1]) + 1
    names = (MONTHS[month - 1], "sept", _ENGLISH_NAMES[month - 1])
    return _month(month, found[3]) if found[1] + found[2] in names else None


def _month(month: int, year: str | None) -> MonthName | None:
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    fits = full is None or FIRST_YEAR <= full <= LAST_YEAR
    return MonthName(month, full) if 1 <= month <= 12 and fits else None


def months_of(columns: tuple[str, ...]) -> dict[int, MonthName]:
    """The columns that are months, by their place; none where they are few or one comes twice."""
    named = ((place, month_name(column)) for place, column in enumerate(columns))
    found = {place: name for place, name in named if name is not None}
    is_one_each = len(set(found.values())) == len(found)
    return found if len(found) >= FEWEST and is_one_each else {}


def names_unfolded(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns once months are lines: what tells the kind of rows.

    >>> names_unfolded(("客户", "1月", "2月", "3月"))
    ('客户', '月份', '金额')
    """
    months = months_of(columns)
    if not months:
        return columns
    rest = (name for place, name in enumerate(columns) if place not in months)
    return (*rest, *_two(columns[min(months)]))


def _two(header: str) -> tuple[str, str]:
    """The names of the month and of the amount, with the unit that a month's name has."""
    month, amount = CHINESE if "月" in header else ENGLISH
    unit = _BRACKETS.search(unicodedata.normalize("NFKC", header))
    return month, f"{amount} ({unit[1]})" if unit else amount


def unfolded(table: Table, source: str = "") -> Table:
    """The same table with a line for each month of a row; as it is where months are no columns.

    A month without a year is of that in the row's column *Year*, else of the one that the
    titles, the sheet's or the file's name say. Raises UnreadableFile where nothing says it.
    """
    months = months_of(table.columns)
    if not months:
        return table
    layout = _layout(table, months, source)

    def make_rows(odd_rows: list[OddRow]) -> Iterator[Row]:
        for number, cells in table.make_rows(odd_rows):
            yield from layout.lines(number, cells)

    names = tuple(table.columns[place] for place in layout.rest)
    two = _two(table.columns[min(months)])
    return replace(
        table,
        columns=(*names, *two),
        make_rows=make_rows,
        guesses=(*table.guesses, layout.guess()),
        about_rows=table.about_rows * len(months),
        column_of=layout.column_of,
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table has its months, by the names of their columns; and the year of the rest."""

    months: Mapping[int, MonthName]
    names: Mapping[int, str]
    rest: tuple[int, ...]
    year_at: int | None
    year: int | None

    def lines(self, number: int, cells: tuple[str, ...]) -> Iterator[Row]:
        """A row's lines: one for each month that is not blank."""
        kept = tuple(cells[place] for place in self.rest)
        said = _YEAR_IN.search(cells[self.year_at]) if self.year_at is not None else None
        year = int(said[0]) if said else self.year
        for place, name in self.months.items():
            if cells[place].strip():
                yield number, (*kept, self._day(place, name.year or year), cells[place])

    def _day(self, place: int, year: int | None) -> str:
        """The first of the month; without a year the column's name, which is then refused."""
        month = self.months[place].month
        return date(year, month, 1).isoformat() if year else self.names[place]

    def column_of(self, cells: tuple[str, ...]) -> str:
        """The name of the column in the file that a line came from."""
        day = cells[-2]
        fits = (
            place
            for place, name in self.months.items()
            if day[5:7] == f"{name.month:02}" and (name.year is None or day[:4] == str(name.year))
        )
        return next((self.names[place] for place in fits), day)

    def guess(self) -> Guess:
        """That the months were read as lines, with the first and the last."""
        first, last = (self._day(place, self.months[place].year or self.year)[:7]
                       for place in (min(self.months), max(self.months)))  # fmt: skip
        why = because(
            N_("%(count)s columns are months, from %(first)s to %(last)s: each is read as a line."),
            count=len(self.months),
            first=first,
            last=last,
        )
        return Guess("months", f"{first} – {last}", is_sure=False, why=why)


def _layout(table: Table, months: dict[int, MonthName], source: str) -> Layout:
    places = range(len(table.columns))
    year_at = next((at for at in places if normal(table.columns[at]) in YEAR_NAMES), None)
    said = " ".join((*table.titles, table.sheet or "", source))
    years = set(_YEAR_IN.findall(said))
    year = int(years.pop()) if len(years) == 1 else None
    if year is None and year_at is None and any(name.year is None for name in months.values()):
        raise UnreadableFile(because(NO_YEAR))
    names = {place: table.columns[place] for place in months}
    rest = tuple(place for place in places if place not in months and place != year_at)
    return Layout(months, names, rest, year_at, year)


NO_YEAR = N_(
    "The columns are months without a year. Write it in their names (2026-03), in a column Year, "
    "in the sheet’s or in the file’s name."
)


def of_kind(table: Table, kind: str, source: str = "") -> Table:
    """The table as rows of a kind are read from it."""
    return unfolded(table, source) if kind in OF_MONTHS else table
