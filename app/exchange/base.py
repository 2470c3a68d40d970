"""What every kind of import shares: rows come one by one, and go out by the thousand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.exchange.choices import Choices
from app.exchange.report import Report, RowState
from app.exchange.writing import CHUNK, Writer
from app.vocabulary import Reason


class Refused(Exception):  # noqa: N818 - it reads as what it is at every `raise`
    """A row cannot be taken; the message says why, in the salesperson's terms."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*map(str, reasons))
        self.reasons = reasons


class Importer:
    """Takes a file's rows of one kind. Sub-classes say what becomes of a row.

    ``take`` gives the row's state and may queue it; ``write`` sends the queue out, called for
    every thousand rows; ``finish`` does what needs the whole file, such as parents.
    """

    name_fields: tuple[str, ...] = ("name",)

    def __init__(self, session: Session, choices: Choices, report: Report, writer: Writer) -> None:
        self.session = session
        self.choices = choices
        self.report = report
        self.writer = writer
        self.queued = 0
        self.prepare()

    def prepare(self) -> None:
        """Load what is known already."""

    def take(self, number: int, values: dict[str, Any]) -> RowState:
        """What becomes of a row; raises Refused."""
        raise NotImplementedError

    def write(self) -> None:
        """Send out what is queued."""

    def finish(self) -> None:
        """Do what needs the whole file."""

    def row(self, number: int, values: dict[str, Any]) -> None:
        """Take a row and count it."""
        try:
            state = self.take(number, values)
        except Refused as refusal:
            self.report.refuse(number, self.called(values), refusal.reasons)
            return
        self.report.count(state)
        self.queued += 1
        if self.queued >= CHUNK:
            self.send()

    def send(self) -> None:
        """Send out the queue and its notes."""
        self.write()
        self.writer.flush()
        self.queued = 0

    def called(self, values: Mapping[str, Any]) -> str:
        """What a row is called when it is told of."""
        return next((str(values[name]) for name in self.name_fields if values.get(name)), "")


def differences(kept: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a row would change; what the file leaves empty changes nothing."""
    return {name: value for name, value in new.items() if not _alike(kept.get(name), value)}


def _alike(kept: Any, new: Any) -> bool:
    if isinstance(kept, Decimal) or isinstance(new, Decimal):
        return kept is not None and new is not None and Decimal(kept) == Decimal(new)
    if isinstance(kept, datetime | date) or kept is None:
        return bool(kept == new)
    return bool(kept == new)
