"""Rows as a CSV file or a workbook that no spreadsheet calculates with."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Any

BOM = "\ufeff"
"""Excel takes a CSV without it for the local code page."""
EVERY = 500
MOST_ROWS = 1_048_575
"""A sheet's rows below its header."""
FORMULA = re.compile(r"'*[=+\-@\t\r]")


class TooManyRows(Exception):  # noqa: N818 - it reads as what it is at every `except`
    """A workbook cannot hold so many rows; a CSV file can."""


def cell(value: Any) -> Any:
    """A value as a cell: text, or a number as it is.

    >>> cell(None), cell(Decimal("12.50")), cell(date(2026, 3, 2))
    ('', Decimal('12.5'), '2026-03-02')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _short(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _short(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A CSV file in pieces, in UTF-8 with a mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write(BOM)
    writer.writerow(header)
    for number, row in enumerate(rows):
        writer.writerow([_safe(cell(value)) for value in row])
        if number % EVERY == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _safe(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value


def write_xlsx(file: IO[bytes], header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    """A workbook of one sheet, written row by row; gives the number of rows."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "constant_memory": True}  # fmt: skip
    count = 0
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(header), book.add_format({"bold": True}))
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS:
                raise TooManyRows
            for column, value in enumerate(map(cell, row)):
                if isinstance(value, str):
                    sheet.write_string(count, column, value)
                else:
                    sheet.write_number(count, column, value)
    return count


def guarded(text: str) -> str:
    """Text that no spreadsheet calculates with.

    >>> guarded("=1+1"), guarded("'-"), guarded("Li Wei")
    ("'=1+1", "''-", 'Li Wei')
    """
    return f"'{text}" if FORMULA.match(text) else text
