"""Text with separators (CSV and its kin) as records."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import BinaryIO

from app.exchange.encodings import Encoding
from app.exchange.tables import Guess, Table, UnreadableFile, table_of
from app.vocabulary import N_, because

SEPARATORS = (",", ";", "\t", "|")
MAX_LINE = 1 << 20
SNIFFED = 1 << 16
SNIFFED_RECORDS = 50

_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(slots=True)
class Lines:
    """The lines of a text, each of a bearable length, without zero bytes.

    Counts them and their quotation marks, and keeps where the record being read began.
    """

    text: io.TextIOWrapper
    number: int = 0
    quotes: int = 0
    began: int = 1

    def __iter__(self) -> Iterator[str]:
        for line in iter(partial(self.text.readline, MAX_LINE), ""):
            self.number += 1
            if len(line) == MAX_LINE:
                raise UnreadableFile(
                    because(
                        N_("Line %(line)s is too long for a row; this is probably not a table."),
                        line=self.number,
                    )
                )
            if '"' in line:
                self.quotes += line.count('"')
            yield line.replace("\0", "") if "\0" in line else line


def decoded(stream: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    """The file's text from its start; to be detached, not closed."""
    stream.seek(encoding.skip)
    return io.TextIOWrapper(stream, encoding.name, encoding.errors, newline="")


def text_lines(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """The lines of a file, from its start."""
    text = decoded(stream, encoding)
    try:
        yield from Lines(text)
    finally:
        text.detach()


def guess_separator(text: str) -> Guess:
    """The separator that splits the header, and most rows like the header; then the one
    that makes most columns.

    >>> guess_separator("name;price\\nAcme, Inc;1,5\\nBolt, Inc;2,5\\n").value
    ';'
    """
    scores = {separator: _evenness(text, separator) for separator in SEPARATORS}
    ranked = sorted(SEPARATORS, key=lambda separator: scores[separator], reverse=True)
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best[1] < 2:
        why = because(N_("No separator is found in the header: it is taken as one column."))
        return Guess("separator", ",", is_sure=False, why=why, others=SEPARATORS[1:])
    why = because(
        N_("It splits %(share)s of the first rows into %(count)s columns."),
        share=f"{best[0]:.0%}",
        count=best[1],
    )
    is_sure = best[0] > 0.9 and (second[1] < 2 or second[0] < best[0])
    return Guess("separator", ranked[0], is_sure, why, tuple(ranked[1:]))


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """Which share of the first rows have as many cells as the header; how many those are."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths: list[int] = []
    try:
        widths.extend(len(cells) for cells in islice(reader, SNIFFED_RECORDS) if cells)
    except csv.Error:
        return 0.0, 0
    usual = Counter(width for width in widths if width > 1).most_common(1)
    if not usual:
        return 0.0, 0
    width, count = usual[0]
    return count / len(widths), width


def _sniffed(stream: BinaryIO, encoding: Encoding) -> str:
    """The first whole lines of a file."""
    text = decoded(stream, encoding)
    start = text.read(SNIFFED)
    is_whole = not text.read(1)
    text.detach()
    return start if is_whole or "\n" not in start else start[: start.rindex("\n") + 1]


def open_separated(stream: BinaryIO, encoding: Encoding, separator: str | None) -> Table:
    """A text file's Table."""
    start = _sniffed(stream, encoding)
    line = _SEPARATOR_LINE.fullmatch(start.split("\n", 1)[0])
    if separator is None:
        separator_guess = guess_separator(start)
        if line:
            why = because(N_("The first line of the file says so."))
            separator_guess = Guess("separator", line[1], is_sure=True, why=why)
    else:
        _check_separator(separator)
        why = because(N_("You chose it."))
        separator_guess = Guess("separator", separator, is_sure=True, why=why, others=SEPARATORS)

    return table_of(
        partial(records, stream, encoding, separator_guess.value, skip_line=bool(line)),
        may_spill=True,
        encoding=encoding.name,
        separator=separator_guess.value,
        guesses=(encoding.guess(), separator_guess),
        about_rows=max(0, encoding.lines - 1),
    )


def _check_separator(separator: str) -> None:
    if len(separator) != 1 or separator.isalnum() or separator in '"\r\n\0':
        raise UnreadableFile(
            because(
                N_("“%(separator)s” cannot separate columns: choose a sign such as a comma."),
                separator=separator,
            )
        )


def records(
    stream: BinaryIO, encoding: Encoding, separator: str, *, skip_line: bool = False
) -> Iterator[list[str]]:
    """Each record of the file, the header and blank ones too."""
    text = decoded(stream, encoding)
    lines = Lines(text)
    try:
        source = iter(lines)
        if skip_line:
            next(source, "")
        for record in csv.reader(source, delimiter=separator):
            began, lines.began = lines.began, lines.number + 1
            yield record
        if lines.quotes % 2 and lines.number > began:
            raise _never_closed(began)
    except csv.Error as error:
        raise _never_closed(lines.began) from error
    finally:
        text.detach()


def _never_closed(line: int) -> UnreadableFile:
    return UnreadableFile(
        because(
            N_(
                "A quotation mark opened in line %(line)s is never closed. "
                "Close it, or remove it, and read the file again."
            ),
            line=line,
        )
    )
