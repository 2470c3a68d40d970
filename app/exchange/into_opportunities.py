"""Opportunities, with the past that a file tells: when they opened, how and when they ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.exchange.base import Importer, Refused, differences
from app.exchange.choices import NoAccount
from app.exchange.known import known_accounts, known_products, known_users
from app.exchange.names import normal_name
from app.exchange.report import RowState
from app.exchange.stages import propose_stage
from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.rules import Outcome, Stage
from app.records.models import Product
from app.users.rules import Level
from app.vocabulary import N_, because

KEPT = ("name", "stage", "outcome", "stage_since", "amount", "currency", "close_on", "opened_on",
        "closed_on", "probability", "next_step", "next_step_on", "owner_id", "account_id")  # fmt: skip
TERMS = {"amount", "close_on", "probability"}
HOLDING = "未归属商机 Opportunities without an account"
UNKNOWN_ACCOUNT = N_(
    "There is no account “%(name)s” that you may change. Import the accounts first."
)
UNKNOWN_PRODUCT = N_("“%(name)s” is none of our products.")
Row = dict[str, Any]


class OpportunityImport(Importer):
    """Opportunities, known by external id, else by name within their account."""

    name_fields = ("name", "external_id", "product")

    def prepare(self) -> None:
        """Load accounts, people, products and the deals there are."""
        self.accounts = known_accounts(self.session, self.choices.editable)
        self.users = known_users(self.session)
        self.products = known_products(self.session)
        self.kept: dict[int, Row] = {}
        self.by_id: dict[str, int] = {}
        self.by_name: dict[tuple[int, str], int] = {}
        query = select(
            Opportunity.id, Opportunity.external_id, *(getattr(Opportunity, name) for name in KEPT)
        )
        for row in self.session.execute(query):
            self.kept[row.id] = {name: getattr(row, name) for name in KEPT}
            if row.external_id:
                self.by_id[row.external_id] = row.id
            self.by_name[row.account_id, normal_name(row.name)] = row.id
        self.holding: int | None = None
        self.seen: dict[Any, int] = {}
        self.new: list[tuple[Row, int | None]] = []
        self.moves: list[Row] = []
        self.terms: list[Row] = []

    def take(self, number: int, values: Row) -> RowState:
        """Match a deal, or add one with its past."""
        standing = self._standing(values)
        product_id = self._product(number, values)
        account_id = self._account(values)
        if account_id is None:
            return RowState.SKIPPED
        name = values.get("name") or values.get("product") or values.get("external_id")
        if not name:
            raise Refused(because(N_("The row has neither a name, a product nor an id.")))
        external_id = values.get("external_id")
        key: Any = external_id or (account_id, normal_name(name))
        if key in self.seen:
            raise Refused(
                because(N_("It is in the file twice: see row %(row)s."), row=self.seen[key])
            )
        self.seen[key] = number
        row = self._row(number, values, name, account_id, standing)
        self._sum(row)
        found = self.by_id.get(external_id) if external_id else self.by_name.get(key)
        if found is not None:
            return self._known(found, row)
        self.new.append(({"external_id": external_id, **row}, product_id))
        return RowState.NEW

    def _sum(self, row: Row) -> None:
        outcome = Outcome(row["outcome"])
        self.report.sums[f"{outcome.value} count"] += 1
        if row.get("amount") is not None:
            self.report.sums[f"{outcome.value} {row['currency']}"] += row["amount"]

    def _standing(self, values: Row) -> tuple[Stage, Outcome]:
        """Stage and outcome: as answered, as proposed when that is sure, else it is asked."""
        outcome: Outcome | None = values.get("outcome")
        word = values.get("stage")
        if not word:
            return _settled(None, outcome or Outcome.OPEN)
        answer = self.choices.stages.get(word)
        if answer:
            stage, _, ended = answer.partition(":")
            return _settled(Stage(stage) if stage else None, outcome or Outcome(ended or "open"))
        proposal = propose_stage(word)
        if proposal.outcome is None or not (proposal.is_sure and self.choices.takes_sure):
            self.report.ask("stages", word)
        if proposal.outcome is None and outcome is None:
            raise Refused(because(N_("Say which of the six stages “%(name)s” is."), name=word))
        return _settled(proposal.stage, outcome or proposal.outcome or Outcome.OPEN)

    def _product(self, number: int, values: Row) -> int | None:
        word = values.get("product")
        if not word:
            return None
        answer = self.choices.products.get(word)
        found = self.products.find(answer or word)
        if found is not None:
            if self.products.shown[found] != word:
                self.report.made[f"product {word} → {self.products.shown[found]}"] += 1
            return found
        if answer == "":
            return None
        if self.choices.creates_products:
            product_id = self.writer.add(Product, [{"name": word}])[0]
            self.products.add(product_id, None, word)
            self.report.made["products"] += 1
            return product_id
        self.report.ask("products", word)
        self.report.warn(number, word, self.products.missing(word, UNKNOWN_PRODUCT))
        return None

    def _account(self, values: Row) -> int | None:
        word = values.get("account")
        if word:
            found = self.accounts.find(word)
            if found is None:
                raise Refused(self.accounts.missing(word, UNKNOWN_ACCOUNT))
            return found
        if self.choices.account_id is not None:
            return self.choices.account_id
        self.report.made["without an account"] += 1
        if self.choices.no_account is None:
            self.report.ask("no_account", "")
        if self.choices.no_account is NoAccount.SKIP:
            return None
        if self.choices.no_account is NoAccount.PARK:
            return self._held()
        raise Refused(because(N_("The row names no account: choose what to do with such rows.")))

    def _held(self) -> int:
        """The account that keeps deals without one, until somebody sorts them out."""
        if self.holding is None:
            query = select(Account.id).where(Account.is_holding).order_by(Account.id)
            self.holding = self.session.scalar(query)
        if self.holding is None:
            row = {"name": HOLDING, "is_holding": True}
            self.holding = self.writer.add(Account, [row])[0]
            seat = {
                "account_id": self.holding,
                "user_id": self.choices.owner_id,
                "level": Level.OWN,
            }
            self.writer.add(Membership, [seat], noted=False)
            self.writer.find_by("account", self.holding, self.holding, HOLDING)
        return self.holding

    def _row(
        self, number: int, values: Row, name: str, account_id: int, standing: tuple[Stage, Outcome]
    ) -> Row:
        stage, outcome = standing
        ended = outcome is not Outcome.OPEN
        closed = (
            (values.get("closed") or values.get("close_date") or self.choices.on) if ended else None
        )
        first = values.get("opened") or min(closed or self.choices.on, self.choices.on)
        if closed and closed < first:
            raise Refused(
                because(
                    N_("It ended on %(end)s, before it began on %(start)s."),
                    end=closed,
                    start=first,
                )
            )
        owner = self.users.find(values["owner"]) if values.get("owner") else None
        if values.get("owner") and owner is None:
            self.report.warn(
                number,
                name,
                self.users.missing(
                    values["owner"], N_("“%(name)s” is none of our people: the deal has no owner.")
                ),
            )
        row: Row = {
            "account_id": account_id, "name": name, "stage": stage, "outcome": outcome,
            "opened_on": first, "closed_on": closed, "stage_since": closed or first, "owner_id": owner,
            "close_on": values.get("close_date") or closed, "currency": values.get("currency") or "CNY",
        }  # fmt: skip
        row |= {
            name: values[name]
            for name in ("amount", "probability", "next_step", "next_step_on")
            if name in values
        }
        return row

    def _known(self, deal_id: int, row: Row) -> RowState:
        kept = self.kept[deal_id]
        told = {
            name: value
            for name, value in row.items()
            if value is not None and name not in {"stage_since", "opened_on"}
        }
        if Outcome(kept["outcome"]) is Outcome.CLOSED and told["outcome"] is Outcome.WON:
            told["outcome"] = Outcome.CLOSED
        new = differences(kept, told)
        if not new:
            return RowState.SAME
        on = row["closed_on"] or self.choices.on
        if {"stage", "outcome"} & new.keys():
            self._moved(deal_id, kept, told, on)
            new["stage_since"] = on
        if TERMS & new.keys():
            self.terms.append(self._terms(deal_id, {**kept, **new}, self.choices.on))
        self.writer.change(Opportunity, deal_id, {name: kept[name] for name in new}, new)
        return RowState.CHANGED

    def _moved(self, deal_id: int, kept: Row, told: Row, on: date) -> None:
        days = max((on - kept["stage_since"]).days, 0)
        self.moves.append(self._move(deal_id, {**kept, **told}, on, kept["stage"], days))

    def _move(self, deal_id: int, row: Row, on: date, start: str | None, days: int | None) -> Row:
        return {"account_id": row["account_id"], "opportunity_id": deal_id, "on": on, "from_stage": start,
                "to_stage": row["stage"], "outcome": row["outcome"], "days": days, "at": self.choices.at,
                "user_id": self.choices.user_id, "reason": "", "evidence": ""}  # fmt: skip

    def _terms(self, deal_id: int, row: Row, on: date) -> Row:
        return {"opportunity_id": deal_id, "on": on, "amount": row.get("amount"), "close_on": row.get("close_on"),
                "probability": row.get("probability"), "user_id": self.choices.user_id, "at": self.choices.at}  # fmt: skip

    def write(self) -> None:
        """Insert the queued deals, each with its first move, its end and its terms."""
        ids = self.writer.add(Opportunity, [row for row, _product in self.new])
        moves, terms, lines = [], [], []
        for deal_id, (row, product_id) in zip(ids, self.new, strict=True):
            moves += self._past(deal_id, row)
            terms.append(self._terms(deal_id, row, row["opened_on"]))
            self.writer.find_by("opportunity", deal_id, row["account_id"], row["name"])
            if product_id is not None:
                lines.append({"account_id": row["account_id"], "opportunity_id": deal_id, "product_id": product_id,
                              "quantity": Decimal(1), "amount": row.get("amount")})  # fmt: skip
        self.writer.add(StageMove, moves, noted=False)
        self.writer.add(Terms, terms, noted=False)
        self.writer.add(OpportunityLine, lines, noted=False)
        self.writer.add(StageMove, self.moves)
        self.writer.add(Terms, self.terms)
        self.new, self.moves, self.terms = [], [], []

    def _past(self, deal_id: int, row: Row) -> list[Row]:
        """What the file tells of a deal's past: it opened, and perhaps it ended."""
        if row["outcome"] is Outcome.OPEN:
            return [self._move(deal_id, row, row["opened_on"], None, None)]
        start = Stage.NEGOTIATION if row["stage"] is Stage.DELIVERY else row["stage"]
        opened = {**row, "stage": start, "outcome": Outcome.OPEN}
        days = (row["closed_on"] - row["opened_on"]).days
        return [
            self._move(deal_id, opened, row["opened_on"], None, None),
            self._move(deal_id, row, row["closed_on"], start, days),
        ]

    def finish(self) -> None:
        """Send out what is left."""
        self.send()


def _settled(stage: Stage | None, outcome: Outcome) -> tuple[Stage, Outcome]:
    """A stage that goes with an outcome: what is won is in delivery, and nothing open is."""
    if outcome in {Outcome.WON, Outcome.CLOSED}:
        return Stage.DELIVERY, outcome
    if stage is Stage.DELIVERY:
        return stage, Outcome.WON if outcome is Outcome.OPEN else outcome
    return stage or Stage.PROSPECTING, outcome
