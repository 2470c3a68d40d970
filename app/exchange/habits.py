"""Columns that can be read in two ways: what is taken, and what their cells would be either way.

A person who sees "3/4/2026" as 4 March and as 3 April need not know what a habit is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.exchange.amounts import Money
from app.exchange.guarded import unguarded
from app.exchange.parsing import Habit, habit_of, habit_texts, reader_for, subject_of
from app.exchange.tables import Row
from app.vocabulary import N_, Reason

WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "date": (("mdy", N_("month first")), ("dmy", N_("day first"))),
    "decimal": ((".", N_("a point parts decimals")), (",", N_("a comma parts decimals"))),
    "share": (("percent", N_("counted to 100")), ("share", N_("counted to 1"))),
}
"""Both choices of each habit, as a person is asked."""
READ = 5_000
"""Rows that the page looks at; the import learns from all of them."""
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """A cell as it stands, and what it is either way (None: it cannot be read so)."""

    text: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """A column that is read differently either way: what was guessed, and some of its cells."""

    habit: Habit
    samples: tuple[Sample, ...]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The two choices with their words."""
        return WAYS[self.habit.subject]


def ways_of(
    kind: str, mapping: Mapping[str, int], columns: Sequence[str], rows: Iterable[Row]
) -> dict[str, Ways]:
    """By field, those of the mapped columns whose cells depend on how they are read."""
    found = {}
    for field, texts in habit_texts(mapping, islice(rows, READ)).items():
        samples = tuple(islice(_samples(kind, field, columns[mapping[field]], texts), SHOWN))
        if samples:
            found[field] = Ways(habit_of(subject_of(field), texts), samples)
    return found


def _samples(kind: str, field: str, column: str, texts: Iterable[str]) -> Iterable[Sample]:
    """Cells that differ, those first that can be read both ways."""
    ways = WAYS[subject_of(field)]
    readers = [reader_for(kind, field, column, choice) for choice, _words in ways]
    told = (
        Sample(text, tuple(_plain(read(unguarded(text))) for read in readers)) for text in texts
    )
    differing = [one for one in told if one.values[0] != one.values[1]]
    return sorted(differing, key=lambda one: (None in one.values, len(one.text), one.text))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.amount
    return None if isinstance(value, Reason) else value
