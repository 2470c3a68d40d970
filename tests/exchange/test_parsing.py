"""Rows of files as values."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.exchange.fields import KINDS
from app.exchange.headers import guess_columns
from app.exchange.parsing import (
    MAX_NAME,
    Parsed,
    learn_habits,
    mapping_of,
    read_row,
    reader_for,
    row_readers,
)
from app.exchange.reading import open_table
from app.exchange.tables import Table
from app.exchange.words import RelationKind
from app.pipeline.rules import Outcome
from app.stakeholders.rules import Role, Support
from app.vocabulary import Reason
from tests.exchange.shared import shared, table


def parsed(opened: Table, kind: str, **chosen: str) -> list[Parsed]:
    """Every row of a table, mapped as guessed."""
    mapping = mapping_of(guess_columns(opened.columns, kind))
    habits = {**learn_habits(mapping, opened.rows()), **chosen}
    readers = row_readers(kind, mapping, opened.columns, habits)
    return [read_row(readers, cells) for _, cells in opened.rows()]


def values(text: str, kind: str, **chosen: str) -> list[dict[str, object]]:
    """The values of every row of a file."""
    rows = parsed(table(text), kind, **chosen)
    assert all(not row.problems for row in rows)
    return [row.values for row in rows]


def test_a_row_of_people_becomes_values():
    text = (
        "account,name,title,role,support,influence,is_outside,level,since\n"
        "协和医院,王伟,总监,决策者;influencer,支持,3,否,2,2026年3月5日\n"
        "协和医院,Li Wei,,,unknown,,,,\n"
    )

    first, second = values(text, "people")

    assert first == {
        "account": "协和医院",
        "name": "王伟",
        "title": "总监",
        "role": (Role.DECIDER, Role.INFLUENCER),
        "support": Support.SUPPORTS,
        "influence": 3,
        "is_outside": False,
        "level": 2,
        "since": date(2026, 3, 5),
    }
    assert second == {"account": "协和医院", "name": "Li Wei"}


def test_a_problem_names_its_field_and_leaves_the_rest():
    (row,) = parsed(table("name,support,email\nLi Wei,warmish,li@example.com\n"), "people")

    assert row.values == {"name": "Li Wei", "email": "li@example.com"}
    assert "warmish" in str(row.problems["support"])


def test_the_currency_beside_an_amount_is_kept_unless_a_column_says_it():
    assert values("name,stage,amount\nA,Won,€5\n", "opportunities")[0]["currency"] == "EUR"
    both = "name,stage,amount,currency\nA,Won,$5,CAD\nB,Won,$5,\n"
    assert [row["currency"] for row in values(both, "opportunities")] == ["CAD", "USD"]


def test_the_unit_in_the_columns_name_counts():
    (row,) = values("商机名称,销售阶段,金额（万元）\n扩建,立项,12.5\n", "opportunities")

    assert (row["amount"], row["currency"]) == (Decimal(125000), "CNY")


def test_habits_are_learnt_from_the_whole_column():
    text = "name;stage;amount;close date;probability\n" + "A;x;1.500;3/5/2026;10\n" * 300
    text += "B;x;2,5;25/12/2026;90\n"

    row = values(text, "opportunities")[0]

    assert row["amount"] == Decimal(1500)
    assert row["close_date"] == date(2026, 5, 3)
    assert row["probability"] == Decimal("0.1")


def test_what_a_person_chooses_goes_before_what_was_learnt():
    text = "name,stage,close date,probability\nA,x,3/5/2026,1\n"

    (row,) = values(text, "opportunities", close_date="dmy", probability="percent")

    assert (row["close_date"], row["probability"]) == (date(2026, 5, 3), Decimal("0.01"))


def test_a_habit_that_nothing_tells_is_not_sure():
    opened = table("name,stage,close date,probability\nA,x,3/5/2026,1\n")

    mapping = mapping_of(guess_columns(opened.columns, "opportunities"))
    habits = learn_habits(mapping, opened.rows())

    assert {field: habit.is_sure for field, habit in habits.items()} == {
        "close_date": False,
        "probability": False,
    }


def test_a_name_in_two_columns_is_put_together():
    assert values("First Name,Last Name,Company\nLi,Wang,Acme\n", "people")[0]["name"] == "Li Wang"
    assert values("姓,名,公司\n王,伟,协和\n", "people")[0]["name"] == "王伟"


def test_only_sure_guesses_can_be_asked_for():
    guesses = guess_columns(["Name", "Departmnet"], "people")

    assert mapping_of(guesses) == {"name": 0, "department": 1}
    assert mapping_of(guesses, only_sure=True) == {"name": 0}


def test_every_field_of_every_kind_has_a_reader():
    for kind, fields in KINDS.items():
        for field in fields:
            assert callable(reader_for(kind, field))
    assert reader_for("relationships", "kind")("coverage") is RelationKind.COVERAGE
    assert reader_for("opportunities", "outcome")("won") is Outcome.WON


def test_a_name_too_long_for_a_name_is_told():
    assert isinstance(reader_for("people", "name")("x" * (MAX_NAME + 1)), Reason)
    assert isinstance(reader_for("people", "account")("x" * (MAX_NAME + 1)), Reason)


def test_an_amount_too_large_with_its_unit_is_told():
    assert isinstance(reader_for("sales", "amount", "金额(亿元)")("99999999999"), Reason)


def test_the_maven_files_have_no_cell_that_is_not_understood():
    amounts: Counter[str] = Counter()
    for name, kind in (("accounts", "accounts"), ("products", "products"), ("sales_teams", "team"),
                       ("sales_pipeline", "opportunities")):  # fmt: skip
        with open_table(shared("maven_crm", f"{name}.csv")) as opened:
            for row in parsed(opened, kind):
                assert not row.problems
                if kind == "opportunities":
                    amounts[row.values["stage"]] += row.values.get("amount", 0)

    assert amounts["Won"] == 10_005_534  # the sum the data's publisher gives


def test_the_salesforce_extracts_have_no_cell_that_is_not_understood():
    folder = shared("crm_formats", "salesforce_dataloader")
    with open_table(folder / "opportunityData.csv") as opened:
        assert not any(row.problems for row in parsed(opened, "opportunities"))
    with open_table(folder / "accountData.csv") as opened:
        assert not any(row.problems for row in parsed(opened, "accounts"))


def test_invoice_lines_keep_their_customers_number_as_written():
    with open_table(shared("online_retail", "online_retail_2010-12_2011-12.csv.gz")) as opened:
        mapping = mapping_of(guess_columns(opened.columns, "sales"))
        readers = row_readers("sales", mapping, opened.columns, {})
        first = read_row(readers, opened.sample(1)[0]).values

    assert first["account"] == "17850"
    assert first["date"] == date(2010, 12, 1)
    assert first["unit_price"] * first["quantity"] == Decimal("15.30")


def test_ten_thousand_people_are_read_in_a_second(tmp_path: Path):
    path = tmp_path / "people.csv"
    lines = [
        f"P{number},Account {number % 200},Person {number},Title {number % 50},Dept {number % 20},"
        f"decider;influencer,{number % 5 - 2},{number % 4},p{number}@example.com,010 {number:08},"
        f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
        for number in range(10_000)
    ]
    header = "external_id,account,name,title,department,role,support,influence,email,phone,since"
    path.write_text("\n".join([header, *lines]))
    began = time.process_time()

    with open_table(path) as opened:
        rows = parsed(opened, "people")

    assert sum(1 for row in rows if not row.problems) == 10_000
    assert time.process_time() - began < 1.0
