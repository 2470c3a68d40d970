"""A file's rows as values: which reader reads which column, and what each column's habits are.

Habits (day or month first, point or comma, shares or per cent) are learnt from the whole
column before the first row is read, and shown to the person, who may choose otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

from app.accounts.rules import AccountKind, ChainPosition, Loyalty, Ownership, Segment
from app.exchange.amounts import (
    LARGEST,
    HeaderUnit,
    Money,
    counts_in_percent,
    decimal_mark,
    header_unit,
    read_currency,
    read_integer,
    read_money,
    read_number,
    read_share,
)
from app.exchange.dates import DateOrder, date_order, read_date, read_month
from app.exchange.field_types import (
    AMOUNTS,
    DATES,
    INTEGERS,
    LONG,
    NUMBERS,
    REFERENCES,
    SHARES,
    TIE_ENDS,
)
from app.exchange.guarded import unguarded
from app.exchange.headers import ColumnGuess
from app.exchange.tables import Row
from app.exchange.values import (
    full_name,
    read_email,
    read_flag,
    read_id,
    read_phone,
    read_website,
    read_year,
    tidy,
    tidy_lines,
)
from app.exchange.words import RelationKind, Terms, read_term, read_terms
from app.pipeline.rules import Outcome
from app.records.credit import CreditGrade
from app.stakeholders.rules import DecisionStyle, Depth, Influence, Role, Support
from app.users.rules import UserRole
from app.vocabulary import N_, Reason, because

REMEMBERED = 1 << 12
MOST_LEARNT = 20_000
"""Different texts kept per column to learn its habits from."""
MAX_NAME = 255
MAX_NOTES = 20_000

PLAIN: dict[str, Callable[[str], Any]] = {
    "currency": read_currency,
    "email": read_email,
    "phone": read_phone,
    "website": read_website,
    "founded": read_year,
    "is_outside": read_flag,
    "is_won": read_flag,
    "renews": read_flag,
    "month": read_month,
}
TERMS: dict[tuple[str, str], Terms] = {
    ("accounts", "kind"): AccountKind,
    ("accounts", "segment"): Segment,
    ("accounts", "chain"): ChainPosition,
    ("accounts", "ownership"): Ownership,
    ("accounts", "loyalty"): Loyalty,
    ("people", "support"): Support,
    ("people", "influence"): Influence,
    ("people", "style"): DecisionStyle,
    ("relationships", "kind"): RelationKind,
    ("relationships", "depth"): Depth,
    ("team", "role"): UserRole,
    ("credits", "grade"): CreditGrade,
    ("opportunities", "outcome"): Outcome,
    ("moves", "outcome"): Outcome,
}


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column writes its values; what a person may choose otherwise is in ``choice``.

    ``subject`` is "date", "decimal" or "share"; ``choice`` is "mdy" or "dmy", "." or ",",
    "percent" or "share".
    """

    subject: str
    choice: str
    is_sure: bool
    why: Reason


class Parsed(NamedTuple):
    """A row's values by field, without those left empty; and what could not be read."""

    values: dict[str, Any]
    problems: dict[str, Reason]


Reader = tuple[str, int, Callable[[str], Any]]


def subject_of(field: str) -> str:
    """Which habit a field's column has, "" for none.

    >>> subject_of("close_date"), subject_of("amount"), subject_of("name")
    ('date', 'decimal', '')
    """
    if field in DATES:
        return "date"
    if field in SHARES:
        return "share"
    return "decimal" if field in AMOUNTS | NUMBERS | INTEGERS else ""


def learn_habits(mapping: Mapping[str, int], rows: Iterable[Row]) -> dict[str, Habit]:
    """The habits of a file's columns, from all its rows (one pass)."""
    texts = habit_texts(mapping, rows)
    return {field: habit_of(subject_of(field), kept) for field, kept in texts.items()}


def habit_texts(mapping: Mapping[str, int], rows: Iterable[Row]) -> dict[str, list[str]]:
    """The different texts of each column that has a habit, in order."""
    texts: dict[str, set[str]] = {field: set() for field in mapping if subject_of(field)}
    columns = [(mapping[field], kept) for field, kept in texts.items()]
    if not columns:
        return {}
    for _, cells in rows:
        for index, kept in columns:
            if len(kept) < MOST_LEARNT:
                kept.add(cells[index])
    return {field: sorted(kept) for field, kept in texts.items()}


