"""Commercial records: contracts, credit, receivables with what was paid, sales plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import func, select

from app.exchange.base import Importer, Row, cents, differences
from app.exchange.known import known_products, known_users
from app.exchange.meanings import UNKNOWN_PRODUCT
from app.exchange.report import Refused, RowState
from app.records.contract_models import Contract, ContractPart
from app.records.contracts import POINTS, Part
from app.records.credit_models import Credit, Payment, Receivable
from app.records.credit_queries import granted_by_account
from app.records.entry_changes import settle
from app.records.support_models import SalesPlan
from app.vocabulary import N_, because

Key = tuple[Hashable, ...]


class RecordImport(Importer):
    """Rows of one table, each known by its key; what the file leaves empty stays as it is."""

    model: ClassVar[Any]
    columns: ClassVar[dict[str, str]]
    """Field → column."""

    def prepare(self) -> None:
        """Load the accounts, and the rows there are by their keys."""
        self.accounts = self.touchable_accounts()
        self.new: list[Row] = []
        self.extra: list[tuple[Any, Row]] = []
        self.kept: dict[int, Row] = {}
        self.ids: dict[Key, int] = {}
        names = ("account_id", *dict.fromkeys(self.columns.values()))
        columns = [getattr(self.model, name) for name in names]
        query = select(self.model.id, *columns).where(self.model.archived_at.is_(None))
        if self.choices.editable is not None:
            query = query.where(self.model.account_id.in_(list(self.choices.editable)))
        for row_id, *cells in self.session.execute(query):
            row = dict(zip(names, cells, strict=True))
            self.kept[row_id] = row
            self.ids[self.key(row)] = row_id

    def key(self, row: Row) -> Key:
        """What a row is known by."""
        raise NotImplementedError

    def row_of(self, account_id: int, values: Row) -> Row:
        """A row's columns as the file gives them; raises Refused."""
        row: Row = {"account_id": account_id}
        for field, column in self.columns.items():
            if field in values:
                value = values[field]
                row[column] = cents(value) if isinstance(value, Decimal) else value
        return row

    def take(self, number: int, values: Row) -> RowState:
        """Match a row, or add one."""
        row = self.row_of(self.account_of(self.accounts, values), values)
        key = self.key(row)
        self.once(number, key)
        found = self.ids.get(key)
        if found is None:
            row["id"] = self.writer.next_id(self.model)
            self.new.append(row)
            self.follow(row["id"], row, values)
            return RowState.NEW
        new = differences(self.kept[found], row)
        if new:
            self.writer.change(self.model, found, self.kept[found], new)
        has_more = self.follow(found, {**self.kept[found], **row}, values)
        return RowState.CHANGED if new or has_more else RowState.SAME

    def follow(self, row_id: int, row: Row, values: Row) -> bool:
        """Queue rows of other tables that follow from a row; whether there were any."""
        return False

    def write(self) -> None:
        """Insert what is queued: the rows, then those that hang on them."""
        self.writer.add(self.model, self.new)
        by_model: dict[Any, list[Row]] = defaultdict(list)
        for model, row in self.extra:
            by_model[model].append(row)
        for model, rows in by_model.items():
            self.writer.add(model, rows)
        self.new, self.extra = [], []


class ContractImport(RecordImport):
    """Contracts, known by their number, else by their name."""

    model = Contract
    columns: ClassVar[dict[str, str]] = {
        "number": "number", "name": "title", "signed": "signed_on", "starts": "starts_on",
        "ends": "ends_on", "notice_days": "notice_days", "renews": "renews", "ended": "ended_on",
        "amount": "amount", "owner": "owner_id", "notes": "notes",
    }  # fmt: skip
    name_fields = ("name", "number")

    def prepare(self) -> None:
        """Load our people too, and which parts are kept."""
        super().prepare()
        self.users = known_users(self.session)
        query = select(ContractPart.contract_id, ContractPart.part)
        self.parts = {(row[0], row[1]) for row in self.session.execute(query)}

    def key(self, row: Row) -> Key:
        """Its account with its number, else its name."""
        return (row["account_id"], row.get("number") or str(row.get("title") or "").casefold())

    def row_of(self, account_id: int, values: Row) -> Row:
        """A contract has a name, and ends after it begins."""
        if "owner" in values:
            values = {**values, "owner": self.users.find(values["owner"])}
        row = super().row_of(account_id, values)
        row.setdefault("title", row.get("number"))
        if not row["title"]:
            raise Refused(because(N_("The contract has neither a name nor a number.")))
        start, end = row.get("starts_on"), row.get("ends_on")
        if start and end and end < start:
            raise Refused(because(N_("It ends before it begins.")))
        return row

    def follow(self, row_id: int, row: Row, values: Row) -> bool:
        """Parts that the file calls complete have every point settled."""
        names = {name.strip() for name in str(values.get("parts", "")).split(";")}
        found = [part for part in Part if part.value in names]
        fresh = [part for part in found if (row_id, part.value) not in self.parts]
        for part in fresh:
            points = sorted(point.value for point in POINTS[part])
            here = {"account_id": row["account_id"], "contract_id": row_id}
            self.extra.append((ContractPart, {**here, "part": part.value, "points": points}))
        return bool(fresh)


