"""Signing in: right and wrong passwords, the lock-out, and sessions that end."""

from __future__ import annotations

import pytest

from app.users.models import User
from app.users.sign_in import MOST_FAILURES, hash_password

PASSWORD = "four calm banyan trees"


@pytest.fixture(scope="session")
def hashed() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def keeper(make, hashed) -> User:
    """An administrator with a real password."""
    return make.user("Bao Chen", "boss@example.com", role="administrator", password_hash=hashed)


def enter(browser, password=PASSWORD, **more):
    return browser.post("/sign-in", {"email": "Boss@Example.com", "password": password, **more})


def test_the_right_password_opens(keeper, browser_for):
    browser = browser_for(None)

    page = enter(browser, next="/accounts/")

    assert page.headers["Location"] == "/accounts/"
    assert browser.get("/accounts/").status == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_never_leads_elsewhere(target, keeper, browser_for):
    page = enter(browser_for(None), next=target)

    assert page.headers["Location"] == "/"


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(keeper, browser_for):
    page = enter(browser_for(None), password="three calm banyan trees")

    assert page.status == 422
    assert "E-mail and password do not go together." in page.text


def test_a_name_is_locked_out_after_eight_failures_for_the_right_password_too(
    keeper, browser_for, monkeypatch
):
    monkeypatch.setattr("app.users.views.door.password_fits", lambda *_: False)
    for _try in range(MOST_FAILURES):
        enter(browser_for(None))
    monkeypatch.undo()

    assert enter(browser_for(None)).status == 429


def test_signing_out_everywhere_ends_the_session_of_another_device(keeper, browser_for):
    phone, desk = browser_for(None), browser_for(None)
    enter(phone)
    enter(desk)

    desk.post("/sign-out-everywhere")

    assert phone.get("/accounts/").status == 303


def test_a_session_set_before_the_door_is_worth_nothing_after_it(keeper, browser_for):
    browser = browser_for(None)
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "yes"

    enter(browser)

    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_who_was_archived_is_signed_out(keeper, make, session, browser_for):
    from app.db import now

    browser = browser_for(None)
    enter(browser)
    session.get(User, keeper.id).archived_at = now()
    session.commit()

    assert browser.get("/accounts/").status == 303


def test_the_first_visitor_becomes_administrator_once_with_the_token(
    session, browser_for, monkeypatch
):
    from app.users.changes import new_first_token

    token = new_first_token(session)
    session.commit()
    typed = {"name": "Bao Chen", "email": "boss@example.com", "password": PASSWORD}

    wrong = browser_for(None).post("/first", {**typed, "token": "guess"})
    right = browser_for(None).post("/first", {**typed, "token": token})
    again = browser_for(None).post("/first", {**typed, "token": token})

    assert (wrong.status, right.status, again.status) == (422, 303, 404)


def test_changing_the_language_shows_the_next_page_in_it(keeper, browser_for):
    browser = browser_for(keeper)

    browser.post("/language", {"language": "zh_Hans_CN", "next": "/accounts/"})

    assert 'lang="zh-Hans-CN"' in browser.get("/accounts/").text
