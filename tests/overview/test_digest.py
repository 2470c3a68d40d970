"""The week's letter reaches a real mail server, once a week, in each reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.overview.digest import send_digests, stop_token
from tests.live import free_port

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday
WEEK = timedelta(days=7)


@dataclass
class Postbox:
    """What the mail server took in; ``refuses`` makes it turn everything away."""

    letters: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 try again later"
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def postbox(app: Flask) -> Iterator[Postbox]:
    """A mail server of our own that the app writes to."""
    box = Postbox()
    office = Controller(box, hostname="127.0.0.1", port=free_port())
    office.start()
    before = app.config["BANYAN"]
    app.config["BANYAN"] = replace(
        before, smtp_host="127.0.0.1", smtp_port=office.port, smtp_security="none",
        smtp_from="banyan@example.com", public_url="https://banyan.example",
    )  # fmt: skip
    yield box
    app.config["BANYAN"] = before
    office.stop()


@pytest.fixture
def visit(make, ada):
    account = make.account("First Hospital", owner=ada)
    return make.visit(account, ada, on=AT.date() + timedelta(days=2), purpose="Agree the trial")


def test_the_letter_says_whom_one_will_see_and_how_to_stop_it(app, session, visit, ada, postbox):
    done = send_digests(app, session, AT)

    (letter,) = postbox.letters
    assert done.sent == ("ada@example.com",)
    assert letter["To"] == "ada@example.com"
    assert "Agree the trial" in letter.get_content()
    assert "https://banyan.example/digest/off/" in letter["List-Unsubscribe"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_letter_is_in_the_readers_language(app, session, make, postbox):
    make.user("周倩", "zhou@example.com", language="zh_Hans_CN")

    send_digests(app, session, AT)

    assert "早上好" in postbox.letters[0].get_content()


def test_a_week_is_sent_once_however_often_the_scheduler_calls(app, session, visit, postbox):
    send_digests(app, session, AT)
    again = send_digests(app, session, AT + timedelta(days=3))
    later = send_digests(app, session, AT + WEEK)

    assert again.sent == ()
    assert later.sent == ("ada@example.com",)
    assert len(postbox.letters) == 2


def test_a_letter_that_failed_is_tried_again(app, session, visit, postbox):
    postbox.refuses = True
    failed = send_digests(app, session, AT)
    postbox.refuses = False
    done = send_digests(app, session, AT)

    assert failed.failed == ("ada@example.com",)
    assert done.sent == ("ada@example.com",)


def test_whoever_switched_it_off_in_one_click_gets_no_more(
    app, session, visit, ada, browser_for, postbox
):
    stranger = browser_for(None)
    token = stop_token(app, ada.id)

    asked = stranger.get(f"/digest/off/{token}")
    stranger.post(f"/digest/off/{token}", {"List-Unsubscribe": "One-Click"})

    assert "data-now" in asked.text
    assert send_digests(app, session, AT).sent == ()
    assert "switched off" in browser_for(ada).get("/digest").text


def test_it_is_switched_on_again_from_ones_preferences(
    app, session, visit, ada, browser_for, postbox
):
    browser = browser_for(ada)
    browser.post("/digest", {"off": "1"})
    browser.post("/digest", {})

    assert send_digests(app, session, AT).sent == ("ada@example.com",)


def test_nothing_of_accounts_that_one_may_not_see_is_in_the_letter(
    app, session, make, ada, cleo, postbox
):
    elsewhere = make.account("Elsewhere", owner=cleo)
    make.visit(elsewhere, ada, on=AT.date(), purpose="Hidden")

    send_digests(app, session, AT, only="ada@example.com")

    assert "Hidden" not in postbox.letters[0].get_content()


def test_an_address_nobody_wrote_stops_nothing(browser_for):
    assert browser_for(None).get("/digest/off/made-up").status == 404
