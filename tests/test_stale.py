"""Both versions of a form, as the page shows them and as its controls send them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask

from app.accounts.forms import AccountForm
from app.history import changed_since
from app.stale import Version, differences


@pytest.fixture
def form(app: Flask):
    """Ada's form: a city typed, the industry left empty."""
    typed = {"name": "First Hospital", "city": "Ruian", "kind": "core", "currency": "CNY"}
    with app.test_request_context("/", method="POST", data=typed):
        yield AccountForm()


def kept(**values: object) -> SimpleNamespace:
    same = {"name": "First Hospital", "city": "Ruian", "kind": "core", "currency": "CNY"}
    return SimpleNamespace(**{**same, **values})


def test_only_what_differs_is_told(form):
    assert differences(form, kept(), {}) == []
    assert [one.name for one in differences(form, kept(city="Wenzhou"), {})] == ["city"]


def test_a_choice_is_shown_in_words_and_sent_as_its_value(form):
    (found,) = differences(form, kept(kind="important"), {})

    assert found.kept == Version("important", "Important account")


def test_nothing_said_is_shown_in_the_words_of_the_choice(form):
    (found,) = differences(form, kept(kind=None), {})

    assert found.kept == Version("", "Not said")


def test_what_one_left_empty_stays_as_another_filled_it(form):
    (found,) = differences(form, kept(industry="Hospital"), {})

    assert found.keeps


def test_what_both_filled_is_as_typed_unless_one_says_otherwise(form):
    (found,) = differences(form, kept(city="Wenzhou"), {})

    assert not found.keeps


def test_numbers_are_sent_as_their_control_writes_them(form):
    (found,) = differences(form, kept(employees=120), {})

    assert found.kept == Version("120", "120")


def test_what_only_somebody_else_changed_stays_as_they_left_it(form):
    (found,) = differences(form, kept(city="Wenzhou"), {"city": form.city.data})

    assert found.keeps


def test_what_both_changed_is_as_typed(form):
    (found,) = differences(form, kept(city="Wenzhou"), {"city": "Ningbo"})

    assert not found.keeps


def test_the_history_tells_what_stood_there_when_a_form_was_opened(make, session, ada):
    account = make.account("First Hospital", owner=ada, city="Bonn")
    opened = account.version
    for city in ("Berlin", "Dresden"):
        account.city = city
        session.commit()

    before = changed_since(session, account, opened)

    assert before == {"city": "Bonn"}
    assert changed_since(session, account, account.version) == {}
