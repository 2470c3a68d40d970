"""The search box: what it finds, for whom, and at what cost."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def world(make, ada, cleo):
    """An account of Ada's with a person and a deal, and one of Cleo's."""
    account = make.account("First Hospital", owner=ada, other_name="武汉第一医院", city="Wuhan")
    make.person(account, "李伟", title="Director")
    make.opportunity(account, "Hospital beds")
    other = make.account("Hospital Elsewhere", owner=cleo)
    make.person(other, "李娜")
    make.opportunity(other, "Hospital lamps")
    return account


def found(browser, words):
    page = browser.get("/search.json", query_string={"q": words})
    groups = json.loads(page.text)["groups"]
    return {group["label"]: [item["text"] for item in group["items"]] for group in groups}


@pytest.mark.parametrize(
    ("typed", "label", "name"),
    [
        ("hosp", "Accounts", "First Hospital"),
        ("第一", "Accounts", "First Hospital"),
        ("whdy", "Accounts", "First Hospital"),
        ("wuhandiyi", "Accounts", "First Hospital"),
        ("伟", "People", "李伟"),
        ("lw", "People", "李伟"),
        ("BEDS", "Opportunities", "Hospital beds"),
    ],
)
def test_a_name_is_found_in_part_in_chinese_and_by_pinyin(
    typed, label, name, world, ada, browser_for
):
    assert found(browser_for(ada), typed)[label] == [name]


def test_nothing_of_an_account_one_may_not_see_is_found(world, ada, browser_for):
    assert found(browser_for(ada), "hospital") == {
        "Accounts": ["First Hospital"],
        "Opportunities": ["Hospital beds"],
    }
    assert found(browser_for(ada), "李") == {"People": ["李伟"]}


def test_what_is_archived_is_not_found(make, session, world, ada, browser_for):
    from app.db import now

    world.archived_at = now()
    make.keep(world)

    assert found(browser_for(ada), "hosp") == found(browser_for(ada), "伟") == {}


def test_each_line_says_where_it_leads(world, ada, browser_for):
    browser = browser_for(ada)
    page = browser.get("/search.json?q=beds")

    item = json.loads(page.text)["groups"][0]["items"][0]

    assert (item["note"], item["icon"]) == ("First Hospital · Prospecting", "bullseye")
    assert browser.get(item["url"]).h1.startswith("Hospital beds")


def test_a_closed_deal_says_how_it_ended(make, world, ada, browser_for):
    make.opportunity(world, "Lost lamps", outcome="lost")

    page = browser_for(ada).get("/search.json?q=lost")

    assert json.loads(page.text)["groups"][0]["items"][0]["note"] == "First Hospital · Lost"


def test_at_most_eight_of_a_kind_and_none_twice(make, ada, browser_for):
    for number in range(12):
        make.account(f"Hospital hospital {number}", owner=ada)

    names = found(browser_for(ada), "hosp")["Accounts"]

    assert len(names) == len(set(names)) == 8


def test_search_asks_five_times_however_much_is_found(make, world, ada, browser_for):
    few = browser_for(ada)
    few.get("/search.json?q=hosp")
    for number in range(6):
        make.person(make.account(f"Hospital {number}", owner=ada), f"Hosper {number}")

    many = browser_for(ada)
    many.get("/search.json?q=hosp")

    assert few.selects == many.selects == 5


@pytest.mark.parametrize("typed", ["", "   ", "%00", "%CC%81", "%25", "_", "%F4%8F%BF%BF"])
def test_words_that_say_nothing_find_nothing(typed, world, ada, browser_for):
    page = browser_for(ada).get(f"/search.json?q={typed}")

    assert json.loads(page.text) == {"groups": []}


def test_the_page_lists_what_is_found_and_goes_to_a_single_find(world, make, ada, browser_for):
    browser = browser_for(ada)

    single = browser.get("/search?q=beds")
    several = browser.get("/search?q=hospital")
    none = browser.get("/search?q=zzz")

    assert single.status == 303
    assert "/pipeline/" in single.headers["Location"]
    assert "First Hospital" in several.text
    assert "Hospital beds" in several.text
    assert "Nothing begins with “zzz”" in none.text
    assert browser.get("/search").status == 200
