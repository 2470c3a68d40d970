"""Values of changes as people read them: by what they point to, their vocabulary, their type."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.accounts.history_queries import ChangeRow
from app.history_words import TERMS, differences, entity_word, subject, value_word
from app.tables import METADATA

NAMES = {("user", 3): "Ada Zhang", ("stakeholder", 7): "Li Wei"}


def change(entity, columns=None, act="changed", title="", born=None):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return ChangeRow(1, at, "Ada", entity, 1, act, title, columns or {}, born or {})


@pytest.mark.parametrize(
    ("entity", "column", "value", "words"),
    [
        ("account", "city", None, ""),
        ("account", "city", "", ""),
        ("account", "city", "Wuhan", "Wuhan"),
        ("account", "kind", "core", "Core account"),
        ("account", "kind", "a kind of long ago", "a kind of long ago"),
        ("account", "annual_revenue", "1234567.50", "1,234,567.5"),
        ("rival", "share", "0.375", "37.5%"),
        ("membership", "level", 2, "May edit"),
        ("membership", "user_id", 3, "Ada Zhang"),
        ("membership", "user_id", 99, "no longer there"),
        ("stakeholder", "is_outside", True, "Yes"),
        ("stakeholder", "is_outside", False, "No"),
        ("stakeholder", "left_on", "2026-03-02", "Mar 2, 2026"),
        ("factor_score", "factor", "profit", "Profit"),
        ("factor_score", "factor", "Image", "Image"),
        ("a table of long ago", "colour", "red", "red"),
        ("account", "a column of long ago", "red", "red"),
    ],
)
def test_a_value_is_told_as_people_read_it(entity, column, value, words, app):
    with app.test_request_context():
        assert value_word(entity, column, value, NAMES) == words


def test_a_moment_is_told_in_the_person_s_zone(app):
    with app.test_request_context():
        said = value_word("phase_text", "updated_at", "2026-03-02 09:30:00+00:00", {})

    assert said.startswith("3/2/26")
    assert "9:30" in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (change("account", title="First Hospital"), "First Hospital"),
        (change("key_test_answer", title="profit"), "It is a main contributor of our profit"),
        (change("setting", title="size_tables"), "Size-class tables"),
        (change("membership", born={"user_id": 3}, title="3"), "Ada Zhang"),
        (
            change("coverage", {"user_id": [None, 3], "stakeholder_id": [None, 7]}),
            "Li Wei – Ada Zhang",
        ),
    ],
    ids=lambda value: getattr(value, "entity", None),
)
def test_it_is_said_which_one_was_changed(row, words, app):
    with app.test_request_context():
        assert subject(row, NAMES) == words


def test_a_new_row_does_not_repeat_its_name_nor_what_goes_without_saying(app):
    columns = {"name": [None, "Li Wei"], "is_outside": [None, False], "title": [None, "Director"]}

    with app.test_request_context():
        told = differences(change("stakeholder", columns, "created", "Li Wei"), NAMES)

    assert told == [("Title", "", "Director")]


def test_a_no_to_a_test_is_said_even_when_it_is_new(app):
    columns = {"is_yes": [None, False]}

    with app.test_request_context():
        told = differences(change("key_test_answer", columns, "created", "profit"), NAMES)

    assert told == [("Answer", "", "No")]


def test_a_setting_s_text_is_not_poured_out(app):
    with app.test_request_context():
        assert differences(change("setting", {"company": ["{}", "{…}"]}), NAMES) == []


def test_what_has_no_name_yet_is_told_by_its_own(app):
    with app.test_request_context():
        assert entity_word("new_thing") == "New thing"


def test_the_vocabularies_belong_to_columns_that_exist():
    for entity, column in TERMS:
        assert column in METADATA.tables[entity].c
