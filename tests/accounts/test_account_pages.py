"""The account list and an account's own pages, as the cast finds them."""

from __future__ import annotations

import pytest

from app.accounts.list_queries import account_figures
from app.accounts.models import Account
from app.db import now


def test_the_list_shows_only_the_accounts_a_person_may_see(make, ada, cleo, browser_for):
    make.account("First Hospital", owner=ada)
    make.account("Elsewhere Chain", owner=cleo)

    page = browser_for(ada).get("/accounts/")

    assert "First Hospital" in page.text
    assert "Elsewhere Chain" not in page.text


def test_a_director_sees_the_accounts_of_those_they_lead_at_any_remove(make, browser_for):
    director = make.user("Dong Fang", role="director")
    lead = make.user("Team lead", manager_id=director.id)
    make.account("First Hospital", owner=make.user("Seller", manager_id=lead.id))

    page = browser_for(director).get("/accounts/")

    assert "First Hospital" in page.text


def test_the_list_asks_as_often_for_six_accounts_as_for_three(make, ada, browser_for):
    for number in range(3):
        make.account(f"Account {number}", owner=ada)
    few = browser_for(ada)
    few.get("/accounts/")
    for number in range(3, 6):
        make.account(f"Account {number}", owner=ada)

    many = browser_for(ada)
    many.get("/accounts/")

    assert few.selects == many.selects <= 8


def test_every_account_is_on_exactly_one_page_whichever_way_one_walks(make, ada, browser_for):
    names = [f"Account {number:03}" for number in range(120)]
    for name in names:
        make.account(name, owner=ada)
    browser, address, seen = browser_for(ada), "/accounts/?sort=-name", []

    while address:
        page = browser.get(address)
        seen += [name for name in page.words("th") if name.startswith("Account")]
        address = next((e.get("href") for e in page.all("a") if e.get("rel") == "next"), None)

    assert seen == sorted(names, reverse=True)


def test_adding_an_account_makes_its_author_the_owner(session, ada, browser_for):
    browser = browser_for(ada)

    added = browser.post("/accounts/add", {"name": "Second Hospital", "currency": "CNY"})

    assert added.status == 303
    assert browser.get(added.headers["Location"]).h1 == "Second Hospital"


def test_an_account_without_a_name_is_refused_at_the_field(ada, browser_for):
    page = browser_for(ada).post(
        "/accounts/add", {"name": "  ", "city": "Wuhan", "currency": "CNY"}
    )

    assert page.status == 422
    assert page.field("city") == "Wuhan"
    assert "Give the account a name." in page.text


def test_a_stale_form_shows_both_versions_and_loses_neither(make, session, ada, browser_for):
    account = make.account("First Hospital", owner=ada)
    browser = browser_for(ada)
    opened = browser.get(f"/accounts/{account.id}/edit").field("version")
    browser.post(
        f"/accounts/{account.id}/edit", {"name": "Renamed", "currency": "CNY", "version": opened}
    )

    late = browser.post(
        f"/accounts/{account.id}/edit", {"name": "Mine", "currency": "CNY", "version": opened}
    )

    assert late.status == 409
    assert "Renamed" in late.text
    assert "Mine" in late.text


def test_an_archived_account_leaves_the_list_and_comes_back(make, session, ada, browser_for):
    account = make.account("First Hospital", owner=ada)
    browser = browser_for(ada)

    browser.post(f"/accounts/{account.id}/archive")
    browser.get("/accounts/")
    gone = browser.get("/accounts/")
    browser.post(f"/accounts/{account.id}/restore")

    assert "First Hospital" not in gone.text
    assert session.get(Account, account.id).archived_at is None
    assert "First Hospital" in browser.get("/accounts/").text


@pytest.mark.parametrize("typed", ["hosp", "First", "第一", "dyyy", "diyiyiyuan", "医院"])
def test_an_account_is_found_by_the_start_of_any_word_and_by_pinyin(typed, make, ada, browser_for):
    make.account("First Hospital", other_name="第一医院", owner=ada)
    make.account("Chain", owner=ada)

    page = browser_for(ada).get("/accounts/", query_string={"q": typed})

    assert "First Hospital" in page.text
    assert "Chain" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/?after=99999999999",
        "/accounts/?sort=%00",
        "/accounts/99999999999999999999",
        "/accounts/?kind=x&q=%00%F0%9F",
    ],
)
def test_nonsense_in_an_address_is_never_a_fault(address, ada, browser_for):
    assert browser_for(ada).get(address).status in {200, 404}


