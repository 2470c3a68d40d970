"""Columns that read differently either way are shown both ways, and read as a person says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.exchange.habits import ways_of
from app.exchange.parsing import habit_of
from app.pipeline.models import Opportunity
from tests.exchange.shared import table
from tests.exchange.test_pages import columns_of, sending

DOUBTFUL = "account,name,stage,amount,close_date\nFirst Hospital,Beds,Bidding,1.500,3/4/2026\n"
MAPPED = {"account": 0, "name": 1, "stage": 2, "amount": 3, "close_date": 4}


def read_ways(text: str, mapping: dict[str, int]) -> dict:
    with table(text) as rows:
        return ways_of("opportunities", mapping, rows.columns, rows.rows())


def test_cells_are_read_both_ways():
    ways = read_ways(DOUBTFUL, MAPPED)

    # by hand: 3/4/2026 is 4 March or 3 April; 1.500 is one and a half or fifteen hundred
    assert ways["close_date"].samples[0].values == (date(2026, 3, 4), date(2026, 4, 3))
    assert ways["amount"].samples[0].values == (Decimal("1.500"), Decimal(1500))
    assert not ways["close_date"].habit.is_sure
    assert not ways["amount"].habit.is_sure


def test_a_column_that_reads_one_way_is_not_asked_about():
    text = "account,name,stage,amount,close_date\nFirst Hospital,Beds,Bidding,1500,2026-04-03\n"

    assert read_ways(text, MAPPED) == {}


def test_cells_that_can_be_read_both_ways_come_first():
    text = "account,name,stage,amount,close_date\nA,B,Bidding,1,25/4/2026\nA,C,Bidding,1,3/4/2026\n"

    samples = read_ways(text, MAPPED)["close_date"].samples

    assert [one.text for one in samples] == ["3/4/2026", "25/4/2026"]
    assert samples[1].values == (None, date(2026, 4, 25))


def test_a_habit_is_told_by_the_texts_alone():
    assert habit_of("share", ["20", "80"]).choice == "percent"
    assert habit_of("share", ["0.2"]).choice == "share"


@pytest.fixture
def sent(make, ada, browser_for):
    """A file with two doubtful columns, at its columns' page."""
    make.account("First Hospital", owner=ada)
    browser = browser_for(ada)
    return browser, browser.post("/import/files", sending(DOUBTFUL)).headers["Location"]


def test_the_page_shows_the_guess_and_both_readings(sent):
    browser, at = sent

    page = browser.get(at)

    words = page.text
    assert "4 March 2026" in words or "March 4, 2026" in words
    assert "3 April 2026" in words or "April 3, 2026" in words
    assert "1,500" in words
    assert {"habit_3", "habit_4"} <= columns_of(page).keys()


def test_what_is_said_about_a_column_is_how_it_is_read(sent, make):
    browser, at = sent
    typed = columns_of(browser.get(at)) | {"habit_3": ",", "habit_4": "dmy"}

    looked = browser.post(at, {**typed, "act": "look", "account": ""})
    browser.post(f"{looked.headers['Location']}/go")

    deal = make.find(Opportunity.__table__.select().with_only_columns(Opportunity.close_on))
    amount = make.find(Opportunity.__table__.select().with_only_columns(Opportunity.amount))
    assert deal == date(2026, 4, 3)
    assert amount == 1500


def test_a_choice_that_is_none_is_refused(sent):
    browser, at = sent
    typed = columns_of(browser.get(at)) | {"habit_4": "ydm"}

    reply = browser.post(at, {**typed, "act": "look", "account": ""})

    assert reply.status == 422


def test_a_column_placed_by_hand_is_asked_about_once(make, ada, browser_for):
    make.account("First Hospital", owner=ada)
    browser = browser_for(ada)
    text = "account,name,stage,amount,horizon\nFirst Hospital,Beds,Bidding,1,3/4/2026\n"
    at = browser.post("/import/files", sending(text)).headers["Location"]
    typed = columns_of(browser.get(at)) | {"column_4": "close_date"}

    asked = browser.post(at, {**typed, "act": "look", "account": ""})
    page = browser.get(asked.headers["Location"])
    looked = browser.post(at, {**columns_of(page), "act": "look", "account": ""})

    assert asked.headers["Location"].endswith(at)
    assert "habit_4" in columns_of(page)
    assert "/import/files/" not in looked.headers["Location"]
