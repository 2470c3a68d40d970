"""What visits say, from tables by hand; and the pages and the sheet that say it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.paging import Place, page_among
from app.pipeline.chances import wilson
from app.visits.figures import DealNoes, Share, Unseen, persistence, summary, unseen_first
from app.visits.investment import ContactFact, EffortFact, efforts

ON = date(2026, 11, 23)
TODAY = datetime.now(UTC).date()


def contact(days: int, **more) -> ContactFact:
    return ContactFact(ON - timedelta(days=days), **more)


def test_the_figures_of_a_table_by_hand():
    facts = [
        EffortFact(1, "A", True, Decimal(1), (
            contact(100, sought=True, given=True), contact(70, sought=True), contact(40),
        )),
        EffortFact(2, "B", False, Decimal(1), (contact(5, is_reactive=True),)),
    ]  # fmt: skip

    found = summary(facts, ON)

    # four contacts, one commitment; gaps of A: 30, 30 and 40 days until today
    assert (found.held, found.sought, found.given, found.per_commitment) == (4, 2, 1, 4.0)
    assert (found.reactive.part, found.reactive.cases) == (1, 4)
    assert found.usual_gap_days == 30


def test_without_commitments_there_is_no_price_of_one():
    assert summary([EffortFact(1, "A", True, Decimal(), (contact(1),))], ON).per_commitment is None


def test_noes_before_yes_are_counted_over_the_deals_won():
    won = [DealNoes(noes, True) for noes in (0, 0, 1, 2, 4, 4, 5, 9)]
    lost = [DealNoes(noes, False) for noes in (0, 1, 1, 4)]

    curve = persistence([*won, *lost])

    # of 8 won: 6 with one no or more, 5 with two, 4 with three or four, 2 with five, 1 with six
    assert [one.part for one in curve.before_yes] == [6, 5, 4, 4, 2, 1]
    assert [one.part for one in curve.given_up_by] == [3, 3, 3, 4, 4, 4]
    assert curve.is_told
    assert curve.before_yes[3].interval == wilson(4, 8)


def test_few_cases_say_nothing():
    assert not persistence([DealNoes(3, True)] * 7).is_told
    assert Share(0, 0).value is None


def unseen(number: int, days: int | None, rhythm: int = 30) -> Unseen:
    return Unseen(number, f"P{number}", 1, "A", None, rhythm, days)


def test_those_never_seen_come_first_and_those_in_rhythm_not_at_all():
    found = unseen_first([unseen(1, 40), unseen(2, None), unseen(3, 30), unseen(4, 90)])

    assert [one.person_id for one in found] == [2, 4, 1]


@pytest.fixture
def account(make, ada, ben):
    return make.account("First Hospital", owner=ada, reader=ben, kind="core")


def test_the_page_and_its_pictures_say_whom_we_neglect(make, account, ada, browser_for):
    make.sale(account, "100000", on=TODAY - timedelta(days=30))
    make.person(account, "Nobody Knows", roles=["decider"])
    browser = browser_for(ada)

    page = browser.get("/visits/figures")

    assert "A key account is not given its weight" in page.text
    assert "Nobody Knows" in page.text
    for name in ("effort", "persistence"):
        picture = browser.client.get(f"/visits/figures/{name}.svg")
        assert picture.mimetype == "image/svg+xml"
        assert b"<title>" in picture.data
        narrow = browser.client.get(f"/visits/figures/{name}.svg?width=narrow")
        assert b'width="340"' in narrow.data and b"light-dark(" in narrow.data


def test_the_table_goes_through_all_accounts_page_by_page():
    found = efforts([EffortFact(n, f"A{n:03}", False, Decimal(200 - n)) for n in range(120)], ON)

    first = page_among(found, Place())
    second = page_among(found, Place(after=first.after))
    last = page_among(found, Place(after=second.after))

    assert [len(page.rows) for page in (first, second, last)] == [50, 50, 20]
    assert [first.before, last.after] == [None, None]
    assert page_among(found, Place(before=second.before)).rows == first.rows
    assert page_among(found, Place(after=999)).rows == first.rows
    assert first.counted == 120


def test_the_sheet_has_every_account_and_calculates_nothing(make, account, ada, browser_for):
    make.account("=cmd()", owner=ada)

    answer = browser_for(ada).client.get("/visits/figures.xlsx")

    sheet = load_workbook(io.BytesIO(answer.data)).active
    names = {row[0].value: row[0].data_type for row in sheet.iter_rows(min_row=2)}
    assert names == {"First Hospital": "s", "=cmd()": "s"}


def test_nobody_elses_accounts_are_in_the_figures(make, ada, cleo, browser_for):
    make.account("Elsewhere", owner=cleo)

    assert "Elsewhere" not in browser_for(ada).get("/visits/figures").text


def test_the_figures_ask_as_often_for_six_accounts_as_for_three(make, ada, browser_for):
    def some(count):
        for number in range(count):
            account = make.account(f"A{number}", owner=ada)
            make.visit(account, ada, on=TODAY, held_on=TODAY)
            make.person(account, roles=["decider"])

    browser = browser_for(ada)
    some(3)
    browser.get("/visits/figures")
    few = browser.selects
    some(3)

    browser.get("/visits/figures")

    assert browser.selects == few <= 20


def test_settings_of_rhythms_are_kept_and_used(make, account, boss, ada, browser_for):
    browser = browser_for(boss)
    page = browser.get("/settings/visits")
    fields = {e.get("name"): e.get("value") for e in page.all("input") if e.get("name")}

    browser.post("/settings/visits", {**fields, "days_decider": "20", "country": "CN"})
    again = browser.get("/settings/visits")
    refused = browser.post("/settings/visits", {**fields, "days_decider": "0"})

    assert again.field("days_decider") == "20"
    assert refused.status == 422
