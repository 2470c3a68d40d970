"""What a run over a file found: rows by state, why some were refused, what must be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.vocabulary import N_, Reason, Term

MOST_TOLD = 2_000
MOST_SHOWN = 5
MOST_ASKED = 200


class RowState(Term):
    """What becomes of a row."""

    NEW = "new", N_("New")
    CHANGED = "changed", N_("Changed")
    SAME = "same", N_("Already there")
    SKIPPED = "skipped", N_("Left out, as chosen")
    REFUSED = "refused", N_("Refused")


class Refused(Exception):  # noqa: N818 - it reads as what it is at every `raise`
    """A row cannot be taken; the reasons say why, in the salesperson's terms."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Told:
    """A row that needs a word: its number in the file, what it is called, why."""

    number: int
    name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the first rows of a state; ``columns`` are old and new where it changes."""

    number: int
    name: str
    columns: Mapping[str, list[Any]]


@dataclass(slots=True)
class Report:
    """The count of rows by state, the rows worth a word, and notes about the whole file.

    ``asks`` are questions that must be answered before rows are written: subject → words.
    ``made`` counts what was made besides the rows themselves, such as managers; ``why`` counts
    the refused rows by the sentence that refused them; ``used`` are proposals that were taken,
    subject → word → meaning.
    """

    kind: str
    counts: Counter[RowState] = field(default_factory=Counter)
    refused: list[Told] = field(default_factory=list)
    warned: list[Told] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    why: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    sums: dict[str, Any] = field(default_factory=Counter)
    asks: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[RowState, list[Shown]] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=lambda: {"stage": {}, "product": {}})

    def show(self, state: RowState, number: int, name: str, columns: Mapping[str, Any]) -> None:
        """Keep a row as an example of a state."""
        self.shown.setdefault(state, []).append(Shown(number, name[:120], columns))

    def wants_shown(self, state: RowState) -> bool:
        """Whether one more example of a state is welcome."""
        return len(self.shown.get(state, ())) < MOST_SHOWN

    def refuse(self, number: int, name: str, reasons: Iterable[Reason]) -> None:
        """Count a row as refused and keep why, for the first two thousand."""
        told = tuple(reasons)
        self.counts[RowState.REFUSED] += 1
        self.why[told[0].message if told else ""] += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append(Told(number, name[:120], told))

    def warn(self, number: int, name: str, *reasons: Reason) -> None:
        """Keep what a row that was taken lost on the way."""
        self.made["warnings"] += 1
        if len(self.warned) < MOST_TOLD:
            self.warned.append(Told(number, name[:120], reasons))

    def ask(self, subject: str, word: str) -> None:
        """Note a question, each once."""
        words = self.asks.setdefault(subject, [])
        if len(words) < MOST_ASKED and word not in words:
            words.append(word)

    @property
    def rows(self) -> int:
        """How many rows the file had."""
        return sum(self.counts.values())

    def as_dict(self) -> dict[str, Any]:
        """The report as scripts read it; reasons as English sentences."""
        return {
            "kind": self.kind,
            "rows": self.rows,
            **{state.value: self.counts[state] for state in RowState},
            "made": dict(self.made),
            "sums": {name: str(value) for name, value in self.sums.items()},
            "refused_rows": [_said(one) for one in self.refused],
            "warnings": [_said(one) for one in self.warned],
            "notes": [str(note) for note in self.notes],
            "asks": self.asks,
        }

    def kept(self) -> dict[str, Any]:
        """The report as its batch keeps it, to be read back by :func:`report_from`."""
        return {
            "kind": self.kind,
            "counts": {state.value: count for state, count in self.counts.items()},
            "refused": [_kept(one) for one in self.refused],
            "warned": [_kept(one) for one in self.warned],
            "notes": [_sentence(note) for note in self.notes],
            "why": dict(self.why),
            "made": dict(self.made),
            "sums": {name: str(value) for name, value in self.sums.items()},
            "asks": self.asks,
            "used": self.used,
            "shown": {
                state.value: [(one.number, one.name, _plain(one.columns)) for one in examples]
                for state, examples in self.shown.items()
            },
        }


def report_from(kept: Mapping[str, Any]) -> Report:
    """A report as its batch kept it."""
    return Report(
        kind=kept["kind"],
        counts=Counter({RowState(name): count for name, count in kept["counts"].items()}),
        refused=[_told(one) for one in kept["refused"]],
        warned=[_told(one) for one in kept["warned"]],
        notes=[Reason(*note) for note in kept["notes"]],
        why=Counter(kept["why"]),
        made=Counter(kept["made"]),
        sums=dict(kept["sums"]),
        asks=dict(kept["asks"]),
        used=dict(kept["used"]),
        shown={
            RowState(name): [Shown(*one) for one in examples]
            for name, examples in kept["shown"].items()
        },
    )


def _said(told: Told) -> dict[str, Any]:
    return {"row": told.number, "name": told.name, "reasons": [str(why) for why in told.reasons]}


def _kept(told: Told) -> list[Any]:
    return [told.number, told.name, [_sentence(reason) for reason in told.reasons]]


def _told(kept: list[Any]) -> Told:
    number, name, reasons = kept
    return Told(number, name, tuple(Reason(*reason) for reason in reasons))


def _sentence(reason: Reason) -> list[Any]:
    return [reason.message, _plain(reason.values)]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
