"""Excel workbooks, real in shape and hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from app.exchange import workbooks
from tests.exchange.shared import refusal, rows_of, table

DAY = date(2026, 3, 5)
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main"><sheetData>{}</sheetData></worksheet>'
)


def workbook(fill: Callable[[Any], None]) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(*rows: list[Any]) -> bytes:
    """A workbook of one sheet with these rows."""

    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    """The workbook with one of its parts exchanged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for member in old.namelist():
            new.writestr(member, part if member == name else old.read(member))
    return stream.getvalue()


def with_rows(xml: str) -> bytes:
    """A workbook whose only sheet holds this XML."""
    return with_part(sheet_of(["name"]), "xl/worksheets/sheet1.xml", SHEET.format(xml))


def test_cells_come_as_a_person_reads_them():
    content = sheet_of(
        ["name", "on", "at", "count", "share", "is key", "id"],
        ["协和医院", DAY, datetime.combine(DAY, time(9, 30)), 3.0, 0.1 + 0.2, True, 10**15],
    )

    assert rows_of(content) == [
        (2, ("协和医院", "2026-03-05", "2026-03-05 09:30:00", "3", "0.3", "true", "1" + "0" * 15))
    ]


def test_large_numbers_are_not_written_in_powers_of_ten():
    assert rows_of(sheet_of(["amount"], [1e20], [1.5e-7])) == [
        (2, ("1" + "0" * 20,)),
        (3, ("0.00000015",)),
    ]


def test_rows_keep_the_numbers_of_the_sheet():
    content = sheet_of(["name", "city"], [None, None], ["Acme", "Berlin"], [], ["Bolt"])

    assert [number for number, _ in rows_of(content)] == [3, 5]


def test_the_first_visible_sheet_with_cells_is_read_and_another_can_be_chosen():
    def fill(book: Any) -> None:
        book.active.title = "Empty"
        hidden = book.create_sheet("Hidden")
        hidden.append(["secret"])
        hidden.sheet_state = "hidden"
        book.create_sheet("People").append(["name", "title"])
        book.create_sheet("Deals").append(["stage", "amount"])

    content = workbook(fill)

    assert table(content).sheet == "People"
    assert table(content).guesses[0].others == ("Empty", "Hidden", "Deals")
    assert table(content, sheet="Deals").columns == ("stage", "amount")
    assert "Deals" in refusal(content, sheet="None")


def test_a_formula_gives_its_stored_result():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "amount"])
        sheet.write_string(1, 0, "Acme")
        sheet.write_formula(1, 1, "=6*7", None, 42)

    assert rows_of(stream.getvalue()) == [(2, ("Acme", "42"))]


def test_a_formula_whose_result_is_an_empty_text_is_empty():
    # as Excel stores it
    xml = (
        '<row r="1"><c r="A1" t="str"><v>name</v></c><c r="B1" t="str"><v>notes</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>Acme</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>'
    )

    assert rows_of(with_rows(xml)) == [(2, ("Acme", ""))]


def test_a_formula_without_a_result_is_not_read_as_empty():
    reason = refusal(sheet_of(["name", "amount"], ["Acme", "=6*7"]))

    assert "Open the workbook in Excel, save it" in reason


def test_a_text_that_looks_like_a_formula_stays_a_text():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        book.add_worksheet().write_column(0, 0, ["name", "=cmd|'/c calc'!A1"])

    assert rows_of(stream.getvalue()) == [(2, ("=cmd|'/c calc'!A1",))]


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch):
    bomb = with_part(sheet_of(["name"]), "xl/worksheets/sheet1.xml", b" " * 20_000_000)

    assert "packed far too tightly" in refusal(bomb)
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 16 << 20)
    assert "unpacks to more than 16 MB" in refusal(bomb)


def test_entities_are_refused():
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    )

    reason = refusal(with_part(sheet_of(["name"]), "xl/worksheets/sheet1.xml", laughs))

    assert "damaged" in reason


def test_a_row_number_beyond_reason_ends_the_sheet(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_ROWS", 5000)
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c><v>2</v></c></row>'

    assert rows_of(with_rows(far)) == []


def test_a_cell_far_to_the_right_is_refused():
    assert "too wide" in refusal(with_rows('<row r="1"><c r="ZZY1"><v>1</v></c></row>'))


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>one</v></c></row>',
        f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>',
        "<row",
    ],
)
def test_a_damaged_sheet_is_refused(xml):
    assert "damaged" in refusal(with_rows(xml))


def test_a_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert "not an Excel workbook" in refusal(stream.getvalue())
    assert "damaged" in refusal(stream.getvalue()[:-30])


def test_an_empty_workbook_is_refused():
    assert "empty" in refusal(sheet_of())
