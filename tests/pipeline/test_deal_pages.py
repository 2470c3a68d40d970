"""A deal's own pages: adding, editing, moving, closing, as the cast finds them."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.rules import Outcome, Stage
from app.web import today

HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben, currency="EUR")


@pytest.fixture
def now(app):
    """Today, as the pages see it."""
    with app.test_request_context():
        return today()


def moves(session):
    return list(session.scalars(select(StageMove).order_by(StageMove.id)))


def test_adding_a_deal_opens_it_and_shows_it(session, ada, account, now, browser_for):
    browser = browser_for(ada)
    address = f"/accounts/{account.id}/opportunities/add"

    opened = browser.get(address)
    typed = {
        "name": "Monitors",
        "stage": "bidding",
        "opened_on": str(now - timedelta(days=3)),
        "currency": opened.field("currency"),
        "amount": "1234.50",
        "probability": "60",
        "owner_id": str(ada.id),
    }
    added = browser.post(address, typed)

    assert added.status == 303
    deal = session.scalars(select(Opportunity)).one()
    assert (deal.stage, deal.outcome, deal.currency) == ("bidding", "open", "EUR")
    assert (deal.amount, deal.probability) == (Decimal("1234.50"), Decimal("0.6"))
    assert deal.opened_on == now - timedelta(days=3)
    assert [move.user_id for move in moves(session)] == [ada.id]
    page = browser.get(added.headers["Location"])
    assert page.h1 == "Monitors"
    assert "€1,234" in page.text
    assert "60%" in page.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": " "}, "Give the deal a name."),
        ({"probability": "140"}, "Give a per cent from 0 to 100."),
        ({"probability": "high"}, "Give a number."),
        ({"currency": "euro"}, "Give three letters"),
        ({"opened_on": "2999-01-01"}, "This day has not come yet."),
        ({"opened_on": "soon"}, "Give a day, such as 2026-03-05."),
        ({"stage": "closing"}, "Choose one from the list."),
    ],
)
def test_a_deal_that_cannot_be_is_refused_at_its_field(
    session, ada, account, now, wrong, message, browser_for
):
    typed = {"name": "Monitors", "stage": "bidding", "opened_on": str(now), "currency": "EUR"}

    page = browser_for(ada).post(
        f"/accounts/{account.id}/opportunities/add", {**typed, "notes": "Kept", **wrong}
    )

    assert page.status == 422
    assert message in page.text
    assert page.field("notes").strip() == "Kept"
    assert session.scalars(select(Opportunity)).all() == []


def test_editing_keeps_the_terms_that_were(session, ada, account, story, now, browser_for):
    deal = story(account, close_on=None).deal
    browser = browser_for(ada)
    version = browser.get(f"/pipeline/{deal.id}/edit").field("version")

    typed = {"name": "Renamed", "currency": "EUR", "amount": "900", "version": version}
    done = browser.post(f"/pipeline/{deal.id}/edit", typed)

    assert done.status == 303
    terms = list(session.scalars(select(Terms).order_by(Terms.id)))
    assert [(one.on, one.amount) for one in terms][1] == (now, Decimal(900))
    page = browser.get(f"/pipeline/{deal.id}/story")
    assert page.h1 == "Renamed"
    assert "€1,000" in page.text


def test_a_stale_edit_shows_both_versions(ada, account, story, browser_for):
    deal = story(account).deal
    browser = browser_for(ada)
    version = browser.get(f"/pipeline/{deal.id}/edit").field("version")
    typed = {"name": "First", "currency": "EUR", "version": version}
    browser.post(f"/pipeline/{deal.id}/edit", typed)

    late = browser.post(f"/pipeline/{deal.id}/edit", {**typed, "name": "Second"})

    assert late.status == 409
    assert "First" in late.text
    assert "Second" in late.text


def move(browser, deal, now, to, **typed):
    return browser.post(
        f"/pipeline/{deal.id}/move", {"to": to, "on": str(now), "version": "", **typed}
    )


def test_a_move_with_evidence_is_appended_and_shown(session, ada, account, story, now, browser_for):
    deal = story(account).deal
    browser = browser_for(ada)

    done = move(browser, deal, now, "qualification", evidence="Budget letter")

    assert done.status == 303
    last = moves(session)[-1]
    assert (last.from_stage, last.to_stage, last.on) == ("prospecting", "qualification", now)
    assert (last.evidence, last.is_override, last.user_id) == ("Budget letter", False, ada.id)
    page = browser.get(f"/pipeline/{deal.id}/story")
    assert "Prospecting → Qualification" in page.text
    assert "Budget letter" in page.text


def test_a_move_without_evidence_stays_visible_as_such(
    session, ada, account, story, now, browser_for
):
    deal = story(account).deal
    browser = browser_for(ada)

    refused = move(browser, deal, now, "bidding")
    done = move(browser, deal, now, "bidding", reason="The tender came early")

    assert refused.status == 422
    assert "Say why" in refused.text
    assert done.status == 303
    assert [one.is_override for one in moves(session)] == [False, True]
    page = browser.get(f"/pipeline/{deal.id}")
    assert "without milestone" in page.text
    assert "Reason: The tender came early" in page.text


def test_presales_may_move_on_with_evidence_and_not_without(
    session, make, account, story, now, browser_for
):
    eve = make.user("Eve Sun", role="presales")
    make.member(account, eve)
    deal = story(account).deal
    browser = browser_for(eve)

    refused = move(browser, deal, now, "qualification", reason="I say so")
    over = move(browser, deal, now, "proposal", reason="I say so", evidence="seen")

    assert (refused.status, over.status) == (422, 422)
    assert "Reliable project information" in refused.text
    assert "One stage at a time" in over.text
    assert move(browser, deal, now, "qualification", evidence="seen").status == 303


def test_what_was_typed_is_kept_when_a_move_is_refused(ada, account, story, now, browser_for):
    deal = story(account, stage="negotiation").deal

    page = move(browser_for(ada), deal, now, "delivery", reason="They said yes")

    assert page.status == 422
    assert "A deal is won when the contract is signed" in page.text
    assert page.field("reason").strip() == "They said yes"
    assert page.field("to") == "delivery"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"to": "nowhere"}, "Choose one from the list."),
        ({"to": "prospecting"}, "The deal is in Prospecting already."),
        ({"on": "2026-01-01"}, "The deal last moved on Mar 2, 2026"),
        ({"on": "2999-01-01"}, "This day has not come yet."),
        ({"on": ""}, "Please fill this in."),
    ],
)
def test_a_move_that_cannot_be_says_why(typed, message, ada, account, story, now, browser_for):
    deal = story(account).deal

    page = move(browser_for(ada), deal, now, **{"to": "qualification", "evidence": "x", **typed})

    assert page.status == 422
    assert message in page.text


def test_a_deal_that_moved_meanwhile_is_looked_at_again(ada, account, story, now, browser_for):
    told = story(account)
    browser = browser_for(ada)
    version = browser.get(f"/pipeline/{told.deal.id}/move").field("version")
    told.move("03-05", Stage.QUALIFICATION, evidence="x")

    page = move(browser, told.deal, now, "qualification", evidence="x", version=version)

    assert page.status == 422
    assert "it is in Qualification now" in page.text
    assert page.field("version") != version


def test_the_board_gets_word_of_a_move_and_no_page(ada, account, story, now, browser_for):
    deal = story(account).deal
    browser = browser_for(ada)
    typed = {"to": "qualification", "on": str(now), "evidence": "x"}

    form = browser.get(f"/pipeline/{deal.id}/move?to=qualification", headers=HTMX)
    refused = browser.post(f"/pipeline/{deal.id}/move", {**typed, "evidence": ""}, headers=HTMX)
    done = browser.post(f"/pipeline/{deal.id}/move", typed, headers=HTMX)

    assert not form.is_whole
    assert form.field("to") == "qualification"
    assert refused.status == 422
    assert not refused.is_whole
    assert done.status == 204
    told = json.loads(done.headers["HX-Trigger"])
    assert told["moved"] == {"id": deal.id}


@pytest.mark.parametrize(
    "to", ["qualification", "bidding", "prospecting", "delivery", "nowhere", ""]
)
def test_the_move_page_works_for_every_stage(to, ada, account, story, browser_for):
    deal = story(account, stage="qualification").deal

    page = browser_for(ada).get(f"/pipeline/{deal.id}/move?to={to}")

    assert page.status == 200
    assert page.h1 == "Move Ward monitors"
    assert ("4 points of this stage’s checklist" in page.text) == (to != "prospecting")


def close(browser, deal, now, outcome, **typed):
    return browser.post(f"/pipeline/{deal.id}/close", {"outcome": outcome, "on": str(now), **typed})


def test_a_lost_deal_asks_why_and_remembers_who_won(session, ada, account, story, now, browser_for):
    deal = story(account, stage="bidding").deal
    browser = browser_for(ada)

    refused = close(browser, deal, now, "lost")
    done = close(browser, deal, now, "lost", reason="Price", competitor="Mindray")

    assert refused.status == 422
    assert done.status == 303
    page = browser.get(f"/pipeline/{deal.id}")
    assert "to Mindray" in page.text
    assert "Price" in page.text
    session.refresh(deal)
    assert (deal.outcome, deal.stage, deal.closed_on) == ("lost", "bidding", now)


def test_a_deal_goes_from_signature_to_acceptance(session, ada, account, story, now, browser_for):
    deal = story(account, stage="negotiation").deal
    browser = browser_for(ada)

    close(browser, deal, now, "won", evidence="Contract 17")
    early = close(browser, deal, now, "closed")
    done = close(browser, deal, now, "closed", evidence="Acceptance report")

    assert early.status == 422
    assert done.status == 303
    page = browser.get(f"/pipeline/{deal.id}")
    assert "Acceptance report" in page.text and "Next step" not in page.text
    assert [move.outcome for move in moves(session)] == ["open", "won", "closed"]
    assert [move.is_override for move in moves(session)] == [False, False, False]


def test_withdrawn_is_not_lost(session, ada, account, story, now, browser_for):
    deal = story(account).deal

    close(browser_for(ada), deal, now, "withdrawn", reason="The project was stopped")

    session.refresh(deal)
    assert deal.outcome == "withdrawn"


def test_a_lost_deal_is_taken_up_again_with_a_reason(
    session, ada, account, story, now, browser_for
):
    deal = story(account).close("03-09", Outcome.LOST, reason="Price").deal
    browser = browser_for(ada)
    address = f"/pipeline/{deal.id}/reopen"

    refused = browser.post(address, {"on": str(now)})
    done = browser.post(address, {"on": str(now), "reason": "The winner failed"})

    assert refused.status == 422
    assert done.status == 303
    session.refresh(deal)
    assert (deal.outcome, deal.stage_since) == ("open", now)


@pytest.mark.parametrize("outcome", ["won", "closed", "lost", "withdrawn"])
def test_each_end_has_its_page(outcome, ada, account, story, browser_for):
    deal = story(account).deal

    assert browser_for(ada).get(f"/pipeline/{deal.id}/close?outcome={outcome}").status == 200


def test_open_is_no_end_to_ask_for(ada, account, story, browser_for):
    deal = story(account).deal

    assert browser_for(ada).get(f"/pipeline/{deal.id}/close?outcome=open").status == 404


def test_products_are_added_and_removed(session, make, ada, account, story, browser_for):
    deal = story(account).deal
    product = make.product("GTX Pro")
    browser = browser_for(ada)
    address = f"/pipeline/{deal.id}/lines"

    refused = browser.post(address, {"product_id": str(product.id), "quantity": "many"})
    browser.post(address, {"product_id": str(product.id), "quantity": "2.5", "line_amount": "1500"})
    page = browser.get(f"/pipeline/{deal.id}")
    line = session.scalars(select(OpportunityLine)).one()
    session.commit()
    browser.post(f"{address}/{line.id}/remove")

    assert refused.status == 422
    assert (line.quantity, line.amount) == (Decimal("2.5"), Decimal(1500))
    assert "GTX Pro" in page.text
    assert browser.post(f"{address}/{line.id}/remove").status == 303
    session.expire_all()
    assert session.scalars(select(OpportunityLine)).all() == []


def test_another_deals_product_is_not_removed_through_this_one(
    session, make, ada, account, story, browser_for
):
    deal, other = story(account).deal, story(account).deal
    line = make.keep(OpportunityLine(account_id=account.id, opportunity_id=other.id))

    browser_for(ada).post(f"/pipeline/{deal.id}/lines/{line.id}/remove")

    session.expire_all()
    assert session.get(OpportunityLine, line.id) is not None


def test_an_archived_deal_leaves_the_board_and_comes_back(ada, account, story, browser_for):
    deal = story(account).deal
    browser = browser_for(ada)

    browser.post(f"/pipeline/{deal.id}/archive")
    browser.get("/pipeline/")
    gone = browser.get("/pipeline/")
    still = browser.get(f"/pipeline/{deal.id}")
    edit = browser.get(f"/pipeline/{deal.id}/edit")
    browser.post(f"/pipeline/{deal.id}/restore")

    assert "Ward monitors" not in gone.text
    assert "This deal is archived" in still.text
    assert edit.status == 404
    assert "Ward monitors" in browser.get("/pipeline/").text


def test_the_reader_sees_the_deal_and_no_way_to_change_it(make, ben, account, story, browser_for):
    make.product()
    deal = story(account).deal

    page = browser_for(ben).get(f"/pipeline/{deal.id}")

    assert page.status == 200
    names = ("buying", "people", "papers", "story", "lessons")
    parts = {f"/pipeline/{deal.id}/{part}" for part in names}
    assert {link for link in page.links() if link.startswith(f"/pipeline/{deal.id}/")} == parts
    assert not [form for form in page.all("form") if f"/{deal.id}/" in form.get("action", "")]


@pytest.mark.parametrize("part", ["", "/edit", "/move", "/close", "/reopen"])
def test_a_deal_that_is_not_there_is_not_found(part, ada, browser_for):
    assert browser_for(ada).get(f"/pipeline/987654{part}").status == 404


def test_a_deals_page_asks_as_often_for_many_moves_as_for_few(ada, account, story, browser_for):
    told = story(account)
    few = browser_for(ada)
    few.get(f"/pipeline/{told.deal.id}")
    for number in range(3, 9):
        told.move(f"03-0{number}", Stage.BIDDING if number % 2 else Stage.PROPOSAL)
        told.terms(f"03-0{number}", amount=Decimal(number))

    many = browser_for(ada)
    many.get(f"/pipeline/{told.deal.id}")

    # Sixteen, since one asks whether what is remembered of how long stages take still holds.
    assert few.selects == many.selects <= 16


def test_whose_deal_it_is_is_found_by_name(make, ada, ben, account, browser_for):
    make.account("Second Clinic", owner=ada)
    readable = make.account("Third", reader=ada)

    everything = browser_for(ada).get("/pipeline/add")
    found = browser_for(ada).get("/pipeline/add?q=clin")
    nothing = browser_for(ben).get("/pipeline/add")

    assert f"/accounts/{account.id}/opportunities/add" in everything.links()
    assert f"/accounts/{readable.id}/opportunities/add" not in everything.links()
    assert "First Hospital" not in found.text
    assert "Second Clinic" in found.text
    assert "No account that you may change" in nothing.text
