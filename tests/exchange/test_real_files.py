"""Files that companies really have: they go in, or are refused with a reason."""

from __future__ import annotations

import csv
import gzip
import io
from decimal import Decimal
from itertools import islice

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.exchange.base import UNKNOWN_ACCOUNT, cents
from app.exchange.choices import NoAccount
from app.exchange.headers import guess_columns
from app.exchange.parsing import mapping_of
from app.exchange.reading import open_table
from app.records.models import Sale
from app.stakeholders.models import Stakeholder, Tie
from tests.exchange.shared import shared

FORMATS = "crm_formats"


def rewritten(path, header, cells):
    """A CSV file with columns of our own, from each row of another."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    with path.open(encoding="utf-8", newline="") as text:
        writer.writerows(cells(row) for row in csv.DictReader(text))
    return out.getvalue()


def test_a_law_firm_goes_in_as_people_and_who_advises_whom(runs, session, make, ada):
    """Its edges say who seeks advice of whom, so the target influences the source."""
    make.account("Law firm", owner=ada)
    people = rewritten(
        shared("networks", "lazega_lawfirm", "nodes.csv"),
        ["account", "external_id", "name", "title"],
        lambda row: ["Law firm", row["id"], f"Lawyer {row['id']}",
                     "Partner" if row["status"] == "1" else "Associate"],
    )  # fmt: skip
    advice = rewritten(
        shared("networks", "lazega_lawfirm", "edges.csv"),
        ["account", "from", "to", "kind"],
        lambda row: ["Law firm", row["target"], row["source"],
                     "influences" if row["relation"] == "advice" else ""],
    )  # fmt: skip

    runs.bring("people", people)
    report = runs.bring("relationships", advice)

    assert session.scalar(select(func.count(Stakeholder.id))) == 71
    assert report.counts["new"] == 892
    assert set(report.why) == {"The row does not say what kind of relationship it is."}
    assert session.scalar(select(func.count(Tie.id))) == 892


def test_salesforces_accounts_go_in_by_their_ids(runs):
    path = next(shared(FORMATS, "salesforce_dataloader").rglob("accountData.csv"))

    report = runs.look("accounts", path)

    assert report.counts["new"] > 50
    assert report.rows == report.counts["new"] + report.counts["refused"]


def test_salesforces_opportunities_are_each_accounted_for(runs):
    path = next(shared(FORMATS, "salesforce_dataloader").rglob("opportunityData.csv"))

    report = runs.look("opportunities", path, no_account=NoAccount.PARK)

    assert report.rows > 10
    assert all(report.why) if report.why else report.counts["new"]


def test_contact_cards_are_people_of_the_account_chosen(runs, make, ada):
    account = make.account(owner=ada)

    cards = shared(FORMATS, "vcard")
    with open_table(cards) as table:
        mapping = mapping_of(guess_columns(table.columns, "people"))
    elsewhere = runs.look("people", cards, account_id=account.id)
    mapping.pop("account")

    report = runs.look("people", cards, account_id=account.id, mapping=mapping)

    added = runs.look("people", cards, creates_accounts=True)

    assert elsewhere.why[UNKNOWN_ACCOUNT] > 5
    assert set(elsewhere.asks["accounts"]) >= {"IBM", "TheCompany"}
    assert added.rows == elsewhere.rows
    assert not added.why[UNKNOWN_ACCOUNT]
    assert report.counts["new"] > 5
    assert report.rows == elsewhere.rows


@pytest.mark.parametrize(
    "name", ["channel_conversion_gb18030.csv", "customer_orders_utf8bom_trailing_commas.csv"]
)
def test_chinese_files_are_read_and_every_row_is_accounted_for(runs, name):
    path = shared(FORMATS, "gbk_csv", name)
    with open_table(path) as table:
        rows = sum(1 for _ in table.rows())

    report = runs.look("accounts", path, mapping={"name": 0})

    assert report.rows == rows


YEAR = "online_retail_2010-12_2011-12.csv.gz"
COUNTER = "Counter sales"


def a_slice(tmp_path, *wanted):
    """The first invoices of the year, and those lines that a reader would wonder about."""
    with gzip.open(shared("online_retail", YEAR), "rt", encoding="utf-8", newline="") as text:
        lines = [*islice(text, 3001), *(line for line in text if any(map(line.startswith, wanted)))]
    path = tmp_path / "retail.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path, list(csv.DictReader(lines))


def test_a_year_of_invoices_goes_in_whole_with_all_that_is_odd_about_it(
    runs, session, make, ada, tmp_path
):
    # C: credit notes; A5631: the three bad-debt adjustments, two of them at a negative price;
    # 5414: lines of stock without a price or a customer
    path, rows = a_slice(tmp_path, "C5414", "A5631", "53641", "5414")
    amounts = [(row, cents(Decimal(row["UnitPrice"]) * int(row["Quantity"]))) for row in rows]
    known = {row["CustomerID"].removesuffix(".0") for row in rows} - {""}

    told = {"creates_accounts": True, "creates_products": True, "account_name": COUNTER}
    report = runs.bring("sales", path, **told)
    again = runs.bring("sales", path, **told)

    assert report.counts == {"new": len(rows)}
    assert again.counts == {"same": len(rows)}
    assert report.sums["amount"] == again.sums["amount"] == sum(amount for _row, amount in amounts)
    assert session.scalar(select(func.sum(Sale.amount))) == report.sums["amount"]
    assert report.made["accounts"] == len(known) + 1
    ids = set(session.scalars(select(Account.external_id))) - {None}
    assert ids == known
    assert {
        "lines without a price": sum(not amount for _row, amount in amounts),
        "credit notes": sum(amount < 0 < -int(row["Quantity"]) for row, amount in amounts),
        "negative prices": sum(Decimal(row["UnitPrice"]) < 0 for row, _amount in amounts),
        "lines without a customer": sum(not row["CustomerID"] for row, _amount in amounts),
    }.items() <= report.made.items()
    assert report.sums["lines without a customer"] == sum(
        amount for row, amount in amounts if not row["CustomerID"]
    )


def test_without_being_told_what_has_no_customer_is_refused(runs, make, ada, tmp_path):
    path, rows = a_slice(tmp_path)
    customers = sorted({row["CustomerID"].removesuffix(".0") for row in rows} - {""})
    runs.bring("accounts", "external_id\n" + "".join(f"{one}\n" for one in customers))

    report = runs.look("sales", path, creates_products=True)

    blank = sum(not row["CustomerID"] for row in rows)
    assert report.counts == {"new": len(rows) - blank, "refused": blank}
    assert report.why == {"The row names no account.": blank}
