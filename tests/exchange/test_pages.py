"""Import by pages: a file is sent, its columns placed, looked through, imported, taken back."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.exchange.models import Batch, Upload
from app.stakeholders.models import RoleHolding, Stakeholder, Tie
from tests.exchange.shared import shared

ACCOUNTS = "name,city,parent\nAcme,Berlin,\nAcme East,Dresden,Acme\n"
PEOPLE = "account,name,title,role,reports_to\nFirst Hospital,Wang Fang,CEO,decider,\nFirst Hospital,Li Na,CFO,influencer,Wang Fang\n"
DEALS = "account,name,stage,amount\nFirst Hospital,Scanners,Engaging,1200\n,Beds,Won,5\n"


def sending(content: bytes | str, filename: str = "made.csv", **more: str) -> dict[str, object]:
    raw = content.encode() if isinstance(content, str) else content
    return {"file": (io.BytesIO(raw), filename), "kind": "", "account": "", **more}


def columns_of(page) -> dict[str, str]:
    """The form as the page offers it."""
    found = {}
    for select_ in page.all("select"):
        for option in select_:
            if option.get("selected") is not None:
                found[select_.get("name")] = option.get("value", "")
        found.setdefault(select_.get("name"), "")
    return found


@pytest.fixture
def walk(browser_for):
    """Send a file as somebody and go on to what it would change; gives browser and address."""

    def go(user, content, filename="made.csv", **more):
        browser = browser_for(user)
        sent = browser.post("/import/files", sending(content, filename))
        assert sent.status == 303, sent.words("p")
        at = sent.headers["Location"]
        page = browser.get(at)
        looked = browser.post(at, {**columns_of(page), "act": "look", "account": "", **more})
        assert looked.status == 303, (looked.status, looked.words("li"))
        return browser, looked.headers["Location"]

    return go


def test_a_file_is_looked_through_before_anything_is_written(walk, session, ada):
    browser, at = walk(ada, ACCOUNTS)

    page = browser.get(at)

    assert "Would be new" in page.text
    assert session.scalar(select(func.count(Account.id))) == 0


def test_an_import_makes_its_rows_for_whoever_imports_and_can_be_undone(walk, session, ada):
    browser, at = walk(ada, ACCOUNTS)

    done = browser.post(f"{at}/go")

    assert done.status == 303
    assert "Acme" in browser.get("/accounts/").text
    assert session.scalar(select(func.count(Upload.id))) == 0
    session.commit()
    assert browser.post(f"{at}/undo").status == 303
    assert session.scalar(select(func.count(Account.id))) == 0
    session.commit()
    assert "Undone" in browser.get(at).text
    assert browser.post(f"{at}/undo").status == 422
