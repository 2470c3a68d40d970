"""What a file of rows is once it can be read: columns, numbered rows, and what was guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from types import TracebackType
from typing import Any, Self

from app.vocabulary import N_, Reason, because

MAX_COLUMNS = 1_000
MAX_ODD_ROWS = 1_000
"""Beyond so many rows that do not fit, the separator or the file is wrong, not the rows."""
SAMPLE_ROWS = 200
MAX_TITLE_ROWS = 5


class UnreadableFile(Exception):  # noqa: N818 - it reads as what it is at every `except`
    """A file that cannot be taken in; ``reason`` says why and what to do, for a salesperson."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Guess:
    """Something the file does not say: what was taken, how sure, and what else it may be."""

    subject: str
    value: str
    is_sure: bool
    why: Reason
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row that did not fit: left out, or kept with its missing cells empty."""

    number: int
    reason: Reason
    is_kept: bool = False


Row = tuple[int, tuple[str, ...]]
Records = Callable[[], Iterator[Sequence[str]]]


@dataclass(slots=True)
class Table:
    """Rows of text under named columns, read anew at each call of ``rows``, one at a time.

    A row's number is the one a spreadsheet shows beside it: records counted from 1, the
    header and blank ones too. ``odd_rows`` is filled while the rows are read; a row that
    is not kept there was not yielded. ``about_rows`` is for a progress bar only. ``titles``
    stand above the header; ``column_of`` names the column of the file that a row came from,
    where one row of the file gives several.
    """

    columns: tuple[str, ...]
    make_rows: Callable[[list[OddRow]], Iterator[Row]]
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    guesses: tuple[Guess, ...] = ()
    about_rows: int = 0
    titles: tuple[str, ...] = ()
    column_of: Callable[[tuple[str, ...]], str] | None = None
    close_source: Callable[[], None] = lambda: None
    odd_rows: list[OddRow] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Each row that fits, with its number; blank ones are passed over."""
        self.odd_rows.clear()
        return self.make_rows(self.odd_rows)

    def sample(self, count: int = SAMPLE_ROWS) -> list[tuple[str, ...]]:
        """The cells of the first rows."""
        return [cells for _, cells in islice(self.rows(), count)]

    def close(self) -> None:
        """Let go of the file."""
        self.close_source()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def note_odd(odd_rows: list[OddRow], odd: OddRow) -> None:
    """Remember an odd row; UnreadableFile when too many were left out to be chance."""
    if len(odd_rows) < MAX_ODD_ROWS:
        odd_rows.append(odd)
    elif not odd.is_kept:
        raise UnreadableFile(
            because(
                N_(
                    "More than %(count)s rows do not fit the header, the last one row %(row)s. "
                    "The separator is probably another one: choose it and read the file again."
                ),
                count=MAX_ODD_ROWS,
                row=odd.number,
            )
        )


def header_row(sample: Sequence[Sequence[str]]) -> int:
    """The number of the row that names the columns; 0 when every row is blank.

    The first row that is not blank; titles, alone in their rows, above a row of three
    names or more are passed over (reports are often exported so).

    >>> header_row([[], ["Customers 2026", ""], ["Name", "City", "Phone"], ["Acme", "", ""]])
    3
    """
    filled = [
        (number, sum(1 for cell in cells if cell.strip()))
        for number, cells in enumerate(sample, start=1)
        if any(cell.strip() for cell in cells)
    ]
    titles = sum(1 for _ in takewhile(lambda row: row[1] == 1, filled))
    if titles <= MAX_TITLE_ROWS and titles < len(filled) and filled[titles][1] >= 3:
        return filled[titles][0]
    return filled[0][0] if filled else 0


def letters(index: int) -> str:
    """The letters of a column in a spreadsheet.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Names that are all different: unnamed columns by their letters, repeated ones numbered.

    >>> column_names(["Name", "", "Name"], 4)
    ('Name', '(B)', 'Name (2)', '(D)')
    """
    names: dict[str, None] = {}
    for index in range(width):
        raw = " ".join(header[index].split()) if index < len(header) else ""
        name, count = raw or f"({letters(index)})", 1
        while name in names:
            count += 1
            name = f"{raw} ({count})"
        names[name] = None
    return tuple(names)


def width_of(header: Sequence[str], sample: Sequence[Sequence[str]], *, may_spill: bool) -> int:
    """Columns up to the last that has a name, or a value in the sample.

    Where cells may spill (a separator inside a text), a column without a name counts only
    when more than half of the rows have a value that far right.
    """
    named = _used(header)
    widths = sorted(width for width in map(_used, sample) if width)
    beyond = widths[(len(widths) - 1) // 2 if may_spill else -1] if widths else 0
    width = max(named, beyond)
    if width > MAX_COLUMNS:
        raise UnreadableFile(
            because(
                N_(
                    "The file has %(count)s columns; at most %(most)s can be read. "
                    "Save the columns you need in a file of their own."
                ),
                count=width,
                most=MAX_COLUMNS,
            )
        )
    return width


def _used(cells: Sequence[str]) -> int:
    """Cells up to the last that is not blank."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def fitted_rows(
    records: Records, header_at: int, width: int, odd_rows: list[OddRow]
) -> Iterator[Row]:
    """The rows below the header, each as wide as the header."""
    for number, cells in enumerate(islice(records(), header_at, None), start=header_at + 1):
        if not (cells and cells[0].strip()) and not any(map(str.strip, cells)):
            continue
        if len(cells) == width:
            yield number, tuple(cells)
        elif not any(map(str.strip, cells[width:])):
            if len(cells) < width:
                note_odd(odd_rows, _short(number, len(cells), width))
            yield number, (*cells[:width], *[""] * (width - len(cells)))
        else:
            note_odd(odd_rows, _long(number, len(cells), width))


def _short(number: int, count: int, width: int) -> OddRow:
    reason = because(
        N_("It has %(count)s cells where the header has %(width)s; the rest is taken as empty."),
        count=count,
        width=width,
    )
    return OddRow(number, reason, is_kept=True)


def _long(number: int, count: int, width: int) -> OddRow:
    reason = because(
        N_(
            "It has %(count)s cells where the header has %(width)s: a column has no name, or a "
            "text with the separator in it does not stand in quotation marks."
        ),
        count=count,
        width=width,
    )
    return OddRow(number, reason)


def table_of(records: Records, *, may_spill: bool, **known: Any) -> Table:
    """A Table over records whose first ones hold the header."""
    sample = list(islice(records(), SAMPLE_ROWS))
    header_at = header_row(sample)
    if not header_at:
        raise UnreadableFile(because(N_("The file is empty.")))
    header = sample[header_at - 1]
    columns = column_names(header, width_of(header, sample[header_at:], may_spill=may_spill))

    def make_rows(odd_rows: list[OddRow]) -> Iterator[Row]:
        return fitted_rows(records, header_at, len(columns), odd_rows)

    titles = tuple(cell for cells in sample[: header_at - 1] for cell in cells if cell.strip())
    return Table(columns, make_rows, titles=titles, **known)
