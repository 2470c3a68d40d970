"""The day of whoever leads the company: what they lead, kept for a minute and read each time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.accounts.queries import sight_of
from app.alerts.models import Alert
from app.alerts.rules import Kind, Level
from app.db import now
from app.overview import asker
from app.overview.asker import Team, team_of
from app.users.models import User
from app.users.rules import UserRole

TODAY = datetime.now(UTC).date()


@pytest.fixture
def head(make, ada):
    """She leads Ada, and neither Cleo nor Otto, who has a seat nowhere."""
    leader = make.user("Hu Head", role="director")
    ada.manager_id = leader.id
    make.user("Otto")
    return leader


def warned(make, account, owner):
    return make.keep(
        Alert(
            account_id=account.id,
            kind=Kind.CREDIT,
            level=Level.URGENT,
            reasons=[],
            opened_on=date(2026, 3, 2),
            opened_at=now(),
            seen_on=TODAY,
            owner_id=owner and owner.id,
        )
    )


def test_whom_a_head_leads_is_said_by_whom_she_does_not(session, make, head, ada, monkeypatch):
    make.account("First Hospital", owner=ada)
    seen = sight_of(session, head.id, UserRole.DIRECTOR, None)
    others = set(session.scalars(select(User.id).where(User.id.not_in([head.id, ada.id]))))

    found = team_of(session, head.id, seen)

    assert (set(found.ids), found.is_all_but) == (others, True)
    monkeypatch.setattr(asker, "MOST_OUTSIDERS", 0)
    assert team_of(session, head.id, seen) == Team((ada.id,))


@pytest.mark.parametrize("borne", [0, 100])
def test_a_heads_day_shows_her_peoples_warnings_until_they_are_closed(
    make, head, ada, cleo, browser_for, monkeypatch, borne
):
    monkeypatch.setattr(asker, "MOST_OUTSIDERS", borne)
    with make.at_once():
        for name, owner in (("Hers", ada), ("Of Cleo", cleo), ("Of nobody", None)):
            warned(make, make.account(name, owner=ada), owner)
    browser = browser_for(head)

    first, again = browser.get("/today"), browser.get("/today")

    for page in (first, again):
        assert "Hers" in page.text
        assert "Of Cleo" not in page.text
        assert "Of nobody" not in page.text
    row = make.find(select(Alert).where(Alert.owner_id == ada.id))
    row.closed_on = TODAY
    make.settle()
    assert "Hers" not in browser.get("/today").text
