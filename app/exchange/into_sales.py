"""Sales lines, by the hundred thousand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from sqlalchemy import select

from app.accounts.models import Account
from app.exchange.base import Importer, Row, cents
from app.exchange.known import known_products
from app.exchange.new_accounts import Arrivals
from app.exchange.report import Refused, RowState
from app.records.changes import refresh_classes
from app.records.models import Product, Sale
from app.users.company import HOME
from app.vocabulary import N_, because

ONE = Decimal(1)
NOTHING = Decimal(0)
LARGEST = Decimal(10) ** 15
MOST_TEXT = 255


class SaleImport(Importer):
    """Sales lines. One is known by its number, and its place among the lines of that number;
    a line without a number by what it says, and its place among those that say the same.
    """

    name_fields = ("external_id", "description", "product")

    def prepare(self) -> None:
        """Load accounts, products, and the numbers of the lines there are."""
        editable = self.choices.editable
        self.accounts = self.touchable_accounts()
        self.products = known_products(self.session)
        query = select(Sale.account_id, Sale.external_id).where(Sale.external_id.is_not(None))
        if editable is not None:
            among = select(Account.id).where(Account.id.in_(list(editable)))
            query = query.where(Sale.account_id.in_(among))
        self.there = {(row[0], row[1]) for row in self.session.execute(query)}
        self.places: Counter[str] = Counter()
        self.found: dict[str, int | None] = {}
        self.new: list[Row] = []
        self.arrivals = Arrivals(self, self.accounts)
        self.new_products: list[Row] = []
        self.buyers: set[int] = set()
        self.amount = NOTHING
        self.oddities: Counter[str] = Counter()
        self.odd_sums: dict[str, Decimal] = {}

    def take(self, number: int, values: Row) -> RowState:
        """Add a line, unless it is there."""
        account_id = self._account(values)
        on = values.get("date")
        if on is None:
            raise Refused(because(N_("The line has no date.")))
        quantity = values.get("quantity", ONE)
        amount = self._amount(values, quantity)
        line = self._number(account_id, on, quantity, amount, values)
        self.amount += amount
        self._note_oddities(values, quantity, amount)
        if (account_id, line) in self.there:
            return RowState.SAME
        self.buyers.add(account_id)
        self.new.append({
            "account_id": account_id, "product_id": self._product(values), "external_id": line,
            "on": on, "description": values.get("description", "")[:MOST_TEXT],
            "quantity": quantity, "amount": amount, "cost": values.get("cost"),
        })  # fmt: skip
        return RowState.NEW

    def _account(self, values: Row) -> int:
        """The line's account; one that is not known is added where that was chosen."""
        word: str = values.get("account") or self.choices.account_name
        more = {"external_id": word if "account" in values else None,
                "currency": values.get("currency", HOME)}  # fmt: skip
        found = self.arrivals.find(word, **more) if word else self.choices.account_id
        return found if found is not None else self.account_of(self.accounts, values)

    def _note_oddities(self, values: Row, quantity: Decimal, amount: Decimal) -> None:
        """Count and sum what a reader of the report would wonder about."""
        if amount > 0 and "account" in values:
            return
        for name, is_so in (
            ("lines without a price", amount == 0),
            ("credit notes", amount < 0 and quantity < 0),
            ("negative prices", amount < 0 and quantity > 0),
            ("lines without a customer", "account" not in values),
        ):
            if is_so:
                self.oddities[name] += 1
                self.odd_sums[name] = self.odd_sums.get(name, NOTHING) + amount

    def _amount(self, values: Row, quantity: Decimal) -> Decimal:
        amount: Decimal | None = values.get("amount")
        if amount is None and "unit_price" in values:
            amount = values["unit_price"] * quantity
        if amount is None:
            raise Refused(because(N_("The line has neither an amount nor a price.")))
        if abs(amount) >= LARGEST:
            raise Refused(because(N_("The amount is too large to be true.")))
        return cents(amount)

    def _number(
        self, account_id: int, on: date, quantity: Decimal, amount: Decimal, values: Row
    ) -> str:
        word: str | None = values.get("external_id")
        if word is None:
            said = f"{account_id}|{on}|{values.get('product')}|{quantity.normalize()}|{amount}"
            word = "~" + blake2b(said.encode(), digest_size=10).hexdigest()
        place = self.places[word] = self.places[word] + 1
        return word if place == 1 else f"{word} #{place}"

    def _product(self, values: Row) -> int | None:
        word: str | None = values.get("product")
        if not word:
            return None
        if word not in self.found:
            found = self.products.find(word)
            if found is None and self.choices.creates_products:
                found = self._create(word, values.get("description") or word)
            if found is None:
                self.report.ask("products", word)
            self.found[word] = found
        return self.found[word]

    def _create(self, code: str, name: str) -> int:
        product_id = self.writer.next_id(Product)
        self.new_products.append({"id": product_id, "name": name[:MOST_TEXT], "code": code})
        self.products.add(product_id, None, code)
        self.report.made["products"] += 1
        return product_id

    def write(self) -> None:
        """Insert the queued lines, after the accounts and products that are new with them."""
        self.arrivals.write()
        self.writer.add(Product, self.new_products)
        self.writer.add(Sale, self.new)
        self.new_products, self.new = [], []

    def finish(self) -> None:
        """Send out what is left, measure the classes of those who bought, and tell the sum."""
        self.send()
        if not self.writer.is_dry:
            choices = self.choices
            refresh_classes(self.session, self.buyers, choices.on, choices.user_id)
        self.report.sums["amount"] = self.amount
        self.report.sums.update({name: odd for name, odd in self.odd_sums.items() if odd})
        self.report.made.update(self.oddities)
