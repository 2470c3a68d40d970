"""Imported sales move the size classes of their accounts."""

from __future__ import annotations

from sqlalchemy import func, select

from app.accounts.models import Account, SizeClassReading
from app.db import now
from app.records.rules import class_period
from tests.exchange.test_pages import columns_of, sending


def brought(browser, rows: str, **more: str) -> str:
    """Import sales; gives the address of the import."""
    sent = browser.post("/import/files", sending(rows, "sales.csv", kind="sales"))
    at = sent.headers["Location"]
    looked = browser.post(at, {**columns_of(browser.get(at)), "act": "look", "account": "", **more})
    browser.post(f"{looked.headers['Location']}/go")
    return looked.headers["Location"]


def test_a_class_follows_the_sales_that_are_imported(make, ada, browser_for):
    account = make.account("First Hospital", owner=ada, segment="retail")
    day = class_period(now().date()).since
    rows = f"account,date,quantity,amount\nFirst Hospital,{day.isoformat()},1,1200000\n"

    brought(browser_for(ada), rows)

    # by hand: 1,200,000 over twelve months is 10 a month, in 10,000: AA in retail
    assert make.again(account).size_class == "AA"


def test_new_accounts_are_of_the_segment_that_was_chosen(make, ada, browser_for):
    day = class_period(now().date()).since
    rows = f"account,date,quantity,amount\nSecond Hospital,{day.isoformat()},1,1200000\n"

    brought(browser_for(ada), rows, creates_accounts="y", segment="retail")

    found = make.find(select(Account).where(Account.name == "Second Hospital"))
    assert (found.segment, found.size_class) == ("retail", "AA")


def test_a_class_goes_back_when_its_sales_are_taken_back(make, ada, browser_for):
    account = make.account("First Hospital", owner=ada, segment="retail")
    day = class_period(now().date()).since
    browser = browser_for(ada)

    at = brought(browser, f"account,date,quantity,amount\nFirst Hospital,{day},1,1200000\n")
    assert make.again(account).size_class == "AA"
    browser.post(f"{at}/undo")

    assert make.again(account).size_class is None
    assert make.find(select(func.count(SizeClassReading.id))) == 0


def test_a_class_is_told_from_the_sales_that_stay(make, ada, browser_for):
    account = make.account("First Hospital", owner=ada, segment="retail")
    day = class_period(now().date()).since
    browser = browser_for(ada)

    brought(browser, f"external_id,account,date,amount\n1,First Hospital,{day},600000\n")
    at = brought(browser, f"external_id,account,date,amount\n2,First Hospital,{day},1800000\n")
    assert make.again(account).size_class == "AAA"
    browser.post(f"{at}/undo")

    # by hand: 600,000 over twelve months is 5 a month, in 10,000: B+ in retail
    assert make.again(account).size_class == "B+"
