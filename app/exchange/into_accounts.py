"""Accounts, our own people and products: what other kinds refer to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.exchange.base import Importer, Refused, differences
from app.exchange.known import known_accounts, known_products, known_users
from app.exchange.report import RowState
from app.records.models import Product
from app.users.models import User
from app.users.rules import Level, UserRole
from app.users.sign_in import new_token
from app.vocabulary import N_, because

FIELDS = {
    "name": "name",
    "other_name": "other_name",
    "industry": "industry",
    "region": "region",
    "city": "city",
    "website": "website",
    "phone": "phone",
    "employees": "employees",
    "annual_revenue": "annual_revenue",
    "founded": "founded",
    "ownership": "ownership",
    "loyalty": "loyalty",
    "chain": "chain_position",
    "kind": "kind",
    "segment": "segment",
    "currency": "currency",
    "notes": "notes",
    "external_id": "external_id",
}


class AccountImport(Importer):
    """Accounts, known by external id, else by name; parents may come later in the file."""

    def prepare(self) -> None:
        """Load accounts and people."""
        self.accounts = known_accounts(self.session, None)
        self.users = known_users(self.session)
        self.kept = _kept(self.session, Account, FIELDS.values())
        self.new: list[tuple[dict[str, Any], int]] = []
        self.parents: list[tuple[int, str, int | str]] = []
        self.seen: dict[int | str, int] = {}

    def take(self, number: int, values: dict[str, Any]) -> RowState:
        """Match an account, or add one."""
        name = values.get("name") or values.get("external_id")
        external_id = values.get("external_id")
        if not name:
            raise Refused(because(N_("The row has neither a name nor an id.")))
        row = {FIELDS[field]: value for field, value in values.items() if field in FIELDS}
        row.setdefault("name", name)
        found = self.accounts.by_id.get(external_id) if external_id else None
        found = found or self.accounts.find(row["name"])
        self._once(number, found if found is not None else row["name"])
        if values.get("parent"):
            self.parents.append((number, values["parent"], found or row["name"]))
        if found is not None:
            return self._change(number, found, row)
        owner = self.users.find(values["owner"]) if values.get("owner") else None
        if values.get("owner") and owner is None:
            self.report.warn(
                number,
                name,
                self.users.missing(
                    values["owner"], N_("“%(name)s” is none of our people; the importer owns it.")
                ),
            )
        self.new.append((row, owner or self.choices.owner_id))
        return RowState.NEW

    def _once(self, number: int, key: int | str) -> None:
        if key in self.seen:
            raise Refused(
                because(N_("It is in the file twice: see row %(row)s."), row=self.seen[key])
            )
        self.seen[key] = number

    def _change(self, number: int, account_id: int, row: dict[str, Any]) -> RowState:
        editable = self.choices.editable
        if editable is not None and account_id not in editable:
            raise Refused(because(N_("This account is there, and you may not change it.")))
        kept = self.kept[account_id]
        new = differences(kept, row)
        if not new:
            return RowState.SAME
        self.writer.change(Account, account_id, {name: kept[name] for name in new}, new)
        if {"name", "other_name"} & new.keys():
            self.writer.forget("account", [account_id])
            names = (new.get("name", kept["name"]), new.get("other_name", kept["other_name"]))
            self.writer.find_by("account", account_id, account_id, *names)
        return RowState.CHANGED

    def write(self) -> None:
        """Insert the queued accounts with their owners' seats."""
        ids = self.writer.add(Account, [row for row, _owner in self.new])
        seats = []
        for account_id, (row, owner) in zip(ids, self.new, strict=True):
            names = (row["name"], row.get("other_name", ""))
            self.accounts.add(account_id, row.get("external_id"), *names)
            self.kept[account_id] = row
            self.writer.find_by("account", account_id, account_id, *names)
            seats.append({"account_id": account_id, "user_id": owner, "level": Level.OWN})
        self.writer.add(Membership, seats, noted=False)
        self.new = []

    def finish(self) -> None:
        """Tie accounts to their parents, refusing loops."""
        self.send()
        above = dict(self.session.execute(select(Account.id, Account.parent_id)).all())
        for number, word, child in self.parents:
            child_id = child if isinstance(child, int) else self.accounts.find(child)
            parent_id = self.accounts.find(word)
            if child_id is None:
                continue
            if parent_id is None:
                missing = self.accounts.missing(
                    word, N_("There is no account “%(name)s” to be its parent.")
                )
                self.report.warn(number, str(child), missing)
            elif _leads_to(above, parent_id, child_id):
                self.report.warn(
                    number,
                    str(child),
                    because(
                        N_("“%(name)s” cannot be its parent: it is below it, or itself."), name=word
                    ),
                )
            elif above.get(child_id) != parent_id:
                self.writer.change(
                    Account, child_id, {"parent_id": above.get(child_id)}, {"parent_id": parent_id}
                )
                above[child_id] = parent_id
                self.report.made["parents"] += 1


