"""What happens to deals is appended, and any past day can be asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.queries import editable_accounts, visible_accounts
from app.history import Change
from app.pipeline.board_queries import board_rows, stage_norms
from app.pipeline.models import StageMove
from app.pipeline.queries import moves_of, pipeline_totals, terms_of
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standing_queries import DealWish
from app.pipeline.times import MoveFact, standing_on
from app.pipeline.totals import by_currency, by_outcome
from app.users.rules import UserRole
from tests.pipeline.conftest import day


def figures(session, on=None):
    """(stage, outcome, currency, count, amount) of every total."""
    return [
        (one.stage.value, one.outcome.value, one.currency, one.count, one.amount)
        for one in pipeline_totals(session, None, on and day(on))
    ]


def moves(session):
    return list(session.scalars(select(StageMove).order_by(StageMove.id)))


def test_opening_a_deal_appends_its_first_move_and_terms(session, make, story):
    deal = story(make.account()).deal

    (first,) = moves(session)
    (terms,) = terms_of(session, deal.id)
    assert (first.from_stage, first.to_stage, first.outcome) == (None, "prospecting", "open")
    assert first.on == deal.opened_on == deal.stage_since == day("03-02")
    assert (terms.on, terms.amount) == (day("03-02"), Decimal(1000))


def test_moving_there_and_back_leaves_two_moves_and_the_same_totals(session, make, story):
    told = story(make.account(), stage="proposal")
    before = figures(session)

    told.move("03-10", Stage.BIDDING, evidence="Bid 12").move("03-12", Stage.PROPOSAL)

    assert [move.to_stage for move in moves(session)[1:]] == ["bidding", "proposal"]
    assert [move.days for move in moves(session)[1:]] == [8, 2]
    assert figures(session) == before


def test_a_move_to_delivery_wins_the_deal_on_that_day(session, make, story):
    deal = story(make.account()).move("05-01", Stage.DELIVERY, evidence="Signed").deal

    assert (deal.outcome, deal.closed_on, deal.delivered_on) == ("won", day("05-01"), None)


def test_a_won_deal_is_closed_by_its_delivery_and_keeps_the_day_it_was_won(make, story):
    told = story(make.account()).close("05-01", Outcome.WON).close("08-01", Outcome.CLOSED)

    assert (told.deal.stage, told.deal.outcome) == ("delivery", "closed")
    assert (told.deal.closed_on, told.deal.delivered_on) == (day("05-01"), day("08-01"))
    assert told.deal.stage_since == day("05-01")


def test_a_lost_deal_keeps_its_stage_the_reason_and_the_competitor(session, make, story):
    told = story(make.account(), stage="bidding")
    told.close("05-01", Outcome.LOST, reason="Price")

    assert (told.deal.stage, told.deal.outcome) == ("bidding", "lost")
    assert (told.deal.loss_reason, told.deal.closed_on) == ("Price", day("05-01"))


def test_taking_a_lost_deal_up_again_makes_it_open_where_it_was(session, make, story):
    told = story(make.account(), stage="bidding").close("05-01", Outcome.LOST, reason="Price")

    told.reopen("06-01")

    assert (told.deal.stage, told.deal.outcome) == ("bidding", "open")
    assert (told.deal.closed_on, told.deal.loss_reason) == (None, "")
    assert told.deal.stage_since == day("06-01")
    assert len(moves(session)) == 3


def test_a_delivered_deal_goes_back_to_won_and_a_won_one_to_the_table(make, story):
    told = story(make.account()).close("05-01", Outcome.WON).close("08-01", Outcome.CLOSED)

    told.reopen("08-02")
    assert (told.deal.stage, told.deal.outcome) == ("delivery", "won")
    assert (told.deal.closed_on, told.deal.delivered_on) == (day("05-01"), None)
    told.reopen("08-03")
    assert (told.deal.stage, told.deal.outcome) == ("negotiation", "open")
    assert told.deal.closed_on is None


def test_terms_are_appended_when_they_change_and_only_then(session, make, story):
    told = story(make.account())

    told.terms("03-09", amount=Decimal(1000))
    told.terms("04-01", amount=Decimal("900.50"), close_on=day("06-30"))

    found = [(one.on, one.amount, one.close_on) for one in terms_of(session, told.deal.id)]
    assert found == [
        (day("03-02"), Decimal(1000), None),
        (day("04-01"), Decimal("900.50"), day("06-30")),
    ]
    assert (told.deal.amount, told.deal.close_on) == (Decimal("900.50"), day("06-30"))


def test_a_move_is_in_the_deals_history_too(session, make, story):
    story(make.account()).move("03-10", Stage.QUALIFICATION)

    changed = session.scalars(
        select(Change).where(Change.entity == "opportunity", Change.act == "changed")
    ).all()
    assert [one.columns["stage"] for one in changed] == [["prospecting", "qualification"]]


@pytest.fixture
def year(make, story):
    """Three deals over a year, in two currencies."""
    account = make.account()
    story(account, "01-10", amount=Decimal("0.10"), name="Won").move("02-01", Stage.BIDDING).terms(
        "02-15", amount=Decimal("0.20")
    ).close("03-01", Outcome.WON).close("06-01", Outcome.CLOSED)
    story(account, "01-20", amount=Decimal(500), currency="USD", name="Lost").close(
        "04-01", Outcome.LOST, reason="Price"
    )
    story(account, "05-05", amount=None, name="Open").move("05-20", Stage.QUALIFICATION)
    return account


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("01-09", []),
        ("01-10", [("prospecting", "open", "CNY", 1, Decimal("0.10"))]),
        (
            "02-01",
            [
                ("prospecting", "open", "USD", 1, Decimal(500)),
                ("bidding", "open", "CNY", 1, Decimal("0.10")),
            ],
        ),
        (
            "02-15",
            [
                ("prospecting", "open", "USD", 1, Decimal(500)),
                ("bidding", "open", "CNY", 1, Decimal("0.20")),
            ],
        ),
        (
            "04-01",
            [
                ("prospecting", "lost", "USD", 1, Decimal(500)),
                ("delivery", "won", "CNY", 1, Decimal("0.20")),
            ],
        ),
        (
            "06-01",
            [
                ("prospecting", "lost", "USD", 1, Decimal(500)),
                ("qualification", "open", "CNY", 1, None),
                ("delivery", "closed", "CNY", 1, Decimal("0.20")),
            ],
        ),
    ],
)
def test_the_totals_of_a_past_day_are_what_was_known_at_its_end(session, year, on, expected):
    assert figures(session, on) == expected


def test_the_totals_of_today_are_those_at_the_end_of_the_last_day(session, year):
    assert figures(session) == figures(session, "12-31")


def test_nothing_that_happens_later_changes_a_past_day(session, make, story, year):
    before = figures(session, "03-15")

    told = story(year, "03-16")
    told.move("07-01", Stage.BIDDING).terms("07-02", amount=Decimal(1)).close(
        "07-03", Outcome.LOST, reason="x"
    )

    assert figures(session, "03-15") == before


def lanes(session, user, on=None, **wish):
    seen = visible_accounts(user.id, UserRole.MANAGER)
    may = editable_accounts(user.id, UserRole.MANAGER)
    found = board_rows(session, seen, may, DealWish(**wish), day("12-31"), on=on and day(on))
    return {lane.stage.value: [card.name for card in lane.cards] for lane in found if lane.cards}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("01-31", {"prospecting": ["Won", "Lost"]}),
        ("02-28", {"prospecting": ["Lost"], "bidding": ["Won"]}),
        ("05-31", {"qualification": ["Open"], "delivery": ["Won"]}),
        ("06-01", {"qualification": ["Open"]}),
        (None, {"qualification": ["Open"]}),
    ],
)
def test_the_board_of_a_past_day_shows_what_was_live_then(session, make, ada, year, on, expected):
    make.member(year, ada)

    assert lanes(session, ada, on) == expected


def test_a_deal_taken_up_again_was_not_live_in_between(session, make, ada, story):
    account = make.account(owner=ada)
    story(account, "01-10").close("02-01", Outcome.LOST, reason="x").reopen("03-01")

    assert lanes(session, ada, "02-15") == {}
    assert lanes(session, ada, "03-01") == {"prospecting": ["Ward monitors"]}


def test_every_past_day_agrees_with_the_rule(session, make, ada, year):
    make.member(year, ada)
    deals = {move.opportunity_id for move in moves(session)}
    for on in ("01-15", "02-01", "03-01", "05-20", "06-01", "11-30"):
        standings = {}
        for deal_id in deals:
            facts = [MoveFact(m.on, m.to_stage, m.outcome) for m in moves_of(session, deal_id)]
            standings[deal_id] = standing_on(facts, day(on))
        live = [s for s in standings.values() if s and s.outcome in ("open", "won")]
        shown = sum(len(names) for names in lanes(session, ada, on).values())

        assert shown == len(live), on


def test_no_cent_is_lost_and_no_two_currencies_are_added(session, make, story):
    account = make.account()
    for number in range(60):
        amount = Decimal("0.10") if number % 2 else Decimal("1234567.89")
        story(account, amount=amount, currency="USD" if number % 3 else "CNY")

    totals = pipeline_totals(session)

    sums = {one.currency: one.amount for one in by_currency(totals)}
    assert sums == {
        "CNY": 10 * Decimal("0.10") + 10 * Decimal("1234567.89"),
        "USD": 20 * Decimal("0.10") + 20 * Decimal("1234567.89"),
    }
    assert [one.count for one in by_outcome(totals)[Outcome.OPEN]] == [20, 40]


def test_the_weighted_sum_is_over_deals_that_have_a_probability(session, make, story):
    account = make.account()
    story(account, amount=Decimal(200), probability=Decimal("0.25"))
    story(account, amount=Decimal(999))

    (total,) = pipeline_totals(session)

    assert (total.weighted, total.rated, total.count) == (Decimal(50), 1, 2)


def test_the_norm_comes_from_deals_that_went_on_and_from_no_loss(session, make, story):
    account = make.account()
    for number in range(1, 11):
        story(account, "01-01").move(f"01-{1 + number:02}", Stage.QUALIFICATION)
    story(account, "01-01").close("12-01", Outcome.LOST, reason="x")
    story(account, "01-01", stage="proposal").move("11-01", Stage.PROSPECTING)

    assert stage_norms(session) == {Stage.PROSPECTING: 8}
    assert stage_norms(session, day("01-09")) == {Stage.PROSPECTING: 7}
    assert stage_norms(session, day("01-05")) == {}


def test_an_archived_deal_is_in_no_total(session, make, story):
    told = story(make.account())
    told.deal.archived_at = told.act("03-03").at
    session.commit()

    assert figures(session) == figures(session, "12-31") == []
