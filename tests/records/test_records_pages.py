"""Sales of an account, its size class as told from them, and our products."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.models import Account, SizeClassReading
from app.records.changes import refresh_classes
from app.records.models import Product, Sale
from app.users.changes import put_setting

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    monkeypatch.setattr("app.records.views.sales.today", lambda: TODAY)


@pytest.fixture
def account(make, ada, ben) -> Account:
    return make.account("First Hospital", owner=ada, reader=ben, segment="retail")


def typed(**more):
    return {"on": "2026-02-10", "quantity": "2", "amount": "1200000", "cost": "1100000", **more}


def test_the_year_is_summed_and_set_beside_the_same_days_of_the_last(
    make, account, ben, browser_for
):
    make.sale(account, "1500", on=date(2026, 1, 5))
    make.sale(account, "1000", on=date(2025, 2, 5))
    make.sale(account, "9999", on=date(2025, 8, 5))

    page = browser_for(ben).get(f"/accounts/{account.id}/records")

    assert "¥1,500" in page.text
    assert "▲ 50%" in page.text  # by hand: 1,500 against 1,000 until 20 March


def test_another_year_is_looked_up(make, account, ben, browser_for):
    make.sale(account, "9999", on=date(2025, 8, 5))

    page = browser_for(ben).get(f"/accounts/{account.id}/records?year=2025")

    assert "Sales in 2025" in page.text
    assert "¥9,999" in page.text


@pytest.mark.parametrize("year", ["0", "99999", "x", "-1", "%00"])
def test_nonsense_for_a_year_means_this_one(year, account, ben, browser_for):
    page = browser_for(ben).get(f"/accounts/{account.id}/records?year={year}")

    assert "Sales in 2026" in page.text


def test_sales_are_summed_by_product_with_their_margin(make, account, ben, browser_for):
    product = make.product("Analyser", series="Lab")
    for amount, cost in (("300", "200"), ("100", "100")):
        make.sale(account, amount, on=date(2026, 1, 5), product_id=product.id, cost=Decimal(cost))
    make.sale(account, "100", on=date(2026, 1, 6))

    page = browser_for(ben).get(f"/accounts/{account.id}/records")

    assert "80%" in page.text  # by hand: 400 of 500
    assert "25.0%" in page.text  # by hand: 100 of 400
    assert "None of our products" in page.text


def test_adding_a_line_shows_it_and_the_class_follows(make, account, session, ada, browser_for):
    browser = browser_for(ada)

    added = browser.post(f"/accounts/{account.id}/records/add", typed())

    page = browser.get(added.headers["Location"])
    make.again(account)
    assert "1,200,000" in page.text
    # by hand: 1,200,000 over twelve months is 10 a month: AA in retail; 8.3 % lifts it to AAA
    assert account.size_class == "AAA"
    reading = make.find(select(SizeClassReading))
    assert (reading.monthly_sales, reading.size_class, reading.user_id) == (10, "AAA", ada.id)
    assert reading.margin == Decimal("0.0833")


@pytest.mark.parametrize(
    "wrong",
    [{"amount": ""}, {"amount": "sNaN"}, {"on": "soon"}, {"quantity": "1e99"}, {"cost": "x"}],
)
def test_a_line_that_cannot_be_is_refused_and_what_was_typed_stays(
    wrong, make, account, ada, browser_for
):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/records/add", typed(description="Reagents", **wrong)
    )

    assert page.status == 422
    assert page.field("description") == "Reagents"
    assert make.find(select(Sale)) is None


def test_a_line_taken_back_leaves_both_and_sums_of_nothing(
    make, account, session, ada, browser_for
):
    browser = browser_for(ada)
    browser.post(f"/accounts/{account.id}/records/add", typed())
    sale = make.find(select(Sale.id))

    browser.post(f"/records/sales/{sale}/reverse")

    lines = session.scalars(select(Sale)).all()
    assert (len(lines), sum(line.amount for line in lines)) == (2, 0)
    assert sum(line.cost for line in lines) == 0


def test_the_class_is_kept_with_its_inputs_when_asked(make, account, ada, browser_for):
    make.sale(account, "1200000", on=date(2025, 6, 1))
    browser = browser_for(ada)

    shown = browser.get(f"/accounts/{account.id}/records")
    browser.post(f"/accounts/{account.id}/records/class")

    assert "Keep AA" in shown.text
    assert "The margin is unknown" in shown.text
    make.again(account)
    assert account.size_class == "AA"


def test_without_a_segment_no_class_is_told_and_none_is_kept(make, ada, browser_for):
    account = make.account(owner=ada)
    make.sale(account, "1200000", on=date(2025, 6, 1))
    browser = browser_for(ada)

    browser.post(f"/accounts/{account.id}/records/class")

    assert "no segment yet" in browser.get(f"/accounts/{account.id}/records").text
    make.again(account)
    assert account.size_class is None


def test_the_running_month_does_not_count_for_the_class(make, account, ada, browser_for):
    make.sale(account, "12000000", on=date(2026, 3, 1))

    page = browser_for(ada).get(f"/accounts/{account.id}/records")

    assert "Nothing was sold in the last 12 months" in page.text


def test_another_currency_needs_a_rate(make, session, ada, browser_for):
    account = make.account(owner=ada, segment="retail", currency="USD")
    make.sale(account, "120000", on=date(2025, 6, 1))
    browser = browser_for(ada)

    without = browser.get(f"/accounts/{account.id}/records")
    put_setting(session, "company", '{"currency": "CNY", "language": null, "rates": {"USD": "7"}}')
    session.commit()
    having = browser.get(f"/accounts/{account.id}/records")

    assert "No rate from its currency to CNY is set" in without.text
    # by hand: 120,000 x 7 / 12 / 10,000 = 7 a month: A in retail
    assert "Sales of 7 a month reach the band of A" in having.text


def test_after_an_import_the_classes_of_all_are_measured_anew(make, session, ada):
    names = {}
    for name, amount in (("Large", "3000000"), ("Small", "1000"), ("None", "0")):
        account = make.account(name, owner=ada, segment="retail")
        if amount != "0":
            make.sale(account, amount, on=date(2025, 6, 1))
        names[name] = account

    changed = refresh_classes(session, None, TODAY)
    again = refresh_classes(session, [account.id for account in names.values()], TODAY)
    session.commit()

    assert (changed, again) == (2, 0)
    assert [names[name].size_class for name in ("Large", "Small", "None")] == ["AAA", "C", None]


def test_the_records_ask_as_often_for_six_lines_as_for_three(make, account, ada, browser_for):
    def sell(count):
        for number in range(count):
            product = make.product(f"Product {count}-{number}")
            make.sale(account, "10", on=date(2026, 1, 1 + number), product_id=product.id)

    sell(3)
    few = browser_for(ada)
    few.get(f"/accounts/{account.id}/records")
    sell(3)

    many = browser_for(ada)
    many.get(f"/accounts/{account.id}/records")

    assert few.selects == many.selects <= 14


def test_a_line_of_an_invisible_account_is_not_there(make, account, cleo, browser_for):
    sale = make.sale(account, "10")

    assert browser_for(cleo).post(f"/records/sales/{sale.id}/reverse").status == 404
    assert browser_for(cleo).post("/records/sales/999999/reverse").status == 404


def test_a_product_is_added_changed_archived_and_brought_back(make, boss, browser_for):
    browser = browser_for(boss)

    browser.post("/settings/products/add", {"name": "Analyser", "currency": "CNY", "code": "A-1"})
    product = make.find(select(Product))
    at = f"/settings/products/{product.id}"
    browser.post(f"{at}/edit", {"name": "Analyser II", "currency": "CNY", "price": "12.5"})
    browser.post(f"{at}/archive")
    browser.get("/settings/products")  # the toast goes
    gone = browser.get("/settings/products")
    archived = browser.get("/settings/products?archived=y")
    browser.post(f"{at}/restore")

    assert "Analyser II" not in gone.text
    assert "Analyser II" in archived.text
    assert "Analyser II" in browser.get("/settings/products?q=analy").text


def test_a_stale_product_form_shows_both_versions(make, boss, browser_for):
    product = make.product("Analyser")
    browser, at = browser_for(boss), f"/settings/products/{product.id}/edit"
    opened = browser.get(at).field("version")
    browser.post(at, {"name": "Analyser II", "currency": "CNY", "version": opened})

    assert browser.post(at, {"name": "Mine", "currency": "CNY", "version": opened}).status == 409


def test_a_product_needs_a_name(boss, browser_for):
    page = browser_for(boss).post("/settings/products/add", {"name": "", "currency": "CNY"})

    assert page.status == 422
    assert "Give the product a name." in page.text
    assert browser_for(boss).get("/settings/products/999999/edit").status == 404
