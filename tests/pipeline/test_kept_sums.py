"""What is kept for whoever sees nearly all is what the database would say, whatever happens."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import delete, select, update

from app.accounts.models import Membership
from app.accounts.queries import sight_of
from app.db import now
from app.paging import Place
from app.pipeline import sums
from app.pipeline.board_queries import _ranked, board_rows
from app.pipeline.changes import archive, restore
from app.pipeline.closing_order import first_then
from app.pipeline.models import Opportunity
from app.pipeline.queries import deal_rows
from app.pipeline.rules import LIVE, Outcome, Stage
from app.pipeline.standing_queries import (
    DealWish,
    deals_listed,
    deals_on,
    stood_listed,
    stood_on,
)
from app.records.imported import note_import
from app.users.rules import Level, UserRole
from tests.pipeline.conftest import AT, day

PAST = day("04-15")
LIVING = DealWish(outcomes=LIVE)
BY = ("owner_id", "stage", "outcome", "currency")


class Company:
    """Two accounts with deals, a head who leads all, and what may happen to them."""

    def __init__(self, make, session, ada, cleo, story):
        self.session, self.ada, self.cleo = session, ada, cleo
        self.head = make.user("Head", role="director")
        ada.manager_id = cleo.manager_id = self.head.id
        self.accounts = [make.account(name, owner=ada) for name in ("First", "Second", "Third")]
        for account in self.accounts[1:]:
            make.member(account, cleo)
        self.told = [
            story(account, f"03-0{number}", close_on=day("06-01"), probability=Decimal("0.3"))
            for number, account in enumerate(self.accounts * 2, start=1)
        ]

    def happen(self, name: str, chance: Random) -> None:
        """Something happens to one of them."""
        self.one, self.account = chance.choice(self.told), chance.choice(self.accounts)
        getattr(self, name)(chance)
        self.session.commit()

    def let_it_move(self, chance):
        self.one.move(f"04-{chance.randint(10, 28)}", chance.choice(list(Stage)[:5]))

    def let_it_end(self, _chance):
        self.one.close("04-20", Outcome.LOST)

    def let_terms_change(self, chance):
        amount = chance.choice((None, Decimal(chance.randint(1, 99))))
        self.one.terms(f"04-{chance.randint(10, 28)}", amount=amount)

    def let_it_change_hands(self, chance):
        self.one.deal.owner_id = chance.choice((None, self.ada.id, self.cleo.id))

    def let_it_change_accounts(self, _chance):
        self.one.deal.account_id = self.account.id

    def let_it_be_in_other_money(self, chance):
        self.one.deal.currency = chance.choice(("USD", "CNY"))

    def let_it_come_and_go(self, _chance):
        archive(self.one.deal, AT) if self.one.deal.archived_at is None else restore(self.one.deal)

    def let_the_account_come_and_go(self, _chance):
        self.account.archived_at = AT if self.account.archived_at is None else None

    def let_the_account_have_another_name(self, chance):
        self.account.name = f"Account {chance.randint(1, 99)}"

    def let_the_team_come_and_go(self, _chance):
        whose = {"account_id": self.accounts[0].id, "user_id": self.ada.id}
        seat = self.session.scalar(select(Membership).filter_by(**whose))
        if seat is not None:
            self.session.delete(seat)
        else:
            self.session.add(Membership(**whose, level=Level.OWN))

    def let_a_person_report_to_others(self, _chance):
        self.ada.manager_id = None if self.ada.manager_id else self.head.id

    def let_a_file_come_in(self, chance):
        other = {"owner_id": self.cleo.id, "stage": chance.choice(list(Stage)[:5])}
        where = Opportunity.id == self.one.deal.id
        self.session.execute(update(Opportunity).where(where).values(other))
        self.session.expire_all()
        note_import(self.session, 1, now())

    def let_a_seat_be_taken_back_with_a_file(self, _chance):
        whose = {"account_id": self.account.id, "user_id": self.ada.id}
        self.session.execute(delete(Membership).filter_by(**whose))
        note_import(self.session, 1, now())


@pytest.fixture
def company(make, session, ada, cleo, story):
    return Company(make, session, ada, cleo, story)


def test_what_is_kept_is_what_the_database_says(app, company, monkeypatch):
    monkeypatch.setattr(sums, "PIECE", 2)
    chance = Random(1)
    events = [name for name in dir(Company) if name.startswith("let_")] * 4
    for event in chance.sample(events, len(events)):
        company.happen(event, chance)
        with app.extensions["read"]() as reading:
            seen = sight_of(reading, company.head.id, UserRole.DIRECTOR, None)
            for deals, near in (
                (deals_on(seen, LIVING), deals_listed(seen, LIVING)),
                (stood_on(seen, LIVING, PAST), stood_listed(seen, LIVING, PAST)),
            ):
                by = [name for name in BY if name in deals.c]
                kept = sums.kept_sums(reading, seen, LIVING, deals, *by, near=lambda one=near: one)
                plain = sums.sums_by(reading, deals, *by)
                assert _told(kept) == _told(plain)
            first = first_then(reading, seen, LIVING, PAST, 2)
            assert sorted(first) == sorted(reading.scalars(_ranked(deals, 2)))


def _told(found):
    return {key: (one.deals, one.amount, one.rated, one.expected) for key, one in found.items()}


def test_whoever_leads_all_pages_through_a_list_as_others_do(make, session, ada):
    head = make.user("Head", role="director")
    ada.manager_id = head.id
    account = make.account(owner=ada)
    with make.at_once():
        for number in range(60):
            close_on = None if number % 9 == 0 else day(f"06-{number // 5 + 1:02}")
            outcome = (Outcome.OPEN, Outcome.WON, Outcome.LOST)[number % 3]
            make.opportunity(account, close_on=close_on, outcome=outcome)

    def pages(user):
        seen = sight_of(session, user.id, UserRole(user.role), user.manager_id)
        wish = DealWish(outcomes=tuple(Outcome))
        first = deal_rows(session, seen, wish, Place())
        second = deal_rows(session, seen, wish, Place(after=first.after))
        return [row.id for row in (*first.rows, *second.rows)]

    assert pages(head) == pages(ada)
    assert len(set(pages(head))) == 60


def test_a_writing_session_neither_asks_nor_keeps_what_may_be_taken_back(app, company, session):
    def count(asked):
        seen = sight_of(asked, company.head.id, UserRole.DIRECTOR, None)
        lanes = board_rows(asked, seen, select(Membership.account_id), DealWish(), day("06-01"))
        return sum(lane.count for lane in lanes)

    with app.extensions["read"]() as reading:
        assert count(reading) == 6
    archive(company.told[0].deal, AT)
    session.flush()
    assert count(session) == 5
    session.rollback()
    with app.extensions["read"]() as reading:
        assert count(reading) == 6
