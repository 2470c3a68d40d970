"""Both languages say everything: nothing is left to translate, and every place is kept."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message

import catalogues

HAN = re.compile(r"[\u4e00-\u9fff]")
BARE = re.compile(r"%(?!\(\w+\)[sd])")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;!?]")


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return catalogues.extract()


def chinese() -> list[tuple[Message, str]]:
    """Every message with each of its Chinese forms."""
    kept = catalogues.read("zh_Hans_CN")
    return [(one, text) for one in catalogues.real(kept) for text in catalogues.strings(one)]


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_a_catalogue_is_complete_sure_and_keeps_the_places(locale: str, messages: Catalog):
    assert list(catalogues.problems_in(locale, messages)) == []


def test_what_a_template_says_has_no_bare_percent_sign():
    said = [
        text
        for english, text in chinese()
        if any(place.startswith("templates/") for place, _line in english.locations)
    ]

    assert [text for text in said if BARE.search(text.replace("%%", ""))] == []


def test_chinese_has_one_form_however_many_there_are():
    assert {
        len(catalogues.strings(one)) for one in catalogues.real(catalogues.read("zh_Hans_CN"))
    } == {1}


def test_chinese_sentences_have_chinese_punctuation():
    wrong = [
        text
        for english, text in chinese()
        if HALF_WIDTH.search(text) or (HAN.search(text) and text.endswith("."))
    ]

    assert wrong == []


def test_a_chinese_sentence_ends_where_the_english_one_does():
    wrong = [
        (english.id, text)
        for english, text in chinese()
        if isinstance(english.id, str)
        and english.id.endswith((".", "?"))
        and not text.endswith(("。", "？", "%(when)s", "……"))
    ]

    assert wrong == []
