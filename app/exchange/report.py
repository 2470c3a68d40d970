"""What a run over a file found: rows by state, why some were refused, what must be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.vocabulary import N_, Reason, Term

MOST_TOLD = 2_000
MOST_SHOWN = 5


class RowState(Term):
    """What becomes of a row."""

    NEW = "new", N_("New")
    CHANGED = "changed", N_("Changed")
    SAME = "same", N_("Already there")
    SKIPPED = "skipped", N_("Left out, as chosen")
    REFUSED = "refused", N_("Refused")


@dataclass(frozen=True, slots=True)
class Told:
    """A row that needs a word: its number in the file, what it is called, why."""

    number: int
    name: str
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Report:
    """The count of rows by state, the rows worth a word, and notes about the whole file.

    ``asks`` are questions that must be answered before rows are written: subject → words.
    ``made`` counts what was made besides the rows themselves, such as managers.
    """

    kind: str
    counts: Counter[RowState] = field(default_factory=Counter)
    refused: list[Told] = field(default_factory=list)
    warned: list[Told] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    asks: dict[str, list[str]] = field(default_factory=dict)

    def count(self, state: RowState) -> None:
        """Count a row."""
        self.counts[state] += 1

    def refuse(self, number: int, name: str, reasons: Iterable[Reason]) -> None:
        """Count a row as refused and keep why, for the first two thousand."""
        self.counts[RowState.REFUSED] += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append(Told(number, name[:120], tuple(reasons)))

    def warn(self, number: int, name: str, *reasons: Reason) -> None:
        """Keep what a row that was taken lost on the way."""
        if len(self.warned) < MOST_TOLD:
            self.warned.append(Told(number, name[:120], reasons))

    def ask(self, subject: str, word: str) -> None:
        """Note a question, each once."""
        words = self.asks.setdefault(subject, [])
        if word not in words:
            words.append(word)

    @property
    def rows(self) -> int:
        """How many rows the file had."""
        return sum(self.counts.values())

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON keeps it and scripts read it; reasons as English sentences."""
        return {
            "kind": self.kind,
            "rows": self.rows,
            **{state.value: self.counts[state] for state in RowState},
            "made": dict(self.made),
            "sums": {name: str(value) for name, value in self.sums.items()},
            "refused_rows": [_told(one) for one in self.refused],
            "warnings": [_told(one) for one in self.warned],
            "notes": [str(note) for note in self.notes],
            "asks": self.asks,
        }


def _told(told: Told) -> dict[str, Any]:
    return {"row": told.number, "name": told.name, "reasons": [str(why) for why in told.reasons]}
