"""The record of a lost deal: assembled by itself, complete, and shown to whom it belongs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.alerts.models import Alert
from app.alerts.record_queries import warned_of_deal
from app.db import now
from app.history import Change
from app.pipeline.deal_models import (
    Approval,
    ChecklistTick,
    Contender,
    DealCriterion,
    DealFile,
    DealNote,
    DealReading,
)
from app.pipeline.forecast_models import ForecastCall, ForecastSnapshot, SnapshotDeal
from app.pipeline.mirroring import BUYER
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.stage_rules import stage_rules_from
from app.plans.thinking_models import Insight
from app.retrospectives.models import Retrospective
from app.retrospectives.record import lines_of
from app.retrospectives.record_queries import record_of
from app.retrospectives.rules import Kind
from app.retrospectives.views.workspace import FEW
from app.stakeholders.models import FormerPost
from tests.factories import AT, DAY


def on(days: int) -> date:
    return DAY + timedelta(days)


@pytest.fixture
def told(make, account, lost, ada):
    """One of everything that can happen around a deal, each on a day of its own."""
    here = {"account_id": account.id, "opportunity_id": lost.id}
    with make.at_once():
        lost.closed_on = on(40)
        li = make.person(account, "Li Wei", known_on=on(1), left_on=on(9))
        make.role(li, "decider", since=on(2), until=on(10))
        make.observation(li, on=on(3), support=1)
        make.observation(li, on=on(42), support=-2, opportunity_id=lost.id)
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
        happen_to_the_deal(make, here, ada)
        warned = {"opened_on": on(24), "opened_at": AT, "seen_on": on(24), "closed_on": on(25)}
        make.keep(Alert(account_id=account.id, kind="churn", level=2, reasons=[], **warned,
                        done="Called them"))  # fmt: skip
    compete(make, here)
    return lost


def happen_to_the_deal(make, here, ada):
    """Moves, terms, judgements, ticks, files and a yes."""
    moved = {**here, "at": AT, "outcome": "open"}
    make.keep(StageMove(**moved, on=on(14), from_stage="proposal", to_stage="bidding",
                        is_override=True, reason="In a hurry"))  # fmt: skip
    make.keep(StageMove(**moved, on=on(15), from_stage="bidding", to_stage="proposal"))
    terms = {"opportunity_id": here["opportunity_id"], "at": AT, "close_on": on(60)}
    make.keep(Terms(**terms, on=on(16), amount=Decimal(100_000)))
    make.keep(Terms(**{**terms, "close_on": on(75)}, on=on(17), amount=Decimal(90_000)))
    make.keep(DealReading(**here, subject="need", value="yes", on=on(18), at=AT))
    make.keep(DealReading(**here, subject=BUYER, value="bidding", on=on(19), at=AT))
    make.keep(ChecklistTick(**here, stage="bidding", item="rivals", on=on(20)))
    make.keep(DealFile(**here, name="bid.pdf", kind="application/pdf", size=1, content=b"1",
                       at=AT + timedelta(21)))  # fmt: skip
    asked = {"asked_at": AT + timedelta(22), "answered_at": AT + timedelta(23)}
    make.keep(DealNote(**here, kind="note", on=on(40 + 91), words="Long after", at=AT))
    make.keep(Approval(**here, subject="signature", user_id=ada.id, is_granted=False, **asked))


def compete(make, here):
    """A competitor comes in with a price, gets ahead, and lowers it; each on a day of its own."""
    rival = make.keep(Contender(**here, name="Rival", price=Decimal(90)))
    rival.position = "ahead"
    make.session.commit()
    rival.price = Decimal(85)
    make.session.commit()
    for days, change in zip((26, 27, 28), changes_of(make.session), strict=True):
        change.at = AT + timedelta(days)
    make.session.commit()


def changes_of(session):
    query = select(Change).where(Change.entity == Contender.__tablename__).order_by(Change.id)
    return session.scalars(query).all()


TOLD = [
    (on(-5), "They set a criterion: Price (for a competitor)"),
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
    (on(14), "proposal → bidding (without milestone)"),
    (on(15), "bidding → proposal"),
    (on(16), f"Close date: unknown → {on(60)}"),
    (on(17), f"Close date pushed by 15 days, to {on(75)}"),
    (on(17), "Amount: 100000.00 → 90000.00 CNY"),
    (on(18), "need: yes"),
    (on(19), "The buyer is in: bidding"),
    (on(20), "✓ We know who else bids, and at what price"),
    (on(21), "File: bid.pdf"),
    (on(22), "Asked: signature"),
    (on(23), "Refused: signature"),
    (on(24), "Warning: churn"),
    (on(25), "Warning ended: churn"),
    (on(26), "Competitor noted: Rival"),
    (on(26), "Rival asks 90 CNY"),
    (on(27), "Rival: ahead"),
    (on(28), "Rival asks 85 CNY"),
    (on(42), "Li Wei: -2"),
]


def test_every_event_of_a_deal_is_told_once_in_order(told, session):
    record = record_of(session, told, stage_rules_from(None), on(200))
    record += warned_of_deal(session, told, on(200))
    session.commit()

    lines = lines_of(record, told.closed_on)
    assert [(line.event.on, told_in(line)) for line in lines] == TOLD
    assert [line.is_hindsight for line in lines] == [False] * (len(TOLD) - 1) + [True]
    assert len({line.key for line in lines}) == len(TOLD)


def told_in(line):
    return f"{line.event.text} ({line.event.mark})" if line.event.mark else str(line.event.text)


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


def test_of_a_long_stage_the_first_events_are_shown_and_the_rest_when_unfolded(
    make, told, account, session_of, windows
):
    address = f"/retrospectives/{session_of().id}"
    with make.at_once():
        for number in range(60):
            make.keep(DealNote(account_id=account.id, opportunity_id=told.id, kind="note",
                               on=on(1), words=f"Said {number}.", at=AT))  # fmt: skip
    script = {"headers": {"HX-Request": "true"}}

    page, whole = windows.ada.get(address), windows.ada.get(f"{address}?span=all")
    (rest,) = {one.get("hx-get") for one in page.all("details") if one.get("hx-get")}
    more, alone = windows.ada.get(rest, **script), windows.ada.get(rest)

    def said(one):
        return [number for number in range(60) if f"Said {number}." in one.text]

    assert said(whole) == said(alone) == list(range(60))
    assert 0 < len(said(page)) <= FEW
    assert sorted(said(page) + said(more)) == list(range(60))
    assert windows.ada.get(f"{address}?span=99", **script).status == 404
