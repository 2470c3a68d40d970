"""A period's forecast: what goes in, what is left out, and that the future stays out of it."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.accounts.queries import visible_accounts
from app.beside import Work, found_or_begun
from app.pipeline.forecast import Decided, History, OpenDeal, Opinion, Past, forecasts
from app.pipeline.forecast_queries import (
    history_until,
    judged_on,
    past_known,
    winning_until,
    won_between,
)
from app.pipeline.judging import judged
from app.pipeline.periods import Period, quarter_of, quarters_before
from app.pipeline.rules import Outcome, Stage
from app.pipeline.score_queries import Scope, walk
from app.pipeline.scoring import Came, amount_scores, chance_scores
from app.pipeline.standing_queries import DealWish
from app.pipeline.survival import Incidence
from app.pipeline.views import accuracy, forecast
from app.users.rules import UserRole
from tests.pipeline.conftest import day

ON, END = date(2026, 10, 1), date(2026, 12, 31)
MANY = (10**18,) * 3
CURVE = Incidence((0, 30, 100), (0.0, 0.125, 0.25), (1.0, 0.5, 0.0), MANY)
# Half end by day 30, a quarter is won in all; so many cases that the mean pace weighs nothing.
TEN_WON = History(
    [
        Decided(1, Stage.DELIVERY, Outcome.WON, 5),
        Decided(1, Stage.BIDDING, Outcome.LOST, 3),
        Decided(2, Stage.PROSPECTING, Outcome.LOST, 11),
        Decided(None, Stage.PROSPECTING, Outcome.LOST, 1),
    ]
)


def deal(**more) -> OpenDeal:
    values = {
        "id": 1,
        "name": "Monitors",
        "account": "First Hospital",
        "owner_id": 9,
        "owner": "Ada",
        "stage": Stage.BIDDING,
        "currency": "CNY",
        "amount": Decimal(1000),
        "probability": Decimal("0.6"),
        "close_on": date(2026, 11, 30),
        "opened_on": ON,
        "since": ON,
    }
    return OpenDeal(**{**values, **more})


def judge(**more):
    return judged(deal(**more), Past(TEN_WON, CURVE), ON, END)


def test_a_decided_deal_counts_for_every_stage_it_went_through():
    assert TEN_WON.chance(Stage.BIDDING, None).value == pytest.approx(5 / 8)
    assert TEN_WON.chance(Stage.PROSPECTING, None).value == pytest.approx(5 / 20)
    assert TEN_WON.chance(Stage.NEGOTIATION, None).value is None
    assert TEN_WON.chance(Stage.PROSPECTING, 2).value == pytest.approx(20 * 0.25 / 31)


@pytest.mark.parametrize(
    ("close_on", "probability", "expected"),
    [
        (END, Decimal("0.6"), 0.6),
        (END + timedelta(days=1), Decimal("0.6"), 0.0),
        (ON - timedelta(days=9), Decimal("0.6"), 0.6),
        (None, Decimal("0.6"), None),
        (END, None, None),
    ],
)
def test_the_seller_says_a_probability_and_a_day_or_nothing(close_on, probability, expected):
    assert judge(close_on=close_on, probability=probability).seller == expected


def test_history_says_the_stages_chance_within_the_time_that_is_left():
    fresh, old = judge(), judge(opened_on=ON - timedelta(days=50))

    assert fresh.within == 0.125  # 91 days are left: an eighth was won by day 30
    assert fresh.history == pytest.approx(0.125 * (5 / 8) / (5 / 20))
    assert old.within == 0.25  # of the half that lasted 50 days, a quarter is won by day 100
    assert old.history == pytest.approx(0.25 * (5 / 8) / (5 / 20))
    assert judge(stage=Stage.NEGOTIATION).history is None


def test_a_deal_is_worth_what_history_expects_of_it_else_its_seller():
    assert judge().worth == pytest.approx(312.5)
    assert judge(stage=Stage.NEGOTIATION).worth == pytest.approx(600)
    assert judge(stage=Stage.NEGOTIATION, probability=None).worth == 0
    assert judge(amount=None).worth == 0


def test_a_forecast_is_made_for_each_currency_and_says_what_it_leaves_out():
    deals = [judge(), judge(amount=None), judge(currency="USD", probability=None)]

    yuan, dollars = forecasts(deals, {"CNY": (2, Decimal("70.50"))})

    assert (yuan.currency, yuan.won, yuan.won_count, yuan.open_count) == (
        "CNY",
        Decimal("70.50"),
        2,
        2,
    )
    seller = yuan.view(Opinion.SELLER)
    assert (seller.counted, seller.silent) == (1, 1)
    assert seller.in_all(yuan.won) == Decimal("670.50")
    assert (dollars.won, dollars.view(Opinion.SELLER).counted) == (0, 0)


def test_a_currency_with_nothing_open_still_says_what_was_won():
    (only,) = forecasts([], {"EUR": (1, Decimal(5))})

    assert (only.won, only.open_count) == (Decimal(5), 0)


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        ("2026-01-01", "2026-01-01", "2026-03-31"),
        ("2028-06-30", "2028-04-01", "2028-06-30"),
        ("2026-12-31", "2026-10-01", "2026-12-31"),
    ],
)
def test_a_quarter_is_three_whole_months(on, start, end):
    quarter = quarter_of(date.fromisoformat(on))

    assert (quarter.start.isoformat(), quarter.end.isoformat()) == (start, end)


def test_quarters_before_follow_one_another():
    found = quarters_before(date(2026, 5, 5), 5)

    assert [one.start.isoformat() for one in found] == [
        "2025-01-01",
        "2025-04-01",
        "2025-07-01",
        "2025-10-01",
        "2026-01-01",
    ]
    assert quarters_before(date(2026, 5, 5), 0) == []


def came(mean_deal, actual) -> Came:
    (forecast,) = forecasts([mean_deal], {})
    return Came(quarter_of(ON), forecast, Decimal(actual))


def test_an_opinion_is_scored_over_the_periods_it_spoke_of():
    spoke = came(judge(probability=Decimal(1)), 800)
    silent = came(judge(probability=None), 500)

    seller, history, _pattern = amount_scores([spoke, silent])

    assert (seller.periods, seller.wape, seller.bias) == (1, 0.25, 0.25)
    assert seller.within == 0
    assert history.periods == 2
    assert history.within == 2


def test_probabilities_are_scored_by_what_came():
    deals = [(judge(probability=Decimal("0.9")), True), (judge(probability=Decimal("0.1")), False)]

    seller, history, _pattern = chance_scores(deals)

    assert seller.cases == 2
    assert seller.brier == pytest.approx(0.01)
    assert seller.beats_base_rate
    assert not history.beats_base_rate
    assert not chance_scores([])[0].beats_base_rate


@pytest.fixture
def seen(ada):
    return visible_accounts(ada.id, UserRole.MANAGER)


@pytest.fixture
def past(make, ada, story):
    """Nine won and one lost by June, of ten, and one open deal."""
    account = make.account(owner=ada)
    for number in range(9):
        told = story(account, "01-01", stage="bidding", owner_id=ada.id)
        told.close(f"03-0{number + 1}", Outcome.WON)
    story(account, "01-01", stage="bidding").close("05-01", Outcome.LOST, reason="x")
    story(
        account,
        "05-01",
        stage="bidding",
        probability=Decimal("0.5"),
        close_on=day("08-01"),
        amount=Decimal(500),
        owner_id=ada.id,
    )
    return account


def known(session, seen, on):
    """All that a forecast of the third quarter rests on, as of a day."""
    deals = judged_on(session, seen, DealWish(), end=day("09-30"), today=day("12-31"), on=day(on))
    return sorted((one.deal.id, one.seller, one.history, one.worth) for one in deals)


def test_the_forecast_of_a_past_day_knows_nothing_of_what_came_after(
    session, make, story, seen, past
):
    before = known(session, seen, "06-30")

    told = story(past, "07-02", stage="bidding").close("07-20", Outcome.WON)
    told.close("09-01", Outcome.CLOSED)
    story(past, "01-15").close("08-01", Outcome.LOST, reason="x").reopen("08-05")
    later = known(session, seen, "06-30")

    assert before
    assert [one for one in later if one[0] in {row[0] for row in before}] != []
    assert later[0][:2] == before[0][:2]


def test_what_happens_to_a_deal_later_does_not_change_its_forecast(session, seen, past, story):
    told = story(past, "06-01", stage="bidding", probability=Decimal("0.3"), close_on=day("09-01"))
    before = known(session, seen, "06-30")

    told.terms("07-01", amount=Decimal(1), close_on=day("12-24"))
    told.move("07-02", Stage.NEGOTIATION, evidence="x").close("07-20", Outcome.WON)
    told.close("08-20", Outcome.CLOSED)

    assert known(session, seen, "06-30") == before


def test_an_end_undone_later_does_not_change_a_past_forecast(session, seen, past, story):
    told = story(past, "02-01", stage="bidding").close("06-01", Outcome.LOST, reason="x")
    before = known(session, seen, "06-30")

    told.reopen("07-15")

    assert known(session, seen, "06-30") == before


def test_what_is_open_weighs_on_how_soon_deals_are_won(session, past):
    found = winning_until(session, day("12-31"), day("06-30"))

    assert found.days[1] == 59  # 1 January to 1 March
    assert found.share(59) == pytest.approx(1 / 11)  # of nine won, one lost and one open
    assert found.share(200) == pytest.approx(2 / 11 + 9 / 11 * 7 / 8)  # the open one left


def test_a_deal_won_over_stages_taught_nothing_of_them(session, past, story):
    story(past, "01-01").close("02-01", Outcome.WON)

    history = history_until(session)

    assert history.chance(Stage.PROSPECTING, None).cases == 11
    assert history.chance(Stage.BIDDING, None).cases == 10


def test_history_is_of_the_whole_company_until_the_day(session, ada, past):
    assert history_until(session).chance(Stage.BIDDING, None).value == pytest.approx(0.9)
    assert history_until(session, day("03-08")).chance(Stage.BIDDING, None).value == 1.0
    assert history_until(session, day("03-07")).chance(Stage.BIDDING, None).value is None


def test_what_is_decided_today_is_learnt_from_tomorrow(session, past, story):
    found = [past_known(session, day(one)).history for one in ("03-08", "03-09")]
    story(past, "02-01", stage="bidding").close("03-07", Outcome.WON)  # noted later, of that day
    again = past_known(session, day("03-08")).history

    # One was won on each of the first nine days of March.
    assert [one.chance(Stage.BIDDING, None).cases for one in (*found, again)] == [7, 8, 8]


def test_what_was_won_in_a_period_is_summed_by_currency(session, seen, past, story):
    story(past, amount=Decimal("0.50"), currency="USD").close("03-05", Outcome.WON)

    found = won_between(session, seen, DealWish(), day("03-01"), day("03-05"))

    assert found == {"CNY": (5, Decimal(5000)), "USD": (1, Decimal("0.50"))}


def test_the_score_holds_the_eves_forecast_against_what_came(session, seen, past):
    period = Period(day("01-02"), day("03-31"))

    found = walk(session, Scope(seen, DealWish(), day("12-31")), [period])

    (quarter,) = found.came
    assert quarter.forecast.open_count == 10
    assert quarter.actual == Decimal(9000)
    assert sum(one.won for one in found.eves) == 9
    assert found.locked == 0
    assert chance_scores([(one, one.won) for one in found.eves])[1].cases == 0


def test_the_pages_show_ranges_and_their_grounds(app, ada, past, story, browser_for):
    browser = browser_for(ada)

    page = browser.get("/pipeline/forecast?start=2026-01-01&end=2026-12-31")

    assert "Of 10 decided deals that reached Bidding, 9 were won" in page.text
    assert "¥9,000" in page.text
    assert browser.selects <= 34  # thirteen for what past deals teach
    score = browser.get("/pipeline/accuracy")
    assert score.status == 200
    assert "WAPE" in score.text
    few = browser.selects
    assert few <= 178  # fourteen for each of twelve days
    for _each in range(4):
        story(past, "01-01", stage="bidding", owner_id=ada.id).close("06-01", Outcome.WON)
    more = browser.get("/pipeline/accuracy")
    assert more.text != score.text
    assert browser.selects == few


def test_a_long_past_is_walked_through_beside_the_page(app, ada, past, browser_for, monkeypatch):
    monkeypatch.setattr(accuracy, "AT_ONCE", 0)
    browser = browser_for(ada)

    begun = browser.get("/pipeline/accuracy")
    until = time.monotonic() + 20
    while "WAPE" not in browser.get("/pipeline/accuracy").text:
        assert time.monotonic() < until
        time.sleep(0.05)

    assert "of 4" in begun.text
    assert begun.all("progress")[0].get("max") == "4"


def test_over_many_deals_what_takes_long_is_learnt_beside_the_page(
    ada, past, browser_for, monkeypatch
):
    monkeypatch.setattr(forecast, "AT_ONCE", 0)
    browser = browser_for(ada)
    address = "/pipeline/forecast?start=2026-01-01&end=2026-12-31"

    monkeypatch.setattr(forecast, "found_or_begun", lambda *_asked, **_more: Work(2, done=1))
    begun = browser.get(address)
    monkeypatch.setattr(forecast, "found_or_begun", found_or_begun)
    monkeypatch.setattr(forecast, "PATIENCE", 20.0)
    there = browser.get(address)

    assert begun.all("progress")[0].get("value") == "1"
    assert "Won so far" not in begun.text
    assert "Of 10 decided deals that reached Bidding, 9 were won" in there.text


@pytest.mark.parametrize(
    "query", ["", "start=2026-09-01&end=2026-08-01", "start=x", "end=2020-01-01&start=2020-01-01"]
)
def test_a_forecast_of_nothing_says_so(query, ada, browser_for):
    page = browser_for(ada).get(f"/pipeline/forecast?{query}")

    assert "No deal is open and none was won in these days." in page.text


def test_without_a_past_there_is_nothing_to_score(ada, browser_for):
    assert "nothing to score yet" in browser_for(ada).get("/pipeline/accuracy").text


def test_another_persons_deals_are_in_nobodys_forecast(make, cleo, past, browser_for):
    page = browser_for(cleo).get("/pipeline/forecast?start=2026-01-01&end=2026-12-31")

    assert "No deal is open" in page.text
