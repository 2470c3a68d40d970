"""The record of a lost deal: assembled by itself, complete, and shown to whom it belongs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.alerts.models import Alert
from app.db import now
from app.pipeline.deal_models import Contender, DealCriterion, DealNote
from app.pipeline.forecast_models import ForecastCall, ForecastSnapshot, SnapshotDeal
from app.pipeline.models import Opportunity
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.stage_rules import stage_rules_from
from app.plans.thinking_models import Insight
from app.retrospectives.models import Retrospective
from app.retrospectives.record import lines_of
from app.retrospectives.record_queries import record_of
from app.retrospectives.rules import Kind
from app.stakeholders.models import FormerPost
from tests.factories import AT, DAY
from tests.retrospectives.conftest import DECIDED


def on(days: int) -> date:
    return DAY + timedelta(days)


@pytest.fixture
def told(make, account, lost, ada):
    """One of everything that can happen around a deal, each on a day of its own."""
    here = {"account_id": account.id, "opportunity_id": lost.id}
    with make.at_once():
        li = make.person(account, "Li Wei", known_on=on(1), left_on=on(9))
        make.role(li, "decider", since=on(2), until=on(10))
        make.observation(li, on=on(3), support=1)
        make.observation(li, on=DECIDED + timedelta(2), support=-2, opportunity_id=lost.id)
        make.coverage(ada, li, on=on(4), until=on(8))
        post = {"title": "Head", "department": "", "unit": "", "until": on(5)}
        make.keep(FormerPost(account_id=account.id, stakeholder_id=li.id, **post))
        make.keep(DealCriterion(**here, rank=1, words="Price", favours="rival", set_on=on(-5)))
        make.keep(ForecastCall(**here, on=on(6), call="commit", at=AT))
        make.keep(DealNote(**here, kind="no", on=on(7), words="No money", at=AT))
        make.visit(account, ada, opportunity_id=lost.id, held_on=on(11), on=on(11))
        review = make.keep(Review(user_id=ada.id, since=DAY, on=on(12), opened_at=AT))
        agenda = {"place": 1, "stage": "bidding", "currency": "CNY", "decision": "Go on"}
        make.keep(ReviewItem(review_id=review.id, **here, **agenda))
        make.keep(ReviewAction(review_id=review.id, **here, what="Call", done_on=on(13)))
        make.keep(Contender(**here, name="Rival", position="ahead", price=Decimal(90)))
    return lost


TOLD = [
    (on(-5), "They set a criterion: Price"),
    (on(0), "Opened in bidding"),
    (on(1), "Li Wei comes onto the map"),
    (on(2), "Li Wei is seen as decider"),
    (on(3), "Li Wei: 1"),
    (on(4), "Contact with Li Wei taken up"),
    (on(5), "Li Wei gives up a post: Head"),
    (on(6), "The seller’s call: commit"),
    (on(7), "no"),
    (on(8), "Contact with Li Wei ended"),
    (on(9), "Li Wei leaves"),
    (on(10), "Li Wei is no longer seen as decider"),
    (on(11), "Visit: Agree the tender's criteria"),
    (on(12), "Decided in the review: Go on"),
    (on(12), "Taken on in the review: Call"),
    (on(13), "Done: Call"),
    (DECIDED + timedelta(2), "Li Wei: -2"),
]


def test_every_event_of_a_deal_is_told_once_in_order(told, session):
    record = record_of(session, told, stage_rules_from(None), on(200))
    session.commit()

    lines = lines_of(record, told.closed_on)
    rivals = [line for line in lines if "Rival" in str(line.event.text)]
    found = [(line.event.on, str(line.event.text)) for line in lines if line not in rivals]
    assert found == TOLD
    assert len(rivals) == 3
    assert [line.is_hindsight for line in lines if line not in rivals] == [False] * 16 + [True]


def lose(browser, deal, **more):
    form = {"outcome": "lost", "reason": "Too dear", "on": "2026-03-10", "competitor": "Rival"}
    return browser.post(f"/pipeline/{deal.id}/close", {**form, **more})


def test_a_loss_has_its_retrospective_waiting_and_its_owner_is_told_once(
    make, account, ada, ben, browser_for, session
):
    deal = make.opportunity(account, owner_id=ada.id)
    browser = browser_for(ada)

    assert lose(browser, deal).status == 303

    retro = make.find(select(Retrospective))
    assert (retro.opportunity_id, retro.kind, retro.user_id) == (deal.id, Kind.LOSS, ada.id)
    assert "memory is fresh" in browser.get("/").text
    assert "memory is fresh" not in browser_for(ben).get("/").text
    assert "Waiting to begin" in browser.get("/retrospectives/").text

    retro.made_at = now() - timedelta(hours=49)
    session.commit()
    assert "memory is fresh" not in browser.get("/").text


def test_once_begun_nobody_is_reminded(make, account, ada, browser_for):
    deal = make.opportunity(account, owner_id=ada.id)
    browser = browser_for(ada)
    lose(browser, deal)
    retro = make.find(select(Retrospective))

    assert browser.post(f"/retrospectives/{retro.id}/invite").status == 303

    assert "memory is fresh" not in browser.get("/").text
    lose(browser, make.find(select(Opportunity)))
    assert make.find(select(Retrospective.id).where(Retrospective.id != retro.id)) is None


def test_what_fits_the_deal_is_begun_by_hand(make, account, ada, browser_for):
    browser = browser_for(ada)
    kinds = []
    for outcome in ("open", "won", "withdrawn"):
        deal = make.opportunity(account, outcome=outcome)
        address = f"/pipeline/{deal.id}/retrospectives"
        assert browser.get(address).status == 200
        for _twice in range(2):
            assert browser.post(address).status == 303
        assert browser.get(address).status == 200
        found = select(Retrospective.kind).where(Retrospective.opportunity_id == deal.id)
        kinds.append(make.find(found))

    assert kinds == [Kind.PREMORTEM, Kind.WIN, Kind.LOSS]


def test_the_team_sees_what_was_believed_and_the_invited_see_no_opinion(
    make, told, account, session_of, cleo, windows
):
    with make.at_once():
        plan = make.plan(account)
        said = {"kind": "threat", "words": "Cheap rival", "on": DAY}
        make.keep(Insight(account_id=account.id, plan_id=plan.id, **said))
        span = {"starts_on": DAY, "ends_on": on(90), "on": on(3), "at": AT}
        snapshot = make.keep(ForecastSnapshot(**span))
        make.keep(SnapshotDeal(snapshot_id=snapshot.id, account_id=account.id, stage="bidding",
                               opportunity_id=told.id, currency="CNY", seller=0.6))  # fmt: skip
        warned = {"opened_on": on(4), "opened_at": AT, "seen_on": on(4), "closed_on": on(6)}
        make.keep(Alert(account_id=account.id, kind="churn", level=2, reasons=[], **warned,
                        done="Called them"))  # fmt: skip
    address = f"/retrospectives/{session_of(cleo).id}"

    team, invited = windows.ada.get(address), windows.cleo.get(address)

    for words in ("Li Wei", "Turned out", "Cheap rival", "60%", "Known only afterwards",
                  "Warning: Stopped buying", "Called them"):  # fmt: skip
        assert words in team.text
    assert "Decided in the review: Go on" in invited.text
    assert "Stopped buying" not in invited.text
    assert "Li Wei" not in invited.text.replace("Contact with Li Wei", "")
    assert "shown to the account’s team alone" in invited.text


def test_the_record_makes_as_many_selects_however_much_happened(
    make, told, account, session_of, windows
):
    address = f"/retrospectives/{session_of().id}"
    windows.ada.get(address)
    few = windows.ada.selects
    with make.at_once():
        for place in range(3):
            person = make.person(account, f"Person {place}", roles=["guide"])
            make.observation(person, on=on(place), support=1)
            make.keep(DealNote(account_id=account.id, opportunity_id=told.id, kind="note",
                               on=on(place), words="Said", at=AT))  # fmt: skip

    windows.ada.get(address)

    assert windows.ada.selects == few
