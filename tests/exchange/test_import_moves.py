"""Stage histories go in: moves find their place in time, and deals stand where their chain ends."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.exchange.export_rows import EXPORTS
from app.pipeline.models import Opportunity, StageMove
from tests.exchange.runs import counts, why

HEAD = "deal,date,stage,outcome,reason,changed by\n"
TOLD = "O1,2026-01-20,Qualification,,,Ada Zhang\nO1,2026-02-10,Proposal,,They asked,Ada Zhang\n"
WON = (
    "opportunity_id,account,deal_stage,engage_date,close_date,close_value\n"
    "O1,First Hospital,Won,2026-01-10,2026-03-01,1054\n"
)


@pytest.fixture
def hospital(make, ada, runs):
    """An account with a deal of which only the beginning and the end are known."""
    account = make.account(owner=ada)
    runs.bring("opportunities", WON)
    return account


def told(session):
    rows = session.scalars(select(StageMove).order_by(StageMove.on, StageMove.id)).all()
    session.commit()
    return [(str(one.on)[5:], one.from_stage, one.to_stage, one.outcome, one.days) for one in rows]


def deal(session):
    found = session.scalars(select(Opportunity)).one()
    session.refresh(found)
    session.commit()
    return found


def test_moves_find_their_place_between_those_that_are_there(runs, session, hospital, ada):
    report = runs.bring("moves", HEAD + TOLD)

    assert report.counts == {"new": 2}
    assert told(session) == [
        ("01-10", None, "prospecting", "open", None),
        ("01-20", "prospecting", "qualification", "open", 10),
        ("02-10", "qualification", "proposal", "open", 21),
        ("03-01", "proposal", "delivery", "won", 19),
    ]
    assert (deal(session).stage, deal(session).outcome) == ("delivery", "won")


def test_what_is_there_already_is_the_same(runs, session, hospital):
    runs.bring("moves", HEAD + TOLD)
    before = counts(session)

    assert runs.bring("moves", HEAD + TOLD).counts == {"same": 2}

    after = counts(session)
    assert before["stage_move"] == after["stage_move"]


def test_a_deal_stands_where_its_history_ends(runs, session, make, ada):
    make.account(owner=ada)
    open_deal = WON.replace("Won", "Qualify").replace("2026-03-01", "")
    runs.bring("opportunities", open_deal)

    runs.bring("moves", HEAD + "O1,2025-12-01,Prospecting,,,\nO1,2026-04-02,Bidding,lost,Price,\n")

    found = deal(session)
    assert (found.opened_on, found.stage, found.outcome) == (date(2025, 12, 1), "bidding", "lost")
    assert found.closed_on == date(2026, 4, 2)


def test_a_stage_history_is_taken_back(runs, session, hospital):
    before = told(session)
    runs.bring("moves", HEAD + TOLD)

    assert runs.undo() == []

    assert told(session) == before


def test_a_dry_run_writes_no_move(runs, session, hospital):
    before = counts(session)

    assert runs.look("moves", HEAD + TOLD).counts == {"new": 2}

    assert counts(session) == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("O9,2026-01-20,Bidding,,,\n", "There is no deal “O9” that you may change"),
        (",2026-01-20,Bidding,,,\n", "The row names no deal"),
        ("O1,,Bidding,,,\n", "The row has no day"),
        ("O1,2027-01-20,Bidding,,,\n", "has not come yet"),
        ("O1,2026-01-20,Somewhere,,,\n", "Say which of the six stages"),
    ],
)
def test_a_move_that_cannot_be_is_refused_with_its_reason(row, reason, runs, hospital):
    (found,) = why(runs.look("moves", HEAD + row))

    assert reason in found


def test_nobody_moves_deals_of_accounts_they_may_not_change(runs, hospital):
    report = runs.look("moves", HEAD + TOLD, editable=frozenset())

    assert report.counts == {"refused": 2}


def test_what_goes_out_comes_back_the_same(runs, session, hospital):
    runs.bring("moves", HEAD + TOLD)
    header, rows = EXPORTS["moves"]
    lines = [
        ",".join("" if one is None else str(one) for one in row) for row in rows(session, None)
    ]
    session.commit()

    report = runs.bring("moves", "\n".join([",".join(header), *lines]) + "\n")

    assert report.counts == {"same": 4}
