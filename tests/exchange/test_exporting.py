"""Rows as files: guarded from formulas, and never more than a sheet holds."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.exporting import TooManyRows, csv_lines, write_xlsx
from app.exchange.guarded import guarded, unguarded


@given(st.text())
def test_what_is_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "'=1"])
def test_no_cell_of_text_begins_a_formula(text):
    body = "".join(csv_lines(["name"], [[text]]))

    assert body.splitlines()[1].lstrip('"').startswith("'")


def test_more_rows_than_a_sheet_holds_are_refused_and_not_dropped(monkeypatch):
    monkeypatch.setattr("app.sheets.MOST_ROWS", 2)

    assert write_xlsx(io.BytesIO(), ["name"], [["a"], ["b"]]) == 2
    with pytest.raises(TooManyRows):
        write_xlsx(io.BytesIO(), ["name"], [["a"], ["b"], ["c"]])
