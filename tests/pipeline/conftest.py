"""Deals in the making: opened and moved by the same functions that pages and imports use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.pipeline import changes
from app.pipeline.changes import Act, NewTerms
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome, Stage

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def day(text: str) -> date:
    """A day of 2026, as month-day."""
    return date.fromisoformat(f"2026-{text}")


class Story:
    """One deal and what happens to it; each step commits."""

    def __init__(self, session: Session, account: Any, opened: str, **more: Any) -> None:
        self.session = session
        values = {"name": "Ward monitors", "stage": "prospecting", "amount": Decimal(1000), **more}
        self.deal = Opportunity(account_id=account.id, **values)
        changes.open_opportunity(session, self.deal, self.act(opened))
        session.commit()

    def act(self, on: str, **more: Any) -> Act:
        """What somebody does on a day."""
        return Act(day(on), AT, **more)

    def move(self, on: str, to: Stage, **more: Any) -> Story:
        """Move it."""
        changes.move(self.session, self.deal, to, self.act(on, **more))
        self.session.commit()
        return self

    def close(self, on: str, outcome: Outcome, **more: Any) -> Story:
        """End it."""
        changes.close(self.session, self.deal, outcome, self.act(on, **more))
        self.session.commit()
        return self

    def reopen(self, on: str) -> Story:
        """Take it up again."""
        changes.reopen(self.session, self.deal, self.act(on))
        self.session.commit()
        return self

    def terms(self, on: str, **new: Any) -> Story:
        """Expect something else of it."""
        kept = {name: getattr(self.deal, name) for name in ("amount", "close_on", "probability")}
        changes.change_terms(self.session, self.deal, NewTerms(**{**kept, **new}), self.act(on))
        self.session.commit()
        return self


@pytest.fixture
def story(session):
    """Begin a deal's story: ``story(account, "03-02")``."""

    def begin(account: Any, opened: str = "03-02", **more: Any) -> Story:
        return Story(session, account, opened, **more)

    return begin
