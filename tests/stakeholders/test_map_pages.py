"""The power map's page and what it answers to scripts."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.stakeholders.models import MapPosition, Stakeholder, Tie
from tests.factories import DAY
from tests.stakeholders.networks import rows

LATER = DAY + timedelta(days=20)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def house(make, account, ada):
    """A decider, a guide whom Ada knows well, and the line between them."""
    chief = make.person(account, "Wang Fang", title="President", roles=["decider"])
    guide = make.person(account, "Sun Li", roles=["guide"])
    make.observation(guide, support=2, on=DAY)
    make.tie("influences", guide, chief, 3)
    make.coverage(ada, guide, 3)
    return chief, guide


def cards(page) -> dict[str, str]:
    """Each card's words by the name that begins them."""
    found = [element for element in page.tree.iter() if element.get("data-id")]
    return {element.get("aria-label").split(",")[0]: element.get("aria-label") for element in found}


def lines(page) -> list[tuple[str, ...]]:
    """Each tie drawn: its kind and weight, from, to."""
    found = [element for element in page.tree.iter() if element.get("data-from")]
    keys = ("class", "data-from", "data-to")
    return [tuple(element.get(key) for key in keys) for element in found]


def test_the_map_shows_roles_support_and_ties_in_words_too(house, account, ada, browser_for):
    chief, guide = house

    page = browser_for(ada).get(f"/accounts/{account.id}/map")

    assert cards(page) == {
        "Wang Fang": "Wang Fang, President, Decider, support unknown, none of ours in touch",
        "Sun Li": "Sun Li, Guide, Champions",
    }
    assert ("tie influences w3", str(guide.id), str(chief.id)) in lines(page)
    assert [line for line in lines(page) if "coverage" in line[0]]


def test_a_map_drawn_before_is_drawn_anew_for_a_reader_a_language_and_what_changed(
    make, house, account, ada, ben, browser_for
):
    _chief, guide = house
    path, visit = f"/accounts/{account.id}/map", f'href="/accounts/{account.id}/visits/add'
    before = browser_for(ada).get(path)
    read = browser_for(ben).get(path)
    ben.language = "zh_Hans_CN"
    make.observation(guide, support=-2, on=LATER)
    after, chinese = browser_for(ada).get(path), browser_for(ben).get(path)

    assert visit in before.text
    assert visit not in read.text
    assert "Sun Li, Guide, Champions" in read.text
    assert "Sun Li, Guide, Opposes" in after.text
    assert "反对" in cards(chinese)["Sun Li"]


def test_the_map_says_who_decides_and_the_best_way_in(house, account, ada, browser_for):
    page = browser_for(ada).get(f"/accounts/{account.id}/map")

    words = " ".join("".join(page.tree.itertext()).split())
    assert "Who decides, and the way in Wang Fang" in words
    assert "Ada Zhang → Sun Li" in words
    assert "Sun Li → Wang Fang" in words
    assert "Every way to Wang Fang runs through Sun Li" in words


def test_the_map_asks_as_often_for_six_people_as_for_three(make, account, ada, browser_for):
    def add(count: int) -> None:
        for number in range(count):
            person = make.person(account, f"Person {number}", roles=["decider"])
            make.observation(person, support=1)
            make.coverage(ada, person)

    add(3)
    few = browser_for(ada)
    few.get(f"/accounts/{account.id}/map")
    add(3)

    many = browser_for(ada)
    many.get(f"/accounts/{account.id}/map")

    assert few.selects == many.selects <= 9


def test_an_empty_map_says_what_to_do(account, ada, browser_for):
    page = browser_for(ada).get(f"/accounts/{account.id}/map")

    assert "Nobody at this account is known yet" in page.text


def test_the_map_as_of_a_past_day_is_as_it_was_believed(make, house, account, ada, browser_for):
    _chief, guide = house
    make.observation(guide, support=-2, on=LATER)
    make.person(account, "Newcomer", known_on=LATER)

    past = browser_for(ada).get(f"/accounts/{account.id}/map?on={DAY}")
    since = browser_for(ada).get(f"/accounts/{account.id}/map?since={DAY}")

    assert cards(past)["Sun Li"] == "Sun Li, Guide, Champions"
    assert "Newcomer" not in cards(past)
    assert cards(since)["Sun Li"] == "Sun Li, Guide, Opposes"
    assert "Sun Li: Champions → Opposes" in "".join(since.tree.itertext())
    assert "New on the map: Newcomer" in "".join(since.tree.itertext())


