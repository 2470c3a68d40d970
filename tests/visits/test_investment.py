"""The five faults of effort, each alone, at its bounds [001]."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from app.accounts.models import Account
from app.visits.investment import ContactFact, EffortFact, Fault, efforts, gaps
from app.visits.investment_queries import effort_facts

ON = date(2026, 6, 30)


def contacts(count, every=14, until=ON, **more):
    """Contacts at even gaps, the last on a day."""
    days = [until - timedelta(days=every * step) for step in range(count)]
    return tuple(ContactFact(day, **more) for day in reversed(days))


def account(number=1, is_key=True, worth=100, **more):
    values = {"contacts": contacts(12), **more}
    return EffortFact(number, f"Account {number}", is_key, Decimal(worth), **values)


def faults(*facts):
    """The faults of the first account."""
    found = {one.fact.account_id: one for one in efforts(facts, ON)}
    return {one.fault: str(one.reason) for one in found[facts[0].account_id].faults}


def test_even_effort_on_even_worth_has_no_fault():
    assert faults(account(1), account(2), account(3)) == {}


def test_a_key_account_with_less_than_half_its_weight_is_neglected():
    # by hand: 4 of 24 contacts are 17 %, its sales 300 of 500 are 60 %
    found = faults(
        account(1, worth=300, contacts=contacts(4)), account(2), account(3, contacts=contacts(8))
    )

    assert found == {Fault.NEGLECTED: "17 % of the contacts for 60 % of the sales."}


def test_an_ordinary_account_is_not_neglected_and_a_small_one_not_judged():
    assert Fault.NEGLECTED not in faults(account(1, is_key=False, contacts=()), account(2))
    assert Fault.NEGLECTED not in faults(account(1, worth=4, contacts=()), account(2, worth=96))


@pytest.mark.parametrize(
    ("is_key", "bursts", "is_fault"), [(False, 2, True), (False, 1, False), (True, 2, False)]
)
def test_two_bursts_at_an_ordinary_account_are_a_fault(is_key, bursts, is_fault):
    days = [
        day for burst in range(bursts) for day in contacts(4, 7, ON - timedelta(days=90 * burst))
    ]

    found = faults(account(1, is_key, contacts=tuple(days)), account(2), account(3))

    assert (Fault.BURSTS in found) is is_fault


def test_effort_on_one_account_beyond_twice_its_worth_is_too_concentrated():
    # by hand: 24 of 36 contacts for 100 of 400
    found = faults(account(1, contacts=contacts(24)), account(2, worth=300))

    assert found == {
        Fault.CONCENTRATED: "67 % of all contacts go to it, which brings 25 % of the sales."
    }


def test_all_effort_on_the_only_account_is_no_fault():
    assert faults(account(1)) == {}


def test_a_long_gap_among_regular_contacts_is_irregular():
    late = contacts(6, 10) + contacts(6, 10, ON - timedelta(days=150))

    found = faults(account(1, contacts=late), account(2), account(3))

    assert found == {Fault.IRREGULAR: "Once 100 days passed without a contact; usual are 10."}


def test_slow_but_even_contacts_are_regular():
    assert (
        faults(
            account(1, contacts=contacts(6, 60)), account(2), account(3, contacts=contacts(6, 60))
        )
        == {}
    )


@pytest.mark.parametrize(
    ("reactive", "given", "is_fault"), [(5, 0, True), (4, 0, False), (5, 4, True), (5, 5, False)]
)
def test_unplanned_contacts_that_bring_nothing_are_a_fault(reactive, given, is_fault):
    # of twelve: five are 42 %, four 33 %; a third of commitments given is still poor
    days = contacts(12)
    held = tuple(
        ContactFact(one.on, is_reactive=place < reactive, sought=True, given=place < given)
        for place, one in enumerate(days)
    )

    found = faults(account(1, contacts=held), account(2), account(3))

    assert (Fault.REACTIVE in found) is is_fault


def test_too_few_contacts_tell_no_habit():
    held = tuple(ContactFact(one.on, is_reactive=True) for one in contacts(4, 60))

    assert faults(account(1, worth=10, contacts=held), account(2)) == {}


@given(
    some.lists(some.tuples(some.integers(0, 40), some.integers(0, 10**6)), min_size=1, max_size=6)
)
def test_shares_come_to_the_whole(drawn):
    facts = [
        account(number, worth=worth, contacts=contacts(count, 3, cost=Decimal(5)))
        for number, (count, worth) in enumerate(drawn)
    ]

    found = efforts(facts, ON)

    for share in ("time_share", "money_share", "worth_share"):
        known = [getattr(one, share) for one in found if getattr(one, share) is not None]
        assert not known or sum(known) == pytest.approx(1)


def test_the_last_gap_lasts_until_today():
    assert gaps(contacts(3, 10, ON - timedelta(days=4)), ON) == [10, 10, 4]
    assert gaps((), ON) == []


def test_facts_come_from_contacts_held_and_sales_of_accounts_one_may_see(make, session, ada):
    here = make.account("Here", owner=ada, kind="core")
    elsewhere = make.account("Elsewhere")
    make.visit(here, ada, held_on=ON, on=ON, commitment="yes", cost=Decimal(20))
    make.visit(here, ada, on=ON)
    make.visit(elsewhere, ada, held_on=ON, on=ON)
    make.sale(here, "700", ON)
    make.sale(here, "9", ON - timedelta(days=400))
    seen = select(Account.id).where(Account.id == here.id)

    found = effort_facts(session, seen, ON - timedelta(days=365), ON)

    assert [(one.name, one.is_key, one.worth, one.cost) for one in found] == [
        ("Here", True, Decimal(700), Decimal(20))
    ]
    assert [one.given for one in found[0].contacts] == [True]


def test_sales_in_another_currency_count_by_its_rate(make, session, ada):
    account = make.account(owner=ada, currency="USD")
    make.sale(account, "100", ON)

    found = effort_facts(session, select(Account.id), ON - timedelta(days=9), ON)

    assert found[0].worth == 0
