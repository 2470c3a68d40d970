"""An account's page and what is kept of it: tests, importance, appraisals, value, competitors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Appraisal, FactorScore, KeyTestAnswer, Rival, ValueReading
from app.accounts.rules import KeyTest


@pytest.fixture
def account(make, ada, ben) -> Account:
    return make.account("First Hospital", owner=ada, reader=ben)


def test_the_page_says_what_is_unknown(account, ben, browser_for):
    page = browser_for(ben).get(f"/accounts/{account.id}")

    assert "none of twelve answered" in page.text
    assert "not said: kind, ownership, loyalty" in page.text


def test_the_stance_follows_from_ownership_and_loyalty(make, ada, browser_for):
    account = make.account(owner=ada, ownership="state", loyalty="disloyal")

    page = browser_for(ada).get(f"/accounts/{account.id}")

    assert "Lead with service." in page.text
    assert "Think of the near-term benefit." in page.text


def test_the_page_asks_as_often_for_an_account_full_of_facts(
    make, session, account, ada, browser_for
):
    empty = browser_for(ada)
    empty.get(f"/accounts/{account.id}")
    day = date(2026, 3, 2)
    for number in range(6):
        make.account(f"Part {number}", owner=ada, parent_id=account.id)
        make.member(account, make.user(f"Colleague {number}"))
        session.add(Rival(account_id=account.id, name=f"Rival {number}"))
        session.add(ValueReading(account_id=account.id, on=day, gain=number, cost=1, expected=2))
        session.add(Appraisal(account_id=account.id, aspect="credit", judgement=2, on=day))
    for test in list(KeyTest)[:6]:
        session.add(KeyTestAnswer(account_id=account.id, test=test, is_yes=True, on=day))
    session.commit()

    full = browser_for(ada)
    full.get(f"/accounts/{account.id}")

    assert full.selects == empty.selects <= 14


def test_answered_tests_make_a_score_and_the_rest_stays_unknown(account, session, ada, browser_for):
    browser = browser_for(ada)

    browser.post(
        f"/accounts/{account.id}/key-tests",
        {"answer_profit": "yes", "evidence_profit": "18 % of it", "answer_loss": "no"},
    )

    page = browser.get(f"/accounts/{account.id}")
    assert "1 of 2 answered yes, 10 unknown" in page.text
    assert "18 % of it" in page.text


def test_an_answer_taken_back_is_unknown_again(account, session, ada, browser_for):
    browser = browser_for(ada)
    browser.post(f"/accounts/{account.id}/key-tests", {"answer_profit": "yes"})

    browser.post(f"/accounts/{account.id}/key-tests", {"answer_profit": ""})

    assert session.scalars(select(KeyTestAnswer)).all() == []


def test_importance_is_shown_as_a_range_until_every_factor_is_scored(account, ada, browser_for):
    browser = browser_for(ada)

    browser.post(f"/accounts/{account.id}/importance", {"score_0": "90", "note_0": "third largest"})
    some = browser.get(f"/accounts/{account.id}")
    browser.post(
        f"/accounts/{account.id}/importance", {f"score_{place}": "70" for place in range(7)}
    )
    whole = browser.get(f"/accounts/{account.id}")

    assert "not every factor is scored" in some.text  # by hand: 18 + 0.8 to 18 + 80
    assert "19–98" in some.text
    assert "70 · B" in whole.text


def test_a_score_outside_one_to_a_hundred_is_refused(account, session, ada, browser_for):
    page = browser_for(ada).post(f"/accounts/{account.id}/importance", {"score_0": "101"})

    assert page.status == 422
    assert "Give a whole number from 1 to 100." in page.text
    assert session.scalars(select(FactorScore)).all() == []


def test_overruling_the_stage_asks_for_a_reason(account, session, ada, browser_for):
    browser, address = browser_for(ada), f"/accounts/{account.id}/relationship"

    bare = browser.post(address, {"relationship_stage": "partnership"})
    reasoned = browser.post(
        address, {"relationship_stage": "partnership", "relationship_reason": "Joint stock plan"}
    )

    assert (bare.status, reasoned.status) == (422, 303)
    assert "Joint stock plan" in browser.get(f"/accounts/{account.id}").text


def test_letting_the_contacts_tell_again_drops_the_reason(make, session, ada, browser_for):
    account = make.account(owner=ada, relationship_stage="mid", relationship_reason="Said so")

    browser_for(ada).post(
        f"/accounts/{account.id}/relationship",
        {"relationship_stage": "", "relationship_reason": "Said so"},
    )

    kept = make.again(account)
    assert (kept.relationship_stage, kept.relationship_reason) == (None, "")


def test_willingness_in_words_only_is_marked_and_earlier_ones_stay(account, ada, browser_for):
    browser, address = browser_for(ada), f"/accounts/{account.id}/appraisals/add"
    typed = {"aspect": "willingness", "judgement": "3"}

    browser.post(address, {**typed, "on": "2026-03-02", "in_money": "y", "note": "Paid ahead"})
    browser.post(address, {**typed, "on": "2026-06-01", "note": "Only talk since"})

    page = browser.get(f"/accounts/{account.id}/appraisals")
    assert page.text.count("in words only") == 1
    assert page.text.index("Only talk since") < page.text.index("Paid ahead")


def test_an_appraisal_taken_away_comes_back(account, session, ada, browser_for):
    browser = browser_for(ada)
    row = Appraisal(account_id=account.id, aspect="credit", judgement=1, on=date(2026, 3, 2))
    session.add(row)
    session.commit()

    browser.post(f"/accounts/appraisals/{row.id}/archive")
    gone = browser.get(f"/accounts/{account.id}/appraisals")
    browser.post(f"/accounts/appraisals/{row.id}/restore")

    assert "Nobody has appraised" in gone.text
    assert "Credit standing" in browser.get(f"/accounts/{account.id}/appraisals").text


def test_value_readings_show_their_surplus(account, ada, browser_for):
    browser = browser_for(ada)

    browser.post(
        f"/accounts/{account.id}/value/add",
        {"on": "2026-03-02", "gain": "9", "cost": "4", "expected": "6", "gain_evidence": "Uptime"},
    )

    page = browser.get(f"/accounts/{account.id}/value")
    assert "-1" in page.text  # by hand: 9 - 4 - 6
    assert "Uptime" in page.text


@pytest.mark.parametrize("gain", ["", "11", "-1", "2.5", "many"])
def test_a_value_outside_nought_to_ten_is_refused(gain, account, ada, browser_for):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/value/add",
        {"on": "2026-03-02", "gain": gain, "cost": "4", "expected": "6"},
    )

    assert page.status == 422


def test_a_competitor_s_share_is_typed_as_per_cent_and_kept_as_a_share(
    make, account, session, ada, browser_for
):
    browser = browser_for(ada)

    browser.post(f"/accounts/{account.id}/competitors/add", {"name": "Rival", "share": "37.5"})

    rival = make.find(select(Rival))
    assert rival.share == Decimal("0.375")
    assert browser.get(f"/accounts/competitors/{rival.id}/edit").field("share") == "37.5"


@pytest.mark.parametrize("share", ["101", "-1", "NaN", "sNaN", "Infinity", "1e999999"])
def test_a_share_that_is_none_is_refused(share, account, ada, browser_for):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/competitors/add", {"name": "Rival", "share": share}
    )

    assert page.status == 422


def test_a_stale_competitor_form_shows_both_versions(make, account, session, ada, browser_for):
    browser = browser_for(ada)
    browser.post(f"/accounts/{account.id}/competitors/add", {"name": "Rival"})
    address = f"/accounts/competitors/{make.find(select(Rival.id))}/edit"
    opened = browser.get(address).field("version")
    browser.post(address, {"name": "Rival Inc", "version": opened})

    late = browser.post(address, {"name": "Mine", "version": opened})

    assert late.status == 409
    assert "Rival Inc" in late.text


def test_a_competitor_taken_away_comes_back(make, account, session, ada, browser_for):
    browser = browser_for(ada)
    browser.post(f"/accounts/{account.id}/competitors/add", {"name": "Rival"})
    rival = make.find(select(Rival.id))

    browser.post(f"/accounts/competitors/{rival}/archive")
    browser.get(f"/accounts/{account.id}")  # the toast goes
    gone = browser.get(f"/accounts/{account.id}")
    browser.post(f"/accounts/competitors/{rival}/restore")

    assert "No competitor is known here." in gone.text
    assert "No competitor is known here." not in browser.get(f"/accounts/{account.id}").text


def test_what_hangs_on_an_account_is_invisible_with_it(make, account, session, cleo, browser_for):
    session.add(Rival(account_id=account.id, name="Rival"))
    session.commit()
    rival = make.find(select(Rival.id))

    assert browser_for(cleo).get(f"/accounts/competitors/{rival}/edit").status == 404
    assert browser_for(cleo).get("/accounts/competitors/999999/edit").status == 404
    assert browser_for(cleo).post("/accounts/appraisals/999999/archive").status == 404
    assert browser_for(cleo).post("/accounts/value/999999/archive").status == 404


def test_an_account_is_put_under_another_by_its_name(make, account, session, ada, browser_for):
    group = make.account("United Hospitals", owner=ada)

    browser_for(ada).post(
        f"/accounts/{account.id}/edit",
        {"name": "First Hospital", "currency": "CNY", "parent": "united hospitals"},
    )

    make.again(account)
    assert account.parent_id == group.id
    assert "United Hospitals" in browser_for(ada).get(f"/accounts/{account.id}").text
    assert "First Hospital" in browser_for(ada).get(f"/accounts/{group.id}").text


def test_an_account_is_never_part_of_itself(make, ada, browser_for):
    group = make.account("United Hospitals", owner=ada)
    part = make.account("First Hospital", owner=ada, parent_id=group.id)
    make.account("Ward", owner=ada, parent_id=part.id)

    for parent in ("United Hospitals", "Ward"):
        page = browser_for(ada).post(
            f"/accounts/{group.id}/edit",
            {"name": "United Hospitals", "currency": "CNY", "parent": parent},
        )
        assert page.status == 422
        assert "itself part of this one" in page.text


def test_a_parent_one_cannot_see_cannot_be_named_nor_is_it_lost(
    make, session, ada, cleo, browser_for
):
    group = make.account("Secret Group", owner=cleo)
    part = make.account("First Hospital", owner=ada, parent_id=group.id)
    browser, address = browser_for(ada), f"/accounts/{part.id}/edit"

    shown = browser.get(f"/accounts/{part.id}")
    named = browser.post(
        address, {"name": "First Hospital", "currency": "CNY", "parent": "Secret Group"}
    )
    browser.post(address, {"name": "First Hospital", "currency": "CNY", "parent": ""})

    make.again(part)
    assert "Secret" not in shown.text
    assert named.status == 422
    assert part.parent_id == group.id


def test_a_name_two_accounts_share_is_not_guessed(make, account, ada, browser_for):
    make.account("United", owner=ada)
    make.account("united", owner=ada)

    page = browser_for(ada).post(
        f"/accounts/{account.id}/edit",
        {"name": "First Hospital", "currency": "CNY", "parent": "UNITED"},
    )

    assert page.status == 422
    assert "Several accounts have this name" in page.text


def test_names_are_offered_only_of_accounts_one_may_see(make, ada, cleo, browser_for):
    make.account("United Hospitals", owner=ada)
    make.account("United Rivals", owner=cleo)

    page = browser_for(ada).get("/accounts/names?parent=unit")

    assert "United Hospitals" in page.text
    assert "United Rivals" not in page.text


def test_a_reading_of_value_taken_away_comes_back(make, account, ada, browser_for):
    row = make.keep(
        ValueReading(account_id=account.id, on=date(2026, 3, 2), gain=5, cost=1, expected=1)
    )
    browser, at = browser_for(ada), f"/accounts/{account.id}/value"

    browser.post(f"/accounts/value/{row.id}/archive")
    gone = browser.get(at)
    browser.post(f"/accounts/value/{row.id}/restore")

    assert "never read here" in gone.text
    assert "+3" in browser.get(at).text  # by hand: 5 - 1 - 1


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("key-tests", {"answer_profit": "maybe"}),
        ("appraisals/add", {"aspect": "willingness", "judgement": "9", "on": "2026-03-02"}),
        ("competitors/add", {"name": " "}),
        ("relationship", {"relationship_stage": "married"}),
    ],
)
def test_what_cannot_be_is_refused(address, typed, account, ada, browser_for):
    assert browser_for(ada).post(f"/accounts/{account.id}/{address}", typed).status == 422


def test_a_stale_profile_and_a_stale_stage_are_not_overwritten(account, ada, browser_for):
    browser, at = browser_for(ada), f"/accounts/{account.id}"
    opened = browser.get(f"{at}/relationship").field("version")
    typed = {"relationship_stage": "mid", "relationship_reason": "Finance too"}
    browser.post(f"{at}/relationship", {**typed, "version": opened})

    late = browser.post(f"{at}/relationship", {**typed, "version": opened})

    assert late.status == 409


def test_names_from_outside_are_shown_and_never_run(make, ada, browser_for):
    hostile = "<script>alert(1)</script>\"'"
    account = make.account(hostile, owner=ada, notes=hostile, city=hostile)
    browser = browser_for(ada)
    browser.post(f"/accounts/{account.id}/competitors/add", {"name": hostile, "offer": hostile})

    for part in ("", "/history", "/team", "/edit", "/records"):
        assert "<script>alert" not in browser.get(f"/accounts/{account.id}{part}").text
    assert "<script>alert" not in browser.get("/accounts/").text
