"""The people of an account, as the cast finds them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import ValueReading
from app.db import now
from app.history import Change
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import Value
from tests.factories import DAY
from tests.pages import Page

HOSTILE = (
    "<script>alert(1)</script>",
    "\u202eRight to left\u202c",
    "👩‍⚕️ Doctor 👨‍👩‍👧‍👦",
    "李" * 120,
    "Robert'); DROP TABLE stakeholder;--",
    "%(name)s {{ 7*7 }} %s",
)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


def people(page: Page) -> list[str]:
    """The names down the list."""
    heads = [head for head in page.all("th") if head.get("scope") == "row"]
    return ["".join(head.itertext()).split("\n")[0].strip() for head in heads]


def test_the_list_is_the_maps_twin(make, account, ada, browser_for):
    chief = make.person(account, "Wang Fang", roles=["decider"], title="President")
    person = make.person(account, "Li Wei", department="Laboratory")
    make.observation(person, support=-2, influence=3)
    make.tie("reports_to", person, chief)
    make.coverage(ada, person, 3)

    page = browser_for(ada).get(f"/accounts/{account.id}/people")

    labels = {
        element.get(name)
        for element in page.tree.iter()
        for name in ("aria-label", "title")
        if element.get(name)
    }
    assert people(page) == ["Li Wei", "Wang FangPresident"]
    assert {"Decider", "Opposes", "Decisive influence", "Shared hardship"} <= labels
    assert "Ada Zhang" in page.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=wang", ["Wang Fang"]),
        ("role=decider", ["Wang Fang"]),
        ("support=unknown", ["Wang Fang"]),
        ("support=-2", ["Li Wei"]),
        ("department=Laboratory", ["Li Wei"]),
        ("reach=none", ["Wang Fang"]),
        ("reach=one", ["Li Wei"]),
        ("sort=-name", ["Wang Fang", "Li Wei"]),
        ("sort=-support", ["Li Wei", "Wang Fang"]),
        ("q=nobody", []),
    ],
)
def test_the_list_is_filtered_and_sorted(asked, found, make, account, ada, browser_for):
    make.person(account, "Wang Fang", roles=["decider"])
    person = make.person(account, "Li Wei", department="Laboratory")
    make.observation(person, support=-2)
    make.coverage(ada, person)

    page = browser_for(ada).get(f"/accounts/{account.id}/people?{asked}")

    assert people(page) == found


def test_the_list_asks_as_often_for_six_people_as_for_three(make, account, ada, browser_for):
    def add(count: int) -> None:
        for number in range(count):
            person = make.person(account, f"Person {number}", roles=["guide"])
            make.observation(person, support=1)
            make.coverage(ada, person)

    add(3)
    few = browser_for(ada)
    few.get(f"/accounts/{account.id}/people")
    add(3)

    many = browser_for(ada)
    many.get(f"/accounts/{account.id}/people")

    assert few.selects == many.selects <= 9


def test_everyone_is_on_exactly_one_page_of_the_list(make, account, ada, browser_for):
    names = [f"Person {number:03}" for number in range(230)]
    for name in names:
        make.session.add(Stakeholder(account_id=account.id, name=name))
    make.session.commit()
    browser, address, seen = browser_for(ada), f"/accounts/{account.id}/people", []

    while address:
        page = browser.get(address)
        seen += people(page)
        address = next((e.get("href") for e in page.all("a") if e.get("rel") == "next"), None)

    assert seen == names


def test_a_person_is_added_with_what_is_known_at_first_sight(
    make, account, ada, session, browser_for
):
    chief = make.person(account, "Wang Fang")
    browser = browser_for(ada)

    added = browser.post(
        f"/accounts/{account.id}/people/add",
        {
            "name": "Li Wei",
            "manager": chief.id,
            "roles": ["guide", "influencer"],
            "support": "1",
            "influence": "",
            "values": [Value.TRUST.value],
        },
    )

    page = browser.get(added.headers["Location"])
    person = session.scalar(select(Stakeholder).where(Stakeholder.name == "Li Wei"))
    roles = session.scalars(select(RoleHolding.role).where(RoleHolding.until.is_(None)))
    assert added.status == 303
    assert page.h1 == "First Hospital"
    assert set(roles) == {"guide", "influencer"}
    assert session.scalar(select(Observation.support)) == 1
    assert session.scalar(select(Tie.to_id)) == chief.id
    assert person.values == ["trust"]


def test_a_person_without_a_name_is_refused_and_what_was_typed_is_kept(account, ada, browser_for):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/people/add", {"name": " ", "title": "Buyer", "level": "x"}
    )

    assert page.status == 422
    assert page.field("title") == "Buyer"
    assert "Give the person a name." in page.text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strange_name_is_only_a_name(name, account, ada, session, browser_for):
    browser = browser_for(ada)

    browser.post(f"/accounts/{account.id}/people/add", {"name": name, "roles": ["decider"]})

    kept = session.scalar(select(Stakeholder.name))
    for address in (f"/accounts/{account.id}/people", "/people/1", f"/accounts/{account.id}/map"):
        page = browser.get(address)
        assert page.status == 200
        assert kept in "".join(page.tree.itertext())


def test_support_is_judged_with_source_and_confidence_and_taken_back(
    make, account, ada, session, browser_for
):
    person, browser = make.person(account), browser_for(ada)

    noted = browser.post(
        f"/people/{person.id}/judge",
        {"support": "2", "confidence": "second_hand", "source": "Ben", "note": "At lunch"},
    )

    judged = session.scalar(select(Observation))
    assert noted.status == 303
    assert (judged.support, judged.influence, judged.confidence) == (2, None, "second_hand")
    assert (judged.source, judged.note, judged.user_id) == ("Ben", "At lunch", ada.id)
    page = browser.get(f"/people/{person.id}")
    assert "Champions" in page.text and "Undo" in page.text
    session.commit()
    browser.post(f"/judgements/{judged.id}/take-back")
    session.expire_all()
    assert session.scalars(select(Observation)).all() == []


def test_a_judgement_that_says_nothing_is_refused(make, account, ada, browser_for):
    person = make.person(account)

    page = browser_for(ada).post(f"/people/{person.id}/judge", {"source": "Ben"})

    assert page.status == 422
    assert page.field("source") == "Ben"


def test_nobody_is_judged_in_the_future(make, account, ada, session, browser_for):
    person = make.person(account)

    browser_for(ada).post(f"/people/{person.id}/judge", {"support": "1", "on": "2999-01-01"})

    assert session.scalar(select(Observation.on)) < date(2999, 1, 1)


def test_two_who_judge_differently_both_show(make, account, ada, ben, browser_for):
    person = make.person(account)
    browser = browser_for(ada)
    browser.post(f"/people/{person.id}/judge", {"support": "2"})
    make.observation(person, support=-1, on=_today(make), user_id=ben.id)

    page = browser.get(f"/people/{person.id}")

    assert "Seen differently" in page.text


def _today(make) -> date:
    return make.session.scalars(select(Observation.on)).first()


def test_an_undo_brings_the_roles_back(make, account, ada, session, browser_for):
    person, browser = make.person(account, roles=["decider", "guide"]), browser_for(ada)

    browser.post(f"/people/{person.id}/roles", {"roles": ["executor"]})
    page = browser.get(f"/people/{person.id}")
    undo = next(form.get("action") for form in page.all("form") if "roles?" in form.get("action"))
    browser.post(undo)

    held = session.scalars(select(RoleHolding.role).where(RoleHolding.until.is_(None)))
    assert sorted(held) == ["decider", "guide"]


@pytest.mark.parametrize(
    ("reading", "kind", "is_backwards"),
    [
        ("reports_to", "reports_to", False),
        ("manages", "reports_to", True),
        ("influences", "influences", False),
        ("influenced_by", "influences", True),
    ],
)
def test_a_tie_is_drawn_either_way(
    reading, kind, is_backwards, make, account, ada, session, browser_for
):
    one, other = make.person(account, "Li Wei"), make.person(account, "Wang Fang")

    browser_for(ada).post(
        f"/people/{one.id}/ties", {"reading": reading, "other": other.id, "weight": 3}
    )

    tie = session.scalar(select(Tie))
    ends = (other.id, one.id) if is_backwards else (one.id, other.id)
    assert (tie.kind, tie.from_id, tie.to_id) == (kind, *ends)


def test_a_reporting_loop_is_refused_with_the_loop_named(make, account, ada, browser_for):
    one, two, three = (make.person(account, name) for name in ("Li Wei", "Wang Fang", "Chen Jie"))
    make.tie("reports_to", one, two)
    make.tie("reports_to", two, three)

    page = browser_for(ada).post(
        f"/people/{three.id}/ties", {"reading": "reports_to", "other": one.id}
    )

    assert page.status == 422
    assert "Chen Jie → Li Wei → Wang Fang → Chen Jie" in page.text


def test_the_map_is_told_in_json_why_a_tie_is_refused(make, account, ada, browser_for):
    one, other = make.person(account, "Li Wei"), make.person(account, "Wang Fang")
    make.tie("allied", one, other)

    answer = browser_for(ada).post(
        f"/people/{other.id}/ties",
        {"reading": "allied", "other": one.id},
        headers={"X-Requested-With": "fetch"},
    )

    assert answer.status == 422
    assert "there already" in answer.response.json["text"]


def test_a_tie_may_not_lead_to_another_account(make, account, ada, session, browser_for):
    one = make.person(account)
    far = make.person(make.account("Elsewhere", owner=ada), "Far away")

    page = browser_for(ada).post(f"/people/{one.id}/ties", {"reading": "allied", "other": far.id})

    assert page.status == 422
    assert session.scalars(select(Tie)).all() == []


def test_an_ended_tie_goes_on_only_if_nothing_speaks_against_it(
    make, account, ada, session, browser_for
):
    one, old, new = (make.person(account, name) for name in ("Li Wei", "Wang Fang", "Chen Jie"))
    line, browser = make.tie("reports_to", one, old), browser_for(ada)

    browser.post(f"/ties/{line.id}/end")
    browser.post(f"/people/{one.id}/ties", {"reading": "reports_to", "other": new.id})
    browser.post(f"/ties/{line.id}/resume")

    session.expire_all()
    assert session.get(Tie, line.id).until is not None


def test_a_contact_is_noted_in_one_click_and_taken_back(make, account, ada, session, browser_for):
    person, browser = make.person(account), browser_for(ada)
    held = make.coverage(ada, person, on=DAY)

    noted = browser.post(
        f"/coverage/{held.id}/contact", headers={"X-Requested-With": "fetch"}
    ).response.json

    assert browser.post(noted["undo"]).status == 303
    assert session.get(Coverage, held.id).until is None


def test_who_leaves_is_followed_by_a_place_kept_open(make, account, ada, session, browser_for):
    chief, person = make.person(account, "Wang Fang"), make.person(account, title="Buyer")
    make.tie("reports_to", person, chief)
    browser = browser_for(ada)

    asked = browser.get(f"/people/{person.id}/leave")
    browser.post(f"/people/{person.id}/leave", {"on": "2026-05-01", "is_placeholder": "y"})

    heir = session.scalar(select(Stakeholder).where(Stakeholder.is_placeholder))
    assert asked.status == 200
    assert (heir.name, heir.title) == ("Successor: Buyer", "Buyer")
    line = session.scalar(select(Tie).where(Tie.until.is_(None)))
    assert (line.from_id, line.to_id) == (heir.id, chief.id)
    page = browser.get(f"/accounts/{account.id}/people")
    assert "left on May 1, 2026" in page.text


def test_personal_notes_are_for_those_who_may_edit(make, account, ada, ben, browser_for):
    person = make.person(account, personal="Collects stamps")

    mine, his = (browser_for(one).get(f"/people/{person.id}") for one in (ada, ben))

    assert "Collects stamps" in mine.text
    assert "Collects stamps" not in his.text


def test_a_stale_form_shows_both_versions(make, account, ada, browser_for):
    person, browser = make.person(account), browser_for(ada)
    opened = browser.get(f"/people/{person.id}/edit").field("version")
    browser.post(f"/people/{person.id}/edit", {"name": "Renamed", "version": opened})

    late = browser.post(f"/people/{person.id}/edit", {"name": "Mine", "version": opened})

    assert late.status == 409
    assert "Renamed" in late.text and "Mine" in late.text


def test_a_reader_sees_no_forms_on_a_persons_page(make, account, ben, browser_for):
    person = make.person(account, roles=["decider"])

    page = browser_for(ben).get(f"/people/{person.id}")

    assert not [form for form in page.all("form") if "/people/" in (form.get("action") or "")]


def test_erasing_is_asked_and_final(make, account, ada, session, browser_for):
    person, browser = make.person(account), browser_for(ada)

    asked = browser.get(f"/people/{person.id}/erase")
    browser.post(f"/people/{person.id}/erase")

    assert "cannot be brought back" in asked.text
    assert browser.get(f"/people/{person.id}").status == 404
    assert session.scalars(select(Change).where(Change.entity == "stakeholder")).all() == []


def test_a_persons_page_asks_as_often_for_a_long_history(make, account, ada, browser_for):
    person = make.person(account)
    few = browser_for(ada)
    few.get(f"/people/{person.id}")
    for days in range(12):
        make.observation(person, support=1, on=DAY + timedelta(days=days))
        make.coverage(ada, make.person(account, f"Person {days}"))

    many = browser_for(ada)
    many.get(f"/people/{person.id}")

    assert few.selects == many.selects <= 17


def test_our_side_shows_groups_depth_wanted_and_who_helps(make, account, ada, session, browser_for):
    chief = make.person(account, "Wang Fang", roles=["decider"])
    make.coverage(ada, chief, 1, wanted_depth=3)
    browser = browser_for(ada)

    added = browser.post(
        f"/accounts/{account.id}/rescue",
        {"phase": "negotiation", "source": "outside", "who": "Our lawyer", "purpose": "Clauses"},
    )
    page = browser.get(f"/accounts/{account.id}/our-side")

    words = " ".join("".join(page.tree.itertext()).split())
    assert added.status == 303
    assert page.words("caption")[0] == "Win"
    assert "→ Shared hardship" in words
    assert "Our lawyer Clauses" in words
    assert "Pre-key-account" in words


def test_trade_moves_the_stage_of_the_relationship(make, account, ada, browser_for):
    make.sale(account, "100", on=_days_ago(30))

    page = browser_for(ada).get(f"/accounts/{account.id}/our-side")

    assert "Trade since" in page.text


def _days_ago(days: int) -> date:
    return now().date() - timedelta(days=days)


def test_a_helper_dropped_is_kept_by_an_undo(make, account, ada, browser_for):
    helper, browser = make.rescue(account), browser_for(ada)

    browser.post(f"/rescue/{helper.id}/end")
    browser.get(f"/accounts/{account.id}/our-side")
    gone = browser.get(f"/accounts/{account.id}/our-side")
    browser.post(f"/rescue/{helper.id}/resume")
    browser.get(f"/accounts/{account.id}/our-side")

    assert "Our lawyer" not in gone.text
    assert "Our lawyer" in browser.get(f"/accounts/{account.id}/our-side").text


def test_criteria_are_ranked_and_an_opportunitys_own_come_first(make, account, ada, browser_for):
    person, deal = make.person(account), make.opportunity(account)
    browser = browser_for(ada)

    browser.post(f"/people/{person.id}/criteria", {"criteria": "Safety\n\n Price "})
    browser.post(f"/people/{person.id}/criteria?deal={deal.id}", {"criteria": "Speed"})

    on_account = browser.get(f"/people/{person.id}")
    in_deal = browser.get(f"/people/{person.id}?deal={deal.id}")
    assert on_account.field("criteria") == "Safety\nPrice"
    assert in_deal.field("criteria") == "Speed"


PERCEIVED = {"value-on": "2026-03-02", "value-gain": "8", "value-cost": "3", "value-expected": "6"}


def test_what_a_person_perceives_is_noted_with_its_evidence(
    make, account, ada, ben, session, browser_for
):
    person, browser = make.person(account), browser_for(ada)

    noted = browser.post(
        f"/people/{person.id}/value", {**PERCEIVED, "value-gain_evidence": "Fewer alarms"}
    )

    row = session.scalar(select(ValueReading))
    assert noted.status == 303
    assert (row.stakeholder_id, row.gain, row.cost, row.expected) == (person.id, 8, 3, 6)
    page = browser_for(ben).get(f"/people/{person.id}")
    assert "−1" in page.text and "Fewer alarms" in page.text
    assert "−1" in browser.get(f"/accounts/{account.id}/our-side").text
    assert "Fewer alarms" in browser.get(f"/people/{person.id}/panel").text


def test_a_persons_reading_is_not_the_accounts_and_is_taken_away_from_their_page(
    make, account, ada, session, browser_for
):
    person, browser = make.person(account), browser_for(ada)
    browser.post(f"/people/{person.id}/value", PERCEIVED)
    row = session.scalar(select(ValueReading))
    session.commit()

    of_account = browser.get(f"/accounts/{account.id}/value")
    gone = browser.post(f"/accounts/value/{row.id}/archive")

    assert "never read here" in of_account.text
    assert gone.headers["Location"].startswith(f"/people/{person.id}")
    assert "Never asked" in browser.get(f"/people/{person.id}").text


@pytest.mark.parametrize("wrong", ["11", "-1", "many", ""])
def test_a_term_outside_nought_to_ten_is_refused_and_the_rest_is_kept(
    wrong, make, account, ada, browser_for
):
    person = make.person(account)

    page = browser_for(ada).post(
        f"/people/{person.id}/value",
        {**PERCEIVED, "value-gain": wrong, "value-cost_evidence": "Dear service"},
    )

    assert page.status == 422
    assert "Give a whole number from 0 to 10." in page.text
    assert page.field("value-cost_evidence") == "Dear service"


def test_nothing_is_perceived_in_the_future(make, account, ada, session, browser_for):
    person = make.person(account)

    browser_for(ada).post(f"/people/{person.id}/value", {**PERCEIVED, "value-on": "2999-01-01"})

    assert session.scalar(select(ValueReading.on)) == now().date()


def test_a_name_of_five_hundred_characters_is_refused_at_its_field_and_kept(
    account, ada, browser_for
):
    page = browser_for(ada).post(f"/accounts/{account.id}/people/add", {"name": "李" * 500})

    assert page.status == 422
    assert page.field("name") == "李" * 500