def habit_of(subject: str, texts: Sequence[str]) -> Habit:
    """What such texts show of how their column is written."""
    if subject == "date":
        dates = date_order(texts)
        return Habit(subject, dates.order.value, dates.is_sure, dates.why)
    if subject == "share":
        if counts_in_percent(texts):
            why = because(N_("Some are above 1, so they count to 100."))
            return Habit(subject, "percent", is_sure=True, why=why)
        why = because(N_("None is above 1, so 1 is certain."))
        is_sure = any("." in text or "%" in text for text in texts)
        return Habit(subject, "share", is_sure, why)
    marks = decimal_mark(texts)
    return Habit(subject, marks.mark, marks.is_sure, marks.why)


def mapping_of(guesses: Mapping[str, ColumnGuess], *, only_sure: bool = False) -> dict[str, int]:
    """The column of each field, as guessed."""
    return {
        field: guess.column for field, guess in guesses.items() if guess.is_sure or not only_sure
    }


def row_readers(
    kind: str,
    mapping: Mapping[str, int],
    columns: Sequence[str],
    habits: Mapping[str, str | Habit],
) -> tuple[Reader, ...]:
    """What reads each mapped column; ``habits`` by field, as learnt or as chosen.

    Cells repeat down a column, so each column remembers what its last texts were read as.
    """
    readers = []
    for field, index in mapping.items():
        habit = habits.get(field, "")
        choice = habit.choice if isinstance(habit, Habit) else habit
        read = partial(_unguarded, reader_for(kind, field, columns[index], choice))
        readers.append((field, index, read if field in LONG else lru_cache(REMEMBERED)(read)))
    return tuple(readers)


def _unguarded(read: Callable[[str], Any], text: str) -> Any:
    return read(unguarded(text))


def reader_for(kind: str, field: str, column: str = "", choice: str = "") -> Callable[[str], Any]:
    """The function from a cell's text to a field's value, None or a Reason."""
    if terms := TERMS.get((kind, field)):
        return partial(read_term, terms=terms)
    if (kind, field) == ("people", "role"):
        return partial(read_terms, terms=Role)
    if subject_of(field):
        return _habit_reader(field, column, choice)
    if field in REFERENCES or (kind, field) in TIE_ENDS:
        return _reference
    return PLAIN.get(field, _notes if field in LONG else _name)


def _habit_reader(field: str, column: str, choice: str) -> Callable[[str], Any]:
    if field in DATES:
        return partial(read_date, order=DateOrder(choice or DateOrder.MONTH_FIRST))
    if field in SHARES:
        return partial(read_share, in_percent=choice != "share")
    mark = choice or "."
    if field in AMOUNTS:
        unit = header_unit(column)
        return partial(
            read_money if unit == HeaderUnit() else partial(_money, unit=unit), mark=mark
        )
    return partial(read_number if field in NUMBERS else read_integer, mark=mark)


def _money(text: str, unit: HeaderUnit, mark: str) -> Money | Reason | None:
    """An amount in the unit that its column's name gives."""
    money = read_money(text, mark)
    if not isinstance(money, Money):
        return money
    amount = money.amount * unit.scale
    if abs(amount) >= LARGEST:
        return because(N_("“%(text)s” is too large to be an amount."), text=text[:80])
    return Money(amount, money.currency or unit.currency)


def _short(text: str | Reason | None, most: int) -> str | Reason | None:
    if isinstance(text, str) and len(text) > most:
        return because(N_("It is longer than %(most)s characters."), most=most)
    return text or None


def _name(text: str) -> str | Reason | None:
    return _short(tidy(text), MAX_NAME)


def _reference(text: str) -> str | Reason | None:
    return _short(read_id(text), MAX_NAME)


def _notes(text: str) -> str | Reason | None:
    return _short(tidy_lines(text), MAX_NOTES)


def read_row(readers: Sequence[Reader], cells: Sequence[str]) -> Parsed:
    """A row's values and problems. A currency named beside an amount stands in for an empty
    currency column; a name in two columns is put together.
    """
    values: dict[str, Any] = {}
    problems: dict[str, Reason] = {}
    currency = ""
    for field, index, read in readers:
        text = cells[index]
        if not text:
            continue
        value = read(text)
        if value is None:
            continue
        kind = value.__class__
        if kind is Reason:
            problems[field] = value
        elif kind is Money:
            values[field] = value.amount
            currency = currency or value.currency
        else:
            values[field] = value
    if currency:
        values.setdefault("currency", currency)
    if "last_name" in values or "first_name" in values:
        full = full_name(values.pop("last_name", ""), values.pop("first_name", ""))
        values.setdefault("name", full)
    return Parsed(values, problems)
