"""Files on their way out give back what they used."""

from __future__ import annotations

import pytest
from babel.support import Translations

from app.config import ROOT
from app.exchange.fields import KINDS
from app.exchange.headers import guess_columns
from app.exchange.labels import FIELD_WORDS
from tests.exchange.test_pages import columns_of, sending


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_download_gives_its_connection_back(suffix, app, make, ada, browser_for):
    make.account("First Hospital", owner=ada)

    reply = browser_for(ada).client.get(f"/export/accounts.{suffix}")
    sent = reply.get_data()
    reply.close()

    assert len(sent) > 100
    assert app.extensions["engine"].pool.checkedout() == 0


def catalogue(language: str):
    """The words of a language."""
    return Translations.load(ROOT / "translations", [language])


@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_is_known_by_its_words_when_a_file_comes_back(kind, language):
    said = catalogue(language).gettext
    header = [said(FIELD_WORDS[field]) for field in KINDS[kind]]

    guesses = guess_columns(header, kind)

    taken = {field: header[guess.column] for field, guess in guesses.items() if guess.is_sure}
    assert taken == dict(zip(KINDS[kind], header, strict=True))


def test_headers_are_in_the_words_of_who_asks(make, browser_for):
    zhou = make.user("Zhou", language="zh_Hans_CN")
    make.account("第一医院", owner=zhou, city="上海")

    sent = browser_for(zhou).client.get("/export/accounts.csv?names=words").get_data(True)

    assert sent.splitlines()[0].startswith("\ufeff在其他系统中的编号,名称,其他名称")


def test_a_file_with_words_comes_back_the_same(make, ada, browser_for):
    make.account("First Hospital", owner=ada, city="Berlin", kind="core")
    browser = browser_for(ada)
    reply = browser.client.get("/export/accounts.xlsx?names=words")
    sent = reply.get_data()
    reply.close()

    at = browser.post("/import/files", sending(sent, "made.xlsx")).headers["Location"]
    looked = browser.post(at, {**columns_of(browser.get(at)), "act": "look", "account": ""})

    told = browser.get(looked.headers["Location"])
    # would be new, would change, already there, refused
    assert told.words("b")[-4:] == ["0", "0", "1", "0"]