def test_an_opportunitys_map_marks_where_it_differs(make, house, account, ada, browser_for):
    _chief, guide = house
    deal = make.opportunity(account)
    make.role(guide, "blocker", opportunity_id=deal.id)

    page = browser_for(ada).get(f"/accounts/{account.id}/map?deal={deal.id}")

    own = [element for element in page.tree.iter() if " own" in element.get("class", "")]
    assert cards(page)["Sun Li"] == "Sun Li, Blocker, Champions"
    assert [element.get("data-id") for element in own] == [str(guide.id)]


def test_another_accounts_opportunity_is_not_found(make, account, ada, browser_for):
    deal = make.opportunity(make.account("Elsewhere", owner=ada))

    assert browser_for(ada).get(f"/accounts/{account.id}/map?deal={deal.id}").status == 404


def test_what_if_somebody_left_is_answered_and_nothing_saved(
    house, account, ada, session, browser_for
):
    _chief, guide = house

    page = browser_for(ada).get(f"/accounts/{account.id}/map?what=leaves&who=p{guide.id}")

    assert "Way in to Wang Fang: strength from" in "".join(page.tree.itertext())
    assert session.get(Stakeholder, guide.id).left_on is None


@pytest.mark.parametrize(
    "asked",
    [
        "what=leaves&who=p999",
        "what=x&who=p1",
        "who=c1&what=opposes",
        "who=%F0&what=",
        "on=never",
        "layout=sideways",
        "deal=0",
        "since=2999-01-01",
        "layout=free",
        "layout=influence",
    ],
)
def test_nonsense_in_the_address_shows_the_map(asked, house, account, ada, browser_for):
    assert browser_for(ada).get(f"/accounts/{account.id}/map?{asked}").status == 200


def test_where_cards_are_put_is_kept_for_the_layout_by_hand(
    make, house, account, ada, session, browser_for
):
    chief, guide = house
    far = make.person(make.account("Elsewhere", owner=ada))
    browser = browser_for(ada)
    places = [f"{chief.id}:3.5:2", f"{guide.id}:0:0", f"{far.id}:1:1"]

    kept = browser.post(f"/accounts/{account.id}/map/places", {"at": places})
    browser.post(f"/accounts/{account.id}/map/places", {"at": [f"{chief.id}:4:2"]})

    assert kept.status == 200
    found = session.execute(select(MapPosition.stakeholder_id, MapPosition.x)).all()
    assert sorted(found) == [(chief.id, 4.0), (guide.id, 0.0)]
    session.commit()
    browser.post(f"/accounts/{account.id}/map/tidy")
    session.commit()
    assert session.scalars(select(MapPosition)).all() == []


@pytest.mark.parametrize("at", ["1:x:2", "1:1e9:0", "-1:0:0", "1:nan:0", "1:0"])
def test_a_place_that_is_none_is_refused(at, account, ada, browser_for):
    assert browser_for(ada).post(f"/accounts/{account.id}/map/places", {"at": at}).status == 422


def test_the_json_holds_the_facts_and_every_answer(house, account, ada, browser_for):
    answer = browser_for(ada).get(f"/accounts/{account.id}/map.json?layer=influences")

    data = json.loads(answer.text)
    assert [one["name"] for one in data["facts"]["people"]] == ["Wang Fang", "Sun Li"]
    assert data["answers"]["measures"]["layer"] == "influences"
    assert data["answers"]["ways_in"][0]["best"]["steps"][0]["taker_name"] == "Sun Li"


def test_seventy_one_lawyers_without_a_hierarchy_are_drawn_apart(make, account, ada, browser_for):
    lazega, ids = ("networks", "lazega_lawfirm"), {}
    for row in rows(*lazega, "nodes.csv"):
        person = Stakeholder(
            account_id=account.id, name=f"Lawyer {row['id']}", level=int(row["status"])
        )
        make.session.add(person)
        make.session.flush()
        ids[row["id"]] = person.id
    for row in rows(*lazega, "edges.csv"):
        if row["relation"] == "advice":
            ends = {"from_id": ids[row["target"]], "to_id": ids[row["source"]]}
            tie = Tie(account_id=account.id, kind="influences", weight=2, since=DAY, **ends)
            make.session.add(tie)
    make.session.commit()
    make.role(make.session.get(Stakeholder, ids["1"]), "decider")

    page = browser_for(ada).get(f"/accounts/{account.id}/map")

    corners = [
        tuple(int(part) for part in element.get("transform")[10:-1].split())
        for element in page.tree.iter()
        if element.get("data-id")
    ]
    assert len(corners) == 71
    assert not [
        (one, other)
        for place, one in enumerate(corners)
        for other in corners[:place]
        if abs(one[0] - other[0]) < 144 and abs(one[1] - other[1]) < 60
    ]
    assert len([line for line in lines(page) if "influences" in line[0]]) == 892
    assert "Lawyer 1" in page.text
