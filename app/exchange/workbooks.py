"""Excel workbooks (.xlsx, .xlsm) as records: bounded before they are opened.

The zip's own directory is checked first, since a few kilobytes can unpack to gigabytes;
Python never unpacks more of a member than the directory says. openpyxl reads row by row
and, with defusedxml installed, refuses entities.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from app.exchange.tables import MAX_COLUMNS, Guess, Table, UnreadableFile, table_of
from app.vocabulary import N_, because

MAX_UNPACKED = 256 << 20
MAX_RATIO = 200
"""Unpacked to packed; real workbooks stay below 50."""
MAX_MEMBERS = 10_000
MAX_ROWS = 1_048_576
ROWS_AT_ONCE = 64
MAX_CELLS = 50_000_000

Result = TypeVar("Result")

_EMPTY_FORMULA = re.compile(
    rb"<c\b([^>]*)>\s*(?:<f\b[^>]*>[^<]*</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_DAMAGED = N_("The workbook is damaged. Open it in Excel, save it as .xlsx again and retry.")


def check_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """The workbook's archive, if unpacking it is safe and it is a workbook."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile(because(_DAMAGED)) from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise UnreadableFile(
            because(
                N_("The workbook unpacks to more than %(most)s MB. Save the one sheet as CSV."),
                most=MAX_UNPACKED >> 20,
            )
        )
    if unpacked > MAX_RATIO * max(packed, 1 << 12):
        raise UnreadableFile(
            because(N_("The workbook is packed far too tightly to be real; it is not opened."))
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise UnreadableFile(
            because(N_("This is not an Excel workbook. Save it as .xlsx or CSV and retry."))
        )
    return archive


def open_workbook(stream: BinaryIO, wanted: str | None) -> Table:
    """A workbook's Table: the sheet asked for, else the first visible one with cells."""
    archive = check_archive(stream)
    book = _opened(stream)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    rows_said = {title: sheet.max_row or 1 for title, sheet in sheets.items()}
    name = wanted if wanted is not None else _first_filled(sheets)
    if name not in sheets:
        raise UnreadableFile(
            because(
                N_("The workbook has no sheet %(sheet)s. It has: %(sheets)s."),
                sheet=name,
                sheets=", ".join(sheets),
            )
        )
    _refuse_unsaved_formulas(archive, sheets[name])
    return table_of(
        partial(records, sheets[name]),
        may_spill=False,
        sheet=name,
        guesses=(_sheet_guess(name, wanted, sheets),),
        about_rows=min(rows_said[name], MAX_ROWS) - 1,
        close_source=book.close,
    )


def _opened(stream: BinaryIO) -> Any:
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise RuntimeError("defusedxml must be installed for workbooks to be read safely")
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    stream.seek(0)
    return _guarded(
        partial(load_workbook, stream, read_only=True, data_only=True, keep_links=False)
    )


def _guarded(read: Callable[[], Result]) -> Result:
    """What ``read`` gives; a damaged file makes openpyxl raise nearly anything."""
    try:
        return read()
    except Exception as error:
        raise UnreadableFile(because(_DAMAGED)) from error


def _first_filled(sheets: dict[str, Any]) -> str:
    visible = [name for name, sheet in sheets.items() if sheet.sheet_state == "visible"]
    for name in visible:
        if any(any(record) for record in records(sheets[name])):
            return name
    raise UnreadableFile(because(N_("The workbook is empty: no visible sheet has a cell.")))


def _sheet_guess(name: str, wanted: str | None, sheets: dict[str, Any]) -> Guess:
    others = tuple(title for title in sheets if title != name)
    if wanted is not None:
        return Guess("sheet", name, is_sure=True, why=because(N_("You chose it.")), others=others)
    why = because(N_("It is the first visible sheet with something in it."))
    return Guess("sheet", name, is_sure=not others, why=why, others=others)


def _refuse_unsaved_formulas(archive: zipfile.ZipFile, sheet: Any) -> None:
    """A formula without a stored result would be read as an empty cell, in silence."""
    rest = b""
    with archive.open(sheet._worksheet_path) as part:
        while chunk := part.read(1 << 20):
            if any(b'"str"' not in found for found in _EMPTY_FORMULA.findall(rest + chunk)):
                raise UnreadableFile(
                    because(
                        N_(
                            "Sheet %(sheet)s has formulas whose results were never stored. "
                            "Open the workbook in Excel, save it and retry."
                        ),
                        sheet=sheet.title,
                    )
                )
            rest = chunk[-8192:]


def records(sheet: Any) -> Iterator[list[str]]:
    """Each row of the sheet as text, blank ones too."""
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    rows = sheet.iter_rows(min_row=1, max_row=MAX_ROWS, values_only=True)
    size = 0
    while some := _guarded(lambda: list(islice(rows, ROWS_AT_ONCE))):
        size += sum(map(len, some))
        for row in some:
            cells = _cells(row)
            if len(cells) > MAX_COLUMNS or size > MAX_CELLS:
                raise UnreadableFile(
                    because(
                        N_("Sheet %(sheet)s is too wide. Keep the columns you need and retry."),
                        sheet=sheet.title,
                    )
                )
            yield cells


def _cells(row: tuple[Any, ...]) -> list[str]:
    """The cells of a row up to its last that is not empty, as text."""
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return [cell_text(value) for value in row[:width]]


def cell_text(value: Any) -> str:
    """A cell as a person reads it: dates in ISO, whole numbers without a point.

    >>> cell_text(3.0), cell_text(0.1 + 0.2), cell_text(datetime(2026, 3, 5)), cell_text(None)
    ('3', '0.3', '2026-03-05', '')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        day, clock = value.date(), value.time()
        return day.isoformat() if clock == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number_text(value: float) -> str:
    """A number to the fifteen digits that Excel keeps, never in powers of ten."""
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text
