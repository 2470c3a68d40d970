"""Opens a file a person hands in: what it is, whether it can be read, and its Table."""

from __future__ import annotations

import gzip
import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, cast

from app.exchange.card_files import zipped_cards
from app.exchange.encodings import MAX_BYTES, chosen_encoding, guess_encoding
from app.exchange.graphs import graph_table, is_graphml
from app.exchange.separated import open_separated, text_lines
from app.exchange.tables import Table, UnreadableFile
from app.exchange.vcards import cards_table
from app.exchange.workbooks import open_workbook
from app.vocabulary import N_, because

__all__ = ["Table", "UnreadableFile", "open_table"]

HEAD = 1 << 13
HEAD_UNPACKED = 1 << 24
MAX_GZIP_RATIO = 200
"""Unpacked to packed, beyond the first 16 MB; tables of sales reach 30."""
ZIP_MARK = b"PK\x03\x04"
GZIP_MARK = b"\x1f\x8b"
FOREIGN_MARKS = (
    (
        b"\xd0\xcf\x11\xe0",
        N_(
            "This is an old Excel workbook (.xls), or one with a password. "
            "Open it in Excel, save it as .xlsx without a password and retry."
        ),
    ),
    (b"%PDF", N_("This is a PDF. Ask for the table as .xlsx or CSV.")),
    (b"\x89PNG", N_("This is a picture. Ask for the table as .xlsx or CSV.")),
    (b"\xff\xd8\xff", N_("This is a picture. Ask for the table as .xlsx or CSV.")),
    (b"Rar!", N_("This is an archive. Unpack it and read the files in it.")),
    (b"7z\xbc\xaf", N_("This is an archive. Unpack it and read the files in it.")),
    (b"SQLite format 3", N_("This is a database. Export the table as CSV.")),
)
WEB_PAGE = N_("This is a web page, whatever its name says. Open it in Excel and save it as .xlsx.")
NOT_ROWS = N_("This is not a table: it has no rows and columns. Save it as .xlsx or CSV and retry.")
BINARY = N_("This is not text that can be read. Save it as .xlsx or CSV and retry.")
CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1a\x1b")
"""Characters that no text has; a stray one is borne with, one in a hundred means data."""


def open_table(
    source: str | Path | BinaryIO,
    *,
    filename: str = "",
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
) -> Table:
    """A file's Table: separated text (also gzipped), an Excel workbook, vCards (also a zip
    of them), or a map.

    The contents decide what it is, not the name; a folder is read as vCards. What is given
    by keyword was chosen by a person; what is not is guessed, and told in ``guesses``.
    Raises UnreadableFile, with what to do, for whatever cannot be read.
    """
    if isinstance(source, str | Path) and Path(source).is_dir():
        return _folder(Path(source), encoding)
    with ExitStack() as stack:
        if isinstance(source, str | Path):
            filename = filename or Path(source).name
            stream: BinaryIO = stack.enter_context(_file(Path(source)))
        else:
            stream = source
        head = _head(stream)
        if head.startswith(GZIP_MARK):
            stream = stack.enter_context(unpacked(stream))
            head = _head(stream)
        if head.startswith(ZIP_MARK):
            table = zipped_cards(stream, encoding) or open_workbook(stream, sheet)
        else:
            table = _text_table(
                stream,
                head,
                filename=filename,
                encoding=encoding,
                separator=separator,
                sheet=sheet,
            )
        stack.callback(table.close_source)
        table.close_source = stack.pop_all().close
        return table


def _text_table(
    stream: BinaryIO,
    head: bytes,
    *,
    filename: str,
    encoding: str | None,
    separator: str | None,
    sheet: str | None,
) -> Table:
    _refuse_foreign(head)
    found = chosen_encoding(stream, encoding) if encoding else guess_encoding(stream)
    start = head[found.skip :].decode(found.name, "ignore")
    is_json = start.lstrip().startswith("{")
    if is_json or is_graphml(start):
        return graph_table(text_lines(stream, found), sheet, is_json=is_json)
    _refuse_binary(start)
    if not _is_card(start):
        return open_separated(stream, found, separator)
    table = cards_table([(filename, partial(text_lines, stream, found))])
    table.encoding, table.guesses = found.name, (found.guess(),)
    return table


def _folder(folder: Path, encoding: str | None) -> Table:
    """The cards of every .vcf file in a folder, in the order of their names."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".vcf")
    if not paths:
        raise UnreadableFile(
            because(N_("The folder %(folder)s has no contact cards (.vcf)."), folder=folder.name)
        )
    return cards_table([(path.name, partial(_card_lines, path, encoding)) for path in paths])


def _card_lines(path: Path, encoding: str | None) -> Iterator[str]:
    with _file(path) as stream:
        found = chosen_encoding(stream, encoding) if encoding else guess_encoding(stream)
        yield from text_lines(stream, found)


def _file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableFile(
            because(
                N_("%(file)s cannot be opened: %(error)s."), file=path.name, error=error.strerror
            )
        ) from error


def _head(stream: BinaryIO) -> bytes:
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        raise UnreadableFile(because(N_("The file is empty.")))
    return head


def unpacked(stream: BinaryIO) -> BinaryIO:
    """A gzipped file's contents in a temporary file; refused when they swell beyond reason."""
    packed = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    most = min(MAX_BYTES, max(HEAD_UNPACKED, MAX_GZIP_RATIO * packed))
    with ExitStack() as stack:
        plain = stack.enter_context(tempfile.TemporaryFile())
        try:
            _unpack(gzip.GzipFile(fileobj=stream), plain, most)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(
                because(N_("The packed file (.gz) is damaged. Fetch it again and retry."))
            ) from error
        stack.pop_all()
    return cast("BinaryIO", plain)


def _unpack(packed: gzip.GzipFile, plain: IO[bytes], most: int) -> None:
    left = most
    while chunk := packed.read(1 << 20):
        left -= len(chunk)
        if left < 0:
            raise UnreadableFile(
                because(N_("The packed file (.gz) unpacks to too much. Split it and retry."))
            )
        plain.write(chunk)


def _refuse_foreign(head: bytes) -> None:
    """Say what a file is that is no table at all."""
    for mark, message in FOREIGN_MARKS:
        if head.startswith(mark):
            raise UnreadableFile(because(message))


def _refuse_binary(start: str) -> None:
    opening = start.lstrip()[:200].lower()
    if opening.startswith(("<!doctype html", "<html", "<table", "<?xml")):
        raise UnreadableFile(because(WEB_PAGE))
    if opening.startswith(("begin:vcalendar", "[{")):
        raise UnreadableFile(because(NOT_ROWS))
    strange = sum(1 for character in start if character in CONTROLS)
    if strange * 100 > len(start):
        raise UnreadableFile(because(BINARY))


def _is_card(start: str) -> bool:
    return start.lstrip()[:11].upper() == "BEGIN:VCARD"
