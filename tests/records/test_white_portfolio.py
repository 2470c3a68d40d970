"""White space over the portfolio: sums once each, what is unknown beside them, and its page."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.accounts.models import Rival
from app.accounts.rules import BuyerKind
from app.pipeline.models import Opportunity
from app.records.white_models import WhiteCell, WhiteShare
from app.records.white_portfolio import (
    Letter,
    Openness,
    Placed,
    lacking,
    openness,
    room_grid,
)
from app.records.white_space import CellFact, white
from tests.factories import DAY

ONE, CHAIN, CLINIC = Decimal(1), BuyerKind.SECOND_TERMINAL, BuyerKind.THIRD_TERMINAL


def cell(buyers=10, developed=4, said="200", mean=None, unit="", series="Pumps"):
    amounts = (None if one is None else Decimal(one) for one in (said, mean))
    said_, mean_ = amounts
    return white(CellFact(unit, series, buyers, developed, said=said_, mean=mean_))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # C / E is B / A where D comes from both: 4, 8, 3 of 10
        ({"developed": 4}, Openness.PARTLY),
        ({"developed": 8}, Openness.COVERED),
        ({"developed": 3}, Openness.BARE),
        ({"developed": 0, "said": "0"}, Openness.UNTOUCHED),
        ({"developed": 0, "said": "0", "mean": "5"}, Openness.UNTOUCHED),
        ({"developed": None}, Openness.UNKNOWN),
        ({"buyers": None}, Openness.UNKNOWN),
    ],
)
def test_how_much_room_there_is(facts, expected):
    assert openness(cell(**facts)) is expected


def test_what_nobody_knows_is_named_by_its_letter():
    assert lacking(cell()) == set()
    assert lacking(cell(buyers=None)) == {Letter.A, Letter.E}
    assert lacking(cell(developed=0, said="0")) == {Letter.D, Letter.E}
    assert lacking(cell(developed=None, said=None)) == {Letter.B, Letter.C, Letter.D, Letter.E}


def test_sums_go_by_line_and_channel_and_count_everything_once():
    # by hand: E is 200 / 4 x 10 = 500; the unit's 500 are held by the account as a whole
    placed = [
        Placed(1, CHAIN, ONE, cell()),
        Placed(1, CHAIN, ONE, cell(unit="East")),
        Placed(2, CLINIC, Decimal(7), cell()),
        Placed(3, CLINIC, None, cell()),
        Placed(3, CLINIC, ONE, cell(series="Beds", buyers=None)),
    ]

    grid = room_grid(placed)

    chain, clinic = grid.at["Pumps", CHAIN], grid.at["Pumps", CLINIC]
    assert (chain.cells, chain.sales, chain.potential) == (1, 200, 500)
    assert (clinic.sales, clinic.potential, clinic.unknown) == (1400, 3500, 1)
    assert (clinic.buyers, clinic.developed) == (20, 8)
    assert grid.by_line["Pumps"].open_sales == 2400
    assert grid.by_line["Pumps"].coverage_sales == 0.4
    assert grid.by_line["Beds"].coverage_sales is None
    assert (grid.lines, grid.channels) == (("Pumps", "Beds"), (CHAIN, CLINIC))
    assert (grid.whole.unknown, grid.whole.open_sales) == (2, 2400)


@pytest.fixture
def cells(make, ada, ben):
    """A cell at each of two accounts of Ada's, of which Ben reads the first."""
    with make.at_once():
        first = make.account("First Hospital", owner=ada, reader=ben, buyer_kind="first_terminal")
        second = make.account("Second Chain", owner=ada, buyer_kind="second_terminal")
        rival = make.keep(Rival(account_id=first.id, name="Kangsheng"))
        kept = []
        for account, series, developed in ((first, "Pumps", 4), (second, "Beds", 0)):
            figures = {"buyers": 10, "developed": developed, "sales": 200 if developed else 0}
            made = WhiteCell(account_id=account.id, unit="East", series=series, on=DAY, **figures)
            kept.append(make.keep(made))
        make.keep(WhiteShare(cell_id=kept[0].id, rival_id=rival.id, share=Decimal("0.35")))
    return kept


def test_the_page_shows_room_and_opens_a_deal_in_one_click(cells, make, ada, session, browser_for):
    browser = browser_for(ada)

    page = browser.get("/portfolio/white-space")
    opened = browser.post(f"/white-space/{cells[0].id}/open")
    after = browser.get("/portfolio/white-space")

    assert "¥300" in page.text  # by hand: 200 / 4 x 10 less 200
    assert "Kangsheng 35%" in page.text
    assert "Nobody developed yet" in page.text
    assert opened.status == 303
    assert make.find(session.query(Opportunity.amount).statement) == 300
    assert "See the opportunity" in after.text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("line=Pumps", {"First Hospital"}),
        ("channel=second_terminal", {"Second Chain"}),
        ("state=partly", {"First Hospital"}),
        ("lack=E", {"Second Chain"}),
        ("unit=EAST&q=second", {"Second Chain"}),
        ("unit=west", set()),
        ("state=x&lack=%00&line=%00&channel=1&owner=z", {"First Hospital", "Second Chain"}),
    ],
)
def test_filters_narrow_it(words, shown, cells, ada, browser_for):
    text = browser_for(ada).get(f"/portfolio/white-space?{words}").text

    assert {name for name in ("First Hospital", "Second Chain") if name in text} == shown


def test_others_see_what_they_may_and_open_nothing(cells, ben, cleo, browser_for):
    seen = browser_for(ben).get("/portfolio/white-space").text

    assert "First Hospital" in seen and "Second Chain" not in seen
    assert "Open an opportunity" not in seen
    assert "Hospital" not in browser_for(cleo).get("/portfolio/white-space").text


def test_the_workbook_has_every_letter(cells, ada, browser_for):
    answer = browser_for(ada).client.get("/portfolio/white-space.xlsx?line=Pumps")

    sheet = load_workbook(BytesIO(answer.get_data())).active
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert len(lines) == 2
    assert lines[1][5:14] == [10, 4, 200, 50, 500, 0.4, 0.4, 6, 300]
    assert lines[1][15] == "Kangsheng 35%"
    answer.close()
