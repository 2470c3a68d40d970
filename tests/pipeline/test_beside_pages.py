"""What is kept beside a deal, page by page, as the cast finds it."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.pipeline.deal_models import Approval, ChecklistTick, DealFile, DealReading, LossFactor
from app.pipeline.models import OpportunityLine
from app.pipeline.rules import Stage
from app.users.models import Setting
from app.web import today


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def now(app):
    with app.test_request_context():
        return today()


@pytest.fixture
def deal(account, story):
    return story(account, stage="qualification").deal


@pytest.fixture
def director(make, ada):
    """Who leads Ada, and so sees her account."""
    dora = make.user("Dora Lin", "dora@example.com", role="director")
    ada.manager_id = dora.id
    make.keep(ada)
    return dora


PARTS = ("", "/buying", "/people", "/papers", "/story")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_deal_is_read_by_those_who_may(part, ben, cleo, deal, browser_for):
    page = browser_for(ben).get(f"/pipeline/{deal.id}{part}")

    assert page.status == 200
    assert page.h1 == "Ward monitors"
    assert browser_for(cleo).get(f"/pipeline/{deal.id}{part}").status == 404


def test_a_point_of_the_checklist_is_ticked_with_what_shows_it(
    session, ada, deal, now, browser_for
):
    browser = browser_for(ada)
    point = {"stage": "qualification", "item": "guide"}

    browser.post(
        f"/pipeline/{deal.id}/checklist", {**point, "done": "y", "evidence": "Met Dr Wang"}
    )

    tick = session.scalars(select(ChecklistTick)).one()
    assert (tick.stage, tick.item, tick.on, tick.user_id) == ("qualification", "guide", now, ada.id)
    page = browser.get(f"/pipeline/{deal.id}")
    assert "1 of 4" in page.text
    assert "Met Dr Wang" in page.text
    session.commit()

    browser.post(f"/pipeline/{deal.id}/checklist", point)

    assert session.scalars(select(ChecklistTick)).all() == []


def test_the_five_answers_are_kept_with_their_day_and_make_the_grade(
    session, ada, deal, browser_for
):
    browser = browser_for(ada)
    typed = {"value_need": "yes", "evidence_need": "The ward asked", "value_budget": "yes"}

    browser.post(f"/pipeline/{deal.id}/qualify", typed)
    browser.post(f"/pipeline/{deal.id}/qualify", typed)
    browser.post(f"/pipeline/{deal.id}/qualify", {**typed, "value_budget": "no"})

    readings = session.scalars(select(DealReading).order_by(DealReading.id)).all()
    assert [(one.subject, one.value) for one in readings] == [
        ("need", "yes"),
        ("budget", "yes"),
        ("budget", "no"),
    ]
    session.refresh(deal)
    assert deal.grade == "D"  # 2 points of 10, by hand
    page = browser.get(f"/pipeline/{deal.id}/buying")
    assert "The ward asked" in page.text
    assert "Not in our favour" in page.text


def test_the_buyer_beside_us_is_flagged_when_out_of_step(session, ada, deal, browser_for):
    browser = browser_for(ada)

    browser.post(f"/pipeline/{deal.id}/buyer", {"stage": "prospecting", "evidence": "No project"})

    page = browser.get(f"/pipeline/{deal.id}")
    assert "out of step" in page.text
    assert "We are a stage ahead of the buyer" in page.text
    assert "Finds an internal need" in page.text
    session.refresh(deal)
    assert deal.buyer_stage == "prospecting"


def test_competitors_are_named_with_position_and_price(ada, deal, browser_for):
    browser = browser_for(ada)
    address = f"/pipeline/{deal.id}/contenders/add"

    refused = browser.post(address, {"name": " ", "strengths": "Price"})
    browser.post(address, {"name": "Mindray", "position": "ahead", "price": "910"})
    page = browser.get(f"/pipeline/{deal.id}/buying")

    assert refused.status == 422
    assert refused.field("strengths").strip() == "Price"
    assert "Ahead of us" in page.text
    assert "9.0% below ours" in page.text  # 910 against 1,000
    assert "Mindray" in browser.get(f"/pipeline/{deal.id}").text


def test_a_competitor_changed_by_two_at_once_shows_both_versions(ada, deal, browser_for):
    browser = browser_for(ada)
    browser.post(f"/pipeline/{deal.id}/contenders/add", {"name": "Mindray"})
    address = f"/pipeline/{deal.id}/contenders/1"
    version = browser.get(address).field("version")
    browser.post(address, {"name": "Mindray", "strengths": "Price", "version": version})

    late = browser.post(address, {"name": "Mindray", "strengths": "Service", "version": version})

    assert late.status == 409


def test_a_competitor_out_of_it_comes_back(ada, deal, browser_for):
    browser = browser_for(ada)
    browser.post(f"/pipeline/{deal.id}/contenders/add", {"name": "Mindray"})

    browser.post(f"/pipeline/{deal.id}/contenders/1/archive")
    gone = browser.get(f"/pipeline/{deal.id}/buying")
    browser.post(f"/pipeline/{deal.id}/contenders/1/restore")

    assert "No competitor is known" in gone.text
    assert "Competitors in this deal" in browser.get(f"/pipeline/{deal.id}/buying").text


def test_criteria_are_ranked_and_say_who_set_them(make, ada, account, deal, browser_for):
    person = make.person(account, "Li Wei")
    browser = browser_for(ada)
    address = f"/pipeline/{deal.id}/criteria"
    set_by = {"stakeholder_id": str(person.id), "favours": "rival", "set_on": "2026-01-05"}

    browser.post(address, {"words": "Price"})
    browser.post(address, {"words": "Service", **set_by})
    refused = browser.post(address, {"words": ""})
    browser.post(f"{address}/2/raise")
    page = browser.get(f"/pipeline/{deal.id}/buying")

    assert refused.status == 422
    assert [name for name in page.words("th") if name in {"Price", "Service"}] == [
        "Service",
        "Price",
    ]
    assert "Li Wei" in page.text
    assert "before us" in page.text
    browser.post(f"{address}/1/remove")
    assert "Price" not in browser.get(f"/pipeline/{deal.id}/buying").words("th")


def test_noes_count_and_the_next_ask_is_due(make, ada, account, deal, now, browser_for):
    browser = browser_for(ada)
    said = {"kind": "no", "words": "Not this year", "on": str(now), "ask_again_on": str(now)}

    refused = browser.post(f"/pipeline/{deal.id}/notes", {**said, "on": "2999-01-01"})
    browser.post(f"/pipeline/{deal.id}/notes", said)
    make.visit(account, ada, opportunity_id=deal.id, held_on=now, commitment="no")
    page = browser.get(f"/pipeline/{deal.id}/papers")

    assert refused.status == 422
    assert refused.field("words").strip() == "Not this year"
    assert "2 noes so far" in " ".join(page.words("p"))
    assert "they have said no 2 times" in browser.get(f"/pipeline/{deal.id}").text
    browser.post(f"/pipeline/{deal.id}/notes/1/remove")
    assert "1 no so far" in " ".join(browser.get(f"/pipeline/{deal.id}/papers").words("p"))


def hand_in(browser, deal, name, content):
    data = {"file": (io.BytesIO(content), name)}
    return browser.post(f"/pipeline/{deal.id}/files", data, content_type="multipart/form-data")


def test_a_file_is_kept_by_its_content_and_only_ever_saved(session, ada, ben, deal, browser_for):
    browser = browser_for(ada)

    done = hand_in(browser, deal, "../报价.html", b"<html><script>alert(1)</script></html>")

    assert done.status == 303
    kept = session.scalars(select(DealFile)).one()
    assert (kept.name, kept.kind, kept.user_id) == ("报价.html", "text/plain", ada.id)
    got = browser_for(ben).client.get(f"/pipeline/{deal.id}/files/{kept.id}")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.mimetype == "text/plain"
    assert got.get_data() == b"<html><script>alert(1)</script></html>"
    session.commit()
    browser.post(f"/pipeline/{deal.id}/files/{kept.id}/remove")
    assert session.scalars(select(DealFile.id)).all() == []


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00program"])
def test_a_file_that_is_none_is_refused_at_its_field(content, ada, deal, browser_for):
    page = hand_in(browser_for(ada), deal, "setup.pdf", content)

    assert page.status == 422
    assert page.all("form")


def test_a_file_of_another_deal_is_not_found_here(ada, account, deal, story, browser_for):
    browser = browser_for(ada)
    hand_in(browser, deal, "a.txt", b"offer")
    other = story(account, name="Other").deal

    assert browser.get(f"/pipeline/{other.id}/files/1").status == 404


def test_everything_is_on_one_line_of_time(
    make, ada, account, story, now, browser_for, monkeypatch
):
    told = story(account, "03-02", close_on=now).move(
        "03-09", Stage.QUALIFICATION, reason="Early", is_override=True
    )
    told.terms("03-10", close_on=now + timedelta(days=30))
    browser = browser_for(ada)
    browser.post(f"/pipeline/{told.deal.id}/buyer", {"stage": "proposal"})
    hand_in(browser, told.deal, "offer.txt", b"offer")
    make.visit(account, ada, opportunity_id=told.deal.id, held_on=now, purpose="Show the offer")

    page = browser.get(f"/pipeline/{told.deal.id}/story")

    for words in (
        "Opened in Prospecting",
        "Prospecting → Qualification",
        "without milestone",
        "Close date pushed by 30 days",
        "The buyer is in: Proposal",
        "File: offer.txt",
        "Visit: Show the offer",
    ):
        assert words in page.text
    lines = browser.client.get(f"/pipeline/{told.deal.id}/story.csv").get_data(as_text=True)
    assert "Prospecting → Qualification (without milestone),Early" in lines
    assert browser.client.get(f"/pipeline/{told.deal.id}/story.xlsx").status_code == 200
    monkeypatch.setattr("app.pipeline.views.beside.NEWEST", 2)
    newest = browser.get(f"/pipeline/{told.deal.id}/story")
    assert len(newest.all("time")) == 2 and "Opened in Prospecting" not in newest.text
    whole = next(link for link in newest.links() if link.endswith("whole=1"))
    assert browser.get(whole).text.count("<time") == page.text.count("<time")


def test_value_is_told_by_product_line(make, ada, account, deal, browser_for):
    for name, series, amount in (("A1", "Alpha", 300), ("A2", "Alpha", 200), ("B1", "Beta", 400)):
        product = make.product(name, series=series)
        make.keep(
            OpportunityLine(
                account_id=account.id,
                opportunity_id=deal.id,
                product_id=product.id,
                amount=Decimal(amount),
            )
        )

    page = browser_for(ada).get(f"/pipeline/{deal.id}")

    rows = [words for words in page.words("tr") if words.startswith(("Alpha", "Beta"))]
    assert rows == ["Alpha¥500", "Beta¥400"]
    assert "The products come to ¥900, the deal to ¥1,000." in page.text


def test_amount_date_and_step_are_changed_in_place(session, ada, deal, now, browser_for):
    browser = browser_for(ada)
    version = browser.get(f"/pipeline/{deal.id}/quick").field("version")
    typed = {"amount": "2000", "close_on": str(now), "next_step": "Call", "version": version}
    htmx = {"HX-Request": "true"}

    refused = browser.post(f"/pipeline/{deal.id}/quick", {**typed, "amount": "x"}, headers=htmx)
    done = browser.post(f"/pipeline/{deal.id}/quick", typed, headers=htmx)
    late = browser.post(f"/pipeline/{deal.id}/quick", typed)

    assert (refused.status, done.status, late.status) == (422, 204, 409)
    assert not refused.is_whole
    session.refresh(deal)
    assert (deal.amount, deal.close_on, deal.next_step) == (Decimal(2000), now, "Call")


def wanting(make, subjects):
    make.keep(Setting(key="stage_rules", value=f'{{"stages": {{}}, "approvals": {subjects}}}'))


def test_a_stage_that_needs_a_yes_is_left_only_with_it(
    session, make, ada, director, deal, now, browser_for
):
    wanting(make, '["qualification"]')
    seller, lead = browser_for(ada), browser_for(director)
    typed = {"to": "proposal", "on": str(now), "evidence": "Minutes"}

    told = seller.get(f"/pipeline/{deal.id}/move?to=proposal")
    early = seller.post(f"/pipeline/{deal.id}/move", typed)
    asked = seller.post(
        f"/pipeline/{deal.id}/approvals/ask",
        {"subject": "qualification", "approver_id": str(director.id), "words": "Strong need"},
    )
    own = seller.post(f"/pipeline/{deal.id}/approvals/1", {"granted": "yes"})
    bare = lead.post(f"/pipeline/{deal.id}/approvals/1", {"granted": "no"})
    granted = lead.post(f"/pipeline/{deal.id}/approvals/1", {"granted": "yes", "answer": "Go"})
    again = lead.post(f"/pipeline/{deal.id}/approvals/1", {"granted": "no", "answer": "Stop"})

    assert f"/pipeline/{deal.id}/approvals/ask" in told.links()
    assert early.status == 422
    assert "has not been granted yet" in early.text
    assert (asked.status, own.status, bare.status, granted.status) == (303, 403, 422, 303)
    assert again.status == 422
    kept = session.scalars(select(Approval)).one()
    assert (kept.is_granted, kept.answer) == (True, "Go")
    session.commit()
    assert seller.post(f"/pipeline/{deal.id}/move", typed).status == 303


def test_a_signature_that_needs_a_yes_is_refused_without(
    make, ada, account, story, now, browser_for
):
    wanting(make, '["signature"]')
    deal = story(account, stage="negotiation").deal
    typed = {"outcome": "won", "on": str(now), "evidence": "Signed"}

    page = browser_for(ada).post(f"/pipeline/{deal.id}/close", typed)

    assert page.status == 422
    assert "Approval of the contract has not been granted yet" in page.text


def test_a_yes_cannot_be_asked_of_oneself_nor_twice(ada, director, deal, browser_for):
    browser = browser_for(ada)
    typed = {"subject": "qualification", "approver_id": str(director.id)}
    address = f"/pipeline/{deal.id}/approvals/ask"

    nobody = browser.post(address, {**typed, "approver_id": ""})
    first, second = browser.post(address, typed), browser.post(address, typed)

    assert (nobody.status, first.status, second.status) == (422, 303, 422)
    assert "asked for already" in second.text


def test_a_loss_keeps_its_factors_the_winner_and_the_price_gap(
    session, ada, deal, now, browser_for
):
    browser = browser_for(ada)
    typed = {
        "outcome": "lost",
        "on": str(now),
        "reason": "Late",
        "factors": ["late", "price"],
        "competitor": "Mindray",
        "their_price": "880",
    }

    wrong = browser.post(f"/pipeline/{deal.id}/close", {**typed, "factors": ["weather"]})
    done = browser.post(f"/pipeline/{deal.id}/close", typed)

    assert (wrong.status, done.status) == (422, 303)
    assert sorted(session.scalars(select(LossFactor.factor))) == ["late", "price"]
    session.refresh(deal)
    assert deal.price_gap == Decimal("0.12")  # 1,000 against 880
    page = browser.get(f"/pipeline/{deal.id}")
    assert "their price 12.0% below ours" in page.text
    assert "We came in late" in page.text


def test_the_company_sets_its_stages(session, ada, boss, deal, browser_for):
    browser = browser_for(boss)
    form = browser.get("/settings/stages")
    typed = {
        "version": form.field("version"),
        "approvals": "both",
        "norm_qualification": "12",
        "name_qualification": "Set up",
        "milestone_qualification": "Go is signed",
        "items_qualification": "Organisation and roles are on the map\nOur own point",
    }

    wrong = browser.post("/settings/stages", {**typed, "norm_bidding": "soon"})
    done = browser.post("/settings/stages", typed)
    stale = browser.post("/settings/stages", typed)

    assert (wrong.status, done.status, stale.status) == (422, 303, 422)
    page = browser_for(ada).get(f"/pipeline/{deal.id}")
    assert "Go is signed" in page.text
    assert "Our own point" in page.text
    assert "12 days are usual" in page.text
    assert "Stage 2: Set up" in page.text
    assert "Set up" in browser_for(ada).get(f"/pipeline/{deal.id}/move").text


@pytest.mark.parametrize("part", PARTS)
def test_a_part_asks_as_often_with_much_beside_the_deal_as_with_little(
    part, make, ada, account, deal, now, browser_for
):
    browser = browser_for(ada)
    browser.get(f"/pipeline/{deal.id}{part}")
    few = browser.selects
    for number in range(3):
        browser.post(f"/pipeline/{deal.id}/criteria", {"words": f"C{number}"})
        browser.post(f"/pipeline/{deal.id}/contenders/add", {"name": f"R{number}"})
        browser.post(f"/pipeline/{deal.id}/notes", {"kind": "no", "words": "x", "on": str(now)})
        hand_in(browser, deal, "a.txt", b"a")
        make.person(account, f"P{number}", roles=("decider",))

    browser.get(f"/pipeline/{deal.id}{part}")

    assert browser.selects == few <= 22
