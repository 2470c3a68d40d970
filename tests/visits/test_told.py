"""What visits say to whoever leads a company of many accounts: how far it is, then all of it."""

from __future__ import annotations

from app.beside import Work
from app.visits import told_queries


def test_of_many_accounts_the_page_says_how_far_it_is(make, ada, browser_for, monkeypatch):
    head = make.user("Hu Head", role="director")
    ada.manager_id = head.id
    make.settle()
    make.account("First Hospital", owner=ada)
    browser = browser_for(head)
    fewer = browser.get("/visits/figures")

    monkeypatch.setattr(told_queries, "AT_ONCE", 0)
    with monkeypatch.context() as held:
        held.setattr(told_queries, "found_or_begun", lambda *_args, **_more: Work(4))
        begun = browser.get("/visits/figures")
        assert browser.client.get("/visits/figures/effort.svg").status_code == 503
    picture = browser.client.get("/visits/figures/effort.svg")
    whole = browser.get("/visits/figures")

    assert begun.all("progress")
    assert "First Hospital" not in begun.text
    assert picture.status_code == 200
    for page in (fewer, whole):
        assert page.words("h1") == ["What visits say"]
        assert "First Hospital" in page.text
