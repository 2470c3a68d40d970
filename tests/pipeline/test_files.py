"""What goes out of the pipeline as files: the right rows, the right people, no formulas."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.pipeline.beside_rows import SHEETS, Beside
from app.pipeline.deal_models import (
    Approval,
    ChecklistTick,
    Contender,
    DealCriterion,
    DealNote,
    DealReading,
    LossFactor,
)
from app.pipeline.models import OpportunityLine
from app.pipeline.review_models import Review
from app.web import today
from tests.factories import DAY
from tests.pipeline.conftest import AT


@pytest.fixture
def now(app):
    with app.test_request_context():
        return today()


@pytest.fixture
def deal(make, ada, ben, now):
    """An open deal of Ada's, overdue, with one of everything beside it."""
    account = make.account(owner=ada, reader=ben)
    late = {"close_on": now - timedelta(days=2), "amount": Decimal(500)}
    deal = make.opportunity(account, "Monitors", owner_id=ada.id, **late)
    here = {"account_id": account.id, "opportunity_id": deal.id}
    make.keep(DealReading(**here, subject="need", value="yes", evidence="=1+1", on=DAY, at=AT))
    make.keep(DealReading(**here, subject="buyer", value="bidding", on=DAY, at=AT))
    make.keep(DealCriterion(**here, rank=1, words="Service", favours="us"))
    make.keep(Contender(**here, name="Kangsheng", position="ahead", price=Decimal(450)))
    make.keep(DealNote(**here, kind="no", on=DAY, words="No money", at=AT))
    make.keep(ChecklistTick(**here, stage="prospecting", item="need", on=DAY))
    make.keep(Approval(**here, subject="qualification", asked_at=AT, words="Please"))
    make.keep(LossFactor(**here, factor="price"))
    make.keep(OpportunityLine(**here, product_id=make.product("GTX").id, amount=Decimal(500)))
    return deal


def rows(browser, path):
    """A CSV file's rows as people open it."""
    page = browser.get(path)
    assert page.status == 200, path
    return list(csv.reader(io.StringIO(page.text.removeprefix("\ufeff"))))


FIRST = {
    "answers": ["Need", "In our favour", "'=1+1"],
    "buyer": ["Bidding"],
    "criteria": ["1", "Service", "", "", "For us"],
    "contenders": ["Kangsheng", "Ahead of us", "450", "500"],
    "notes": ["They said no", "2026-03-02", "No money"],
    "products": ["GTX", "", "1", "500"],
    "terms": ["2026-03-02", "500"],
    "checklists": ["Prospecting", "The need is confirmed by somebody of theirs"],
    "approvals": ["Approval of the pre-sales project", "2026-03-02", "Please"],
    "losses": ["", "Price"],
}


def test_what_is_kept_beside_deals_goes_out(deal, ada, browser_for):
    browser = browser_for(ada)

    for what in Beside:
        head, row = rows(browser, f"/pipeline/list/{what}.csv")

        assert row[:2] == ["First Hospital", "Monitors"]
        assert row[2 : 2 + len(FIRST[what])] == FIRST[what]
        assert len(head) == len(row) == 2 + len(SHEETS[what].head)


def test_each_gets_the_deals_they_may_see_and_filters_hold(deal, ben, cleo, browser_for):
    reader, stranger = browser_for(ben), browser_for(cleo)

    assert len(rows(reader, f"/pipeline/{deal.id}/kept/criteria.csv")) == 2
    assert len(rows(reader, "/pipeline/list/criteria.csv?q=Nothing")) == 1
    assert len(rows(stranger, "/pipeline/list/criteria.csv")) == 1
    assert stranger.get(f"/pipeline/{deal.id}/kept/criteria.csv").status == 404
    assert reader.get(f"/pipeline/{deal.id}/kept/secrets.csv").status == 404
    book = reader.get(f"/pipeline/{deal.id}/kept/terms.xlsx")
    assert book.headers["Content-Type"].endswith("sheet")


def test_what_meetings_look_at_goes_out(deal, ada, browser_for, make, now):
    browser = browser_for(ada)
    month = f"{now - timedelta(days=2):%Y-%m}"

    assert rows(browser, f"/pipeline/calendar.csv?month={month}")[1][1] == "Monitors"
    agenda = rows(browser, "/pipeline/review.csv")
    assert ["Close date passed", "Monitors"] in [row[:2] for row in agenda]
    assert rows(browser, "/pipeline/funnel.csv")[0][:2] == ["Stage", "Deals"]
    assert rows(browser, "/pipeline/forecast/lines.csv?by=stage")[1][:3] == [
        "Prospecting", "CNY", "1"
    ]  # fmt: skip
    assert rows(browser, "/pipeline/targets.csv")[0][0] == "Who"
    assert rows(browser, "/pipeline/accuracy/scores.csv")[1][0] == "All"
    assert rows(browser, "/pipeline/accuracy/velocity.csv")[0][0] == "Currency"

    browser.post("/pipeline/review")
    at = f"/pipeline/reviews/{make.find(select(Review)).id}"
    browser.post(f"{at}/deals/1", {"decision": "Lower the price"})
    browser.post(f"{at}/actions", {"place": "1", "what": "Send the offer"})
    told = [row[:5] for row in rows(browser, f"{at}/minutes.csv")[1:]]
    assert [[row[0], row[1], row[4]] for row in told] == [
        ["Decision", "Monitors", "Lower the price"],
        ["Action", "Monitors", "Send the offer"],
    ]


def test_what_moved_and_the_funnel_are_pictures_with_their_words(deal, ada, browser_for):
    browser = browser_for(ada)

    for name in ("flow", "funnel"):
        drawn = browser.get(f"/pipeline/{name}.svg").response.get_data()

        assert drawn.startswith(b"<?xml")
        assert b"Prospecting" in drawn
        assert b"light-dark(" in drawn
        paper = browser.get(f"/pipeline/{name}.svg?download=1&width=narrow").response.get_data()
        assert b"light-dark(" not in paper
        assert browser.get(f"/pipeline/{name}.gif").status == 404
