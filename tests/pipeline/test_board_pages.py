"""The board and the lists, as the cast finds them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from app.pipeline.rules import STAGES, Outcome, Stage
from app.web import today
from tests.pipeline.conftest import day


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


def cards(page):
    """The names on the cards, in order."""
    found = [item for item in page.all("li") if (item.get("class") or "").startswith("deal")]
    return ["".join(item[0].itertext()) for item in found]


def test_the_board_shows_the_deals_of_visible_accounts_in_their_columns(
    make, ada, cleo, account, story, browser_for
):
    story(account, name="Monitors", stage="bidding")
    story(make.account("Elsewhere", owner=cleo), name="Secret")

    page = browser_for(ada).get("/pipeline/")

    assert cards(page) == ["Monitors"]
    assert "Secret" not in page.text
    assert [text.split()[0] for text in page.words("h2")[:6]] == [s.label for s in STAGES]


def test_a_column_says_its_milestone_its_count_and_its_sums_by_currency(
    ada, account, story, browser_for
):
    story(account, amount=Decimal(1000), probability=Decimal("0.5"))
    story(account, amount=Decimal(500), currency="USD")

    page = browser_for(ada).get("/pipeline/")

    assert "Reliable project information" in page.text
    lane = page.words("header")[1]
    assert lane.startswith("Prospecting 2")
    assert "¥1,000 · $500" in lane
    assert "weighted ¥500" in lane


def test_whoever_leads_all_sees_first_what_closes_first_as_others_do(make, ada, story, browser_for):
    head = make.user("Head", role="director")
    ada.manager_id = head.id
    account = make.account(owner=ada)
    story(account, name="No date")
    for number in range(11, 0, -1):
        story(account, name=f"Day {number:02}", close_on=day(f"06-{number:02}"))
    story(account, name="Won", stage="delivery")
    story(make.account("Nobody's"), name="Secret", close_on=day("01-01"))
    first_ten = [f"Day {number:02}" for number in range(1, 11)]

    by_head, by_ada = browser_for(head), browser_for(ada)

    assert cards(by_head.get("/pipeline/")) == cards(by_ada.get("/pipeline/"))
    assert cards(by_head.get("/pipeline/")) == [*first_ten, "Won"]
    whole = cards(by_head.get("/pipeline/?whole=prospecting"))
    assert whole == [*first_ten, "Day 11", "No date", "Won"]
    assert cards(by_head.get("/pipeline/?q=Day+05")) == ["Day 05"]


def test_one_asks_for_deals_of_those_whose_deals_one_sees(
    make, ada, ben, cleo, account, story, browser_for
):
    story(account, owner_id=ada.id)
    story(make.account("Elsewhere", owner=cleo), owner_id=cleo.id)

    def offered(address):
        return browser_for(ben).get(address).words("option")

    assert ada.name in offered("/pipeline/list")
    assert cleo.name not in offered("/pipeline/list")
    assert cleo.name in offered(f"/pipeline/list?owner={cleo.id}")
    assert ben.name not in offered("/pipeline/calendar")


def test_a_column_shows_some_cards_and_counts_them_all(ada, account, story, browser_for):
    for number in range(15):
        story(account, name=f"Deal {number:02}")
    browser = browser_for(ada)

    some = browser.get("/pipeline/")
    whole = browser.get("/pipeline/?whole=prospecting")

    assert len(cards(some)) == 10
    assert "Show 5 more" in some.text
    assert len(cards(whole)) == 15


def test_the_board_asks_as_often_for_six_deals_as_for_three(make, ada, story, browser_for):
    for number in range(3):
        story(make.account(f"Account {number}", owner=ada), stage=STAGES[number])
    few = browser_for(ada)
    few.get("/pipeline/")
    for number in range(3, 6):
        story(make.account(f"Account {number}", owner=ada), stage=STAGES[number - 1])

    many = browser_for(ada)
    many.get("/pipeline/")

    assert few.selects == many.selects <= 10


def test_the_board_of_a_past_day_says_so_and_offers_no_move(ada, account, story, browser_for):
    story(account, "01-10", stage="proposal").move("02-01", Stage.BIDDING)

    page = browser_for(ada).get("/pipeline/?as_of=2026-01-31")

    assert "as it was at the end of January 31, 2026" in page.text
    assert cards(page) == ["Ward monitors"]
    assert not [link for link in page.links() if link.endswith("/move")]


def test_a_day_to_come_is_today(app, ada, account, story, browser_for):
    story(account)
    with app.test_request_context():
        ahead = today() + timedelta(days=3)

    page = browser_for(ada).get(f"/pipeline/?as_of={ahead}")

    assert "as it was" not in page.text
    assert cards(page) == ["Ward monitors"]


def test_only_those_who_may_change_the_account_are_offered_a_move(ben, account, story, browser_for):
    story(account)

    page = browser_for(ben).get("/pipeline/")

    assert cards(page) == ["Ward monitors"]
    assert not [link for link in page.links() if link.endswith(("/move", "/quick"))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=moni", ["Monitors"]),
        ("q=first", ["Monitors", "Scanner"]),
        ("q=nothing", []),
        ("owner=999999", []),
        ("as_of=yesterday&owner=x&whole=all", ["Monitors", "Scanner"]),
        ("q=%00%F0%9F", []),
    ],
)
def test_the_board_is_filtered_and_nonsense_filters_nothing(
    query, expected, ada, account, story, browser_for
):
    story(account, name="Monitors")
    story(account, name="Scanner", stage="bidding")

    assert cards(browser_for(ada).get(f"/pipeline/?{query}")) == expected


def test_the_board_of_one_account_is_for_those_who_may_see_it(
    make, ada, cleo, account, story, browser_for
):
    story(account, name="Monitors")
    story(make.account("Second", owner=ada), name="Scanner")

    assert cards(browser_for(ada).get(f"/pipeline/?account={account.id}")) == ["Monitors"]
    assert browser_for(cleo).get(f"/pipeline/?account={account.id}").status == 404


def test_the_owners_own_deals_are_found(make, ada, ben, account, story, browser_for):
    story(account, name="Hers", owner_id=ada.id)
    story(account, name="His", owner_id=ben.id)

    assert cards(browser_for(ada).get(f"/pipeline/?owner={ada.id}")) == ["Hers"]


def test_a_deal_that_stays_longer_than_most_is_marked_stuck(ada, account, story, browser_for):
    for _ in range(8):
        story(account, "01-01", name="Quick").move("01-03", Stage.QUALIFICATION)
    story(account, "01-01", name="Slow")

    page = browser_for(ada).get("/pipeline/")

    slow = next(e for e in page.all("li") if "Slow" in "".join(e.itertext()))
    assert slow.get("class") == "deal age-long"
    assert "long stuck" in "".join(slow.itertext())


def names(page):
    return [text for text in page.words("th") if text.startswith("Deal")]


def test_the_list_shows_what_is_live_unless_asked_for_more(ada, account, story, browser_for):
    story(account, name="Deal open")
    story(account, name="Deal lost").close("03-09", Outcome.LOST, reason="x")
    browser = browser_for(ada)

    assert len(names(browser.get("/pipeline/list"))) == 1
    assert len(names(browser.get("/pipeline/list?outcome=any"))) == 2
    (lost,) = names(browser.get("/pipeline/list?outcome=lost"))
    assert lost.startswith("Deal lost")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", "abc"),
        ("-name", "cba"),
        ("amount", "cab"),
        ("stage", "cba"),
        ("close", "bac"),
        ("since", "abc"),
        ("owner", "abc"),
        ("account", "abc"),
        ("-closed", "cba"),
        ("nonsense", "bac"),
    ],
)
def test_the_list_is_sorted_by_any_column(sort, expected, ada, account, story, browser_for):
    story(
        account, "03-01", name="Deal a", amount=Decimal(5), stage="bidding", close_on=day("08-01")
    )
    story(
        account, "03-02", name="Deal b", amount=Decimal(9), stage="proposal", close_on=day("07-01")
    )
    story(account, "03-03", name="Deal c", amount=None, stage="prospecting")

    page = browser_for(ada).get(f"/pipeline/list?sort={sort}")

    assert "".join(name[5] for name in names(page)) == expected


def test_the_list_goes_out_as_it_is_filtered_and_sorted(ada, cleo, account, story, browser_for):
    story(account, name="=1+1", amount=Decimal(5), stage="bidding")
    story(account, name="Deal b", amount=Decimal(9), next_step="Call")
    story(account, name="Deal c", amount=Decimal(1)).close("03-09", Outcome.LOST, reason="x")
    browser = browser_for(ada)

    lines = browser.client.get("/pipeline/list.csv?sort=-amount").get_data(as_text=True).split()
    text = " ".join(lines)
    book = browser.client.get("/pipeline/list.xlsx?outcome=any")
    other = browser_for(cleo).client.get("/pipeline/list.csv").get_data(as_text=True)

    assert text.index("Deal b") < text.index("'=1+1")
    assert "Deal c" not in text
    assert book.get_data()[:2] == b"PK"
    assert len(other.splitlines()) == 1


def test_every_deal_is_on_exactly_one_page_of_the_list(ada, account, story, browser_for):
    for number in range(55):
        story(account, name=f"Deal {number:02}", amount=Decimal(number % 7))
    browser, address, seen = browser_for(ada), "/pipeline/list?sort=-amount", []

    while address:
        page = browser.get(address)
        seen += [name[:7] for name in names(page)]
        address = next((e.get("href") for e in page.all("a") if e.get("rel") == "next"), None)

    assert sorted(seen) == [f"Deal {number:02}" for number in range(55)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("close_from=2026-07-02", 1),
        ("close_to=2026-07-01", 1),
        ("close_from=2026-07-01&close_to=2026-08-01", 2),
        ("close_from=never", 2),
        ("stage=bidding", 1),
        ("stage=nowhere&outcome=nothing", 2),
    ],
)
def test_the_list_is_filtered_by_stage_and_close_date(
    query, expected, ada, account, story, browser_for
):
    story(account, name="Deal a", stage="bidding", close_on=day("08-01"))
    story(account, name="Deal b", close_on=day("07-01"))

    assert len(names(browser_for(ada).get(f"/pipeline/list?{query}"))) == expected


def test_the_list_asks_as_often_for_six_deals_as_for_three(make, ada, story, browser_for):
    for number in range(3):
        story(make.account(f"Account {number}", owner=ada))
    few = browser_for(ada)
    few.get("/pipeline/list")
    for number in range(3, 6):
        story(make.account(f"Account {number}", owner=ada))

    many = browser_for(ada)
    many.get("/pipeline/list")

    assert few.selects == many.selects <= 7


def test_an_accounts_deals_are_shown_with_their_sums_by_outcome(ben, account, story, browser_for):
    story(account, name="Deal a", amount=Decimal(700))
    story(account, name="Deal b", amount=Decimal(50)).close("03-09", Outcome.LOST, reason="x")
    browser = browser_for(ben)

    page = browser.get(f"/accounts/{account.id}/opportunities")

    assert [name[:6] for name in names(page)] == ["Deal a", "Deal b"]
    assert "¥700" in page.text
    assert "¥50" in page.text
    assert browser.selects <= 10


def test_an_account_without_deals_says_what_to_do(ada, account, browser_for):
    page = browser_for(ada).get(f"/accounts/{account.id}/opportunities")

    assert "No deal with this account yet." in page.text
    assert f"/accounts/{account.id}/opportunities/add" in page.links()
