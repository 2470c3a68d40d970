"""Which column of a file is which field of ours, and what kind of rows a file holds.

Only names are looked at. A guess says how sure it is and why; columns that nothing is
known of are told, too, so that nothing is left out in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.fuzz import ratio

from app.exchange.fields import KINDS, NEEDED, OWN_WORDS
from app.vocabulary import N_, Reason, because

OWN_NAME, KNOWN_NAME, KNOWN_PART, ALIKE = 1.0, 0.95, 0.75, 0.6
SURE = 0.75
"""At and above it a guess may be used without asking; below, a person is asked."""
WELL_AHEAD = 1.5
LEAST_ALIKE = 88.0
LEAST_LENGTH_ALIKE = 5
"""A misspelling is looked for in names of five letters and more: shorter ones resemble too many."""

_BRACKETS = re.compile(r"[(\[【<][^)\]】>]*[)\]】>]")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """The column taken for a field; ``confidence`` is 0.0 to 1.0."""

    field: str
    column: int
    confidence: float
    why: Reason

    @property
    def is_sure(self) -> bool:
        """Whether it may be used without asking."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class KindGuess:
    """A kind of rows a file may hold; ``share`` of its named columns have a place there."""

    kind: str
    share: float
    is_sure: bool


@cache
def normal(name: str) -> str:
    """A column's name without case, spaces, signs, brackets and Salesforce's suffix.

    >>> normal("NUMBER_OF_EMPLOYEES__c"), normal("*金额（万元）"), normal("E-mail")
    ('numberofemployees', '金额', 'email')
    """
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    plain = plain.removesuffix("__c").replace("%", " percent ")
    bare = _NOT_WORD.sub("", _BRACKETS.sub("", plain))
    return bare or _NOT_WORD.sub("", plain)


@cache
def known_names(kind: str) -> dict[str, tuple[str, int]]:
    """Every normal name of a kind's fields: the field, and its rank (0 is our own name)."""
    found: dict[str, tuple[str, int]] = {}
    for field in KINDS[kind]:
        found[normal(field)] = (field, 0)
    for field, names in KINDS[kind].items():
        for rank, name in enumerate(names.split(","), start=1):
            found.setdefault(normal(name), (field, rank))
    return found


def guess_columns(columns: Sequence[str], kind: str) -> dict[str, ColumnGuess]:
    """The best column for each field of a kind; a column serves one field at the most.

    >>> guesses = guess_columns(["E-Mail", "公司"], "people")
    >>> {field: guess.column for field, guess in guesses.items()}
    {'account': 1, 'email': 0}
    """
    candidates = sorted(
        (-guess.confidence, rank, index, guess)
        for index, name in enumerate(columns)
        for guess, rank in _candidates(name, index, kind)
    )
    chosen: dict[str, ColumnGuess] = {}
    used: set[int] = set()
    for *_, guess in candidates:
        if guess.field not in chosen and guess.column not in used:
            chosen[guess.field] = guess
            used.add(guess.column)
    return {field: chosen[field] for field in KINDS[kind] if field in chosen}


def _candidates(name: str, index: int, kind: str) -> Iterator[tuple[ColumnGuess, int]]:
    """What a column may be, with the rank of the name it was known by."""
    known, plain = known_names(kind), normal(name)
    if plain in known:
        field, rank = known[plain]
        yield _known(field, index, name, rank), rank
        return
    for word in OWN_WORDS[kind]:
        rest = plain.removeprefix(word)
        if rest != plain and rest in known:
            field, rank = known[rest]
            yield _part(field, index, name), rank
            return
    if len(plain) >= LEAST_LENGTH_ALIKE and plain.isascii():
        yield from _alike(plain, index, name, known)


def _known(field: str, index: int, name: str, rank: int) -> ColumnGuess:
    if rank == 0:
        return ColumnGuess(field, index, OWN_NAME, because(N_("It is our own name for it.")))
    why = because(N_("“%(column)s” is a name it is known by."), column=name)
    return ColumnGuess(field, index, KNOWN_NAME, why)


def _part(field: str, index: int, name: str) -> ColumnGuess:
    why = because(N_("“%(column)s” ends with a name it is known by."), column=name)
    return ColumnGuess(field, index, KNOWN_PART, why)


def _alike(
    plain: str, index: int, name: str, known: dict[str, tuple[str, int]]
) -> Iterator[tuple[ColumnGuess, int]]:
    for other, (field, rank) in known.items():
        likeness = ratio(plain, other) if len(other) >= LEAST_LENGTH_ALIKE else 0.0
        if likeness >= LEAST_ALIKE:
            why = because(
                N_("“%(column)s” is spelled almost like “%(known)s”."), column=name, known=other
            )
            yield ColumnGuess(field, index, ALIKE * likeness / 100, why), rank


def left_out(columns: Sequence[str], used: set[int]) -> tuple[str, ...]:
    """The named columns that no field takes: to be told, since they are not imported.

    >>> left_out(["name", "horoscope", "(C)"], {0})
    ('horoscope',)
    """
    return tuple(
        name for index, name in enumerate(columns) if index not in used and not is_unnamed(name)
    )


def is_unnamed(name: str) -> bool:
    """Whether a column only has the letters that stand in for a name."""
    return re.fullmatch(r"\([A-Z]+\)", name) is not None


def missing(kind: str, fields: set[str]) -> tuple[str, ...]:
    """What rows of a kind cannot do without and is not there, as "this or that".

    >>> missing("sales", {"date"})
    ('amount / quantity',)
    """
    return tuple(" / ".join(sorted(group)) for group in NEEDED[kind] if not group & fields)


def guess_kind(columns: Sequence[str]) -> list[KindGuess]:
    """The kinds of rows a file may hold, likeliest first; empty when its names say nothing.

    A kind is as likely as the share of the named columns it has a place for, each weighed
    by how sure the place is; kinds whose needed fields are absent are left out. The first
    is sure when it places two columns or more surely and is well ahead of the next.

    >>> guess_kind(["sales_agent", "manager", "regional_office"])[0].kind
    'team'
    """
    named = [name for name in columns if not is_unnamed(name)]
    scores = []
    for order, kind in enumerate(KINDS):
        guesses = guess_columns(named, kind)
        if guesses and not missing(kind, set(guesses)):
            share = sum(guess.confidence for guess in guesses.values()) / len(named)
            placed = sum(guess.is_sure for guess in guesses.values())
            scores.append((-round(share, 6), order, kind, placed))
    scores.sort()
    runner_up = -scores[1][0] if len(scores) > 1 else 0.0
    return [
        KindGuess(kind, -score, place == 0 and placed >= 2 and -score > WELL_AHEAD * runner_up)
        for place, (score, _, kind, placed) in enumerate(scores)
    ]
