"""A document as a workbook: a sheet of words, and a sheet for each table."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from app.plans.out.document import Document, Table

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST = 31
"""Signs that the name of a sheet cannot hold, and how long it may be."""


def workbook(document: Document) -> bytes:
    """The document; text that looks like a formula stays text."""
    from xlsxwriter import Workbook  # heavy, and only wanted here

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, {**options, "strings_to_numbers": False})
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _words(book, document, bold, wrapped)
    used: set[str] = set()
    for section in document.sections:
        if section.table is not None and section.table.rows:
            _sheet(book, _name(section.title, used), section.table, (bold, wrapped))
    book.close()
    return out.getvalue()


def _name(title: str, used: set[str]) -> str:
    """A name no other sheet has, whatever its case."""
    base = FORBIDDEN.sub(" ", title).strip()[: LONGEST - 3] or "Sheet"
    name, number = base, 1
    while name.lower() in used:
        number += 1
        name = f"{base} {number}"
    used.add(name.lower())
    return name


def _words(book: Any, document: Document, bold: Any, wrapped: Any) -> None:
    sheet = book.add_worksheet()
    sheet.set_column(0, 0, 110)
    lines = [(document.title, bold), (document.about, wrapped), ("", wrapped)]
    for section in document.sections:
        lines.append((section.title, bold))
        lines += [(text, wrapped) for text in (*section.paragraphs, *section.bullets)]
    for number, (text, look) in enumerate([*lines, (document.footer, wrapped)]):
        sheet.write_string(number, 0, text, look)


def _sheet(book: Any, name: str, table: Table, looks: tuple[Any, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, max(len(table.heads) - 1, 1), 20)
    for number, cells in enumerate((table.heads, *table.rows)):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, looks[0] if number == 0 else looks[1])
