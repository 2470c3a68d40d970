"""A plan as files: what they hold, what a customer's copy leaves out, how long they take."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from time import monotonic, process_time, sleep
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from app.accounts.models import Rival
from app.plans.models import PhaseText
from app.plans.out.document import Document, Section, Table
from app.plans.out.markdown import markdown_of
from app.plans.out.workbook import workbook
from tests.factories import AT

TODAY = datetime.now(UTC).date()
START, END = TODAY - timedelta(100), TODAY + timedelta(100)
SECRETS = (
    "Li Wei",
    "He is vain and hates our price",
    "Rival of ours",
    "Squeeze them before the tender",
    "Our margin there",
    "They are desperate",
    "Raise share slowly",
    "77,777",
    "Decided to drop them",
    "Health",
    "Lock the rival out",
    "Take the ward by surprise",
    "Your people are slow",
    "Drop them",
)
"""What stands in the plan and may not reach the customer: opinions, people, money, aims."""


@pytest.fixture
def account(make, ada, ben):
    return make.account("First Hospital", owner=ada, reader=ben)


@pytest.fixture
def plan(make, account, ada):
    """A plan with something of everything."""
    plan = make.plan(
        account, title="This year", starts_on=START, ends_on=END, stance="raise_slowly"
    )
    person = make.person(account, "Li Wei", roles=["decider"], notes="He is vain")
    make.observation(person, support=-2)
    make.keep(Rival(account_id=account.id, name="Rival of ours", share=Decimal("0.4")))
    text = {"account_id": account.id, "plan_id": plan.id, "updated_at": AT}
    words = "He is vain and hates our price"
    make.keep(PhaseText(**text, phase="diagnose", body=words))
    make.keep(PhaseText(**text, phase="strategy", body="Squeeze them before the tender"))
    dates = {"starts_on": START, "due_on": END, "owner_id": ada.id}
    sales = {"metric": "sales", "baseline": Decimal(0), "target": Decimal(1000)}
    make.goal(plan, "Sell 40 monitors", **sales, **dates, is_shared=True)
    make.goal(plan, "Lock the rival out", **sales, **dates)
    make.goal(plan, "Our margin there", metric="margin", target=Decimal(9), **dates)
    make.sale(account, "600", on=TODAY - timedelta(5))
    make.action(
        plan,
        "Ward round",
        due_on=TODAY,
        starts_on=TODAY - timedelta(9),
        budget=Decimal(77_777),
        owner_id=ada.id,
        result="They are desperate",
        is_shared=True,
    )
    make.action(plan, "=1+1", due_on=TODAY)
    make.action(plan, "Take the ward by surprise", due_on=TODAY)
    make.watch(plan, "late")
    told = {"on": TODAY, "answered_on": TODAY}
    make.feedback(account, "Deliver on Mondays", **told, answer="We do now", is_shared=True)
    make.feedback(account, "Your people are slow", **told, answer="They are not")
    make.feedback(account, "Drop them", on=TODAY, voice="management", is_shared=True)
    make.review(plan, on=START, decisions=["Decided to drop them"])
    return plan


def words_of(kind, body):
    """Every word of a file."""
    if kind == "md":
        return body.decode()
    if kind == "xlsx":
        book = load_workbook(BytesIO(body))
        rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
        return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    shapes = [shape for slide in Presentation(BytesIO(body)).slides for shape in slide.shapes]
    found = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    for shape in shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def unpacked(body):
    """The parts of a file that is a ZIP; else the file."""
    if not body.startswith(b"PK"):
        return [body]
    with ZipFile(BytesIO(body)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def fetched(browser, plan, what, kind):
    """The bytes of a file, drawn first if it has to be."""
    address = f"/plans/{plan.id}/{what}.{kind}"
    made = browser.client.get(address)
    if made.mimetype == "text/html":
        assert browser.client.post(address).status_code == 303
    until = monotonic() + 60
    while made.mimetype == "text/html" and monotonic() < until:
        sleep(0.02)
        made = browser.client.get(address)
    assert made.status_code == 200
    assert f".{kind}" in made.headers["Content-Disposition"]
    return made.get_data()


@pytest.mark.parametrize("kind", ["md", "xlsx", "pptx"])
def test_the_whole_plan_holds_every_part(plan, ben, browser_for, kind):
    words = words_of(kind, fetched(browser_for(ben), plan, "full", kind))

    for part in (
        "First Hospital – plan This year",
        "He is vain and hates our price",
        "Sell 40 monitors",
        "Nobody owns it." if kind == "none" else "Ward round",
        "Deliver on Mondays",
        "Decided to drop them",
        "Actions overdue",
    ):
        assert part in words


@pytest.mark.parametrize("kind", ["md", "xlsx", "pptx"])
def test_the_customers_copy_holds_nothing_that_we_judge(plan, ben, browser_for, kind):
    body = fetched(browser_for(ben), plan, "customer", kind)
    words = words_of(kind, body)

    assert "Sell 40 monitors" in words
    assert "Ward round" in words
    assert "We do now" in words
    for secret in SECRETS:
        assert secret not in words
        assert all(secret.encode() not in part for part in unpacked(body))


def test_nothing_goes_out_to_the_customer_unless_marked(make, account, ben, browser_for):
    plan = make.plan(account, title="Unmarked", starts_on=START, ends_on=END)
    make.goal(plan, "Sell 40 monitors", metric="sales", target=Decimal(9), due_on=END)
    make.action(plan, "Ward round", due_on=TODAY)
    make.feedback(account, "Deliver on Mondays", on=TODAY, answered_on=TODAY, answer="We do now")
    browser = browser_for(ben)

    files = [fetched(browser, plan, "customer", kind) for kind in ("md", "xlsx", "pptx")]

    for words in (b"Sell 40 monitors", b"Ward round", b"Deliver on Mondays", b"We do now"):
        assert all(words not in part for body in files for part in unpacked(body))
    assert "empty so far" in browser.get(f"/plans/{plan.id}/out").text


def test_the_mark_is_given_where_each_is_edited(make, account, plan, session, ada, browser_for):
    said = {"words": "Later", "voice": "customer", "on": str(TODAY)}
    for row, path, form in (
        (make.goal(plan, "Later"), "goals", {"statement": "Later"}),
        (make.action(plan, "Later"), "actions", {"title": "Later"}),
        (make.feedback(account, "Later"), "feedback", said),
    ):
        before, address = row.is_shared, f"/{path}/{row.id}/edit"
        session.commit()
        browser_for(ada).post(address, {**form, "is_shared": "y"})
        session.refresh(row)
        assert (before, row.is_shared) == (False, True)


def test_the_customers_pdf_is_set_from_nothing_that_we_judge(plan, ben, browser_for, monkeypatch):
    told = []
    monkeypatch.setattr(
        "app.plans.out.pdf.pdf_of", lambda _name, values: told.append(values) or b""
    )

    fetched(browser_for(ben), plan, "customer", "pdf")

    printed = json.dumps(told, ensure_ascii=False)
    assert "Sell 40 monitors" in printed
    for secret in SECRETS:
        assert secret not in printed


@pytest.mark.parametrize("what", ["brief", "full", "customer"])
@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_a_pdf_is_made_in_either_language(session, plan, ben, browser_for, what, language):
    ben.language = language
    session.commit()

    assert fetched(browser_for(ben), plan, what, "pdf").startswith(b"%PDF-")


def test_a_pdf_takes_little_time(plan, ben, browser_for):
    browser = browser_for(ben)
    fetched(browser, plan, "customer", "pdf")

    begun = process_time()
    fetched(browser, plan, "brief", "pdf")
    brief = process_time()
    fetched(browser, plan, "full", "pdf")

    assert brief - begun < 2
    assert process_time() - brief < 5


@pytest.mark.parametrize(("what", "kind"), [("full", "pdf"), ("full", "pptx"), ("customer", "pdf")])
def test_what_takes_long_is_drawn_beside_the_request(plan, ben, browser_for, what, kind):
    address = f"/plans/{plan.id}/{what}.{kind}"

    page = browser_for(ben).get(address)

    assert page.status == 200
    assert "has to be drawn first" in page.text


@pytest.mark.parametrize(("what", "kind"), [("brief", "pdf"), ("full", "xlsx"), ("customer", "md")])
def test_what_takes_a_moment_is_made_at_once(plan, ben, browser_for, what, kind):
    made = browser_for(ben).client.get(f"/plans/{plan.id}/{what}.{kind}")

    assert made.headers["Content-Disposition"].startswith("attachment")


def test_a_plan_that_says_the_same_is_drawn_once_and_one_that_changed_anew(
    plan, session, ben, browser_for, monkeypatch
):
    drawn = []
    monkeypatch.setattr("app.plans.out.slides.slides", lambda told: drawn.append(told) or b"PK")
    browser = browser_for(ben)

    fetched(browser, plan, "full", "pptx")
    fetched(browser, plan, "full", "pptx")
    plan.title = "Another year"
    session.commit()
    fetched(browser, plan, "full", "pptx")

    assert [one.title for one in drawn] == [
        "First Hospital – plan This year",
        "First Hospital – plan Another year",
    ]


def test_a_file_keeps_its_chinese_name(plan, session, account, ben, browser_for):
    account.name, plan.title = "江州/第一医院", "二〇二六"
    session.commit()

    sent = browser_for(ben).client.get(f"/plans/{plan.id}/brief.pdf")

    _plain, _sign, name = sent.headers["Content-Disposition"].partition("UTF-8''")
    assert unquote(name) == "江州 第一医院 Brief of the plan 二〇二六.pdf"


def test_what_people_typed_is_not_read_as_markup_or_formula(plan, ben, browser_for):
    body = fetched(browser_for(ben), plan, "full", "xlsx")
    cells = [
        cell for sheet in load_workbook(BytesIO(body)) for row in sheet.iter_rows() for cell in row
    ]

    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_markdown_keeps_what_was_typed():
    table = Table(("A|B", "C"), (("x\ny", "*z*"),), frozenset({1}))
    section = Section("S#", ("1. one",), ("- two",), table)

    text = markdown_of(Document("T", "about", "en", "foot", (section,)))

    assert "| A\\|B | C |\n| :-- | --: |\n| x y | \\*z\\* |" in text
    assert "## S\\#" in text
    assert "\n\\1. one\n" in text


def test_sheets_with_the_same_title_are_all_kept():
    table = Table(("A",), (("x",),))
    sections = tuple(Section(name, table=table) for name in ("Goals", "goals", "Go[als]" * 9))

    book = load_workbook(BytesIO(workbook(Document("T", "a", "en", "f", sections))))

    assert len(book.sheetnames) == 4


def test_the_page_offers_every_file_and_warns_of_the_customers_copy(plan, ben, browser_for):
    page = browser_for(ben).get(f"/plans/{plan.id}/out")

    assert f"/plans/{plan.id}/full.pptx" in page.links()
    assert "Sell 40 monitors" in page.text
    assert "# First Hospital" in page.field("brief")


def test_an_empty_plan_can_be_taken_out_too(make, account, ben, browser_for):
    empty = make.plan(account, title="Empty", starts_on=START, ends_on=END)

    for kind in ("pdf", "pptx", "xlsx", "md"):
        assert fetched(browser_for(ben), empty, "full", kind)


def test_a_file_of_another_kind_is_not_found(plan, ben, browser_for):
    assert browser_for(ben).get(f"/plans/{plan.id}/full.exe").status == 404
