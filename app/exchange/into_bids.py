"""Bids of tenders that were opened in public."""

from __future__ import annotations

from app.exchange.base import Importer, Row, differences, kept_columns
from app.exchange.report import Refused, RowState
from app.lessons.models import TenderBid
from app.vocabulary import N_, because

COLUMNS = ("tender", "bidder", "amount", "is_won")
MOST_TEXT = 255


class BidImport(Importer):
    """Bids, known by tender and bidder."""

    name_fields = ("bidder", "tender")

    def prepare(self) -> None:
        """Load the bids there are."""
        self.kept = kept_columns(self.session, TenderBid, COLUMNS)
        self.known = {(row["tender"], row["bidder"]): found for found, row in self.kept.items()}
        self.new: list[Row] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match a bid, or add one."""
        tender, bidder, amount = (values.get(name) for name in ("tender", "bidder", "amount"))
        if not tender or not bidder or amount is None or amount <= 0:
            raise Refused(because(N_("A bid wants a tender, a bidder and an amount above 0.")))
        key = (str(tender)[:MOST_TEXT], str(bidder)[:MOST_TEXT])
        self.once(number, key)
        row = {"tender": key[0], "bidder": key[1], "amount": amount,
               "is_won": bool(values.get("is_won"))}  # fmt: skip
        found = self.known.get(key)
        if found is None:
            self.new.append({**row, "user_id": self.choices.user_id, "at": self.choices.at})
            return RowState.NEW
        new = differences(self.kept[found], row)
        if not new:
            return RowState.SAME
        self.writer.change(TenderBid, found, self.kept[found], new)
        return RowState.CHANGED

    def write(self) -> None:
        """Insert the queued bids."""
        self.writer.add(TenderBid, self.new)
        self.new = []
