"""What every kind of import shares: rows come one by one, and go out by the thousand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exchange.choices import Choices
from app.exchange.known import Names, known_accounts
from app.exchange.report import Refused, Report, RowState
from app.exchange.writing import CHUNK, Writer
from app.vocabulary import N_, because

UNKNOWN_ACCOUNT = N_(
    "There is no account “%(name)s” that you may change. Import the accounts first."
)
Row = dict[str, Any]


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
        self.seen: dict[Hashable, int] = {}
        self.column = ""
        self.prepare()

    def prepare(self) -> None:
        """Load what is known already."""

    def take(self, number: int, values: Row) -> RowState:
        """What becomes of a row; raises Refused."""
        raise NotImplementedError

    def write(self) -> None:
        """Send out what is queued."""

    def finish(self) -> None:
        """Do what needs the whole file."""
        self.send()

    def row(self, number: int, values: Row) -> None:
        """Take a row and count it."""
        self.writer.latest = {}
        try:
            state = self.take(number, values)
        except Refused as refusal:
            self.report.refuse(number, self.called(values), refusal.reasons)
            return
        self.report.counts[state] += 1
        if state in {RowState.NEW, RowState.CHANGED}:
            if self.report.wants_shown(state):
                self.report.show(state, number, self.called(values), self.writer.latest)
            self.queued += 1
            if self.queued >= CHUNK:
                self.send()

    def send(self) -> None:
        """Send out the queue and its notes."""
        self.write()
        self.writer.flush()
        self.queued = 0

    def called(self, values: Mapping[str, Any]) -> str:
        """What a row is called when it is told of, with its column where a row has several."""
        name = next((str(values[name]) for name in self.name_fields if values.get(name)), "")
        return " · ".join(part for part in (name, self.column) if part)

    def once(self, number: int, key: Hashable) -> None:
        """Refuse what the file has twice."""
        first = self.seen.setdefault(key, number)
        if first != number:
            raise Refused(because(N_("It is in the file twice: see row %(row)s."), row=first))

    def account_of(self, accounts: Names, values: Row) -> int:
        """The account that a row is of, else the one chosen; Refused when there is none."""
        word = values.get("account")
        if word:
            found = accounts.find(word)
            if found is None:
                raise Refused(accounts.missing(word, UNKNOWN_ACCOUNT))
            return found
        if self.choices.account_id is None:
            raise Refused(because(N_("The row names no account.")))
        return self.choices.account_id

    def touchable_accounts(self) -> Names:
        """The accounts that rows may go into."""
        return known_accounts(self.session, self.choices.editable)

    def day(self, values: Row, name: str = "since") -> date:
        """A day that a row names, never later than the import's; else the import's."""
        on = self.choices.on
        return min(values.get(name) or on, on)


def kept_columns(session: Session, model: Any, names: tuple[str, ...]) -> dict[int, Row]:
    """What rows hold now, by id."""
    query = select(model.id, *(getattr(model, name) for name in names))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in session.execute(query)}


def differences(kept: Mapping[str, Any], new: Mapping[str, Any]) -> Row:
    """The columns that a row would change; what the file leaves empty changes nothing.

    >>> differences({"amount": Decimal("1.00"), "name": "A"}, {"amount": Decimal(1), "name": "B"})
    {'name': 'B'}
    """
    return {name: value for name, value in new.items() if kept.get(name) != value}


def leads_to(above: Mapping[int, int | None], start: int | None, end: int) -> bool:
    """Whether going up from one comes to another (or is there already).

    >>> leads_to({1: 2, 2: 3}, 1, 3), leads_to({1: 2}, 2, 1)
    (True, False)
    """
    passed: set[int] = set()
    while start is not None and start not in passed:
        if start == end:
            return True
        passed.add(start)
        start = above.get(start)
    return False


def way_back(above: Mapping[int, int], person_id: int, manager: int) -> list[int]:
    """The way up from a new manager, when it comes back to the person; else nothing.

    >>> way_back({2: 3, 3: 1}, 1, 2), way_back({2: 3}, 1, 2)
    ([2, 3, 1], [])
    """
    way: list[int] = []
    one: int | None = manager
    while one is not None and one not in way:
        way.append(one)
        if one == person_id:
            return way
        one = above.get(one)
    return []


def cents(amount: Decimal) -> Decimal:
    """An amount as the database keeps it."""
    return amount.quantize(Decimal("0.01"))
