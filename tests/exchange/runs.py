"""Imports as tests run them: a file's text in, a report out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import now
from app.exchange.choices import BatchState, Choices
from app.exchange.importing import bring_in, learnt, look_through, new_batch
from app.exchange.models import Batch
from app.exchange.month_columns import of_kind
from app.exchange.reading import open_table
from app.exchange.report import Report
from app.exchange.undoing import problems_undoing, undo
from app.exchange.uploads import guessed_mapping
from app.tables import METADATA
from tests.exchange.shared import table

ON = date(2026, 11, 22)


class Runs:
    """Looks through and imports files for one owner."""

    def __init__(self, session: Session, owner_id: int) -> None:
        self.session = session
        self.owner_id = owner_id
        self.batch: Batch | None = None

    def look(self, kind: str, content: str | Path, **more: Any) -> Report:
        """A dry run."""
        with of_kind(opened(content), kind) as rows:
            report = look_through(self.session, rows, self._choices(kind, rows, more))
        self.session.rollback()
        return report

    def bring(self, kind: str, content: str | Path, **more: Any) -> Report:
        """An import, committed."""
        with of_kind(opened(content, more.pop("sheet", None)), kind) as rows:
            choices = self._choices(kind, rows, more)
            self.batch = new_batch(self.session, choices, BatchState.IMPORTING)
            report = bring_in(self.session, rows, choices, self.batch)
        self.session.commit()
        return report

    def undo(self) -> list[str]:
        """Take the last import back; the reasons when it may not be."""
        assert self.batch is not None
        problems = problems_undoing(self.session, self.batch)
        if not problems:
            undo(self.session, self.batch, now())
        self.session.commit()
        self.session.expire_all()
        return [str(one) for one in problems]

    def _choices(self, kind: str, rows: Any, more: dict[str, Any]) -> Choices:
        values = {
            "on": ON,
            "at": now(),
            "owner_id": self.owner_id,
            "source": "made.csv",
            "mapping": guessed_mapping(rows, kind),
            "stages": learnt(self.session, "stage"),
            **more,
        }
        return Choices(kind=kind, **values)


def opened(content: str | Path, sheet: str | None = None):
    """A file's table, or that of a text."""
    return open_table(content, sheet=sheet) if isinstance(content, Path) else table(content)


def counts(session: Session) -> dict[str, int]:
    """How many rows every table has, but those that note imports themselves."""
    own = {"batch", "batch_item", "learnt", "setting", "upload"}
    found = {
        name: session.scalar(select(func.count()).select_from(one))
        for name, one in METADATA.tables.items()
        if name not in own
    }
    session.commit()
    return found


def why(report: Report) -> list[str]:
    """Each refused row's number and reasons."""
    return [f"{one.number}: {' '.join(map(str, one.reasons))}" for one in report.refused]


def warned(report: Report) -> list[str]:
    """Each row taken with a loss."""
    return [f"{one.number}: {' '.join(map(str, one.reasons))}" for one in report.warned]
