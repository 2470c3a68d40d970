"""What was agreed, trusted, owed and planned with the demo's accounts.

Chance is each account's own, so that no other part of the demo moves with it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.accounts.models import Account
from app.demo.accounts import Customer
from app.demo.rows import Rows
from app.records.contract_models import Contract, ContractFile, ContractPart
from app.records.contracts import POINTS, Part
from app.records.credit import CreditGrade
from app.records.credit_models import Credit, Payment, Receivable
from app.records.models import Sale
from app.records.support_models import (
    SalesPlan,
)

ENDS_SOON = {"yunxi": 38, "baicao": 52, "first": 24}
"""Days until a contract's end, where somebody must act."""
UNSIGNED = {"mingzhou"}
SLOW = {"dongchuan": 55, "baicao": 35, "linhu": 80, "anhe": 18, "hailing": 12}
"""How many days late an account pays, more or less; the others pay in time."""
TIGHT = {"dongchuan": Decimal("0.4"), "linhu": Decimal("0.5")}
"""Whose limit is less than what they owe."""
AMBITION = {"growing": "1.02", "flat": "1.05", "seasonal": "1.0", "shrinking": "1.3",
            "stepdown": "1.25", "stopped": "1.2"}  # fmt: skip
"""Planned sales against those that came."""
WORDS = {
    Part.GOODS: "见附件一：品种、规格与单价 See annex 1: varieties, sizes and prices",
    Part.SETTLEMENT: "货到验收后月结，银行转账 Monthly after acceptance, by transfer",
    Part.RIGHTS: "指定区域非独家 Non-exclusive in the region named",
    Part.QUALITY: "按国家标准，质保两年 National standard, two years of warranty",
}
FILE = "供货合同（签字版）\nSupply contract, signed copy\n"


@dataclass(frozen=True, slots=True)
class Here:
    """Where records are made: the account, its owner, and its own chance."""

    rows: Rows
    account_id: int
    customer: Customer
    owner: int
    director: int
    chance: random.Random

    def add(self, model: Any, **values: Any) -> int:
        """Add a row of the account."""
        return self.rows.add(model, account_id=self.account_id, **values)

    def ago(self, days: float) -> date:
        """The day so many days before today."""
        return self.rows.ago(days)

    @property
    def monthly(self) -> Decimal:
        """Mean monthly sales two years ago."""
        return Decimal(round(self.customer.monthly * 10_000))


def here_of(rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]) -> Here:
    """An account with its owner and its own chance."""
    chance = random.Random(f"trading {customer.key}")  # noqa: S311 - believable, not secret
    return Here(rows, account_id, customer, ours[customer.owner], ours["shen"], chance)


def add_trading(rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]) -> None:
    """Contracts, receivables, credit, and this year's sales plan."""
    here = here_of(rows, account_id, customer, ours)
    _contracts(here)
    _credit(here, _receivables(here))
    _plans(here)


def _contracts(here: Here) -> None:
    key, year = here.customer.key, here.rows.on.year
    left = ENDS_SOON.get(key, 200 + here.account_id * 9)
    start = here.rows.on + timedelta(days=left - 365)
    amount = here.monthly * 12
    before_id = here.add(
        Contract, number=f"RA-{start.year - 1}-{here.account_id:03}", amount=amount * 9 / 10,
        title="年度供货合同（上一期） Supply contract, the one before", owner_id=here.owner,
        signed_on=start - timedelta(days=380), starts_on=start - timedelta(days=365),
        ends_on=start - timedelta(days=1),
    )  # fmt: skip
    contract_id = here.add(
        Contract, number=f"RA-{start.year}-{here.account_id:03}", amount=amount,
        title=f"年度供货合同 Supply contract {start.year}", owner_id=here.owner, starts_on=start,
        signed_on=None if key in UNSIGNED else start - timedelta(days=12),
        ends_on=here.rows.on + timedelta(days=left - 1), renews=key == "first",
    )  # fmt: skip
    for part in Part:
        points = [point.value for point in POINTS[part]]
        here.add(ContractPart, contract_id=before_id, part=part, points=points)
    _parts(here, contract_id)
    if key in {"first", "hualan", "yunxi"}:
        content = f"{FILE}{year}".encode()
        here.add(
            ContractFile, contract_id=contract_id, name="供货合同 Supply contract.txt",
            kind="text/plain", size=len(content), content=content, user_id=here.owner,
            at=here.rows.at(start),
        )  # fmt: skip


def _parts(here: Here, contract_id: int) -> None:
    """Most parts whole, some begun, the odd one left out or missing."""
    for place, part in enumerate(Part):
        turn = (place * 5 + here.account_id) % 9
        points = [point.value for point in POINTS[part]]
        is_needless = part is Part.TERMS and here.customer.house == "hospital"
        if turn == 4 and not is_needless:
            continue
        words = (
            "医院不适用返利条款 No rebates for hospitals" if is_needless else WORDS.get(part, "")
        )
        here.add(
            ContractPart, contract_id=contract_id, part=part, words=words,
            points=[] if is_needless else points[:-1] if turn == 7 else points,
            is_needless=is_needless,
        )  # fmt: skip


