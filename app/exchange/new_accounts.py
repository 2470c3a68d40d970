"""Accounts that an import adds: each with its owner's seat, and found by the search box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.models import Account, Membership
from app.accounts.rules import Segment
from app.exchange.base import Importer
from app.exchange.known import Names, known_accounts
from app.exchange.writing import Row, Writer
from app.users.company import HOME
from app.users.rules import Level


class Arrivals:
    """The accounts that a file's rows name; one not known is added where that was chosen.

    An account that the person may see and not change is known: no second one is made of it.
    """

    def __init__(self, importer: Importer, accounts: Names) -> None:
        self.choices, self.report = importer.choices, importer.report
        self.writer, self.accounts = importer.writer, accounts
        self.rows: list[tuple[Row, int]] = []
        adds, seen = self.choices.creates_accounts, self.choices.visible
        self.seen = known_accounts(importer.session, seen) if adds and seen else accounts

    def find(self, word: str, **row: Any) -> int | None:
        """The account that a word names; ``row`` is what else a new one has."""
        found = self.accounts.find(word)
        if found is not None:
            return found
        is_known = self.seen.find(word) is not None or self.seen.is_twice(word)
        if is_known or self.accounts.is_twice(word) or not self.choices.creates_accounts:
            return None
        account_id = self.writer.next_id(Account)
        new = {"id": account_id, "name": word, "external_id": None, "currency": HOME, **row}
        self.accounts.add(account_id, new["external_id"], word)
        self.rows.append((new, self.choices.owner_id))
        self.report.made["accounts"] += 1
        return account_id

    def write(self) -> None:
        """Insert the accounts gathered so far."""
        add_accounts(self.writer, self.accounts, self.rows, self.choices.segment)
        self.rows = []


def add_accounts(
    writer: Writer, known: Names, rows: Sequence[tuple[Row, int]], segment: Segment | None = None
) -> list[int]:
    """Insert accounts, each given with its owner's id, and make them known; gives their ids.

    Without a segment an account has no size class: those that name none are of the one given.
    """
    ids = writer.add(Account, [{"segment": segment, **row} for row, _owner in rows])
    seats = []
    for account_id, (row, owner) in zip(ids, rows, strict=True):
        names = (row["name"], row.get("other_name", ""))
        known.add(account_id, row.get("external_id"), *names)
        writer.find_by("account", account_id, account_id, *names)
        seats.append({"account_id": account_id, "user_id": owner, "level": Level.OWN})
    writer.add(Membership, seats)
    return ids
