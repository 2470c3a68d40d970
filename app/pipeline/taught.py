"""What other deals taught, as a deal's page knows it.

Lessons stand above the pipeline; the app puts its own in when it is composed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.accounts.queries import Seen
from app.pipeline.models import Opportunity


class Lessons(Protocol):
    """What a deal's page asks of the lessons."""

    def speaking(self, session: Session, deal: Opportunity, seen: Seen, on: date) -> Sequence[Any]:
        """The lessons whose watches fire on a deal as it stands."""
        ...

    def about(self, session: Session, deal: Opportunity, seen: Seen, on: date) -> dict[str, Any]:
        """What the part of a deal's page on lessons shows."""
        ...
