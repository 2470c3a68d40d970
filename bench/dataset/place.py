"""Where the rows of one account go."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.dataset.rows import Rows


@dataclass
class Place:
    """Where the rows of one account go, who looks after it, and its own source of chance."""

    rows: Rows
    number: int
    account_id: int
    owner: int
    helper: int | None
    on: date
    chance: random.Random
    deals: int

    def ago(self, days: int) -> date:
        """A day of the past, or of the future when ``days`` are negative."""
        return self.on - timedelta(days=days)

    def add(self, model: Any, **values: Any) -> int:
        """A row of this account."""
        return self.rows.add(model, account_id=self.account_id, **values)


def at(on: date) -> datetime:
    """A moment of a working day."""
    return datetime.combine(on, time(9), UTC)
