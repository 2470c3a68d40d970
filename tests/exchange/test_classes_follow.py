"""Imported sales move the size classes of their accounts."""

from __future__ import annotations

import io

from app.db import now
from app.records.rules import class_period
from tests.exchange.test_pages import columns_of


def test_a_class_follows_the_sales_that_are_imported(make, ada, browser_for):
    account = make.account("First Hospital", owner=ada, segment="retail")
    day = class_period(now().date()).since
    rows = f"account,date,quantity,amount\nFirst Hospital,{day.isoformat()},1,1200000\n"
    browser = browser_for(ada)

    sent = browser.post(
        "/import/files",
        {"file": (io.BytesIO(rows.encode()), "sales.csv"), "kind": "sales", "account": ""},
    )
    at = sent.headers["Location"]
    looked = browser.post(at, {**columns_of(browser.get(at)), "act": "look", "account": ""})
    browser.post(f"{looked.headers['Location']}/go")

    # by hand: 1,200,000 over twelve months is 10 a month, in 10,000: AA in retail
    assert make.again(account).size_class == "AA"
