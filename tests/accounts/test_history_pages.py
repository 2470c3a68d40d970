"""The history: who, when, what, old and new, in words; and taking back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Rival
from app.db import Base, now
from app.history import Change, Tracked
from app.history_labels import COLUMNS, ENTITIES
from app.users.models import Setting


@pytest.fixture
def account(make, ada, ben) -> Account:
    return make.account("First Hospital", owner=ada, reader=ben)


@pytest.fixture
def edited(account, ada, browser_for):
    """Ada has changed the account's kind and city."""
    browser_for(ada).post(
        f"/accounts/{account.id}/edit",
        {"name": "First Hospital", "currency": "CNY", "kind": "core", "city": "Wuhan"},
    )
    return account


def test_a_change_is_told_with_who_and_what_it_was(edited, ben, browser_for):
    page = browser_for(ben).get(f"/accounts/{edited.id}/history")

    assert "Ada Zhang" in page.text
    assert "<ins>Core account</ins>" in page.text
    assert "<ins>Wuhan</ins>" in page.text


def test_the_history_is_told_in_chinese_field_by_field(edited, make, browser_for):
    from app.users.rules import Level

    mei = make.user("Mei", language="zh_Hans_CN")
    make.member(edited, mei, Level.READ)

    page = browser_for(mei).get(f"/accounts/{edited.id}/history")

    assert page.status == 200
    assert 'lang="zh-Hans-CN"' in page.text


def test_ties_are_told_by_the_names_of_those_they_join(account, make, ada, browser_for):
    li, wang = make.person(account, "Li Wei"), make.person(account, "Wang Fang")
    make.tie("influences", li, wang)
    make.role(li, "decider")
    make.coverage(ada, li)

    page = browser_for(ada).get(f"/accounts/{account.id}/history")

    assert "Li Wei – Wang Fang" in page.text
    assert "Li Wei – Ada Zhang" in page.text
    assert "<ins>Decider</ins>" in page.text


def test_the_history_asks_as_often_for_six_changes_as_for_three(account, make, ada, browser_for):
    for number in range(3):
        make.person(account, f"Person {number}")
    few = browser_for(ada)
    few.get(f"/accounts/{account.id}/history")
    for number in range(3, 6):
        make.person(account, f"Person {number}")

    many = browser_for(ada)
    many.get(f"/accounts/{account.id}/history")

    assert few.selects == many.selects <= 8


def test_a_long_history_goes_by_pages_and_none_is_missed(account, make, session, ada, browser_for):
    for number in range(70):
        session.add(Rival(account_id=account.id, name=f"Rival {number:02}"))
    session.commit()
    browser, address, seen = browser_for(ada), f"/accounts/{account.id}/history", ""

    while address:
        page = browser.get(address)
        seen += page.text
        address = next((e.get("href") for e in page.all("a") if e.get("rel") == "next"), None)

    assert all(f"Rival {number:02}" in seen for number in range(70))


def test_what_was_archived_is_brought_back_from_the_history(
    account, make, session, ada, browser_for
):
    rival = make.keep(Rival(account_id=account.id, name="Rival"))
    browser = browser_for(ada)
    browser.post(f"/accounts/competitors/{rival.id}/archive")
    change = make.find(select(Change.id).where(Change.act == "archived"))

    browser.post(f"/accounts/{account.id}/history/{change}/undo")
    make.again(rival)
    back = rival.archived_at
    again = browser.post(f"/accounts/{account.id}/history/{change}/undo")

    assert back is None
    assert again.status == 303
    make.again(rival)
    assert rival.archived_at is None


def test_what_was_brought_back_is_put_away_again(account, make, session, ada, browser_for):
    rival = make.keep(Rival(account_id=account.id, name="Rival", archived_at=now()))
    browser = browser_for(ada)
    browser.post(f"/accounts/competitors/{rival.id}/restore")
    change = make.find(select(Change.id).where(Change.act == "restored"))

    browser.post(f"/accounts/{account.id}/history/{change}/undo")

    make.again(rival)
    assert rival.archived_at is not None


def test_a_change_of_a_field_is_not_undone_by_this_button(make, edited, session, ada, browser_for):
    change = make.find(select(Change.id).where(Change.act == "changed"))

    page = browser_for(ada).post(f"/accounts/{edited.id}/history/{change}/undo")

    assert page.status == 303
    assert session.get(Account, edited.id).archived_at is None


def test_a_change_of_another_account_is_not_there(account, make, session, ada, cleo, browser_for):
    other = make.account("Elsewhere", owner=cleo)
    change = make.find(select(Change.id).where(Change.account_id == other.id))

    page = browser_for(ada).post(f"/accounts/{account.id}/history/{change}/undo")

    assert page.status == 404


def test_only_an_owner_takes_back_the_archiving_of_the_account(
    account, make, session, ada, browser_for
):
    browser_for(ada).post(f"/accounts/{account.id}/archive")
    change = make.find(select(Change.id).where(Change.act == "archived"))
    editor = make.user("Editor")
    make.member(account, editor)

    refused = browser_for(editor).post(f"/accounts/{account.id}/history/{change}/undo")
    done = browser_for(ada).post(f"/accounts/{account.id}/history/{change}/undo")

    assert (refused.status, done.status) == (403, 303)


def test_the_company_s_history_tells_of_people_and_settings(make, ada, boss, browser_for):
    browser = browser_for(boss)
    tables = browser.get("/settings/importance")
    browser.post(
        "/settings/importance",
        {"label_0": "Sales", "weight_0": "100", "floor_0": "80", "floor_1": "60", "floor_2": "40"},
    )

    page = browser.get("/settings/history")

    assert tables.status == 200
    assert "Factors of importance" in page.text
    assert "Ada Zhang" in page.text


def tracked():
    return [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Tracked)]


def test_every_tracked_thing_and_field_has_a_name_people_know():
    entities = {mapper.class_.__tablename__ for mapper in tracked()}
    unsaid = {"id", "version", "account_id", "password_hash", "session_token"}
    unnamed = {
        f"{mapper.class_.__tablename__}.{column.key}"
        for mapper in tracked()
        for column in mapper.column_attrs
        if column.key not in COLUMNS | dict.fromkeys(unsaid)
    }

    assert entities - set(ENTITIES) == set()
    assert unnamed - set(COLUMNS) == set()


def test_a_setting_kept_as_it_was_is_no_change(session):
    from app.users.changes import put_setting

    put_setting(session, "importance", "{}")
    put_setting(session, "importance", "{}")
    session.commit()

    assert len(session.scalars(select(Change)).all()) == 1
    assert session.get(Setting, "importance").value == "{}"
