"""Accounts, with their parents and owners."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.exchange.base import Importer, Row, differences, kept_columns, leads_to
from app.exchange.known import known_accounts, known_users
from app.exchange.new_accounts import add_accounts
from app.exchange.report import Refused, RowState
from app.vocabulary import N_, Reason, because

SAME_NAME = ("name", "other_name", "industry", "region", "city", "website", "phone", "employees",
             "annual_revenue", "founded", "ownership", "loyalty", "kind", "segment", "currency",
             "notes", "external_id")  # fmt: skip
COLUMNS = {**{name: name for name in SAME_NAME}, "chain": "chain_position"}
UNKNOWN_OWNER = N_("“%(name)s” is none of our people; the importer owns it.")
UNKNOWN_PARENT = N_("There is no account “%(name)s” to be its parent.")


class AccountImport(Importer):
    """Accounts, known by external id, else by name; parents may come later in the file."""

    def prepare(self) -> None:
        """Load accounts and people."""
        self.accounts = known_accounts(self.session, self.choices.visible)
        self.users = known_users(self.session)
        self.kept = kept_columns(self.session, Account, tuple(COLUMNS.values()))
        self.taken = {row["external_id"] for row in self.kept.values()} - {None}
        self.new: list[tuple[Row, int]] = []
        self.parents: list[tuple[int, str, int | str]] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match an account, or add one."""
        name = values.get("name") or values.get("external_id")
        if not name:
            raise Refused(because(N_("The row has neither a name nor an id.")))
        row = {COLUMNS[field]: value for field, value in values.items() if field in COLUMNS}
        found = self.accounts.match(values.get("external_id"), name)
        self.once(number, found if found is not None else values.get("external_id") or name)
        if values.get("parent"):
            self.parents.append((number, values["parent"], found or row.get("external_id") or name))
        if found is not None:
            return self._change(found, row)
        if row.get("external_id") in self.taken:
            raise Refused(because(N_("Its id is taken: ask an administrator who has it.")))
        self.new.append(({**row, "name": name}, self._owner(number, name, values)))
        return RowState.NEW

    def _owner(self, number: int, name: str, values: Row) -> int:
        word = values.get("owner")
        owner = self.users.find(word) if word else None
        if word and owner is None:
            self.report.warn(number, name, self.users.missing(word, UNKNOWN_OWNER))
        return owner or self.choices.owner_id

    def _change(self, account_id: int, row: Row) -> RowState:
        kept = self.kept[account_id]
        new = differences(kept, row)
        if not new:
            return RowState.SAME
        editable = self.choices.editable
        if editable is not None and account_id not in editable:
            raise Refused(because(N_("You may see this account, but not change it.")))
        self.writer.change(Account, account_id, kept, new)
        kept.update(new)
        if {"name", "other_name"} & new.keys():
            self.writer.forget("account", [account_id])
            self.writer.find_by("account", account_id, account_id, kept["name"], kept["other_name"])
        return RowState.CHANGED

    def write(self) -> None:
        """Insert the queued accounts with their owners' seats."""
        add_accounts(self.writer, self.accounts, self.new, self.choices.segment)
        self.new = []

    def finish(self) -> None:
        """Tie accounts to their parents, refusing loops."""
        self.send()
        query: Any = select(Account.id, Account.parent_id)
        above = dict(self.session.execute(query).all())
        for number, word, child in self.parents:
            child_id = child if isinstance(child, int) else self.accounts.find(child)
            if child_id is not None:
                self._tie(number, word, child_id, above)
        self.writer.flush()

    def _tie(self, number: int, word: str, child_id: int, above: dict[int, int | None]) -> None:
        parent_id = self.accounts.find(word)
        problem = self._problem(word, parent_id, child_id, above)
        if problem is not None:
            self.report.warn(number, self.accounts.shown[child_id], problem)
        elif above.get(child_id) != parent_id:
            kept = {"parent_id": above.get(child_id), "name": self.accounts.shown[child_id]}
            self.writer.change(Account, child_id, kept, {"parent_id": parent_id})
            above[child_id] = parent_id
            self.report.made["parents"] += 1

    def _problem(
        self, word: str, parent_id: int | None, child_id: int, above: dict[int, int | None]
    ) -> Reason | None:
        if parent_id is None:
            return self.accounts.missing(word, UNKNOWN_PARENT)
        if leads_to(above, parent_id, child_id):
            return because(
                N_("“%(name)s” cannot be its parent: it is below it, or itself."), name=word
            )
        return None
