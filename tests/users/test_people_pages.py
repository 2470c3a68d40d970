"""Our people, their invitations, and what holds for the company."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db import now
from app.users.changes import invite
from app.users.company import COMPANY, company_from, rates_from
from app.users.leading import problems_leading, problems_losing
from app.users.models import Invitation, User
from app.users.queries import find_setting
from app.users.rules import UserRole

PASSWORD = "four calm banyan trees"
LED = {1: None, 2: 1, 3: 2, 4: 3}


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch):
    monkeypatch.setattr("app.users.views.invitations.hash_password", lambda text: f"hash of {text}")


@pytest.mark.parametrize(
    ("user_id", "manager_id", "is_fine"),
    [
        (1, None, True),
        (1, 1, False),
        (1, 2, False),
        (1, 4, False),
        (4, 1, True),
        (None, 4, True),
        (2, 9, True),
    ],
)
def test_nobody_leads_themselves_at_any_remove(user_id, manager_id, is_fine):
    assert (problems_leading(user_id, manager_id, LED) == []) is is_fine


def test_a_loop_that_is_there_already_is_walked_once():
    assert problems_leading(7, 1, {1: 2, 2: 1}) == []


@pytest.mark.parametrize(
    ("role", "administrators", "is_fine"),
    [
        (None, {1}, False),
        (UserRole.READER, {1}, False),
        (UserRole.ADMINISTRATOR, {1}, True),
        (None, {1, 2}, True),
        (None, {2}, True),
        (None, set(), True),
    ],
)
def test_one_administrator_stays(role, administrators, is_fine):
    assert (problems_losing(1, role, frozenset(administrators)) == []) is is_fine


@pytest.mark.parametrize(
    "typed",
    ["USD", "USD x", "US 7", "USD 0", "USD -1", "USD NaN", "DOLLAR 7", "人民币 7", "USD 1e12"],
)
def test_a_line_that_is_no_rate_is_named(typed):
    with pytest.raises(ValueError, match=typed.split()[0]):
        rates_from(f"EUR 8\n{typed}")


def test_rates_are_read_a_line_each():
    assert rates_from("usd = 7.1\n\n EUR 8 ") == {"USD": Decimal("7.1"), "EUR": Decimal(8)}


def test_people_are_listed_with_whom_they_report_to(make, boss, browser_for):
    lead = make.user("Lead", "lead@example.com")
    make.user("Seller", "seller@example.com", manager_id=lead.id, office="Wuhan")

    page = browser_for(boss).get("/settings/people?q=SELL")

    assert "Seller" in page.text
    assert "<td>Lead</td>" in page.text
    assert "lead@example.com" not in page.text


def test_the_list_asks_as_often_for_six_people_as_for_three(make, boss, browser_for):
    for number in range(3):
        make.user(f"Person {number}", manager_id=boss.id)
    few = browser_for(boss)
    few.get("/settings/people")
    for number in range(3, 6):
        make.user(f"Person {number}", manager_id=boss.id)

    many = browser_for(boss)
    many.get("/settings/people")

    assert few.selects == many.selects


def test_a_person_is_added_and_invited_and_chooses_a_password_once(make, boss, browser_for):
    browser = browser_for(boss)
    browser.post(
        "/settings/people/add", {"name": "Dana", "email": "Dana@Example.com", "role": "manager"}
    )
    dana = make.find(select(User).where(User.email == "dana@example.com"))

    shown = browser.post(f"/settings/people/{dana.id}/invite")
    link = shown.field("link").partition("localhost")[2]
    guest = browser_for(None)
    opened = guest.get(link)
    entered = guest.post(link, {"password": PASSWORD, "again": PASSWORD})
    again = browser_for(None).get(link)

    assert (opened.status, entered.status, again.status) == (200, 303, 404)
    assert guest.get("/accounts/").status == 200
    assert make.again(dana).password_hash == f"hash of {PASSWORD}"


def test_the_link_is_kept_only_as_a_hash(make, session, ada, boss, browser_for):
    shown = browser_for(boss).post(f"/settings/people/{ada.id}/invite")
    token = shown.field("link").rpartition("/")[2]

    kept = make.find(select(Invitation))

    assert token not in kept.token_hash


def test_a_new_link_ends_the_one_before(make, session, ada, browser_for):
    first = invite(session, ada, now())
    invite(session, ada, now())
    session.commit()

    assert browser_for(None).get(f"/invitation/{first}").status == 404


@pytest.mark.parametrize(("days", "status"), [(6, 200), (8, 404)])
def test_a_link_holds_for_a_week(days, status, session, ada, browser_for):
    token = invite(session, ada, now() - timedelta(days=days))
    session.commit()

    assert browser_for(None).get(f"/invitation/{token}").status == status


def test_a_short_password_or_two_that_differ_are_refused(session, ada, browser_for):
    token = invite(session, ada, now())
    session.commit()

    short = browser_for(None).post(f"/invitation/{token}", {"password": "short", "again": "short"})
    apart = browser_for(None).post(f"/invitation/{token}", {"password": PASSWORD, "again": "x"})

    assert (short.status, apart.status) == (422, 422)


def test_who_has_no_address_cannot_be_invited(make, boss, browser_for):
    nameless = make.user("No Address")
    browser = browser_for(boss)

    page = browser.post(f"/settings/people/{nameless.id}/invite")

    assert page.status == 303
    assert make.find(select(Invitation)) is None


@pytest.mark.parametrize(
    "typed",
    [
        {"role": "reader", "email": "boss@example.com"},
        {"role": "administrator", "email": ""},
    ],
)
def test_the_last_administrator_stays_one_who_can_sign_in(typed, make, boss, browser_for):
    page = browser_for(boss).post(f"/settings/people/{boss.id}/edit", {"name": "Bao Chen", **typed})

    assert page.status == 422
    assert "the last administrator" in page.text
    assert make.again(boss).role == "administrator"


def test_the_last_administrator_cannot_leave_but_one_of_two_can(make, boss, browser_for):
    refused = browser_for(boss).post(f"/settings/people/{boss.id}/archive")
    make.user("Second", "second@example.com", role="administrator")

    left = browser_for(boss).post(f"/settings/people/{boss.id}/archive")

    assert (refused.status, left.status) == (422, 303)
    assert "the last administrator" in refused.text


def test_who_has_left_is_signed_out_and_comes_back(make, ada, boss, browser_for):
    browser, hers = browser_for(boss), browser_for(ada)

    browser.post(f"/settings/people/{ada.id}/archive")
    assert hers.get("/accounts/").status == 303
    assert "Ada Zhang" in browser.get("/settings/people?archived=y").text
    browser.post(f"/settings/people/{ada.id}/restore")

    assert hers.get("/accounts/").status == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "BEN@example.com"}, "has this address already"),
        ({"email": "no address"}, "not an e-mail address"),
        ({"name": ""}, "Please fill this in."),
        ({"role": "emperor"}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(typed, words, ada, ben, boss, browser_for):
    page = browser_for(boss).post(
        f"/settings/people/{ada.id}/edit",
        {"name": "Ada", "role": "manager", "email": "ada@example.com", "office": "Wuhan", **typed},
    )

    assert page.status == 422
    assert words in page.text
    assert page.field("office") == "Wuhan"


def test_a_person_cannot_report_to_somebody_they_lead(make, ada, boss, browser_for):
    below = make.user("Below", "below@example.com", manager_id=ada.id)

    page = browser_for(boss).post(
        f"/settings/people/{ada.id}/edit",
        {"name": "Ada", "role": "manager", "manager_id": str(below.id)},
    )

    assert page.status == 422
    assert "reports to them already" in page.text


def test_a_stale_form_about_a_person_shows_both_versions(ada, boss, browser_for):
    browser, at = browser_for(boss), f"/settings/people/{ada.id}/edit"
    opened = browser.get(at).field("version")
    typed = {"role": "manager", "email": "ada@example.com", "version": opened}
    browser.post(at, {**typed, "name": "Ada Two"})

    assert browser.post(at, {**typed, "name": "Ada Three"}).status == 409
    assert browser.get("/settings/people/999999/edit").status == 404


def test_the_company_s_currency_is_what_new_accounts_begin_with(session, boss, browser_for):
    browser = browser_for(boss)

    browser.post("/settings/company", {"currency": "EUR", "language": "", "rates": "EUR 7.8"})

    assert browser.get("/accounts/add").field("currency") == "EUR"
    assert company_from(find_setting(session, COMPANY)).rate("EUR") == Decimal("7.8")
    assert browser.get("/settings/company").field("rates").strip() == "EUR 7.8"


def test_a_bad_rate_is_named_and_nothing_is_kept(make, session, boss, browser_for):
    page = browser_for(boss).post("/settings/company", {"currency": "CNY", "rates": "EUR many"})

    assert page.status == 422
    assert "This line is no rate: EUR many" in page.text
    assert find_setting(session, COMPANY) is None


def test_company_settings_saved_meanwhile_are_not_overwritten(boss, browser_for):
    browser = browser_for(boss)
    opened = browser.get("/settings/company").field("version")
    browser.post("/settings/company", {"currency": "EUR", "rates": "", "version": opened})

    late = browser.post("/settings/company", {"currency": "USD", "rates": "", "version": opened})

    assert late.status == 422
