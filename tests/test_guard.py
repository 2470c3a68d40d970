"""The door, the forgery tokens and the headers."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError


@pytest.fixture
def strict(app):
    """The app as it runs: tokens are checked."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    yield app
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False


def test_a_form_without_its_token_is_refused(strict, ada, browser_for):
    page = browser_for(ada).post("/accounts/add", {"name": "Forged", "currency": "CNY"})

    assert page.status == 400


def test_a_form_with_its_token_is_taken(strict, ada, browser_for):
    browser = browser_for(ada)
    token = browser.get("/accounts/add").field("csrf_token")

    page = browser.post(
        "/accounts/add", {"name": "Genuine", "currency": "CNY", "csrf_token": token}
    )

    assert page.status == 303


@pytest.mark.parametrize("address", ["/accounts/add", "/sign-in", "/nowhere"])
def test_what_is_sent_is_a_form_and_nothing_else(address, ada, browser_for):
    page = browser_for(ada).post(address, "[1]", content_type="application/json")

    assert page.status == 415


@pytest.mark.parametrize("address", ["/accounts/", "/nowhere", "/sign-in"])
def test_every_answer_carries_the_strict_policy(address, ada, browser_for):
    headers = browser_for(ada).get(address).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_stranger_is_led_to_the_door_and_back(app, make, browser_for):
    make.user("Bao Chen", "boss@example.com", role="administrator")

    page = browser_for(None).get("/accounts/?kind=core")

    assert page.status == 303
    assert page.headers["Location"] == "/sign-in?next=/accounts/?kind%3Dcore"


def test_a_database_that_does_not_answer_is_told_on_a_page(app, ada, browser_for, monkeypatch):
    asked = []

    def silent(*_given):
        asked.append(1)
        raise OperationalError("SELECT", {}, Exception("no way to the database"))

    monkeypatch.setattr("app.guard.find_person", silent)

    page = browser_for(ada).get("/accounts/")

    assert (page.status, page.h1) == (503, "Busy for a moment")
    assert len(asked) == 1
