"""A plan as it is printed, whatever the file: sections of paragraphs, lists, tables, pictures.

It holds plain text in the reader's language; the writers beside it only lay it out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.plans.rules import Standing


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; ``figures`` are the columns whose values stand to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()

    def widths(self) -> tuple[int, ...]:
        """How wide each column wants to be, in letters: as its longer cells, within reason."""
        columns = zip(self.heads, *self.rows, strict=True)
        return tuple(_wanted(cells) for cells in columns)


NARROW, WIDE, SPACE = 6, 38, 3


def _wanted(cells: tuple[str, ...]) -> int:
    """A Chinese sign is as wide as two letters; a long text wraps."""
    lengths = sorted(sum(2 if sign > "\u2e80" else 1 for sign in cell) for cell in cells)
    return min(max(lengths[-1 - len(lengths) // 8], NARROW), WIDE) + SPACE


@dataclass(frozen=True, slots=True)
class GoalBar:
    """A goal in a picture: shares of its way, 1 is the target; None where no line is."""

    name: str
    done: float | None
    due: float | None
    standing: Standing
    words: str


@dataclass(frozen=True, slots=True)
class TimeBar:
    """An action in a picture: from a day to a day, with its state as sign and colour."""

    name: str
    start: date
    end: date
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a section draws: goals on their way, or actions on a line of time up to today."""

    alt: str
    goals: tuple[GoalBar, ...] = ()
    times: tuple[TimeBar, ...] = ()
    today: date | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part: what it says, lists, shows and draws, in this order."""

    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    about: str
    language: str
    footer: str
    sections: tuple[Section, ...] = field(default=())

    def text(self) -> str:
        """Every word of it, for whoever searches it."""
        parts = [self.title, self.about, self.footer]
        for section in self.sections:
            parts += [section.title, *section.paragraphs, *section.bullets]
            if section.table is not None:
                parts += section.table.heads
                parts += [cell for row in section.table.rows for cell in row]
            if section.picture is not None:
                parts += [section.picture.alt, *section.picture.words]
                parts += [bar.name for bar in section.picture.goals]
                parts += [bar.name for bar in section.picture.times]
        return "\n".join(parts)