def test_the_list_is_narrowed_by_class_region_owner_and_to_one_s_own(make, ada, ben, browser_for):
    make.account("East", owner=ada, region="Hubei", size_class="AA")
    make.account("West", owner=ben, region="Sichuan", size_class="B+")
    north = make.account("North", owner=ben, region="Hubei", size_class="C")
    for account_id in (2, 3):
        make.member(make.session.get(Account, account_id), ada)
    browser = browser_for(ada)

    def found(**words):
        page = browser.get("/accounts/", query_string=words)
        return [name for name in ("East", "West", "North") if f">{name}</a>" in page.text]

    assert found(size_class="B+") == ["West"]
    assert found(region="Hubei") == ["East", "North"]
    assert found(owner=ben.id) == ["West", "North"]
    assert found(mine="y") == ["East", "West", "North"]
    assert found(region="Hubei", owner=ben.id) == ["North"]
    assert north.name == "North"


def test_classes_sort_by_size_and_not_by_letter(make, ada, browser_for):
    for size in ("C", "B+", "AAA", "B", "AA", "A", None):
        make.account(f"Account {size}", owner=ada, size_class=size)

    page = browser_for(ada).get("/accounts/?sort=size_class")

    names = [name for name in page.words("th") if name.startswith("Account ")]
    assert names == [f"Account {size}" for size in ("AAA", "AA", "A", "B+", "B", "C", None)]


def test_the_list_names_a_parent_only_to_those_who_see_it(make, ada, cleo, browser_for):
    seen = make.account("Seen Group", owner=ada)
    unseen = make.account("Secret Group", owner=cleo)
    make.account("One", owner=ada, parent_id=seen.id)
    make.account("Two", owner=ada, parent_id=unseen.id)

    page = browser_for(ada).get("/accounts/")

    assert "part of Seen Group" in page.text
    assert "Secret Group" not in page.text


def test_rows_close_together_are_remembered_and_the_filters_stay(make, ada, browser_for):
    make.account("First Hospital", owner=ada)
    browser = browser_for(ada)

    page = browser.post("/accounts/density", {"density": "tight", "words": "sort=-city\r\nX: y"})

    assert page.headers["Location"].startswith("/accounts/?sort=-city")
    assert "rows tight" in browser.get("/accounts/").text


@pytest.mark.parametrize("sort", ["name", "kind", "size_class", "region", "city", "owner"])
def test_every_sorting_holds_every_account_both_ways(sort, make, ada, browser_for):
    for number, place in enumerate(("Wuhan", "", "Chengdu")):
        make.account(f"Account {number}", owner=ada, city=place, region=place, kind="core")
    browser = browser_for(ada)

    for way in ("", "-"):
        page = browser.get(f"/accounts/?sort={way}{sort}")
        assert all(f"Account {number}" in page.text for number in range(3))


def test_a_list_for_scripts_names_parents_and_owners(make, session, ada):
    group = make.account("United", owner=ada)
    make.account("First", owner=ada, parent_id=group.id)

    rows = account_figures(session)

    assert [(row["name"], row["parent"], row["owner"]) for row in rows] == [
        ("First", "United", "Ada Zhang"),
        ("United", None, "Ada Zhang"),
    ]


def test_the_page_tells_the_stage_that_contacts_amount_to_and_why(make, ada, browser_for):
    account = make.account("First Hospital", owner=ada)
    make.sale(account, "1200", on=now().date())
    for name, department in (("Li Wei", "Laboratory"), ("Wang Fang", "Purchasing")):
        person = make.person(account, name, department=department)
        make.coverage(ada, person, 2, on=now().date())

    page = browser_for(ada).get(f"/accounts/{account.id}")

    # two departments in touch is mid [002]
    assert "Mid" in page.words("b")
    assert "Their departments in touch with us: 2" in page.text
    assert "Nobody has overruled" not in page.text


def test_a_stage_set_by_hand_stands_beside_what_the_contacts_show(make, ada, browser_for):
    account = make.account(
        "First Hospital",
        owner=ada,
        relationship_stage="partnership",
        relationship_reason="Joint board since May",
    )

    page = browser_for(ada).get(f"/accounts/{account.id}")

    assert "Partnership" in page.words("b")
    assert "by hand; the contacts show: Pre-key-account" in page.text


def test_filters_seldom_wanted_are_folded_until_one_is_set(make, ada, browser_for):
    make.account("First Hospital", owner=ada, kind="core", region="North")
    browser = browser_for(ada)

    plain, narrowed = browser.get("/accounts/"), browser.get("/accounts/?kind=core&q=First")

    assert '<details class="more">' in plain.text
    assert '<details class="more" open>' in narrowed.text
    assert "/accounts/?q=First" in narrowed.links()
    assert "/accounts/?kind=core" in narrowed.links()