def _receivables(here: Here) -> Decimal:
    """An invoice a month for what was sold in it, paid as the account pays; what is owed today."""
    sold: dict[date, Decimal] = {}
    for row in here.rows.all(Sale):
        if row["account_id"] == here.account_id and row["on"] > here.ago(450):
            month = row["on"].replace(day=1)
            sold[month] = sold.get(month, Decimal()) + row["amount"]
    owed = Decimal()
    for number, (month, amount) in enumerate(sorted(sold.items())):
        on = min(month + timedelta(days=27), here.rows.on)
        if amount > 0:
            owed += _invoice(here, f"{month:%y%m}-{number:02}", on, amount)
    return owed


def _invoice(here: Here, number: str, on: date, amount: Decimal) -> Decimal:
    """An invoice due after forty-five days, its payment if it has come; what is still owed."""
    due = on + timedelta(days=45)
    invoice_id = here.add(
        Receivable, number=f"FP{here.account_id:02}{number}", on=on, due_on=due, amount=amount
    )
    late = round(SLOW.get(here.customer.key, -4) * here.chance.uniform(0.4, 1.3))
    paid_on = due + timedelta(days=late)
    part = Decimal(1) if here.chance.random() < 0.85 else Decimal("0.6")
    paid = (amount * part).quantize(Decimal("0.01"))
    if paid_on > here.rows.on:
        return amount
    here.add(Payment, receivable_id=invoice_id, on=paid_on, amount=paid)
    row, rest_on = here.rows.row(Receivable, invoice_id), paid_on + timedelta(days=20)
    if paid < amount and rest_on > here.rows.on:
        return amount - paid
    if paid < amount:
        here.add(Payment, receivable_id=invoice_id, on=rest_on, amount=amount - paid)
    row["settled_on"] = rest_on if paid < amount else paid_on
    return Decimal()


def _credit(here: Here, owed: Decimal) -> None:
    """A limit granted a year ago, reviewed for some; one more application waits."""
    share = TIGHT.get(here.customer.key)
    limit = round(owed * share if share else max(owed * _room(here), here.monthly), -3)
    grade = CreditGrade.C if share else CreditGrade.A if here.account_id % 3 else CreditGrade.B
    on = here.ago(300 - here.account_id * 4)
    here.add(
        Credit, on=on, user_id=here.owner, asked=limit, asked_days=45,
        request="年度供货需要账期 Terms for the yearly supply", surveyed_on=on + timedelta(days=6),
        surveyor_id=here.owner, survey="走访财务科与供应科，查工商信息 Called on finance and "
        "purchasing; looked up the register", analysed_on=on + timedelta(days=9),
        analysis="还款来源稳定 Its income is steady", grade=grade, limit=limit, days=45,
        size_class=here.rows.row(Account, here.account_id)["size_class"],
        decided_on=on + timedelta(days=12), decider_id=here.director,
        until=on + timedelta(days=377), payment_score=88 if grade is CreditGrade.A else 61,
        growth_score=64,
    )  # fmt: skip
    if here.customer.key in {"hualan", "dongchuan", "mingzhou"}:
        here.add(
            Credit, on=here.ago(9), user_id=here.owner, asked=limit * 2, asked_days=60,
            request="新院区开业，备货增加 A new site opens and needs stock",
            surveyed_on=None if here.customer.key == "mingzhou" else here.ago(4),
            surveyor_id=here.owner,
            survey="" if here.customer.key == "mingzhou" else "资金由集团统筹 The group funds it",
        )  # fmt: skip


def _room(here: Here) -> Decimal:
    """How many times what it owes an account may owe."""
    return Decimal(here.chance.randrange(12, 36)) / 10


def _plans(here: Here) -> None:
    """This year's plan: the two products that sell most by name, and the rest in a line."""
    year = here.rows.on.year
    amounts: dict[int, Decimal] = {}
    for row in here.rows.all(Sale):
        if row["account_id"] == here.account_id and row["on"] > here.ago(365):
            amounts[row["product_id"]] = amounts.get(row["product_id"], Decimal()) + row["amount"]
    best = sorted(amounts, key=lambda one: (-amounts[one], one))[:2]
    wanted = Decimal(AMBITION[here.customer.trade])
    rest = sum(amounts.values(), Decimal()) - sum((amounts[one] for one in best), Decimal())
    lines = [*((one, amounts[one]) for one in best), (None, rest)]
    for month in range(1, 13):
        for product, amount in lines:
            if amount > 0:
                planned = (amount / 12 * wanted / 1000).quantize(Decimal(1)) * 1000
                here.add(SalesPlan, month=date(year, month, 1), product_id=product,
                         amount=max(planned, Decimal(1000)))  # fmt: skip
