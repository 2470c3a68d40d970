"""Lines of Today are put off with a reason, come back, and say whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.overview.models import Snooze
from app.pipeline.deal_models import Approval

NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest.fixture
def account(make, ada, ben):
    return make.account("First Hospital", owner=ada, reader=ben)


@pytest.fixture
def action(make, account, ada):
    return make.action(make.plan(account), "Send the offer", owner_id=ada.id, due_on=TODAY)


def test_a_line_put_off_stays_away_until_its_day_and_comes_back_by_undo(
    session, make, action, ada, browser_for
):
    browser = browser_for(ada)
    address = f"/today/later/action/{action.id}"

    browser.post(address, {"days": "7", "reason": "They are on leave"})
    gone = "Send the offer" not in browser.get("/today").text
    kept = session.execute(select(Snooze.until, Snooze.reason)).one()
    session.commit()
    browser.post(f"/today/now/action/{action.id}")

    assert gone
    assert kept == (TODAY + timedelta(days=7), "They are on leave")
    assert "Send the offer" in browser.get("/today").text


def test_a_line_whose_day_has_come_is_there_again(make, action, ada, browser_for):
    make.keep(
        Snooze(user_id=ada.id, kind="action", row_id=action.id, until=TODAY, reason="Waiting")
    )

    assert "Send the offer" in browser_for(ada).get("/today").text


def test_putting_off_wants_a_reason_and_keeps_what_was_chosen(action, ada, browser_for):
    page = browser_for(ada).post(f"/today/later/action/{action.id}", {"days": "30", "reason": " "})

    assert page.status == 422
    assert "Say why" in page.text


def test_what_one_puts_off_others_still_see(make, action, ada, ben, browser_for):
    browser_for(ben).post(f"/today/later/action/{action.id}", {"days": "7", "reason": "Not mine"})

    assert "Send the offer" in browser_for(ada).get("/today").text


def test_nothing_of_an_unknown_kind_is_put_off(ada, browser_for):
    assert browser_for(ada).get("/today/later/weather/1").status == 404


def test_a_visit_is_asked_about_once_its_hour_has_passed(make, account, ada, browser_for):
    past = make.visit(account, ada, on=TODAY, starts_at=NOW - timedelta(minutes=1), purpose="Over")
    ahead = make.visit(account, ada, on=TODAY, starts_at=NOW + timedelta(hours=1), purpose="Ahead")

    links = browser_for(ada).get("/today").links()

    assert f"/visits/{past.id}/log" in links
    assert f"/visits/{ahead.id}/brief" in links
    assert f"/visits/{ahead.id}/log" not in links


def test_a_promise_of_ours_is_kept_with_one_press_and_theirs_is_not_asked_of_us(
    make, account, ada, browser_for
):
    make.promise(account, "Bring the norm", owner_id=ada.id, due_on=TODAY)
    make.promise(account, "They answer", is_ours=False, due_on=TODAY)
    browser = browser_for(ada)
    page = browser.get("/today")

    browser.post(next(act for act in page.acts() if "/kept" in act), {"back": "today"})

    assert "They answer" not in page.text
    assert "Bring the norm" not in browser.get("/today").words("main")[0]


def test_a_yes_that_is_asked_of_me_is_there(make, account, ada, ben, browser_for):
    deal = make.opportunity(account, "Ward monitors")
    make.keep(
        Approval(
            account_id=account.id, opportunity_id=deal.id, subject="qualification",
            user_id=ben.id, asked_at=NOW, approver_id=ada.id,
        )
    )  # fmt: skip

    browser = browser_for(ada)

    page = browser.get("/today")
    deal.outcome = "lost"
    make.keep(deal)

    assert "Your yes is asked for" in page.text
    assert "Ben Li asked on" in page.text
    assert "Your yes is asked for" not in browser.get("/today").text


def test_a_directors_today_says_whose_each_line_is(make, browser_for):
    director = make.user("Dong Fang", role="director")
    seller = make.user("Seller Sun", manager_id=director.id)
    account = make.account(owner=seller)
    make.action(make.plan(account), "Late", owner_id=seller.id, due_on=TODAY)

    assert "Seller Sun" in browser_for(director).get("/today").words("main")[0]
