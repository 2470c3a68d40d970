"""banyan import and banyan export, as a terminal calls them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import main
from app.pipeline.models import Opportunity
from tests.exchange.runs import counts
from tests.exchange.shared import shared
from tests.factories import DAY

MAVEN = (
    ("accounts", "accounts.csv"),
    ("people", "sales_teams.csv"),
    ("products", "products.csv"),
    ("opportunities", "sales_pipeline.csv"),
)
DEALS = "account,name,stage,amount\nAcme,Scanners,Proposal,5\n,Beds,Proposal,7\n"


@pytest.fixture
def banyan(app, database_url, monkeypatch, tmp_path):
    """Call a verb on the test's database; gives click's result."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    def call(*words: str, text: str | None = None):
        return CliRunner().invoke(main, [*map(str, words)], input=text, catch_exceptions=False)

    return call


@pytest.fixture
def file(tmp_path):
    """A file of such contents."""

    def write(content: str, name: str = "made.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_dry_run_tells_and_writes_nothing(banyan, file, session):
    before = counts(session)

    result = banyan("import", "accounts", file("name\nAcme\n"), "--dry-run", "--json")

    answer = json.loads(result.stdout)
    assert (answer["new"], answer["batch"], answer["dry_run"]) == (1, None, True)
    assert counts(session) == before


def test_an_import_asks_first_and_no_means_nothing_is_written(banyan, file, session):
    before = counts(session)

    result = banyan("import", "accounts", file("name\nAcme\n"), text="n\n")

    assert result.exit_code == 1
    assert "New" in result.stderr
    assert counts(session) == before


def test_an_import_is_listed_and_taken_back_once(banyan, file, session):
    made = json.loads(banyan("import", "accounts", file("name\nAcme\n"), "--yes", "--json").stdout)

    listed = json.loads(banyan("import", "list", "--json").stdout)
    undone = banyan("import", "undo", str(made["batch"]))
    again = banyan("import", "undo", str(made["batch"]))

    assert [(one["kind"], one["rows"]) for one in listed] == [("accounts", 1)]
    assert "1 rows taken back" in undone.stdout
    assert again.exit_code == 1
    assert "undone already" in again.output
    assert banyan("import", "undo", "99").exit_code == 1


def test_rows_without_an_account_must_be_answered_beforehand(banyan, file, session):
    banyan("import", "accounts", file("name\nAcme\n"), "--yes")
    before, deals = counts(session), file(DEALS, "deals.csv")

    refused = banyan("import", "opportunities", deals, "--yes")
    taken = banyan("import", "opportunities", deals, "--yes", "--no-account", "skip", "--json")

    assert refused.exit_code == 1
    assert "1 rows name no account. Answer with --no-account" in refused.output
    assert before["opportunity"] == 0
    assert json.loads(taken.stdout)["skipped"] == 1


def test_a_column_may_be_named_and_one_that_is_not_there_is_told(banyan, file):
    path = file("Firmenbezeichnung\nAcme\n")

    unknown = banyan("import", "accounts", path, "--yes")
    wrong = banyan("import", "accounts", path, "--yes", "--map", "name=Nope")
    named = banyan("import", "accounts", path, "--yes", "--map", "name=Firmenbezeichnung", "--json")

    assert (unknown.exit_code, wrong.exit_code) == (1, 1)
    assert "Say which with --map" in unknown.output
    assert "The file has no column “Nope”" in wrong.output
    assert json.loads(named.stdout)["new"] == 1


def test_what_is_no_table_is_refused_in_a_line(banyan, tmp_path):
    path = tmp_path / "made.csv"
    path.write_bytes(b"%PDF-1.7 not a table")

    result = banyan("import", "accounts", path, "--yes")

    assert result.exit_code == 1
    assert "This is a PDF" in result.output


def test_the_four_files_of_a_crm_go_into_an_empty_database(banyan, session):
    answers = {}
    for kind, name in MAVEN:
        path = shared("maven_crm", name)
        result = banyan("import", kind, path, "--yes", "--json", "--no-account", "park")
        assert result.exit_code == 0, result.output
        answers[name] = json.loads(result.stdout)

    deals = answers["sales_pipeline.csv"]
    assert answers["accounts.csv"]["new"] == 85
    assert answers["accounts.csv"]["made"] == {"parents": 15}
    assert answers["sales_teams.csv"]["kind"] == "team"
    assert answers["sales_teams.csv"]["new"] == 35
    assert answers["sales_teams.csv"]["made"] == {"managers": 6}
    assert answers["products.csv"]["new"] == 7
    assert (deals["new"], deals["refused"], deals["warnings"]) == (8800, 0, [])
    assert deals["made"]["without an account"] == 1425
    assert deals["made"]["product GTXPro → GTX Pro"] == 1480
    assert {name: value for name, value in deals["sums"].items() if name != "lost CNY"} == {
        "won count": "4238",
        "lost count": "2473",
        "open count": "2089",
        "won CNY": "10005534.00",
    }
    assert counts(session)["product"] == 7
    again = banyan(
        "import", "opportunities", shared("maven_crm", "sales_pipeline.csv"), "--yes", "--json",
        "--no-account", "park",
    )  # fmt: skip
    assert json.loads(again.stdout)["same"] == 8800
    assert json.loads(banyan("check", "--json").stdout)["sound"]


def test_every_kind_is_exported_and_comes_back_the_same(banyan, session, make, ada, tmp_path):
    parent = make.account("Parent", owner=ada, external_id="A1")
    child = make.account("=Child+Co", owner=ada, parent_id=parent.id, city="-Bonn")
    boss = make.person(child, "Wang Fang", roles=("decider", "blocker"), phone="+86 10 6552")
    other = make.person(child, "@Li Na", is_outside=True, notes="two\nlines")
    make.tie("reports_to", other, boss)
    make.tie("influences", boss, other, weight=3)
    make.observation(boss, support=-1, influence=3)
    make.coverage(ada, boss)
    make.product("GTX Pro", code="G1", price="4821.5")
    make.opportunity(child, next_step="=call")
    make.opportunity(child, "Beds", stage="delivery", outcome="won", closed_on=DAY)
    make.sale(child, "-12.50", external_id="I1", description="=1+1")
    for suffix in ("csv", "xlsx"):
        for kind in ("accounts", "products", "people", "relationships", "opportunities", "sales"):
            path = tmp_path / f"{kind}.{suffix}"
            made = json.loads(banyan("export", kind, path, "--json").stdout)

            back = json.loads(banyan("import", kind, path, "--yes", "--json").stdout)

            assert (kind, back["same"], back["refused"]) == (kind, made["rows"], 0), back


def test_an_export_is_safe_from_formulas_and_replaces_no_file_unasked(banyan, make, ada, tmp_path):
    make.account("=HYPERLINK(1)", owner=ada)
    path = tmp_path / "accounts.csv"

    made = banyan("export", "accounts", path)
    again = banyan("export", "accounts", path)
    other = banyan("export", "accounts", tmp_path / "accounts.txt")

    assert "1 accounts" in made.stdout
    assert ",'=HYPERLINK(1)," in path.read_text("utf-8-sig")
    assert (again.exit_code, other.exit_code) == (1, 1)
    assert "--yes replaces it" in again.output


def test_how_a_column_is_read_may_be_said(banyan, file, session, make):
    make.account("Acme")
    path = file("account,name,stage,amount,close_date\nAcme,Beds,Proposal,1.500,3/4/2026\n")
    ways = ("--read", "amount=,", "--read", "close_date=dmy")

    wrong = banyan("import", "opportunities", path, "--yes", "--read", "name=dmy")
    odd = banyan("import", "opportunities", path, "--yes", "--read", "amount=dmy")
    taken = banyan("import", "opportunities", path, "--yes", "--json", *ways)

    assert (wrong.exit_code, odd.exit_code, taken.exit_code) == (1, 1, 0)
    assert "“name” cannot be read as “dmy”" in wrong.output
    assert "it is one of ., ," in odd.output
    query = select(Opportunity.amount, Opportunity.close_on)
    assert session.execute(query).one() == (1500, date(2026, 4, 3))
