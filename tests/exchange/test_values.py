"""Text, identifiers, yes and no, addresses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.values import (
    full_name,
    read_email,
    read_flag,
    read_id,
    read_phone,
    read_website,
    read_year,
    several,
    tidy,
    tidy_lines,
)
from app.vocabulary import Reason


def test_a_text_is_tidied_to_what_is_meant():
    assert tidy(" Li \u200b Wei\ufeff\t") == "Li Wei"
    assert tidy("Cafe\u0301") == "Café"
    assert tidy("王\u3000伟\0") == "王 伟"
    assert tidy("a\u202eb") == "ab"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once = tidy(text)

    assert tidy(once) == once
    assert "\n" not in once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)


def test_notes_keep_their_lines():
    assert tidy_lines(" one \r\n\r\ntwo  words\r") == "one\n\ntwo words"
    assert tidy_lines("one  line") == "one line"


def test_several_values_in_a_cell():
    assert several("a;b；c、d|e\nf; ;") == ["a", "b", "c", "d", "e", "f"]
    assert several("a, b/c") == ["a, b/c"]
    assert several("a, b/c", commas=True) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("17850.0", "17850"), ("17850", "17850"), ("'007", "007"), ("1.5", "1.5"), ("10.00", "10"),
     (" 001x00 ", "001x00"), ("", None), ("C536379", "C536379")],
)  # fmt: skip
def test_identifiers_lose_what_a_spreadsheet_did_to_them(text, value):
    assert read_id(text) == value


def test_an_identifier_that_excel_shortened_is_told():
    assert "Excel shortened" in str(read_id("1.23457E+15"))


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "是", "有", "√"])
def test_yes(text):
    assert read_flag(text) is True


@pytest.mark.parametrize("text", ["no", "N", "false", "0", "否", "没有"])
def test_no(text):
    assert read_flag(text) is False


def test_neither_yes_nor_no():
    assert read_flag("") is None
    assert read_flag("n/a") is None
    assert isinstance(read_flag("maybe"), Reason)


def test_years():
    assert read_year("1996") == 1996
    assert read_year("1996.0") == 1996
    assert read_year("1996年5月1日") == 1996
    assert read_year("-") is None
    assert isinstance(read_year("0996"), Reason)
    assert isinstance(read_year("old"), Reason)


def test_addresses_for_mail():
    assert read_email(" Li Wei <li@example.com>; b@example.com") == "li@example.com"
    assert read_email("mailto:li@example.com") == "li@example.com"
    assert read_email("none") is None
    assert isinstance(read_email("li at example"), Reason)


def test_telephone_numbers():
    assert read_phone("+86 (10) 6552-9988 转 8001") == "+86 (10) 6552-9988 转 8001"
    assert read_phone("13800138000.0") == "13800138000"
    assert read_phone("") is None
    assert isinstance(read_phone("BusinessPhone"), Reason)


def test_web_addresses_are_safe_to_link_to():
    assert read_website("example.com/a") == "https://example.com/a"
    assert read_website("HTTP://例子.中国") == "http://例子.中国"
    assert read_website("n/a") is None
    for text in ("javascript:alert(1)", "data:text/html,x", "ftp://example.com", "none of it"):
        assert isinstance(read_website(text), Reason)


def test_names_from_their_parts():
    assert full_name("王", "小明") == "王小明"
    assert full_name("Doe", "John") == "John Doe"
    assert full_name("Doe", "") == "Doe"
