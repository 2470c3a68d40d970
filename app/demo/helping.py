"""What went wrong at the demo's accounts and was put right; support and communication."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.demo.accounts import Customer
from app.demo.people import Known
from app.demo.rows import Rows
from app.demo.trading import Here, here_of
from app.records.communication import CommunicationKind
from app.records.service import CaseKind, Verdict
from app.records.support import ExpenseKind, LoanKind
from app.records.support_models import Communication, Expense, Loan, Promotion, ServiceCase

COMPLAINTS = (
    (CaseKind.COMPLAINT, "夜间报警误报 False alarms at night", "传感器接触不良 A loose sensor",
     Verdict.GRANTED, "更换传感器 Sensors replaced", "周五前全部换好 All replaced by Friday"),
    (CaseKind.RETURN, "临效期退货 Return of goods near expiry", "库存周转慢 Slow turnover",
     Verdict.PARTLY, "退一半，其余换货 Half returned, the rest exchanged",
     "退换方案已书面确认 The terms were confirmed in writing"),
    (CaseKind.REPAIR, "输液泵不走字 A pump that does not count", "电池老化 An old battery",
     Verdict.GRANTED, "免费更换 Replaced free of charge", "备用泵先用着 A spare was lent meanwhile"),
    (CaseKind.COMPLAINT, "到货少两箱 Two cartons short", "承运商漏卸 Left on the truck",
     Verdict.GRANTED, "次日补送 Delivered the next day", "已补送并致歉 Delivered with an apology"),
)  # fmt: skip
SPENDING = (
    (ExpenseKind.TRAINING, "护士长培训 Training for head nurses", 40, "0.012"),
    (ExpenseKind.TRAVEL, "院长考察 The president's site visit", 96, "0.01"),
    (ExpenseKind.SAMPLES, "试用耗材 Consumables on trial", 150, "0.006"),
)


def add_helping(
    rows: Rows, account_id: int, customer: Customer, ours: dict[str, int], people: dict[str, Known]
) -> None:
    """Service cases, promotions, money spent, what is lent, the communication plan."""
    here = here_of(rows, account_id, customer, ours)
    _cases(here, list(people.values()))
    _support(here)
    _communication(here)


def _cases(here: Here, people: list[Known]) -> None:
    """Two settled cases, and at every third account one that waits too long for its answer."""
    for place in range(2 + (here.account_id % 3 == 0)):
        kind, title, findings, verdict, decision, answer = COMPLAINTS[
            (here.account_id + place) % len(COMPLAINTS)
        ]
        is_open = place == 2
        on = here.ago(8 + here.account_id if is_open else 70 + 60 * place + here.account_id)
        days = {name: None if is_open else on + timedelta(days=after) for name, after in (
            ("decided_on", 4), ("answered_on", 6), ("closed_on", 9))}  # fmt: skip
        here.add(
            ServiceCase, kind=kind, title=title, on=on, owner_id=here.owner,
            number=f"SH{on:%y%m}-{here.account_id:02}{place}",
            words="科室来电反映 Reported by the ward by telephone",
            stakeholder_id=people[place % len(people)].id if people else None,
            investigated_on=on + timedelta(days=3), findings=findings,
            verdict=None if is_open else verdict, decision="" if is_open else decision,
            answer="" if is_open else answer, cost=None if is_open else Decimal(600 + 150 * place),
            **days,
        )  # fmt: skip


def _support(here: Here) -> None:
    """A promotion that is over and one that comes; what was spent; somebody and a van lent."""
    budget = max((here.monthly * Decimal("0.08")).quantize(Decimal(100)), Decimal(1000))
    over = here.add(
        Promotion, name="学术推广周 Week of lectures", starts_on=here.ago(80), ends_on=here.ago(66),
        plan="三场科室会，试用装到位 Three ward meetings with samples", budget=budget,
        owner_id=here.owner, is_approved=True, approver_id=here.director,
        approved_on=here.ago(95), **_appraised(here),
    )  # fmt: skip
    share = Decimal("1.25") if here.customer.key in {"anhe", "yunxi"} else Decimal("0.7")
    here.add(Expense, promotion_id=over, kind=ExpenseKind.PROMOTION, on=here.ago(70),
             amount=budget * share, words="场地与资料 Rooms and material", user_id=here.owner)  # fmt: skip
    if here.account_id % 2:
        here.add(
            Promotion, name="陈列与换季促销 Seasonal display", starts_on=here.rows.on + timedelta(12),
            ends_on=here.rows.on + timedelta(40), budget=budget * 2, owner_id=here.owner,
            plan="端架陈列，满额赠耗材 End-of-aisle display, consumables with large orders",
            **({} if here.account_id % 4 == 1 else _approved(here)),
        )  # fmt: skip
    for kind, words, days, part in SPENDING:
        amount = (here.monthly * Decimal(part)).quantize(Decimal(1)) + 200
        here.add(Expense, kind=kind, on=here.ago(days), amount=amount, words=words,
                 user_id=here.owner)  # fmt: skip
    _loans(here)


def _approved(here: Here) -> dict[str, Any]:
    """The director has said yes."""
    return {"is_approved": True, "approver_id": here.director, "approved_on": here.ago(3)}


def _appraised(here: Here) -> dict[str, Any]:
    """Half of the promotions have been appraised."""
    if here.account_id % 2:
        return {}
    words = "带动耗材两成，值得每季度做一次 Consumables up by a fifth; worth a turn each quarter"
    return {"appraised_on": here.ago(50), "appraisal": words, "is_worth": True}


def _loans(here: Here) -> None:
    if here.customer.house in {"wholesaler", "chain"}:
        here.add(Loan, kind=LoanKind.VEHICLE, name="冷链车 Refrigerated van 江A-5R210",
                 purpose="旺季配送 Deliveries in season", owner_id=here.owner,
                 starts_on=here.ago(120), due_on=here.ago(10), monthly_cost=Decimal(6800))  # fmt: skip
    here.add(Loan, kind=LoanKind.PERSON, name="驻点工程师 Engineer on site",
             purpose="设备上线支持 Help while devices go live", owner_id=here.owner,
             starts_on=here.ago(200), due_on=here.ago(110), returned_on=here.ago(112),
             monthly_cost=Decimal(9000))  # fmt: skip


def _communication(here: Here) -> None:
    """Seminars by the quarter; executives' visits, which some accounts have not had for long."""
    for days in (190, 98):
        here.add(Communication, kind=CommunicationKind.SEMINAR, title="季度研讨会 Quarterly seminar",
                 due_on=here.ago(days), done_on=here.ago(days - 2), owner_id=here.owner,
                 outcome="四个科室参加 Four departments came")  # fmt: skip
    here.add(Communication, kind=CommunicationKind.SEMINAR, title="季度研讨会 Quarterly seminar",
             due_on=here.ago(6 if here.account_id % 4 == 0 else -14), months=3,
             owner_id=here.owner)  # fmt: skip
    if here.account_id % 3:
        here.add(Communication, kind=CommunicationKind.EXECUTIVE, owner_id=here.director,
                 title="沈总拜访院领导 Our director calls on their executives",
                 due_on=here.ago(88), done_on=here.ago(86),
                 outcome="同意共建培训中心 A training centre together was agreed")  # fmt: skip
    here.add(Communication, kind=CommunicationKind.JOURNAL, title="客户期刊 Customer journal",
             due_on=here.rows.on + timedelta(days=20), months=1, owner_id=here.owner)  # fmt: skip
