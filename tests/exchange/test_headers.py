"""Columns guessed by their names."""

from __future__ import annotations

import pytest

from app.exchange.fields import KINDS
from app.exchange.headers import guess_columns, guess_kind, known_names, left_out, missing, normal
from app.exchange.reading import open_table
from tests.exchange.shared import shared


def taken(columns: list[str] | tuple[str, ...], kind: str) -> dict[str, str]:
    """Each field with the name of the column guessed for it."""
    return {field: columns[guess.column] for field, guess in guess_columns(columns, kind).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_names_need_no_mapping(kind):
    guesses = guess_columns(list(KINDS[kind]), kind)

    assert {field: guess.confidence for field, guess in guesses.items()} == dict.fromkeys(
        KINDS[kind], 1.0
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_stands_for_one_field_of_a_kind_only(kind):
    named = [(normal(name), field) for field, names in KINDS[kind].items()
             for name in names.split(",")]  # fmt: skip

    for name, field in named:
        assert known_names(kind)[name][0] == field


def test_every_name_of_a_field_is_found():
    assert taken(["客户名称", "父级客户编码", "总人数", "公司网址"], "accounts") == {
        "name": "客户名称",
        "parent": "父级客户编码",
        "employees": "总人数",
        "website": "公司网址",
    }
    assert taken(["姓名", "职务", "部门", "直属上级", "决策角色"], "people") == {
        "name": "姓名",
        "title": "职务",
        "department": "部门",
        "reports_to": "直属上级",
        "role": "决策角色",
    }
    assert taken(
        ["商机名称", "销售阶段", "金额（万元）", "预计成交日期", "客户名称"], "opportunities"
    ) == {
        "account": "客户名称",
        "name": "商机名称",
        "stage": "销售阶段",
        "amount": "金额（万元）",
        "close_date": "预计成交日期",
    }


def test_case_signs_and_brackets_do_not_matter():
    assert taken(["Number of Employees*", "ANNUAL_REVENUE__C"], "accounts") == {
        "employees": "Number of Employees*",
        "annual_revenue": "ANNUAL_REVENUE__C",
    }
    level = "客户级别(重点客户，普通客户，非优先客户)"
    assert left_out([level], set()) == (level,)


def test_the_better_known_name_wins_and_a_column_serves_once():
    assert taken(["BILLINGCOUNTRY", "BILLINGSTATE"], "accounts") == {"region": "BILLINGSTATE"}
    assert taken(["Company", "Account Name"], "people") == {"account": "Account Name"}


def test_a_kinds_own_word_may_stand_before_a_field():
    guess = guess_columns(["Contact Department"], "people")["department"]

    assert guess.is_sure
    assert guess.confidence < 0.9
    assert taken(["客户电话"], "accounts") == {"phone": "客户电话"}


def test_a_misspelled_name_is_proposed_but_not_sure():
    guess = guess_columns(["Departmnet"], "people")["department"]

    assert not guess.is_sure
    assert "Departmnet" in str(guess.why)


def test_a_column_like_two_fields_serves_the_likelier_only():
    assert taken(["Closed dat"], "opportunities") == {"closed": "Closed dat"}


def test_what_nothing_is_known_of_is_told():
    columns = ["Name", "Star sign", "(C)"]

    assert left_out(columns, {0}) == ("Star sign",)
    assert guess_kind(["Star sign", "Shoe size"]) == []


def test_what_is_missing_is_told():
    assert missing("relationships", {"from"}) == ("to",)
    assert missing("people", {"last_name"}) == ()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("maven_crm/accounts.csv", "accounts"),
        ("maven_crm/sales_teams.csv", "team"),
        ("maven_crm/products.csv", "products"),
        ("maven_crm/sales_pipeline.csv", "opportunities"),
        ("online_retail/online_retail_2010-12_2011-12.csv.gz", "sales"),
        ("networks/lazega_lawfirm/edges.csv", "relationships"),
        ("crm_formats/salesforce_dataloader/accountData.csv", "accounts"),
        ("crm_formats/salesforce_dataloader/opportunityData.csv", "opportunities"),
        ("crm_formats/gbk_csv/customer_orders_utf8bom_trailing_commas.csv", "sales"),
    ],
)
def test_the_kind_of_a_real_file_is_guessed_surely(path, kind):
    with open_table(shared(*path.split("/"))) as opened:
        best = guess_kind(opened.columns)[0]

    assert (best.kind, best.is_sure) == (kind, True)


def test_a_file_of_something_else_is_never_sure():
    file = shared("ibm_telco_churn", "WA_Fn-UseC_-Telco-Customer-Churn.csv")
    with open_table(file) as opened:
        assert not any(guess.is_sure for guess in guess_kind(opened.columns))


def test_a_file_of_public_tenders_is_known_as_bids():
    with open_table(shared("ohio_dot_bids", "bids.csv")) as opened:
        first = guess_kind(opened.columns)[0]

    assert (first.kind, first.is_sure) == ("bids", True)


def test_the_whole_maven_pipeline_is_mapped():
    with open_table(shared("maven_crm", "sales_pipeline.csv")) as opened:
        assert taken(opened.columns, "opportunities") == {
            "external_id": "opportunity_id",
            "account": "account",
            "product": "product",
            "owner": "sales_agent",
            "stage": "deal_stage",
            "amount": "close_value",
            "opened": "engage_date",
            "close_date": "close_date",
        }


def test_the_headers_of_known_programs_are_mapped():
    pipedrive = (
        "id,user_id,org_id,title,value,currency,add_time,status,close_time,stage_id,org_name"
    )
    assert taken(pipedrive.split(","), "opportunities") == {
        "external_id": "id",
        "account": "org_name",
        "name": "title",
        "owner": "user_id",
        "stage": "stage_id",
        "outcome": "status",
        "amount": "value",
        "currency": "currency",
        "opened": "add_time",
        "closed": "close_time",
    }
    hubspot = "Record ID,First Name,Last Name,Email,Phone Number,Primary Associated Company"
    assert taken(hubspot.split(","), "people") == {
        "external_id": "Record ID",
        "account": "Primary Associated Company",
        "first_name": "First Name",
        "last_name": "Last Name",
        "email": "Email",
        "phone": "Phone Number",
    }
    report = (
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount Currency,Amount,Close Date"
    )
    assert taken(report.split(","), "opportunities") == {
        "account": "Account Name",
        "name": "Opportunity Name",
        "owner": "Opportunity Owner",
        "stage": "Stage",
        "amount": "Amount",
        "currency": "Amount Currency",
        "close_date": "Close Date",
    }
