"""A lost deal of Ada's account, and sessions in the making."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from app.retrospectives.changes import assemble, begin
from app.retrospectives.models import Retrospective
from app.retrospectives.rules import Kind
from app.users.rules import Level
from tests.factories import AT

DECIDED = date(2026, 3, 20)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def lost(make, account, ada):
    """A deal that was lost on a day of March."""
    values = {"outcome": "lost", "closed_on": DECIDED, "owner_id": ada.id}
    return make.opportunity(account, stage="bidding", **values)


@pytest.fixture
def dora(make, account):
    """She may edit the account."""
    user = make.user("Dora Lin", "dora@example.com")
    make.member(account, user, Level.EDIT)
    return user


@pytest.fixture
def session_of(make, session, lost, ada):
    """Begin the retrospective of the lost deal with people."""

    def begin_with(*people, kind: Kind = Kind.LOSS) -> Retrospective:
        retro = assemble(session, lost, kind, user_id=ada.id, at=AT)
        begin(session, retro, [one.id for one in people], leader=ada.id, at=AT)
        session.commit()
        return retro

    return begin_with


@pytest.fixture
def windows(browser_for, ada, dora, cleo):
    """A window each: Ada leads, Dora is on the team, Cleo was invited from elsewhere."""
    return SimpleNamespace(ada=browser_for(ada), dora=browser_for(dora), cleo=browser_for(cleo))
