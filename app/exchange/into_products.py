"""Products."""

from __future__ import annotations

from app.exchange.base import Importer, Row, differences, kept_columns
from app.exchange.known import known_products
from app.exchange.report import Refused, RowState
from app.records.models import Product
from app.vocabulary import N_, because

COLUMNS = ("name", "code", "series", "price", "currency", "external_id")


class ProductImport(Importer):
    """Products, known by external id or code, else by name."""

    def prepare(self) -> None:
        """Load products."""
        self.products = known_products(self.session)
        self.kept = kept_columns(self.session, Product, COLUMNS)
        self.new: list[Row] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match a product, or add one."""
        name = values.get("name") or values.get("code")
        if not name:
            raise Refused(because(N_("The row has neither a name nor a code.")))
        row = {column: values[column] for column in COLUMNS if column in values}
        found = self.products.match(values.get("external_id"), values.get("code"), name)
        self.once(number, found or values.get("external_id") or values.get("code") or name)
        if found is None:
            self.new.append({**row, "name": name})
            return RowState.NEW
        new = differences(self.kept[found], row)
        if not new:
            return RowState.SAME
        self.writer.change(Product, found, self.kept[found], new)
        return RowState.CHANGED

    def write(self) -> None:
        """Insert the queued products."""
        self.writer.add(Product, self.new)
        self.new = []
