"""The pages about the whole portfolio: figures, filters, files, and who sees what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.accounts.models import FactorScore, Rival, SizeClassReading

TODAY = date(2026, 3, 20)
MODULES = ("portfolio", "standings")


@pytest.fixture
def portfolio(make, ada, ben, monkeypatch):
    """Two accounts of Ada's, of which Ben reads one; each with sales, scores and a rival."""
    for module in MODULES:
        monkeypatch.setattr(f"app.records.views.{module}.today", lambda: TODAY)
    with make.at_once():
        first = make.account("First Hospital", owner=ada, reader=ben, segment="retail",
                             ownership="state", loyalty="loyal")  # fmt: skip
        second = make.account("Second Hospital", owner=ada, segment="retail")
        for account, amount, share, score in (
            (first, "3000", "0.3", 90),
            (second, "1000", "0.8", 30),
        ):
            make.sale(account, amount, on=date(2026, 1, 5), cost=Decimal(amount) / 2)
            make.sale(account, "500", on=date(2025, 1, 5))
            make.keep(Rival(account_id=account.id, name="Rival", share=Decimal(share)))
            for factor in ("sales", "potential", "strategic", "reference", "payment"):
                make.keep(FactorScore(account_id=account.id, factor=factor, score=score, on=TODAY))
            for on, size in ((date(2024, 7, 1), "C"), (date(2025, 9, 1), "B")):
                make.keep(SizeClassReading(account_id=account.id, on=on, since=on, size_class=size,
                                           monthly_sales=1))  # fmt: skip
    return first, second


def bytes_of(browser, path: str) -> bytes:
    """A file as it is sent."""
    answer = browser.client.get(f"/portfolio/{path}")
    assert answer.status_code == 200
    body = answer.get_data()
    answer.close()
    return body


def sheet_of(browser, path: str):
    """The rows of a workbook that is sent."""
    sheet = load_workbook(BytesIO(bytes_of(browser, path))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_picture_shows_where_accounts_lie(portfolio, ada, browser_for):
    browser = browser_for(ada)

    page = browser.get("/portfolio/")
    lines = sheet_of(browser, "map.xlsx")

    assert "Attractive, and ours: guard" in page.text
    assert "First Hospital" in bytes_of(browser, "map.svg").decode()
    # our share is what the rival leaves: 0.7 and 0.2; attractiveness is the one score given
    assert lines[1][0] == "First Hospital"
    assert lines[1][3:] == [3000, 500, 1500, 90, 0.7, "Attractive, and ours: guard"]
    assert lines[2][7:] == [0.2, "Less attractive, others lead: choose with care"]


def test_who_brings_how_much(portfolio, ada, browser_for):
    browser = browser_for(ada)

    page = browser.get("/portfolio/pareto")
    lines = sheet_of(browser, "pareto.xlsx")

    # by hand: 3,000 of 4,000 is 75 %, so it takes both to bring four fifths
    assert "75.0%" in page.text
    assert "100% of the accounts" in page.text
    assert [line[4] for line in lines[1:]] == [0.75, 0.25]
    assert bytes_of(browser, "pareto.pdf").startswith(b"%PDF")


def test_ownership_and_loyalty_say_how_to_stand(portfolio, ada, browser_for):
    page = browser_for(ada).get("/portfolio/loyalty")

    assert "Lead with service." in page.text
    assert "/accounts/?ownership=state&loyalty=loyal" in page.text.replace("&amp;", "&")


def test_classes_over_time(portfolio, ada, browser_for):
    browser = browser_for(ada)

    page = browser.get("/portfolio/classes")
    lines = sheet_of(browser, "classes.xlsx")

    assert "C → B" in page.text
    assert lines[1][2:] == ["C", "B", 1]
    assert bytes_of(browser, "classes.png").startswith(b"\x89PNG")


def test_the_order_of_importance(portfolio, ada, browser_for):
    browser = browser_for(ada)

    page = browser.get("/portfolio/importance?top=5&sway=50")
    lines = sheet_of(browser, "importance.xlsx")

    assert [line[:2] for line in lines[1:]] == [[1, "First Hospital"], [2, "Second Hospital"]]
    assert "First Hospital" in page.text
    assert browser.get("/portfolio/importance.svg").status == 200


PAGES = ("", "pareto", "loyalty", "classes", "importance")
FILES = ("map.csv", "map.svg", "pareto.csv", "classes.csv", "importance.csv")


def test_ben_sees_his_account_alone_and_cleo_none(portfolio, ben, cleo, browser_for):
    for path in (*PAGES, *FILES):
        seen = bytes_of(browser_for(ben), path).decode()
        assert "Second Hospital" not in seen, path
        nothing = bytes_of(browser_for(cleo), path).decode()
        assert "Hospital" not in nothing, path


def test_filters_narrow_every_page_and_nonsense_is_borne(portfolio, ada, browser_for):
    browser = browser_for(ada)
    for path in PAGES:
        odd = "?months=x&top=-1&sway=%00&owner=a&size_class=Z&file_kind=x&suffix=y"
        assert browser.get(f"/portfolio/{path}{odd}").status == 200
        assert "First Hospital" not in browser.get(f"/portfolio/{path}?ownership=private").text


def test_the_number_of_selects_does_not_grow(portfolio, make, ada, browser_for):
    browser = browser_for(ada)

    def counted() -> list[int]:
        found = []
        for path in PAGES:
            browser.get(f"/portfolio/{path}")
            found.append(browser.selects)
        return found

    before = counted()
    with make.at_once():
        for number in range(3):
            account = make.account(f"More {number}", owner=ada)
            make.sale(account, "10", on=date(2026, 1, 5))

    assert counted() == before
