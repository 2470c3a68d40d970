"""Opportunities, with the past that a file tells: when they opened, how and when they ended."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.exchange.base import Importer, Row, cents, differences
from app.exchange.choices import NoAccount
from app.exchange.deal_past import Standing, days_of, move, past, terms, told_terms
from app.exchange.known import Names, known_products, known_users
from app.exchange.meanings import Meanings
from app.exchange.report import Refused, RowState
from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.rules import Outcome
from app.pipeline.spans import renew
from app.users.rules import Level
from app.vocabulary import N_, because

KEPT = ("name", "stage", "outcome", "stage_since", "amount", "currency", "close_on", "closed_on",
        "probability", "next_step", "next_step_on", "owner_id", "account_id",
        "external_id")  # fmt: skip
PLAIN = ("probability", "next_step", "next_step_on")
TERMS = {"amount", "close_on", "probability"}
REPEATED = {"account_id", "currency"}
"""What a deal's spans repeat of it."""
HOLDING = "未归属商机 Opportunities without an account"
UNKNOWN_OWNER = N_("“%(name)s” is none of our people: the deal has no owner.")
MOST_NAME = 255


class OpportunityImport(Importer):
    """Opportunities, known by external id, else by name within their account."""

    name_fields = ("name", "external_id", "product")

    def prepare(self) -> None:
        """Load accounts, people, products and the deals there are."""
        self.accounts = self.touchable_accounts()
        self.users = known_users(self.session)
        self.meanings = Meanings(
            self.choices, self.report, self.writer, known_products(self.session)
        )
        self.deals: dict[int, Names] = {}
        self.kept: dict[int, Row] = {}
        self.by_id: dict[str, int] = {}
        query = select(Opportunity.id, *(getattr(Opportunity, name) for name in KEPT))
        for row in self.session.execute(query.order_by(Opportunity.id)):
            kept = self.kept[row[0]] = dict(zip(KEPT, row[1:], strict=True))
            self.deals.setdefault(kept["account_id"], Names()).add(
                row[0], kept["external_id"], kept["name"]
            )
            if kept["external_id"]:
                self.by_id[kept["external_id"]] = row[0]
        self.holding: int | None = None
        self.new: list[tuple[Row, int | None]] = []
        self.moves: list[Row] = []
        self.terms: list[Row] = []
        self.others: list[int] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match a deal, or add one with its past."""
        standing = self.meanings.standing(values)
        account_id = self._account(values)
        if account_id is None:
            return RowState.SKIPPED
        product_id = self.meanings.product(number, values.get("product"))
        name = values.get("name") or values.get("product") or values.get("external_id")
        if not name:
            raise Refused(because(N_("The row has neither a name, a product nor an id.")))
        external_id = values.get("external_id")
        self.once(number, external_id or (account_id, name.casefold()))
        found = self._match(account_id, external_id, name)
        row = self._row(number, values, name, account_id, standing)
        self._sum(row)
        if found is not None:
            return self._known(found, row)
        self.new.append((row, product_id))
        return RowState.NEW

    def _match(self, account_id: int, external_id: str | None, name: str) -> int | None:
        found = self.by_id.get(external_id) if external_id else None
        if found is None:
            names = self.deals.get(account_id)
            return names.match(external_id, name) if names else None
        editable = self.choices.editable
        if editable is not None and self.kept[found]["account_id"] not in editable:
            raise Refused(because(N_("Its id is taken: ask an administrator who has it.")))
        return found

    def _sum(self, row: Row) -> None:
        outcome, sums = Outcome(row["outcome"]).value, self.report.sums
        sums[f"{outcome} count"] += 1
        if row.get("amount") is not None:
            sums[f"{outcome} {row['currency']}"] += row["amount"]

    def _account(self, values: Row) -> int | None:
        if values.get("account") or self.choices.account_id is not None:
            return self.account_of(self.accounts, values)
        self.report.made["without an account"] += 1
        if self.choices.no_account is None:
            self.report.ask("no_account", "")
        if self.choices.no_account is NoAccount.SKIP:
            return None
        if self.choices.no_account is NoAccount.PARK:
            return self._held()
        raise Refused(because(N_("The row names no account: choose what to do with such rows.")))

    def _held(self) -> int:
        """The importer's account that keeps deals without one, until somebody sorts them out."""
        if self.holding is None:
            mine = select(Membership.account_id).where(
                Membership.user_id == self.choices.owner_id, Membership.level >= Level.EDIT
            )
            query = select(Account.id).where(Account.is_holding, Account.id.in_(mine))
            self.holding = self.session.scalar(query.order_by(Account.id))
        if self.holding is None:
            self.holding = self.writer.add(Account, [{"name": HOLDING, "is_holding": True}])[0]
            seat = {"user_id": self.choices.owner_id, "level": Level.OWN}
            self.writer.add(Membership, [{"account_id": self.holding, **seat}])
            self.writer.find_by("account", self.holding, self.holding, HOLDING)
        return self.holding

    def _row(self, number: int, values: Row, name: str, account_id: int, standing: Standing) -> Row:
        stage, outcome = standing
        opened, closed = days_of(values, outcome, self.choices.on)
        row: Row = {
            "account_id": account_id, "name": name[:MOST_NAME], "stage": stage, "outcome": outcome,
            "opened_on": opened, "closed_on": closed, "stage_since": closed or opened,
            "owner_id": self._owner(number, name, values), "close_on": values.get("close_date"),
            "currency": values.get("currency") or "CNY", "external_id": values.get("external_id"),
        }  # fmt: skip
        row |= {
            name: values[name]
            for name in ("probability", "next_step", "next_step_on")
            if name in values
        }
        if "amount" in values:
            row["amount"] = cents(values["amount"])
        return row

    def _owner(self, number: int, name: str, values: Row) -> int | None:
        word = values.get("owner")
        owner = self.users.find(word.lower() if "@" in word else word) if word else None
        if word and owner is None:
            self.report.warn(number, name, self.users.missing(word, UNKNOWN_OWNER))
        return owner

    def _known(self, deal_id: int, row: Row) -> RowState:
        kept = self.kept[deal_id]
        untold = {"stage_since", "opened_on"}
        told = {name: row[name] for name in row if row[name] is not None and name not in untold}
        if kept["outcome"] == Outcome.CLOSED and told["outcome"] is Outcome.WON:
            told["outcome"] = Outcome.CLOSED
        if told["outcome"] is not Outcome.OPEN and told["outcome"] == kept["outcome"]:
            told["stage"] = kept["stage"]
        new = differences(kept, told)
        if not new:
            return RowState.SAME
        on = row["closed_on"] or self.choices.on
        if {"stage", "outcome"} & new.keys():
            days = max((on - kept["stage_since"]).days, 0)
            self.moves.append(move(deal_id, {**kept, **told}, on, kept["stage"], days))
            new["stage_since"] = on
        if TERMS & new.keys():
            self.terms.append(terms(deal_id, {**kept, **new}, self.choices.on))
        if REPEATED & new.keys():
            self.others.append(deal_id)
        self.writer.change(Opportunity, deal_id, kept, new)
        return RowState.CHANGED

    def write(self) -> None:
        """Insert the queued deals, each with its first move, its end and its terms."""
        rows = [
            {**row, "close_on": row["close_on"] or row["closed_on"]} for row, _product in self.new
        ]
        lines: list[Row] = []
        for deal_id, row, (_row, product_id) in zip(
            self.writer.add(Opportunity, rows), rows, self.new, strict=True
        ):
            self.moves += past(deal_id, row)
            self.terms += told_terms(deal_id, row)
            self.writer.find_by("opportunity", deal_id, row["account_id"], row["name"])
            if product_id is not None:
                lines.append({"account_id": row["account_id"], "opportunity_id": deal_id,
                              "product_id": product_id, "quantity": Decimal(1),
                              "amount": row.get("amount")})  # fmt: skip
        self.writer.add(StageMove, [{**row, **self.writer.by} for row in self.moves])
        self.writer.add(Terms, [{**row, **self.writer.by} for row in self.terms])
        self.writer.add(OpportunityLine, lines)
        if not self.writer.is_dry:
            told = [row["opportunity_id"] for row in (*self.moves, *self.terms)]
            self.writer.flush()
            renew(self.session.connection(), (*told, *self.others))
        self.new, self.moves, self.terms, self.others = [], [], [], []
