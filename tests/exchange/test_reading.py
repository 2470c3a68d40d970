"""Files of rows are opened, or refused with what to do."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.reading import open_table
from app.exchange.tables import MAX_ODD_ROWS, UnreadableFile
from tests.exchange.shared import refusal, rows_of, shared, table

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(separator):
    opened = table(f"name{separator}city\nAcme{separator}Berlin\n")

    assert opened.separator == separator
    assert list(opened.rows()) == [(2, ("Acme", "Berlin"))]


def test_commas_inside_texts_and_decimals_do_not_hide_the_semicolon():
    content = 'name;price;share\nAcme, Inc;1,5;2,5\nBolt, Ltd;3,5;4,5\n"Cog; Co";1,0;2,0\n'

    opened = table(content)

    assert opened.separator == ";"
    assert [cells[0] for _, cells in opened.rows()] == ["Acme, Inc", "Bolt, Ltd", "Cog; Co"]


def test_a_ragged_row_does_not_hide_the_separator():
    assert table("name;city;phone\nAcme;Berlin;1\nBolt\nCog;Bonn;2\n").separator == ";"


def test_excels_separator_line_is_obeyed_and_not_counted():
    opened = table("sep=|\nname|a,b\nAcme|1\n")

    assert (opened.separator, opened.columns) == ("|", ("name", "a,b"))
    assert list(opened.rows()) == [(2, ("Acme", "1"))]


def test_a_person_may_choose_any_sign_as_separator():
    assert table("name!city\nAcme!Berlin\n", separator="!").columns == ("name", "city")
    assert "cannot separate" in refusal("name,city\n", separator="ab")


def test_one_column_is_read_and_said_to_be_a_guess():
    opened = table("name\nAcme\n")

    assert list(opened.rows()) == [(2, ("Acme",))]
    assert [guess.is_sure for guess in opened.guesses if guess.subject == "separator"] == [False]


def test_rows_are_numbered_as_a_spreadsheet_does():
    content = 'name,notes\n\nAcme,"two\nlines"\n,\nBolt,x\n'

    assert rows_of(content) == [(3, ("Acme", "two\nlines")), (5, ("Bolt", "x"))]


def test_empty_columns_at_the_end_are_dropped_and_named_ones_kept():
    opened = table("id,name,,,\n1,Acme,,,\n2,Bolt,,,\n")

    assert opened.columns == ("id", "name")
    assert list(opened.rows()) == [(2, ("1", "Acme")), (3, ("2", "Bolt"))]
    assert opened.odd_rows == []


def test_unnamed_and_repeated_columns_get_names_of_their_own():
    assert table(",name,name,\n0,a,b,c\n").columns == ("(A)", "name", "name (2)", "(D)")


def test_a_title_above_the_header_is_passed_over():
    opened = table("客户清单 2026\n\n姓名,职务,部门\n王伟,总监,采购\n")

    assert opened.columns == ("姓名", "职务", "部门")
    assert list(opened.rows()) == [(4, ("王伟", "总监", "采购"))]


def test_a_row_with_too_many_cells_is_left_out_and_told_with_its_number():
    opened = table("name,city\nAcme, Inc,Berlin\nBolt,Bonn\n")

    assert list(opened.rows()) == [(3, ("Bolt", "Bonn"))]
    assert [(odd.number, odd.is_kept) for odd in opened.odd_rows] == [(2, False)]
    assert "3 cells" in str(opened.odd_rows[0].reason)


def test_a_row_with_too_few_cells_is_kept_and_told():
    opened = table("name,city,phone\nAcme,Berlin\n")

    assert list(opened.rows()) == [(2, ("Acme", "Berlin", ""))]
    assert [(odd.number, odd.is_kept) for odd in opened.odd_rows] == [(2, True)]


def test_a_file_of_rows_that_do_not_fit_is_refused_and_not_collected():
    reason = refusal("name,city\n" + "a,b\n" * 200 + "a,b,c\n" * (MAX_ODD_ROWS + 1))

    assert "separator" in reason


def test_rows_can_be_read_again_from_the_start():
    opened = table("name,city\nAcme,Berlin\nshort\n")

    assert list(opened.rows()) == list(opened.rows())
    assert len(opened.odd_rows) == 1


def test_a_file_with_a_header_only_has_no_rows():
    assert rows_of("name,city\n") == []


@pytest.mark.parametrize("content", [b"", b"\n\n , \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    assert refusal(content) == "The file is empty."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 rest", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "web page"),
        (b'{"accounts": []}', "no people and ties"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no rows and columns"),
        (bytes(range(256)) * 20, "not text"),
    ],
)
def test_what_is_no_table_is_named_with_what_to_do(content, words):
    assert words in refusal(content)


def test_stray_zero_bytes_are_taken_out():
    content = b"name,city\n" + b"Acme,Berlin\n" * 50 + b"Bo\0lt,Bonn\n"

    assert rows_of(content)[-1] == (52, ("Bolt", "Bonn"))


def test_a_line_without_end_is_refused_before_it_fills_the_memory():
    tracemalloc.start()

    reason = refusal(b"name,city\n" + b"x" * 10_000_000)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "Line 2 is too long" in reason
    assert peak < 40_000_000


def test_five_thousand_columns_are_refused():
    header = ",".join(f"c{number}" for number in range(5000))

    assert "5000 columns" in refusal(f"{header}\n{header}\n")


def test_a_quotation_mark_never_closed_is_told_with_its_line():
    small = 'name,notes\nAcme,fine\nBolt,"open\nCog,x\nDot,y\n'
    large = 'name,notes\nBolt,"open\n' + "Cog,xxxxxxxxxxxxxxxxxxxx\n" * 10_000

    assert "line 3" in refusal(small)
    assert "line 2" in refusal(large)


def test_inches_in_a_text_are_no_open_quotation_mark():
    assert rows_of('name,size\nPipe,5" wide\nRod,x\n') == [
        (2, ("Pipe", '5" wide')),
        (3, ("Rod", "x")),
    ]


def test_a_packed_file_is_unpacked():
    assert rows_of(gzip.compress(b"name,city\nAcme,Berlin\n")) == [(2, ("Acme", "Berlin"))]


def test_a_packed_file_that_swells_or_is_broken_is_refused():
    packed = gzip.compress(b"name,city\nAcme,Berlin\n" * 100)

    assert "unpacks to too much" in refusal(gzip.compress(b"\0" * 60_000_000))
    assert "damaged" in refusal(packed[:-12])


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableFile, match=r"none\.csv cannot be opened"):
        open_table(tmp_path / "none.csv")


def test_a_table_lets_go_of_its_file(tmp_path):
    path = tmp_path / "made.csv"
    path.write_text("name\nAcme\n")

    with open_table(path) as opened:
        assert len(list(opened.rows())) == 1

    with pytest.raises(ValueError, match="closed"):
        list(opened.rows())


def test_a_hundred_thousand_rows_stream_in_steady_memory(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("name,city\n" + "Acme Corporation,Berlin\n" * 100_000)
    tracemalloc.start()

    with open_table(path) as opened:
        count = sum(1 for _ in opened.rows())

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert opened.about_rows == 100_000
    assert peak < 8_000_000


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_are_refused(content):
    for start in (b"", b"name,city\n", b"\xff\xfe", b"BEGIN:VCARD\n", b"PK\x03\x04", b"\x1f\x8b"):
        with contextlib.suppress(UnreadableFile):
            rows_of(start + content)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=20))
def test_what_is_written_is_read_back(written):
    text = io.StringIO()
    csv.writer(text).writerows([("one", "two", "three"), *written])

    read = rows_of(b"\xef\xbb\xbf" + text.getvalue().encode())

    expected = [cells for cells in written if any(cell.strip() for cell in cells)]
    assert [cells for _, cells in read] == expected


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        ("accountData.csv", 38, 423),
        ("opportunityData.csv", 31, 38),
        ("encoding/acctsWithBinaryDataInRTF.csv", 2, 1),
        ("encoding/csvEscapedQuotes.csv", 2, 2),
        ("encoding/csvSeparator.csv", 3, 2),
        ("encoding/csvtext_BOM_UTF8.csv", 3, 2),
        ("encoding/emptyFirstRowFieldValueInCsvTemplate.csv", 3, 2),
        ("encoding/insertAccountCsv.csv", 7, 100),
        ("encoding/upsertFkAccountNewFormatCsvTemplate.csv", 8, 5),
    ],
)
def test_the_salesforce_files_are_read_whole(name, columns, rows):
    with open_table(shared("crm_formats", "salesforce_dataloader", *name.split("/"))) as opened:
        assert len(opened.columns) == columns
        assert sum(1 for _ in opened.rows()) == rows
        assert opened.odd_rows == []


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("maven_crm/accounts.csv", 85),
        ("maven_crm/sales_teams.csv", 35),
        ("maven_crm/products.csv", 7),
        ("maven_crm/sales_pipeline.csv", 8800),
        ("crm_formats/gbk_csv/customer_orders_utf8bom_trailing_commas.csv", 10),
        ("crm_formats/gbk_csv/channel_conversion_utf8_reexport.csv", 22),
        ("networks/lazega_lawfirm/edges.csv", 2571),
        ("ibm_win_loss/WA_Fn-UseC_-Sales-Win-Loss.csv.gz", 78_025),
    ],
)
def test_the_shared_tables_are_read_whole(path, rows):
    with open_table(shared(*path.split("/"))) as opened:
        assert sum(1 for _ in opened.rows()) == rows
        assert opened.odd_rows == []