def _leads_to(above: dict[int, int | None], start: int | None, end: int) -> bool:
    while start is not None:
        if start == end:
            return True
        start = above.get(start)
    return False


def _kept(session: Any, model: Any, columns: Any) -> dict[int, dict[str, Any]]:
    """What rows hold now, by id."""
    names = sorted(set(columns))
    query = select(model.id, *(getattr(model, name) for name in names))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in session.execute(query)}


class TeamImport(Importer):
    """Our own people; those named only as somebody's manager are added too. None can sign in yet."""

    def prepare(self) -> None:
        """Load our people."""
        self.users = known_users(self.session)
        self.kept = _kept(self.session, User, ("name", "email", "office", "role", "manager_id"))
        self.managers: list[tuple[int, int, str]] = []

    def take(self, number: int, values: dict[str, Any]) -> RowState:
        """Match one of ours, or add one."""
        name = values.get("name") or values.get("email")
        if not name:
            raise Refused(because(N_("The row has neither a name nor an e-mail address.")))
        row = {
            field: values[field]
            for field in ("name", "email", "office", "external_id")
            if values.get(field)
        }
        found = next(
            (
                found
                for word in (values.get("external_id"), values.get("email"), name)
                if word and (found := self.users.find(word)) is not None
            ),
            None,
        )
        if found is None:
            role = values.get("role") or UserRole.MANAGER
            found = self._add({**row, "name": name, "role": role})
            state = RowState.NEW
        else:
            kept = self.kept[found]
            new = differences(kept, {key: value for key, value in row.items() if key in kept})
            if new:
                self.writer.change(User, found, {key: kept[key] for key in new}, new)
            state = RowState.CHANGED if new else RowState.SAME
        if values.get("manager"):
            self.managers.append((number, found, values["manager"]))
        return state

    def _add(self, row: dict[str, Any]) -> int:
        user_id = self.writer.add(User, [{**row, "session_token": new_token(), "theme": "auto"}])[0]
        self.users.add(user_id, row.get("external_id"), row["name"])
        if row.get("email"):
            self.users.by_id[row["email"]] = user_id
        self.kept[user_id] = {"email": None, "office": "", "manager_id": None, **row}
        return user_id

    def finish(self) -> None:
        """Tie people to their managers, adding managers nobody has told of."""
        above = {user_id: kept["manager_id"] for user_id, kept in self.kept.items()}
        for number, user_id, word in self.managers:
            manager = self.users.find(word)
            if manager is None:
                manager = self._add({"name": word, "role": UserRole.DIRECTOR})
                self.report.made["managers"] += 1
            if _leads_to(above, manager, user_id):
                self.report.warn(
                    number,
                    self.kept[user_id]["name"],
                    because(
                        N_("“%(name)s” cannot lead them: they would lead each other."), name=word
                    ),
                )
            elif above.get(user_id) != manager:
                self.writer.change(
                    User, user_id, {"manager_id": above.get(user_id)}, {"manager_id": manager}
                )
                above[user_id] = manager
        self.send()


class ProductImport(Importer):
    """Products, known by external id or code, else by name."""

    def prepare(self) -> None:
        """Load products."""
        self.products = known_products(self.session)
        self.kept = _kept(self.session, Product, ("name", "code", "series", "price", "currency"))

    def take(self, number: int, values: dict[str, Any]) -> RowState:
        """Match a product, or add one."""
        name = values.get("name") or values.get("code")
        if not name:
            raise Refused(because(N_("The row has neither a name nor a code.")))
        row = {
            field: values[field]
            for field in ("name", "code", "series", "price", "currency", "external_id")
            if values.get(field) is not None
        }
        found = next(
            (
                found
                for word in (values.get("external_id"), values.get("code"), name)
                if word and (found := self.products.find(word)) is not None
            ),
            None,
        )
        if found is None:
            product_id = self.writer.add(Product, [{**row, "name": name}])[0]
            self.products.add(product_id, row.get("external_id"), name)
            if row.get("code"):
                self.products.by_id.setdefault(row["code"], product_id)
            self.kept[product_id] = row
            return RowState.NEW
        kept = self.kept[found]
        new = differences(kept, {key: value for key, value in row.items() if key in kept})
        if not new:
            return RowState.SAME
        self.writer.change(Product, found, {key: kept[key] for key in new}, new)
        return RowState.CHANGED

    def finish(self) -> None:
        """Send out the notes."""
        self.send()
