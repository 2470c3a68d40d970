"""What a person sees as a condition is what they see as a list of accounts."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from app.accounts import queries
from app.accounts.list_queries import owners, regions
from app.accounts.models import Account, Membership
from app.accounts.queries import sight_of, visible_accounts
from app.users.models import User
from app.users.rules import Level, UserRole
from tests.factories import AT

PEOPLE = 12
ACCOUNTS = 20


@pytest.fixture
def company(make):
    """People with leaders and accounts with teams, by chance: some without any, one put away."""
    chance = random.Random(7)
    with make.at_once():
        people = []
        for number in range(PEOPLE):
            leader = chance.choice(people).id if number % 5 else None
            role = chance.choice(["director", "manager", "presales"])
            people.append(make.user(f"Person {number}", role=role, manager_id=leader))
            make.session.flush()
        for number in range(ACCOUNTS):
            account = make.account(f"Account {number}")
            make.session.flush()
            for one in chance.sample(people, number % 3):
                make.keep(Membership(account_id=account.id, user_id=one.id, level=Level.READ))
    return people


def seen_by(session, person: User) -> set[int]:
    """The accounts that satisfy a person's condition."""
    sight = sight_of(session, person.id, UserRole(person.role), person.manager_id)
    return set(session.scalars(select(Account.id).where(sight.of(Account.id))))


@pytest.mark.parametrize("borne", [0, 3, 100])
def test_a_condition_holds_for_the_accounts_that_are_listed(session, company, monkeypatch, borne):
    monkeypatch.setattr(queries, "MOST_OUTSIDERS", borne)

    for person in company:
        listed = set(session.scalars(visible_accounts(person.id, UserRole(person.role))))
        assert seen_by(session, person) == listed


def test_who_leads_all_who_have_seats_sees_by_rows(session, make, ada):
    head = make.user("Head", role="director")
    ada.manager_id = head.id
    make.account("Mine", owner=ada)
    make.account("Nobody's")

    sight = sight_of(session, head.id, UserRole.DIRECTOR, None)

    assert (sight.is_wide, sight.outsiders) == (True, ())
    names = select(Account.name).where(sight.of(Account.id))
    assert list(session.scalars(names)) == ["Mine"]


@pytest.mark.parametrize("role", ["director", "manager"])
def test_regions_and_owners_are_those_of_accounts_seen(session, make, ada, ben, role):
    head = make.user("Head", role=role)
    ada.manager_id = head.id
    for name, region in (("A", "North"), ("B", "East"), ("C", "East"), ("D", "")):
        account = make.account(name, owner=ada, region=region)
        make.keep(Membership(account_id=account.id, user_id=head.id, level=Level.READ))
    make.account("Elsewhere", region="West")
    make.account("Gone", owner=ada, region="South", archived_at=AT)

    sight = sight_of(session, head.id, UserRole(role), None)

    assert sight.is_wide == (role == "director")
    assert regions(session, sight) == ["East", "North"]
    assert owners(session, sight) == [(ada.id, "Ada Zhang")]
