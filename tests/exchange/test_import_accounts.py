"""Accounts, our own people and products go in: new, changed, the same or refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.history import Change
from app.records.models import Product
from app.search import SearchKey
from app.users.models import User
from app.users.rules import Level
from tests.exchange.runs import Runs, counts, warned, why

ACCOUNTS = "id,name,city,parent,owner\nA1,Acme,Berlin,Acme Group,\nA2,Acme Group,Bonn,,Ben Li\n"


def found(session, model, **values):
    row = session.scalars(select(model).filter_by(**values)).one()
    session.commit()
    return row


def test_a_dry_run_counts_and_writes_nothing(runs, session):
    before = counts(session)

    report = runs.look("accounts", ACCOUNTS)

    assert report.counts == {"new": 2}
    assert counts(session) == before


def test_a_new_account_is_owned_by_the_importer_or_by_the_owner_named(runs, session, ada, ben):
    runs.bring("accounts", ACCOUNTS)

    acme, group = found(session, Account, name="Acme"), found(session, Account, name="Acme Group")
    assert found(session, Membership, account_id=acme.id, level=Level.OWN).user_id == ada.id
    assert found(session, Membership, account_id=group.id, level=Level.OWN).user_id == ben.id


def test_a_parent_may_come_later_in_the_file(runs, session, ben):
    runs.bring("accounts", ACCOUNTS)

    group = found(session, Account, external_id="A2")
    assert found(session, Account, external_id="A1").parent_id == group.id


def test_accounts_below_each_other_are_told_and_the_second_line_is_left_out(runs):
    report = runs.bring("accounts", "name,parent\nA,B\nB,A\nC,C\n")

    assert report.counts == {"new": 3}
    assert [line.partition(":")[0] for line in warned(report)] == ["3", "4"]
    assert "cannot be its parent" in warned(report)[0]


def test_the_same_file_again_changes_nothing(runs, session, ben):
    runs.bring("accounts", ACCOUNTS)
    before = counts(session)

    report = runs.bring("accounts", ACCOUNTS)

    assert report.counts == {"same": 2}
    assert counts(session) == before


def test_a_changed_row_keeps_its_history_and_what_is_empty_changes_nothing(runs, session, make):
    account = make.account("Acme", city="Bonn", industry="steel")

    report = runs.bring("accounts", "name,city,industry\nACME,Berlin,\n")

    assert report.counts == {"changed": 1}
    assert report.shown["changed"][0].columns == {
        "name": ["Acme", "ACME"],
        "city": ["Bonn", "Berlin"],
    }
    make.again(account)
    assert (account.city, account.industry, account.version) == ("Berlin", "steel", 2)
    change = found(session, Change, entity="account", entity_id=account.id, act="changed")
    assert change.columns["city"] == ["Bonn", "Berlin"]


def test_an_account_found_by_its_id_takes_its_new_name_in_the_search_box_too(runs, session, make):
    make.account("Old", external_id="A1")

    runs.bring("accounts", "id,name\nA1,New Hospital\n")

    keys = session.scalars(select(SearchKey.key).where(SearchKey.kind == "account")).all()
    assert set(keys) == {"new hospital", "hospital"}


def test_two_of_one_name_are_not_guessed_between(runs, make):
    make.account("Acme")
    make.account("ACME")

    assert why(runs.look("accounts", "name,city\nAcme,Bonn\n")) == [
        "2: Two are called “Acme”: give the external id."
    ]


def test_a_row_that_comes_twice_is_refused_the_second_time(runs):
    report = runs.look("accounts", "name\nAcme\nBolt\nAcme\n")

    assert report.counts == {"new": 2, "refused": 1}
    assert why(report) == ["4: It is in the file twice: see row 2."]


def test_an_account_that_may_not_be_seen_is_not_told_of(runs, make):
    make.account("Secret", external_id="S1")

    by_name = runs.look("accounts", "name\nSecret\n", visible=frozenset(), editable=frozenset())
    by_id = runs.look("accounts", "id,name\nS1,X\n", visible=frozenset(), editable=frozenset())

    assert by_name.counts == {"new": 1}
    assert why(by_id) == ["2: Its id is taken: ask an administrator who has it."]


def test_an_account_that_may_only_be_read_is_not_changed(runs, make):
    account = make.account("Acme")
    seen = {"visible": frozenset({account.id}), "editable": frozenset()}

    assert why(runs.look("accounts", "name,city\nAcme,Bonn\n", **seen)) == [
        "2: You may see this account, but not change it."
    ]


def test_undo_takes_away_what_was_made_and_puts_back_what_was_changed(runs, session, make, ben):
    kept = make.account("Acme Group", city="Köln")
    before = counts(session)
    runs.bring("accounts", ACCOUNTS.replace("A2,", ","))

    assert runs.undo() == []

    assert counts(session) == before
    assert make.again(kept).city == "Köln"
    assert runs.undo() == ["This import has been undone already."]


def test_undo_is_refused_when_people_have_worked_on_a_row_since(runs, session, make, ada):
    runs.bring("accounts", "name,city\nAcme,Bonn\n")
    account = found(session, Account, name="Acme")
    account.city = "Berlin"
    session.commit()

    assert runs.undo() == [
        "People have since worked on what it brought: ['Acme']. That would be lost."
    ]
    assert found(session, Account, name="Acme").city == "Berlin"


def test_undo_is_refused_when_others_rows_hang_on_what_was_made(runs, session, make, ada):
    runs.bring("accounts", "name\nAcme\n")
    make.opportunity(found(session, Account, name="Acme"))

    problem = runs.undo()[0]

    assert "Other work hangs on what it brought" in problem
    assert "opportunity: 1" in problem


def test_imports_are_undone_latest_first(runs, session):
    runs.bring("accounts", "name,city\nAcme,Bonn\n")
    first = runs.batch
    runs.bring("accounts", "name,city\nAcme,Berlin\n")
    second, runs.batch = runs.batch, first

    assert runs.undo() == [f"Undo the later imports [{second.id}] first: they build on it."]
    runs.batch = second
    assert runs.undo() == []
    runs.batch = first
    assert runs.undo() == []


TEAM = "sales_agent,manager,regional_office\nAnna,Mia,East\nBob,Mia,West\n"


def test_our_people_come_with_managers_whom_only_others_name(runs, session):
    report = runs.bring("team", TEAM)

    assert report.counts == {"new": 2}
    assert report.made["managers"] == 1
    mia = found(session, User, name="Mia")
    assert mia.role == "director"
    assert found(session, User, name="Anna").manager_id == mia.id
    assert mia.password_hash is None
    assert runs.bring("team", TEAM).counts == {"same": 2}


def test_people_who_would_lead_each_other_are_told(runs):
    report = runs.bring("team", "name,manager\nAnna,Bob\nBob,Anna\n")

    assert warned(report) == ["3: “Anna” cannot lead them: they would lead each other."]


def test_a_file_makes_nobody_an_administrator_who_is_known(runs, session, ada):
    runs.bring("team", "name,email,role\nAda Zhang,ADA@example.com,administrator\n")

    assert found(session, User, email="ada@example.com").role == "manager"


def test_products_are_known_by_code_and_then_by_name(runs, session, make):
    make.product("GTX Pro", code="G1")

    report = runs.bring(
        "products", "code,product,sales_price\nG1,GTX Pro,4821\n,gtx pro,\nG2,GTX,55\n"
    )

    assert report.counts == {"changed": 1, "refused": 1, "new": 1}
    assert found(session, Product, code="G1").price == 4821


@pytest.mark.parametrize("rows", [10, 20])
def test_more_rows_take_no_more_statements(runs: Runs, session, rows, statements):
    content = "name\n" + "".join(f"Account {number}\n" for number in range(rows))
    with statements() as made:
        runs.bring("accounts", content)

    assert len(made) <= 20
