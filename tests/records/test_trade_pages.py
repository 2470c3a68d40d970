"""Commercial records on their pages: contracts, credit, receivables, plans, service, support."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access import me
from app.accounts.models import Account
from app.records.contract_models import Contract, ContractFile, ContractPart
from app.records.credit_models import Credit, Payment, Receivable
from app.records.support_models import Communication, Promotion, SalesPlan, ServiceCase

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    for name in (
        "across",
        "contracts",
        "credit",
        "entries",
        "selling",
        "service",
        "support",
        "files",
    ):
        monkeypatch.setattr(f"app.records.views.{name}.today", lambda: TODAY)
    for name in ("across", "credit"):
        monkeypatch.setattr(f"app.records.views.{name}.company_today", lambda: TODAY)


@pytest.fixture
def account(make, ada, ben) -> Account:
    return make.account("First Hospital", owner=ada, reader=ben)


def at(account, place):
    return f"/accounts/{account.id}/records/{place}"


def test_every_page_says_what_to_do_while_there_is_nothing(account, ben, browser_for):
    browser = browser_for(ben)

    pages = [
        browser.get(at(account, place)).text
        for place in ("contracts", "credit", "receivables", "plan", "attendance", "service",
                      "support", "communication")
    ]  # fmt: skip

    assert ['class="empty"' in page for page in pages].count(True) == len(pages)


def test_a_contract_is_added_settled_part_by_part_and_warns_of_its_end(
    make, account, ada, browser_for
):
    browser = browser_for(ada)
    typed = {"title": "Supply 2026", "signed_on": "2026-01-05", "ends_on": "2026-04-30",
             "starts_on": "2026-01-01", "notice_days": "60", "amount": "120000.50"}  # fmt: skip

    added = browser.post(at(account, "contracts/add"), typed)
    here = added.headers["Location"]
    browser.post(f"{here}/parts/quality", {"points": ["standard"], "words": "As the norm says"})
    browser.post(f"{here}/parts/goods/whole")
    refused = browser.post(f"{here}/parts/terms", {"is_needless": "y"})
    browser.post(f"{here}/parts/terms", {"is_needless": "y", "words": "No rebates this year"})

    page = browser.get(here)
    shown = browser.get(at(account, "contracts"))
    assert "1 of 10 complete" in page.text  # by hand: goods; terms is not needed
    assert "Still open: Warranty" in " ".join(page.text.split()).replace(" </", "</")
    assert refused.status == 422 and "Say why this contract does not need it." in refused.text
    assert "in 41 days: renew it or let it go" in shown.text  # by hand: 20 March to 30 April
    assert make.find(select(Contract.amount)) == Decimal("120000.50")
    told = browser.get(f"/accounts/{account.id}/history").text
    assert "<ins>Quality standard</ins>" in told and "<ins>As the norm says</ins>" in told


def test_a_file_of_a_contract_is_kept_sent_as_it_was_and_removed(make, account, ada, browser_for):
    browser = browser_for(ada)
    contract = make.keep(Contract(account_id=account.id, title="Supply"))
    here = f"/records/contracts/{contract.id}"

    refused = browser.post(f"{here}/files", {"file": (io.BytesIO(b"MZ\x00"), "a.exe")})
    browser.post(f"{here}/files", {"file": (io.BytesIO("合同".encode()), "合同.txt")})
    kept = make.find(select(ContractFile))
    sent = browser.client.get(f"{here}/files/{kept.id}")
    browser.post(f"{here}/files/{kept.id}/remove")

    assert refused.status == 422 and "a.exe" in refused.text
    assert (kept.name, sent.data.decode()) == ("合同.txt", "合同")
    assert "attachment" in sent.headers["Content-Disposition"]
    assert make.find(select(ContractFile)) is None


@pytest.mark.parametrize(
    ("book", "typed", "says"),
    [
        ("contracts", {"title": "", "notice_days": "60"}, "Give the contract a name."),
        ("contracts", {"title": "S", "notice_days": "60", "starts_on": "2026-02-01",
                       "ends_on": "2026-01-01"}, "It ends before it begins."),
        ("contracts", {"title": "S", "notice_days": "60", "ends_on": "2300-01-01"}, "1900"),
        ("receivables", {"on": "2026-03-01", "amount": "sNaN"}, "Give a number."),
        ("plans", {"month": "soon", "amount": "5"}, "Give a day, such as"),
        ("cases", {"title": "Leak", "on": "2026-03-01", "closed_on": "2026-03-02"},
         "the customer has no answer yet"),
        ("cases", {"title": "Leak", "on": "2026-03-30"}, "This day has not come yet."),
        ("promotions", {"name": "Spring", "starts_on": "2026-03-01", "ends_on": "2026-03-31",
                        "appraised_on": "2026-03-10"}, "It is not over yet."),
        ("loans", {"name": "Van", "starts_on": "2026-03-01", "due_on": "2026-02-01"}, "before"),
        ("credits", {"on": "2026-03-01", "surveyed_on": "2026-03-02"}, "Say what was found out."),
        ("communication", {"title": "", "due_on": "2026-04-01"}, "Say what is planned."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_stays_typed(
    book, typed, says, account, ada, browser_for
):
    page = browser_for(ada).post(at(account, f"{book}/add"), typed)

    name, value = next((pair for pair in typed.items() if pair[1]), ("", ""))
    assert page.status == 422 and says in page.text
    assert page.field(name) == value


def test_credit_is_applied_for_surveyed_and_decided_by_a_director_and_holds_at_once_everywhere(
    make, account, ada, ben, browser_for, monkeypatch
):
    boss = make.user("Dora Director", "dora@example.com", role="director")
    where = {boss.id: TODAY + timedelta(days=1), ben.id: TODAY - timedelta(days=1)}
    monkeypatch.setattr("app.records.views.credit.today", lambda: where.get(me().id, TODAY))
    make.member(account, boss)
    browser = browser_for(ada)
    applied = {"on": "2026-03-01", "asked": "200000", "asked_days": "45", "request": "Growth"}
    browser.post(at(account, "credits/add"), applied)
    credit = make.find(select(Credit))
    here = f"/records/credits/{credit.id}"

    early = browser_for(boss).post(f"{here}/decide", {"limit": "100000", "days": "45"})
    browser.post(f"{here}/edit", {**applied, "version": credit.version, "survey": "Pays by hand",
                                  "surveyed_on": "2026-03-05"})  # fmt: skip
    asked = browser_for(boss).get(f"{here}/decide")
    browser_for(boss).post(f"{here}/decide", {"limit": "100000", "days": "45", "grade": "B"})

    page = browser_for(ben).get(at(account, "credit"))
    assert early.status == 422 and "the survey is empty" in early.text
    assert "Pays by hand" in asked.text
    assert "¥100,000" in page.text and "grade B, 45 days to pay" in page.text
    assert browser_for(ada).post(f"{here}/decide", {"limit": "1"}).status == 403


def test_what_is_owed_is_told_by_age_and_a_payment_takes_from_it(make, account, ada, browser_for):
    browser = browser_for(ada)
    make.keep(Credit(account_id=account.id, on=TODAY, decided_on=date(2026, 1, 1), limit=250,
                     days=30))  # fmt: skip
    browser.post(at(account, "receivables/add"), {"on": "2026-01-10", "amount": "300.10",
                                                  "number": "INV-1"})  # fmt: skip
    browser.post(at(account, "receivables/add"), {"on": "2026-03-10", "amount": "100"})
    invoice = make.find(select(Receivable).where(Receivable.number == "INV-1"))

    before = browser.get(at(account, "receivables"))
    shown = browser.get(f"/records/receivables/{invoice.id}/pay")
    browser.post(f"/records/receivables/{invoice.id}/pay", {"on": "2026-03-19", "amount": "300.10"})

    after = browser.get(at(account, "receivables"))
    assert invoice.due_on == date(2026, 2, 9)  # thirty days were granted
    assert "¥150 more than its limit of ¥250" in before.text  # by hand: 400.10 − 250
    assert "31–60 days overdue" in before.text and "39 days late" in before.text
    assert shown.field("amount") == "300.10"
    assert "more than its limit" not in after.text and "INV-1" not in after.text
    payment = make.find(select(Payment))
    browser.post(f"/records/receivables/{invoice.id}/payments/{payment.id}/remove")
    assert "INV-1" in browser.get(at(account, "receivables")).text


def test_the_plan_stands_beside_the_sales_by_month_and_by_product(make, account, ada, browser_for):
    browser, product = browser_for(ada), make.product("Analyser")
    for month, amount in (("2026-01", "1000"), ("2026-02", "1000")):
        browser.post(at(account, "plans/add"), {"month": month, "amount": amount,
                                                "product_id": str(product.id)})  # fmt: skip
    make.sale(account, "700", on=date(2026, 1, 9), product_id=product.id)
    make.sale(account, "50", on=date(2026, 2, 9))

    page = browser.get(at(account, "plan"))

    assert "70%" in page.text and "35%" in page.text  # by hand: 700/1000; 700/2000
    assert "All the rest" in page.text
    make.sale(account, "-7", on=date(2026, 2, 11), description="Came back")
    records = f"/accounts/{account.id}/records"
    returned = browser.get(f"{records}?year=2026&returns=1").text
    assert "Came back" in returned and "None of our products" in returned
    sent = browser.client.get(f"{records}/sales.csv?year=2026").data.decode("utf-8-sig")
    assert sum(Decimal(line.split(",")[4]) for line in sent.splitlines()[1:]) == 743
    assert make.find(select(SalesPlan.month).order_by(SalesPlan.month)) == date(2026, 1, 1)


def test_attendance_tells_days_products_and_months_away(make, account, ben, browser_for):
    product = make.product()
    with make.at_once():
        for month in (1, 2, 3, 5, 6, 7):
            make.sale(account, "600", on=date(2025, month, 5), product_id=product.id)
        make.sale(account, "-60", on=date(2025, 6, 9), product_id=product.id)

    page = browser_for(ben).get(at(account, "attendance"))

    assert "Nothing was bought in 8 of twelve months." in page.text  # March 2025 to February 2026
    assert "every 31 days" in page.text  # by hand: 31, 28, 61, 31, 30
    assert "60" in page.text and "2025-06" in page.text


def test_a_complaint_is_seen_until_it_is_answered_and_closed(make, account, ada, browser_for):
    browser = browser_for(ada)
    case = {"kind": "complaint", "title": "Broken seals", "on": "2026-03-02"}
    browser.post(at(account, "cases/add"), case)
    row = make.find(select(ServiceCase))
    edit = f"/records/cases/{row.id}/edit"

    waiting = browser.get(at(account, "service"))
    steps = {**case, "version": row.version, "investigated_on": "2026-03-05", "findings": "True",
             "decided_on": "2026-03-06", "verdict": "granted", "decision": "Replace",
             "closed_on": "2026-03-10"}  # fmt: skip
    refused = browser.post(edit, steps)
    browser.post(edit, {**steps, "answered_on": "2026-03-09", "answer": "New boxes on Friday"})

    page = browser.get(at(account, "service"))
    assert "11 days late with the answer" in waiting.text  # due after seven days, 9 March
    assert refused.status == 422 and "no answer yet" in refused.text
    assert "Broken seals" not in page.text
    assert "New boxes on Friday" in browser.get(at(account, "service") + "?all=1").text


def test_a_promotion_waits_for_a_yes_and_counts_what_is_spent(make, account, ada, browser_for):
    boss = make.user("Dora Director", "dora@example.com", role="director")
    make.member(account, boss)
    browser = browser_for(ada)
    typed = {"name": "Spring", "starts_on": "2026-03-02", "ends_on": "2026-03-08", "budget": "100"}
    browser.post(at(account, "promotions/add"), typed)
    promotion = make.find(select(Promotion))
    make.sale(account, "500", on=date(2026, 3, 4))
    make.sale(account, "200", on=date(2026, 2, 25))

    waiting = browser.get(at(account, "support"))
    own = browser.post(f"/records/promotions/{promotion.id}/answer", {"granted": "1"})
    answer = f"/records/promotions/{promotion.id}/answer"
    asked = browser_for(boss).get(answer)
    bare = browser_for(boss).post(answer, {"granted": "0", "answer": " "})
    browser_for(boss).post(answer, {"granted": "1", "answer": "Go"})
    spent = {"kind": "promotion", "on": "2026-03-04", "amount": "130"}
    browser.post(at(account, "expenses/add"), {**spent, "promotion_id": str(promotion.id)})

    page = browser.get(at(account, "support"))
    make.again(promotion)
    assert "Answer" not in waiting.text and own.status == 403
    assert "¥100" in asked.text
    assert bare.status == 422 and "Say why it is refused." in bare.text
    assert (promotion.is_approved, promotion.approver_id) == (True, boss.id)
    assert "Go" in page.text
    assert "¥30 over the budget" in page.text
    assert "¥300" in page.text  # by hand: 500 in the week, 200 in the seven days before


def test_what_comes_again_is_planned_once_it_is_done(make, account, ada, browser_for):
    browser = browser_for(ada)
    line = {"kind": "seminar", "title": "Quarterly seminar", "due_on": "2026-01-31", "months": "3"}
    browser.post(at(account, "communication/add"), line)
    row = make.find(select(Communication))

    late = browser.get(at(account, "communication"))
    browser.post(f"/records/communication/{row.id}/edit",
                 {**line, "version": row.version, "done_on": "2026-02-02"})  # fmt: skip

    following = make.find(select(Communication).where(Communication.done_on.is_(None)))
    assert "Seminar: none on record" in late.text
    assert (following.due_on, following.months) == (date(2026, 4, 30), 3)


def test_records_are_put_away_and_brought_back_and_a_stale_form_shows_both(
    make, account, ada, browser_for
):
    browser = browser_for(ada)
    row = make.keep(Receivable(account_id=account.id, on=TODAY, amount=100, number="INV-7"))
    opened = row.version

    browser.post(f"/records/receivables/{row.id}/archive")
    gone = browser.get(at(account, "receivables")).text
    browser.post(f"/records/receivables/{row.id}/restore")
    back = browser.get(at(account, "receivables")).text
    stale = browser.post(f"/records/receivables/{row.id}/edit",
                         {"on": "2026-03-20", "amount": "90", "version": opened})  # fmt: skip

    assert "INV-7" not in gone and "INV-7" in back
    assert stale.status == 409


def test_lists_go_out_with_cells_that_no_spreadsheet_calculates(make, account, ben, browser_for):
    make.keep(Contract(account_id=account.id, title="=1+1", number="C-1"))
    contract = make.find(select(Contract.id))
    make.keep(ContractPart(account_id=account.id, contract_id=contract, part="quality",
                           points=["standard", "warranty"]))  # fmt: skip
    browser = browser_for(ben)

    sent = browser.client.get(at(account, "contracts.csv")).data.decode("utf-8-sig")
    book = browser.client.get(at(account, "contracts.xlsx")).data

    assert "'=1+1" in sent and "quality" in sent
    assert book.startswith(b"PK")


def test_lists_ask_no_more_for_six_than_for_three(make, account, ben, browser_for):
    browser, here = browser_for(ben), {"account_id": account.id}

    def asked() -> list[int]:
        with make.at_once():
            for number in range(3):
                make.keep(Contract(**here, title=f"C{number}"))
                make.keep(Receivable(**here, on=TODAY, amount=100))
                make.keep(ServiceCase(**here, kind="return", on=TODAY, title="R"))
                make.keep(Promotion(**here, name="P", starts_on=TODAY, ends_on=TODAY))
        counts = []
        for place in ("contracts", "receivables", "service", "support"):
            browser.get(at(account, place))
            counts.append(browser.selects)
        return counts

    three = asked()
    six = asked()

    assert three == six
    assert max(six) <= 10


def test_what_waits_over_all_accounts_is_seen_by_those_who_see_the_account(
    make, account, ada, cleo, browser_for
):
    here = {"account_id": account.id}
    with make.at_once():
        make.keep(Credit(**here, on=TODAY, request="Larger orders", asked=5000))
        make.keep(Promotion(**here, name="Spring", starts_on=TODAY, ends_on=TODAY))
        make.keep(Receivable(**here, on=date(2026, 1, 1), due_on=date(2026, 2, 1), amount=70))
        make.keep(Contract(**here, title="Supply", signed_on=TODAY, ends_on=date(2026, 4, 1)))
        make.keep(ServiceCase(**here, kind="complaint", on=date(2026, 3, 1), title="Broken seals"))

    seen = browser_for(ada).get("/portfolio/records").text
    hidden = browser_for(cleo).get("/portfolio/records").text

    for words in ("Larger orders", "Spring", "¥70", "in 12 days", "Broken seals"):
        assert words in seen and words not in hidden
    assert "Nothing waits" in hidden