class CreditImport(RecordImport):
    """Applications for credit with what was decided, one for an account and a day."""

    model = Credit
    columns: ClassVar[dict[str, str]] = {
        "date": "on", "asked": "asked", "asked_days": "asked_days", "request": "request",
        "surveyed": "surveyed_on", "survey": "survey", "analysed": "analysed_on",
        "analysis": "analysis", "payment_score": "payment_score", "growth_score": "growth_score",
        "grade": "grade", "limit": "limit", "days": "days", "decided": "decided_on",
        "until": "until", "reason": "reason",
    }  # fmt: skip
    name_fields = ("account",)

    def key(self, row: Row) -> Key:
        """Its account and its day."""
        return row["account_id"], row["on"]

    def row_of(self, account_id: int, values: Row) -> Row:
        """A list of limits says no days: then each was applied for and decided on the import's."""
        row = super().row_of(account_id, values)
        row.setdefault("on", row.get("decided_on") or self.choices.on)
        if "limit" in row:
            row.setdefault("decided_on", row["on"])
        return row


class ReceivableImport(RecordImport):
    """Invoices, known by their number; what was paid since the last file is a payment."""

    model = Receivable
    columns: ClassVar[dict[str, str]] = {
        "number": "number", "date": "on", "due": "due_on", "amount": "amount", "notes": "note",
    }  # fmt: skip
    name_fields = ("number", "account")

    def prepare(self) -> None:
        """Load what was paid of each invoice, and the days to pay that accounts were granted."""
        super().prepare()
        query = select(Payment.receivable_id, func.sum(Payment.amount))
        sums = self.session.execute(query.group_by(Payment.receivable_id))
        self.paid = {row_id: cents(Decimal(str(paid))) for row_id, paid in sums}
        granted = granted_by_account(self.session, None, self.choices.on)
        self.days = {account_id: one.days for account_id, one in granted.items()}
        self.amount = Decimal()
        self.moved: set[int] = set()

    def key(self, row: Row) -> Key:
        """Its account and its number; without one, its day and amount."""
        return (row["account_id"], row.get("number") or (row["on"], row["amount"]))

    def row_of(self, account_id: int, values: Row) -> Row:
        """An invoice has a day and an amount."""
        row = super().row_of(account_id, values)
        if row.get("on") is None or row.get("amount") is None:
            raise Refused(because(N_("The invoice has no date or no amount.")))
        self.amount += row["amount"]
        return row

    def follow(self, row_id: int, row: Row, values: Row) -> bool:
        """A due day that nobody gave follows from the days granted; and what has come in since."""
        days = self.days.get(row["account_id"])
        if row_id in self.kept and self.kept[row_id]["amount"] != row["amount"]:
            self.moved.add(row_id)
        if row_id not in self.kept and row.get("due_on") is None and days is not None:
            self.new[-1]["due_on"] = row["on"] + timedelta(days=days)
        if "paid" not in values and "open" not in values:
            return False
        paid = values["paid"] if "paid" in values else row["amount"] - values["open"]
        rest = cents(paid) - self.paid.get(row_id, Decimal())
        if not rest:
            return False
        self.moved.add(row_id)
        on: date = values.get("paid_on") or self.choices.on
        here = {"account_id": row["account_id"], "receivable_id": row_id}
        self.extra.append((Payment, {**here, "on": on, "amount": rest}))
        return True

    def finish(self) -> None:
        """Send out what is left, mark what is paid in full, and tell the sum."""
        super().finish()
        if not self.writer.is_dry:
            settle(self.session, self.moved)
        self.report.sums["amount"] = self.amount


class SalesPlanImport(RecordImport):
    """Planned sales, one line for an account, a month, a product and its specification."""

    model = SalesPlan
    columns: ClassVar[dict[str, str]] = {
        "month": "month", "product": "product_id", "spec": "spec", "quantity": "quantity",
        "amount": "amount",
    }  # fmt: skip
    name_fields = ("account", "product")

    def prepare(self) -> None:
        """Load products too."""
        super().prepare()
        self.products = known_products(self.session)
        self.amount = Decimal()

    def key(self, row: Row) -> Key:
        """Its account, month, product and specification."""
        return row["account_id"], row["month"], row.get("product_id"), row.get("spec") or ""

    def row_of(self, account_id: int, values: Row) -> Row:
        """A line has a month and an amount, and names a product of ours or none."""
        if "product" in values:
            values = {**values, "product": self._product(values["product"])}
        row = super().row_of(account_id, values)
        if row.get("month") is None or row.get("amount") is None:
            raise Refused(because(N_("The line of the plan has no month or no amount.")))
        row["month"] = row["month"].replace(day=1)
        self.amount += row["amount"]
        return row

    def _product(self, word: str) -> int:
        found = self.products.find(word)
        if found is None:
            raise Refused(self.products.missing(word, UNKNOWN_PRODUCT))
        return found

    def finish(self) -> None:
        """Send out what is left, and tell the sum."""
        super().finish()
        self.report.sums["amount"] = self.amount
