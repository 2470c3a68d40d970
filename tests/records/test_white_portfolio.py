"""White space over the portfolio: sums once each, what is unknown beside them, and its page."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.accounts.models import Account, Rival
from app.accounts.rules import BuyerKind
from app.paging import Place
from app.pipeline.models import Opportunity
from app.records.white_models import WhiteCell, WhiteShare
from app.records.white_portfolio import Letter, Openness, openness
from app.records.white_room_queries import RoomWish, room_page, room_sums
from app.records.white_space import CellFact, white
from tests.factories import DAY

RATES = {"CNY": Decimal(1), "USD": Decimal(7)}
CHAIN, CLINIC = BuyerKind.SECOND_TERMINAL, BuyerKind.THIRD_TERMINAL


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


FACTS = {
    # unit, line, A, B, C, D as estimated: how much room, which letters nobody knows, E - C
    ("First", "", "Pumps"): ((10, 4, 200, None), Openness.PARTLY, "", 300),
    ("First", "East", "Pumps"): ((10, 4, 200, None), Openness.PARTLY, "", 300),
    ("First", "East", "Lamps"): ((15, 12, 100, None), Openness.COVERED, "", 25),
    ("First", "West", "Lamps"): ((10, 3, 100, None), Openness.BARE, "", Decimal("233.33")),
    ("Second", "East", "Pumps"): ((10, 4, 200, None), Openness.PARTLY, "", 300),
    ("Second", "East", "Beds"): ((10, 0, 0, None), Openness.UNTOUCHED, "DE", None),
    ("Second", "West", "Beds"): ((10, 0, 0, 5), Openness.UNTOUCHED, "", 50),
    ("Third", "East", "Beds"): ((None, 4, 200, None), Openness.UNKNOWN, "AE", None),
    ("Third", "West", "Beds"): ((10, None, None, None), Openness.UNKNOWN, "BCDE", None),
    ("Third", "East", "Pumps"): ((10, 4, 200, None), Openness.PARTLY, "", 300),
}


def test_the_database_knows_of_room_what_the_rules_say(make, ada, session):
    with make.at_once():
        homes = {
            "First": make.account("First", owner=ada, buyer_kind="second_terminal"),
            "Second": make.account("Second", owner=ada, buyer_kind="third_terminal"),
            "Third": make.account("Third", owner=ada, currency="USD"),
        }
        for (home, unit, series), (figures, *_expected) in FACTS.items():
            named = dict(zip(("buyers", "developed", "sales", "mean"), figures, strict=True))
            make.keep(WhiteCell(account_id=homes[home].id, unit=unit, series=series, on=DAY,
                                **named))  # fmt: skip

    def told(rates=RATES, **asked):
        wish = RoomWish(select(Account.id), **asked)
        page = room_page(session, wish, rates, DAY, Place())
        facts = [(one.account, one.white.fact) for one in page.rows]
        return page, [(home, fact.unit, fact.series) for home, fact in facts]

    for state in Openness:
        expected = {one for one, (_figures, room, *_more) in FACTS.items() if room is state}
        assert set(told(state=state)[1]) == expected
        assert {openness(one.white) for one in told(state=state)[0].rows} <= {state}
    for letter in Letter:
        expected = {one for one, (_f, _room, lacks, _open) in FACTS.items() if letter in lacks}
        assert set(told(lack=letter)[1]) == expected, letter
    # by hand, in CNY at 7 for a dollar: 2100, three times 300, 233.33, 50, 25, then the unknown
    whole, listed = told()
    worth = [one.white.open_sales for one in whole.rows]
    assert listed[0] == ("Third", "East", "Pumps")
    assert [None if one is None else round(one, 2) for one in worth] == [
        300, 300, 300, 300, Decimal("233.33"), 50, 25, None, None, None,
    ]  # fmt: skip
    assert listed[0] in told({"CNY": Decimal(1)})[1][-4:], "without a rate it stands at the end"

    grid = room_sums(session, RoomWish(select(Account.id)), RATES, DAY)
    chain, clinic = grid.at["Pumps", CHAIN], grid.at["Pumps", CLINIC]
    # the 500 of First's unit are held by the account as a whole
    assert (chain.cells, chain.sales, chain.potential) == (1, 200, 500)
    assert (clinic.cells, clinic.buyers, clinic.developed) == (1, 10, 4)
    assert (grid.at["Pumps", None].sales, grid.at["Pumps", None].potential) == (1400, 3500)
    assert grid.by_line["Pumps"].open_sales == 300 + 300 + 2100
    assert grid.at["Beds", None].coverage_sales is None
    assert grid.lines == ("Pumps", "Lamps", "Beds")
    assert grid.channels == (CHAIN, CLINIC, None)
    assert (grid.whole.cells, grid.whole.unknown) == (9, 3)


def test_the_pages_of_it_are_the_whole_in_order(make, ada, session, monkeypatch):
    monkeypatch.setattr("app.records.white_room_queries.SIZE", 2)
    with make.at_once():
        account = make.account("First", owner=ada)
        for place, said in enumerate((100, 300, 300, None, 200)):
            made = WhiteCell(account_id=account.id, unit=f"{place}", series="Pumps", on=DAY,
                             buyers=10, developed=4, sales=said)  # fmt: skip
            make.keep(made)
    wish, seen, place = RoomWish(select(Account.id)), [], Place()

    for _turn in range(3):
        page = room_page(session, wish, RATES, DAY, place)
        seen.append([one.white.fact.unit for one in page.rows])
        place = Place(after=page.after)

    back = room_page(session, wish, RATES, DAY, Place(before=page.before))
    assert seen == [["2", "1"], ["4", "0"], ["3"]]
    assert [one.white.fact.unit for one in back.rows] == ["4", "0"]


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
