"""How deals stood on past days is kept as moves and terms tell it, whoever wrote them."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import delete, select

from app.pipeline.changes import archive, restore
from app.pipeline.models import DealSpan, Opportunity, StageMove, Terms
from app.pipeline.rules import Outcome, Stage
from app.pipeline.spans import COLUMNS, FAR, renew, renew_all, told_spans
from tests.pipeline.conftest import AT, day


def kept(session):
    """The spans as they are kept, which must be those that moves and terms tell."""
    session.flush()
    found = sorted(tuple(row) for row in session.execute(select(*COLUMNS)))
    assert found == sorted(tuple(row) for row in session.execute(told_spans()))
    return found


@pytest.fixture
def told(make, ada, story):
    """Opened, priced anew, moved twice on one day, won: three days on which something changed."""
    told = story(make.account(owner=ada), "03-02", close_on=day("06-01"))
    told.terms("03-20", amount=Decimal(1200))
    told.move("04-01", Stage.QUALIFICATION).move("04-01", Stage.PROPOSAL)
    return told.close("05-10", Outcome.WON)


def test_each_day_on_which_something_changed_begins_a_span(session, told):
    spans = [(row[1], row[2], row[3], row[4], row[5], row[6]) for row in kept(session)]

    assert spans == [
        (day("03-02"), day("03-20"), "prospecting", "open", day("03-02"), Decimal(1000)),
        (day("03-20"), day("04-01"), "prospecting", "open", day("03-02"), Decimal(1200)),
        (day("04-01"), day("05-10"), "proposal", "open", day("04-01"), Decimal(1200)),
        (day("05-10"), FAR, "delivery", "won", day("05-10"), Decimal(1200)),
    ]


def test_what_goes_past_the_session_is_told_anew(session, told):
    before = kept(session)
    session.execute(delete(Terms).where(Terms.on == day("03-20")))
    renew(session.connection(), [told.deal.id])

    assert len(kept(session)) == len(before) - 1
    session.execute(delete(DealSpan))
    renew_all(session.connection())
    assert len(kept(session)) == len(before) - 1


CHANGES = {
    "moved": lambda told: told.move("06-01", Stage.BIDDING),
    "ended": lambda told: told.close("06-01", Outcome.LOST),
    "other terms": lambda told: told.terms("03-25", amount=Decimal(7)),
    "other money": lambda told: setattr(told.deal, "currency", "USD"),
    "put away": lambda told: archive(told.deal, AT),
    "brought back": lambda told: restore(told.deal),
    "renamed": lambda told: setattr(told.deal, "name", "Beds"),
}


def test_whatever_happens_to_deals_their_spans_are_those_that_would_be_told(
    make, session, ada, story
):
    chance = Random(16)
    first, second = make.account(owner=ada), make.account("Second", owner=ada)
    deals = [story(first, "03-02"), story(second, "03-03")]

    for _step in range(60):
        told, what = chance.choice(deals), chance.choice([*CHANGES, "other account"])
        if what == "other account":
            told.deal.account_id = chance.choice((first, second)).id
        else:
            CHANGES[what](told)
        kept(session)

    archive(deals[0].deal, AT)
    assert {row[0] for row in kept(session)} <= {deals[1].deal.id}


def test_a_move_that_is_taken_back_and_a_deal_that_goes_leave_no_span(session, told):
    session.delete(session.scalars(select(StageMove).order_by(StageMove.id.desc())).first())
    session.flush()
    assert [row[4] for row in kept(session)] == ["open"] * 3

    session.delete(session.get(Opportunity, told.deal.id))
    assert kept(session) == []
