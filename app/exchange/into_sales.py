"""Sales lines, by the hundred thousand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.exchange.base import Importer, Refused
from app.exchange.known import known_accounts, known_products
from app.exchange.report import RowState
from app.records.models import Product, Sale
from app.vocabulary import N_, because

UNKNOWN_ACCOUNT = N_(
    "There is no account “%(name)s” that you may change. Import the accounts first."
)
CENT = Decimal("0.01")
Row = dict[str, Any]


class SaleImport(Importer):
    """Sales lines. One is known by its number, and its place among the lines of that number."""

    name_fields = ("external_id", "description", "product")

    def prepare(self) -> None:
        """Load accounts, products, and the numbers of the lines there are."""
        editable = self.choices.editable
        self.accounts = known_accounts(self.session, editable)
        self.products = known_products(self.session)
        query = select(Sale.account_id, Sale.external_id).where(Sale.external_id.is_not(None))
        if editable is not None:
            query = query.where(
                Sale.account_id.in_(select(Account.id).where(Account.id.in_(list(editable))))
            )
        self.there = {(row[0], row[1]) for row in self.session.execute(query)}
        self.places: Counter[str] = Counter()
        self.new: list[Row] = []

    def take(self, number: int, values: Row) -> RowState:
        """Add a line, unless it is there."""
        account_id = self._account(values)
        if "date" not in values:
            raise Refused(because(N_("The line has no date.")))
        quantity = values.get("quantity", Decimal(1))
        amount = values.get("amount")
        if amount is None and "unit_price" in values:
            amount = values["unit_price"] * quantity
        if amount is None:
            raise Refused(because(N_("The line has neither an amount nor a price.")))
        line = self._number(values)
        self.report.sums["amount"] += amount
        if line is not None and (account_id, line) in self.there:
            return RowState.SAME
        self.new.append({
            "account_id": account_id, "product_id": self._product(values), "external_id": line,
            "on": values["date"], "description": values.get("description", "")[:255], "quantity": quantity,
            "amount": amount.quantize(CENT), "cost": values.get("cost"),
            "batch_id": self.writer.batch_id,
        })  # fmt: skip
        return RowState.NEW

    def _account(self, values: Row) -> int:
        word = values.get("account")
        if not word:
            if self.choices.account_id is None:
                raise Refused(because(N_("The line names no account.")))
            return self.choices.account_id
        found = self.accounts.find(word)
        if found is None:
            raise Refused(self.accounts.missing(word, UNKNOWN_ACCOUNT))
        return found

    def _number(self, values: Row) -> str | None:
        """The line's own number: an invoice's lines are told apart by their place in the file."""
        word = values.get("external_id")
        if not word:
            return None
        self.places[word] += 1
        return f"{word}/{self.places[word]}"

    def _product(self, values: Row) -> int | None:
        word = values.get("product")
        if not word:
            return None
        found = self.products.find(word)
        if found is None and self.choices.creates_products:
            name = values.get("description") or word
            found = self.writer.add(Product, [{"name": name[:255], "code": word}])[0]
            self.products.add(found, None, word)
            self.products.by_id[word] = found
            self.report.made["products"] += 1
        return found

    def write(self) -> None:
        """Insert the queued lines."""
        self.writer.add(Sale, self.new, noted=False)
        self.new = []

    def finish(self) -> None:
        """Send out what is left."""
        self.send()
