"""Which encoding a file is in."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.encodings import COMMON_CHINESE, guess_encoding
from tests.exchange.shared import refusal, rows_of, shared, table

CHINESE = "客户名称,城市\n北京协和医院,北京\n"


def guessed(content: bytes) -> str:
    return guess_encoding(io.BytesIO(content)).name


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_mark_at_the_start_says_the_encoding_and_is_no_part_of_the_text(mark, codec):
    content = mark + CHINESE.encode(codec)

    opened = table(content)

    assert opened.encoding == codec
    assert opened.columns == ("客户名称", "城市")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_zero_bytes(codec):
    assert guessed("name,city\nAcme,Berlin\n".encode(codec) * 10) == codec


@pytest.mark.parametrize("order", ["BE", "LE"])
def test_utf_32_under_a_mark_of_utf_16_is_put_right(order):
    # Salesforce's own fixtures begin with FE FF and go on in UTF-32
    opened = table(shared("crm_formats", "salesforce_dataloader", "encoding",
                          f"csvtext_BOM_UTF32{order}.csv").read_bytes())  # fmt: skip

    assert opened.columns == ("column1", "column2", "column3")
    assert [cells for _, cells in opened.rows()][1] == ("row2-1", "row2-2", "row2-3")


def test_chinese_that_is_not_utf_8_is_gb_18030():
    content = CHINESE.encode("gb18030")

    assert guessed(content) == "gb18030"
    assert rows_of(content) == [(2, ("北京协和医院", "北京"))]


def test_one_chinese_word_deep_in_an_english_file_is_found():
    content = b"name,city\n" + b"Acme,Berlin\n" * 200_000 + "协和医院,北京\n".encode("gb18030")

    assert guessed(content) == "gb18030"


@pytest.mark.parametrize(
    "text",
    [
        "Crédito Inmobiliario; Nº 77",
        "Müller, Weiß, Gefäß, Größe",
        "PROMOÇÃO, LICITAÇÃO, AÇÃO",
        "Société Générale, À la carte",
        "don’t – “quoted”",
        "Ångström, Øre",
    ],
)
def test_accents_are_not_taken_for_chinese(text):
    content = f"name\n{text}\n".encode("cp1252")

    assert guessed(content) == "cp1252"
    assert guess_encoding(io.BytesIO(content)).is_sure is False


@given(st.lists(st.sampled_from(["Málaga", "Köln", "Besançon", "Århus", "São Paulo", "Plön"]),
                min_size=1), st.sampled_from([",", ";", "\t", "\n", " "]))  # fmt: skip
def test_western_names_are_never_chinese(names, separator):
    assert guessed(separator.join(names).encode("cp1252")) == "cp1252"


@given(st.lists(st.sampled_from(sorted(COMMON_CHINESE)), min_size=30, unique=True))
def test_common_chinese_is_read_back_as_written(characters):
    # thirty different ones: a word or two may happen to be valid UTF-8 as well
    text = "".join(characters)

    assert text.encode("gb18030").decode(guessed(text.encode("gb18030"))) == text


def test_a_few_broken_bytes_in_utf_8_do_not_make_it_something_else():
    content = (CHINESE * 20).encode() + b"broken \xff byte,x\n"

    found = guess_encoding(io.BytesIO(content))

    assert (found.name, found.errors, found.is_sure) == ("utf-8", "replace", False)
    assert "line 41" in str(found.why)


def test_the_chosen_encoding_is_used_if_the_file_is_valid_in_it():
    assert table(CHINESE.encode("big5", "ignore"), encoding="big5").encoding == "big5"
    assert table(CHINESE.encode("gb18030"), encoding="GBK").encoding == "gb18030"


def test_a_wrong_choice_is_refused_with_the_line():
    reason = refusal(b"name\nAcme\nM\xfcller\n", encoding="utf-8")

    assert "line 3" in reason
    assert "utf-8" in reason


def test_an_encoding_that_is_none_is_refused_with_those_there_are():
    assert "gb18030" in refusal(b"name\nAcme\n", encoding="rot13")


def test_the_salesforce_extract_is_western():
    opened = table(shared("crm_formats", "salesforce_dataloader", "accountData.csv").read_bytes())

    names = [cells[3] for _, cells in opened.rows()]

    assert opened.encoding == "cp1252"
    assert any(name.startswith("Crédito") for name in names)
    assert len(names) == 423


def test_the_real_gb_18030_file_is_chinese():
    path = shared("crm_formats", "gbk_csv", "channel_conversion_gb18030.csv")

    opened = table(path.read_bytes())

    assert opened.encoding == "gb18030"
    assert opened.columns[0] == "流量来源"
