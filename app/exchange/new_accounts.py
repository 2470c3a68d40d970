"""Accounts that an import adds: each with its owner's seat, and found by the search box."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Account, Membership
from app.accounts.rules import Segment
from app.exchange.known import Names
from app.exchange.writing import Row, Writer
from app.users.rules import Level


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
