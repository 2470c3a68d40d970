"""What the catalogues' keeper takes for complete."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog, Message

import catalogues


def template_with(*messages: str | tuple[str, str]) -> Catalog:
    """The messages of an imagined code."""
    catalogue = Catalog()
    for message in messages:
        catalogue.add(message)
    return catalogue


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """A catalogue that the keeper reads instead of the file."""
    catalogue = Catalog(locale="zh_Hans_CN")
    monkeypatch.setattr(catalogues, "read", lambda _: catalogue)
    return catalogue


def test_a_catalogue_with_every_message_has_no_problems(chinese: Catalog):
    chinese.add("Accounts", "客户")

    assert list(catalogues.problems_in("zh_Hans_CN", template_with("Accounts"))) == []


def test_a_missing_an_empty_and_a_fuzzy_translation_are_each_named(chinese: Catalog):
    chinese.add("Empty", "")
    chinese.add("Unsure", "也许", flags=["fuzzy"])

    found = list(catalogues.problems_in("zh_Hans_CN", template_with("Missing", "Empty", "Unsure")))

    assert [problem.split(": ")[1:] for problem in found] == [
        ["not translated", "'Missing'"],
        ["not translated", "'Empty'"],
        ["marked fuzzy", "'Unsure'"],
    ]


def test_a_translation_of_what_the_code_no_longer_says_is_named(chinese: Catalog):
    chinese.add("Gone", "没了")

    [problem] = catalogues.problems_in("zh_Hans_CN", template_with())

    assert "no longer used" in problem


@pytest.mark.parametrize(
    ("english", "translated", "is_same"),
    [
        ("%(name)s decides", "%(name)s 决定", True),
        ("%(name)s decides", "决定", False),
        ("%(name)s decides", "%(nmae)s 决定", False),
        ("%(name)s decides", "%(name)决定", False),
        ("%(share)s %% done", "完成 %(share)s %", False),
        ("100% sure", "100% 确定", True),
        (("one account", "%(count)s accounts"), "%(count)s 个客户", True),
        (("one account", "%(count)s accounts"), "一个客户", False),
    ],
)
def test_places_must_be_the_same_and_format(
    english: str | tuple[str, str], translated: str, is_same: bool
):
    assert catalogues.same_places(Message(english), translated) is is_same


def test_messages_are_found_in_code_and_templates():
    found = catalogues.extract()

    sources = {name.partition("/")[0] for message in found for name, _ in message.locations}

    assert sources == {"app", "templates"}
