"""The portfolio of whoever leads the company: kept, and mended where something happened."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.accounts.importance import DEFAULT_SCALE
from app.accounts.models import FactorScore, Rival
from app.accounts.queries import sight_of
from app.accounts.wishes import AccountWish
from app.beside import Work
from app.db import now
from app.records import kept_portfolio
from app.records.imported import note_import
from app.records.kept_portfolio import Basis, answer_of
from app.records.models import Sale
from app.records.rules import class_period
from app.users.company import Company
from app.users.rules import UserRole

TODAY = date(2026, 3, 20)


@pytest.fixture
def head(make, ada, monkeypatch):
    """She leads Ada; what is looked at again is only what is new."""
    monkeypatch.setattr("app.records.views.portfolio.today", lambda: TODAY)
    monkeypatch.setattr(kept_portfolio, "AGAIN", 0)
    leader = make.user("Hu Head", role="director")
    ada.manager_id = leader.id
    make.settle()
    return leader


@pytest.fixture
def look(session, head):
    """Name, owner, sales and competitors' share of every account, as the head is answered."""
    basis = Basis(class_period(TODAY), Company(), DEFAULT_SCALE)
    read = []

    def facts(spots):
        found = [one.fact for one in spots]
        return [(one.name, one.owner, one.sales, one.rivals) for one in found]

    original = kept_portfolio.facts_where

    def noted(session, where, *rest):
        found = original(session, where, *rest)
        read.append(len(found))
        return found

    kept_portfolio.facts_where = noted

    def ask():
        seen = sight_of(session, head.id, UserRole.DIRECTOR, None)
        answer = answer_of(session, (seen, AccountWish()), basis, facts)
        session.commit()
        return answer, read[-1] if read else 0

    yield ask
    kept_portfolio.facts_where = original


def test_only_accounts_with_something_new_are_read_again(make, session, head, ada, look):
    with make.at_once():
        first = make.account("First", owner=ada)
        second = make.account("Second", owner=ada)
        make.sale(first, "100", on=date(2026, 1, 5))

    assert look() == ([("First", "Ada Zhang", 100, None), ("Second", "Ada Zhang", 0, None)], 2)

    make.keep(Rival(account_id=second.id, name="Rival", share=Decimal("0.3")))
    make.keep(Sale(account_id=second.id, on=date(2026, 2, 1), quantity=1, amount=Decimal(7)))
    assert look() == (
        [("First", "Ada Zhang", 100, None), ("Second", "Ada Zhang", 7, Decimal("0.3"))],
        1,
    )

    first.archived_at = now()
    make.settle()
    third = make.account("Third", owner=ada)
    assert [one[0] for one in look()[0]] == ["Second", "Third"]

    ada.name = "Ada Lovelace"
    make.settle()
    assert {one[1] for one in look()[0]} == {"Ada Lovelace"}

    session.delete(session.get(Sale, 2))
    note_import(session, 1, now())
    session.commit()
    assert look() == ([("Second", "Ada Lovelace", 0, Decimal("0.3")),
                       ("Third", "Ada Lovelace", 0, None)], 2)  # fmt: skip
    assert third.id


def test_of_many_accounts_the_page_says_how_far_it_is(make, head, ada, browser_for, monkeypatch):
    with make.at_once():
        account = make.account("First Hospital", owner=ada)
        make.sale(account, "100", on=date(2026, 1, 5))
        make.keep(FactorScore(account_id=account.id, factor="potential", score=60, on=TODAY))
    monkeypatch.setattr(kept_portfolio, "AT_ONCE", 0)
    browser = browser_for(head)
    work = Work(3)
    monkeypatch.setattr(kept_portfolio, "found_or_begun", lambda *_args, **_more: work)

    for path in ("", "pareto", "loyalty"):
        page = browser.get(f"/portfolio/{path}")
        assert page.all("progress"), path
        assert "First Hospital" not in page.text
    assert browser.client.get("/portfolio/map.csv").status_code == 503

    monkeypatch.undo()
    monkeypatch.setattr("app.records.views.portfolio.today", lambda: TODAY)
    monkeypatch.setattr(kept_portfolio, "AT_ONCE", 0)
    assert "First Hospital" in browser.client.get("/portfolio/map.csv").text
    for path in ("", "pareto"):
        assert "First Hospital" in browser.get(f"/portfolio/{path}").text
