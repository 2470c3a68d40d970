"""Contracts, credit, receivables and sales plans go in, go out, and go in again the same."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.exchange.exporting import export_csv
from app.exchange.headers import guess_kind
from app.records.contract_models import Contract, ContractPart
from app.records.credit_models import Credit, Payment, Receivable
from app.records.credit_queries import owed_of
from app.records.support_models import SalesPlan
from tests.exchange.runs import counts, why

CONTRACTS = (
    "合同编号,合同名称,客户名称,签订日期,生效日期,到期日期,合同金额,自动续约,complete parts\n"
    "C-1,年度供货,First Hospital,2026-01-05,2026-01-01,2026-12-31,120000.50,是,goods;quality\n"
    "C-2,服务合同,First Hospital,,2026-03-01,2026-02-01,5000,否,\n"
)
CREDITS = (
    "account,credit limit,credit days,rating,approved on,valid until\n"
    "First Hospital,200000,45,B,2026-02-01,2027-02-01\n"
)
RECEIVABLES = (
    "Invoice No,Customer,Invoice Date,Due Date,Amount,Amount paid,Payment date\n"
    "FP-1,First Hospital,2026-09-01,2026-10-01,100.10,100.10,2026-09-28\n"
    "FP-2,First Hospital,2026-10-01,2026-11-01,200.20,50,2026-11-02\n"
    "FP-3,First Hospital,2026-11-01,,300.30,,\n"
)
PLANS = (
    "客户名称,计划月份,产品,数量,计划金额\n"
    "First Hospital,2026年1月,GTX Pro,10,1000\n"
    "First Hospital,2026-02,,,500.55\n"
    "First Hospital,2026-02,Nothing of ours,1,5\n"
)
FILES = {
    "contracts": CONTRACTS,
    "credits": CREDITS,
    "receivables": RECEIVABLES,
    "sales_plans": PLANS,
}


@pytest.fixture
def hospital(make, ada):
    """An account, and a product of ours."""
    make.product("GTX Pro")
    return make.account("First Hospital", owner=ada)


@pytest.mark.parametrize("kind", FILES)
def test_the_kind_is_told_by_the_columns(kind):
    header = FILES[kind].partition("\n")[0].split(",")

    assert guess_kind(header)[0].kind == kind


def test_each_kind_goes_in_once_and_a_second_time_changes_nothing(runs, session, hospital):
    first = {kind: dict(runs.bring(kind, text).counts) for kind, text in FILES.items()}
    before = counts(session)

    again = {kind: dict(runs.bring(kind, text).counts) for kind, text in FILES.items()}

    assert first == {
        "contracts": {"new": 1, "refused": 1},
        "credits": {"new": 1},
        "receivables": {"new": 3},
        "sales_plans": {"new": 2, "refused": 1},
    }
    assert {kind: found.get("same") for kind, found in again.items()} == {
        "contracts": 1, "credits": 1, "receivables": 3, "sales_plans": 2,
    }  # fmt: skip
    assert counts(session) == before


def test_a_contract_keeps_its_days_and_its_complete_parts(runs, session, hospital):
    report = runs.bring("contracts", CONTRACTS)

    row = session.scalars(select(Contract)).one()
    parts = session.scalars(select(ContractPart.part).order_by(ContractPart.part)).all()
    assert (row.number, row.amount, row.renews) == ("C-1", Decimal("120000.50"), True)
    assert (row.starts_on, row.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert parts == ["goods", "quality"]
    assert why(report) == ["3: It ends before it begins."]


def test_a_list_of_limits_is_decided_credit_by_which_invoices_fall_due(runs, session, hospital):
    runs.bring("credits", CREDITS)
    runs.bring("receivables", RECEIVABLES)

    credit = session.scalars(select(Credit)).one()
    late = session.scalars(select(Receivable).where(Receivable.number == "FP-3")).one()
    assert (credit.limit, credit.days, credit.grade) == (200000, 45, "B")
    assert late.due_on == date(2026, 12, 16)  # by hand: 1 November and 45 days


def test_a_later_file_adds_what_came_in_since_and_sums_stay_to_the_cent(runs, session, hospital):
    report = runs.bring("receivables", RECEIVABLES)
    later = RECEIVABLES.replace("200.20,50,2026-11-02", "200.20,200.20,2026-11-20")

    assert runs.bring("receivables", later).counts == {"same": 2, "changed": 1}

    paid = session.execute(select(Payment.on, Payment.amount).order_by(Payment.on)).all()
    assert paid == [
        (date(2026, 9, 28), Decimal("100.10")),
        (date(2026, 11, 2), Decimal(50)),
        (date(2026, 11, 20), Decimal("150.20")),
    ]
    assert report.sums["amount"] == Decimal("600.60")
    on_the_day = owed_of(session, hospital.id, date(2026, 11, 10))
    now = owed_of(session, hospital.id, date(2026, 11, 22))
    assert sum(on_the_day.values()) == Decimal("450.50")  # by hand: 150.20 + 300.30
    assert sum(now.values()) == Decimal("300.30")
    assert runs.undo() == []  # what is paid in full follows its payments back
    assert sum(owed_of(session, hospital.id, date(2026, 11, 22)).values()) == Decimal("450.50")


def test_an_import_of_receivables_is_taken_back_with_its_payments(runs, session, hospital):
    before = counts(session)
    runs.bring("receivables", RECEIVABLES)

    assert runs.undo() == []

    assert counts(session) == before


def test_what_goes_out_comes_back_in_the_same(runs, session, hospital):
    for kind, text in FILES.items():
        runs.bring(kind, text)
    before = counts(session)

    for kind in FILES:
        text = "".join(export_csv(session, kind)).lstrip("\ufeff")
        report = runs.bring(kind, text)
        assert set(report.counts) == {"same"}, (kind, why(report))

    assert counts(session) == before


def test_any_invoices_sum_to_what_the_file_says_whatever_their_order(runs, session, hospital):
    chance = random.Random(7)
    cents = [chance.randrange(1, 10**7) for _ in range(40)]
    lines = [
        f"I-{n},First Hospital,2026-0{n % 9 + 1}-11,2026-09-28,{one // 100}.{one % 100:02}"
        for n, one in enumerate(cents)
    ]
    chance.shuffle(lines)
    header = "Invoice No,Customer,Invoice Date,Due Date,Amount\n"

    runs.bring("receivables", header + "\n".join(lines) + "\n")

    whole = Decimal(sum(cents)) / 100
    assert sum(owed_of(session, hospital.id, date(2026, 11, 22)).values()) == whole
    text = "".join(export_csv(session, "receivables"))
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert sum(Decimal(row["amount"]) for row in rows) == whole
    assert session.scalar(select(func.count()).select_from(Receivable)) == 40


def test_a_plan_names_only_products_of_ours(runs, session, hospital):
    report = runs.bring("sales_plans", PLANS)

    months = session.execute(select(SalesPlan.month, SalesPlan.amount).order_by(SalesPlan.month))
    assert months.all() == [
        (date(2026, 1, 1), Decimal(1000)),
        (date(2026, 2, 1), Decimal("500.55")),
    ]
    assert why(report) == ["4: “Nothing of ours” is none of our products."]
