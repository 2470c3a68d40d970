"""Calls, targets, splits and locked forecasts: what is kept, and that it stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.pipeline import changes
from app.pipeline.calls import Call
from app.pipeline.changes import Act
from app.pipeline.forecast import Opinion
from app.pipeline.forecast_changes import lock, missing
from app.pipeline.forecast_jobs import lock_due
from app.pipeline.forecast_models import ForecastCall, ForecastSnapshot, SnapshotDeal, Target
from app.pipeline.periods import Period, after, month_of, periods_between, quarter_of, year_of
from app.pipeline.queries import moves_of, pipeline_totals
from app.pipeline.rules import Outcome, Stage
from app.pipeline.scoring import ChanceScore
from app.pipeline.snapshots import Due, due
from app.pipeline.splits import Part, led_by, split, team_of
from app.pipeline.target_queries import Aim, team_aims
from app.pipeline.verdicts import VERDICTS, offered, verdicts_from, verdicts_of, verdicts_text
from app.users.models import Setting
from tests.pipeline.conftest import day
from tests.pipeline.test_forecast import judge

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
QUARTER = quarter_of(date(2026, 5, 5))


def test_periods_follow_one_another():
    months = periods_between(date(2026, 1, 1), date(2026, 12, 31), month_of)

    assert len(months) == 12
    assert after(months[-1], month_of).start == date(2027, 1, 1)
    assert year_of(date(2026, 5, 5)) == Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-10-01", ["2026-09-30"]),
        ("2026-10-04", ["2026-09-30"]),
        ("2026-10-05", ["2026-09-30", "2026-10-04"]),
        ("2026-12-31", ["2026-09-30", "2026-12-27"]),
    ],
)
def test_forecasts_are_due_on_the_eve_and_on_the_last_sunday(today, days):
    found = due(date.fromisoformat(today))

    assert [one.on.isoformat() for one in found] == days


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def deal(account, ada, story):
    told = story(account, "03-02", stage="bidding", owner_id=ada.id, close_on=day("06-15"))
    return told.terms("03-03", probability=Decimal("0.5")).deal


def test_a_locked_forecast_is_kept_deal_by_deal(session, deal, ada):
    count = lock(session, Due(QUARTER, day("03-31")), NOW)
    session.commit()

    row = session.scalars(select(SnapshotDeal)).one()
    assert count == 1
    assert (row.opportunity_id, row.owner_id, row.amount) == (deal.id, ada.id, Decimal(1000))
    assert (row.stage, row.close_on, row.seller) == ("bidding", day("06-15"), 0.5)


def test_a_locked_forecast_is_never_changed(session, deal):
    lock(session, Due(QUARTER, day("03-31")), NOW)
    session.commit()
    row = session.scalars(select(SnapshotDeal)).one()

    row.amount = Decimal(1)
    with pytest.raises(ValueError, match="locked"):
        session.commit()
    session.rollback()
    session.delete(session.scalars(select(ForecastSnapshot)).one())
    with pytest.raises(ValueError, match="locked"):
        session.commit()
    session.rollback()


def test_what_is_due_is_locked_once_whoever_asks(app, session, make, account, deal):
    engine = app.extensions["engine"]

    first = lock_due(engine, date(2026, 4, 1), NOW)
    again = lock_due(engine, date(2026, 4, 1), NOW)

    assert (first, again) == (1, 0)
    assert missing(session, date(2026, 4, 1)) == []


def test_an_empty_workspace_has_no_forecast_to_lock(app, session):
    assert lock_due(app.extensions["engine"], date(2026, 4, 1), NOW) == 0
    assert session.scalar(select(ForecastSnapshot)) is None


def test_a_seller_says_how_far_they_commit(make, ada, deal, browser_for):
    browser = browser_for(ada)

    answer = browser.post(f"/pipeline/{deal.id}/call?start=2026-04-01", {"call": "commit"})

    kept = make.find(select(ForecastCall))
    assert "start=2026-04-01" in answer.headers["Location"]
    assert (kept.call, kept.user_id) == ("commit", ada.id)
    page = browser.get("/pipeline/forecast?start=2026-04-01&end=2026-12-31")
    assert "best case ¥1,000" in page.text


@pytest.mark.parametrize("call", ["", "sure"])
def test_a_call_is_one_of_four(call, ada, deal, browser_for):
    assert browser_for(ada).post(f"/pipeline/{deal.id}/call", {"call": call}).status == 422


def test_a_call_holds_from_its_day_on(session, deal, ada, make):
    for on, call in (("03-10", "best"), ("04-10", "omitted")):
        make.keep(ForecastCall(account_id=deal.account_id, opportunity_id=deal.id, call=call,
                               on=day(on), user_id=ada.id, at=NOW))  # fmt: skip
    lock(session, Due(QUARTER, day("03-31")), NOW)

    assert session.scalars(select(SnapshotDeal)).one().call == Call.BEST


def test_a_split_adds_up_and_says_what_is_missing_of_a_target():
    mine = judge(call=Call.COMMIT)
    other = judge(owner_id=8, amount=Decimal(500), call=Call.BEST)
    unknown = judge(owner_id=8, amount=None)

    first, second = split(
        [mine, other, unknown],
        lambda one: [Part(one.deal.owner_id)],
        {(9, "CNY"): Decimal(100)},
        {(9, "CNY"): Decimal(600), (8, "CNY"): Decimal(0)},
    )

    assert (first.key, first.won, first.open, first.commit) == (9, 100, 1000, 1100)
    assert (first.gap, first.coverage) == (500, 2.0)
    assert first.expected[Opinion.SELLER] == Decimal(700)
    assert (second.deals, second.best, second.coverage) == (2, 500, None)


def test_a_deal_is_shared_out_among_its_products_to_the_cent():
    deal = judge(amount=Decimal(100))
    third = Decimal(1) / 3

    lines = split([deal], lambda _one: [Part(1, third), Part(2, 1 - third)], {}, {})

    assert sorted(line.open for line in lines) == [Decimal("33.33"), Decimal("66.67")]


MANAGERS = {1: None, 2: 1, 3: 2, 4: 2, 5: None}


@pytest.mark.parametrize(("who", "team"), [(1, 1), (2, 2), (3, 2), (5, 5), (None, None)])
def test_who_leads_counts_in_their_own_team(who, team):
    assert team_of(who, MANAGERS) == team


def test_a_team_without_a_target_has_the_sum_of_its_peoples():
    aims = [Aim(3, False, "CNY", Decimal(5)), Aim(4, False, "CNY", Decimal(7)),
            Aim(1, True, "CNY", Decimal(50)), Aim(4, False, "USD", Decimal(1))]  # fmt: skip

    found = team_aims(aims, MANAGERS)

    assert found[2, "CNY"] == 12
    assert found[1, "CNY"] == 50
    assert found[2, "USD"] == 1
    assert led_by(1, MANAGERS) == (1, 2, 3, 4)


@pytest.fixture
def boss(make, ada):
    """Somebody who leads Ada."""
    boss = make.user("Dora Shen", "dora@example.com", role="director")
    ada.manager_id = boss.id
    make.keep(ada)
    return boss


def test_a_director_sets_targets_and_all_see_what_is_covered(make, ada, boss, deal, browser_for):
    browser, at = browser_for(boss), "/pipeline/targets?year=2026"
    data = {"currency": "CNY", f"own_{ada.id}_2": "2000", f"team_{boss.id}_2": "3000.50"}

    assert browser.post(at, data).status == 303

    rows = {(one.user_id, one.is_team): one.amount for one in make.session.scalars(select(Target))}
    make.session.commit()
    assert rows == {(ada.id, False): 2000, (boss.id, True): Decimal("3000.50")}
    page = browser.get(at)
    assert page.field(f"own_{ada.id}_2") == "2000"
    mine = browser_for(ada).get("/pipeline/forecast?start=2026-04-01&end=2026-06-30")
    assert "¥2,000" in mine.text
    assert "chance to reach the target" in mine.text


def test_targets_change_and_go_away(make, ada, boss, browser_for):
    browser, at = browser_for(boss), "/pipeline/targets?year=2026"
    browser.post(at, {"currency": "CNY", f"own_{ada.id}_1": "5", f"own_{ada.id}_2": "6"})

    browser.post(at, {"currency": "CNY", f"own_{ada.id}_1": "7", f"own_{ada.id}_2": ""})

    kept = make.find(select(Target))
    assert kept.amount == 7
    assert (
        "Nothing changed"
        in browser.get(
            browser.post(at, {"currency": "CNY", f"own_{ada.id}_1": "7"}).headers["Location"]
        ).text
    )


@pytest.mark.parametrize("typed", ["much", "-5", "NaN"])
def test_a_target_that_is_no_amount_is_refused_where_it_was_typed(typed, ada, boss, browser_for):
    data = {"currency": "CNY", f"own_{ada.id}_2": typed}

    page = browser_for(boss).post("/pipeline/targets?year=2026", data)

    assert page.status == 422
    assert page.field(f"own_{ada.id}_2") == typed


def test_a_manager_sees_their_own_targets_alone(ada, ben, boss, browser_for):
    page = browser_for(ada).get("/pipeline/targets?year=2026")

    assert "Ada Zhang" in page.text
    assert "Ben Li" not in page.text
    assert browser_for(ada).post("/pipeline/targets", {"currency": "CNY"}).status == 403


@pytest.mark.parametrize("by", ["person", "team", "account", "product", "stage", "month", "x"])
def test_the_forecast_is_split_by_what_one_asks(by, make, ada, boss, deal, browser_for):
    page = browser_for(ada).get(f"/pipeline/forecast?start=2026-04-01&end=2026-06-30&by={by}")

    assert page.status == 200
    assert "¥1,000" in page.text


@pytest.mark.parametrize("query", ["team=1", "owner=1", "product=1", "q=monitors", "team=x&by=9"])
def test_the_forecast_is_narrowed(query, ada, boss, deal, browser_for):
    assert browser_for(ada).get(f"/pipeline/forecast?{query}").status == 200


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
@pytest.mark.parametrize(
    "at", ["forecast", "forecast/changes", "accuracy/amounts", "accuracy/reliability"]
)
def test_pictures_are_drawn_once_for_the_same_content(at, kind, ada, deal, browser_for):
    words = "start=2026-04-01&end=2027-06-30&currency=CNY&since=2026-03-31"
    browser = browser_for(ada)

    first = browser.get(f"/pipeline/{at}.{kind}?{words}")
    again = browser.client.get(
        f"/pipeline/{at}.{kind}?{words}", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.status == 200
    assert again.status_code == 304
    narrow = browser.client.get(f"/pipeline/{at}.{kind}?{words}&width=narrow")
    assert (narrow.headers["ETag"] != first.headers["ETag"]) == (kind == "svg")


def test_a_picture_in_a_currency_without_deals_is_not_there(ada, deal, browser_for):
    for at in ("forecast", "forecast/changes"):
        assert browser_for(ada).get(f"/pipeline/{at}.svg?currency=USD").status == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("at", ["forecast", "forecast/changes", "accuracy"])
def test_figures_go_out_as_files(at, kind, ada, deal, browser_for):
    assert browser_for(ada).get(f"/pipeline/{at}.{kind}").status == 200
    elsewhere = browser_for(ada).get(f"/pipeline/{at}.{kind}?currency=USD")
    assert kind == "xlsx" or elsewhere.text.count("\n") == 1


def test_a_cell_that_looks_like_a_formula_stays_text(ada, account, story, browser_for):
    story(account, "03-02", name="=1+1", close_on=day("06-15"))

    assert "'=1+1" in browser_for(ada).get("/pipeline/forecast.csv").text


def test_changes_are_told_since_a_locked_day(session, ada, deal, account, story, browser_for):
    lock(session, Due(QUARTER, day("03-31")), NOW)
    session.commit()
    story(account, "04-02", name="Beds", amount=Decimal("70.25"), close_on=day("06-01"))

    page = browser_for(ada).get(
        "/pipeline/forecast/changes?start=2026-04-01&end=2026-06-30&since=2026-03-31"
    )

    assert "locked on" in page.text
    assert "+70.25" in page.text
    assert "1,070.25" in page.text


@pytest.mark.parametrize("since", ["", "x", "2999-01-01", "2026-01-01"])
def test_changes_are_told_since_any_day(since, ada, deal, browser_for):
    page = browser_for(ada).get(
        f"/pipeline/forecast/changes?start=2026-04-01&end=2026-06-30&since={since}"
    )

    assert page.status == 200


def test_others_see_nothing_of_it(cleo, deal, session, browser_for):
    lock(session, Due(QUARTER, day("03-31")), NOW)
    session.commit()
    words = "start=2026-04-01&end=2026-06-30&since=2026-03-31"

    assert "No open deal" in browser_for(cleo).get(f"/pipeline/forecast/changes?{words}").text


def score(opinion, brier, came=0.5, cases=40):
    return ChanceScore(opinion, cases, came, brier, None, None, [])


def test_a_model_that_does_not_beat_the_base_rate_is_not_offered():
    kept = verdicts_text(
        verdicts_of(
            [
                score(Opinion.SELLER, 0.3),
                score(Opinion.HISTORY, 0.25),
                score(Opinion.PATTERN, 0.24),
            ]
        )
    )

    found = offered(verdicts_from(kept))

    assert found[Opinion.SELLER] is None
    assert found[Opinion.HISTORY].brier == 0.25
    assert found[Opinion.PATTERN] is None


def test_the_page_says_why_a_model_is_not_offered(make, ada, deal, browser_for):
    text = verdicts_text(verdicts_of([score(Opinion.HISTORY, 0.25)]))
    make.keep(Setting(key=VERDICTS, value=text))

    page = browser_for(ada).get("/pipeline/forecast?start=2026-04-01&end=2026-12-31")

    assert "not offered" in page.text
    assert "Over 40 past deals it was no better than the base rate" in page.text


def test_the_verdicts_are_kept_when_a_forecast_is_locked(app, session, deal):
    lock_due(app.extensions["engine"], date(2026, 4, 1), NOW)

    assert session.get(Setting, VERDICTS) is not None


def test_few_cases_are_no_verdict():
    found = offered(verdicts_of([score(Opinion.HISTORY, 0.9, cases=29)]))

    assert found[Opinion.HISTORY] is None


def test_moving_there_and_back_leaves_two_moves_and_the_same_totals(session, deal, story, ada):
    before = pipeline_totals(session)
    count = len(moves_of(session, deal.id))
    changes.move(session, deal, Stage.NEGOTIATION, Act(day("03-10"), NOW, evidence="x"))
    changes.move(session, deal, Stage.BIDDING, Act(day("03-11"), NOW, reason="x"))
    session.commit()

    assert len(moves_of(session, deal.id)) == count + 2
    assert pipeline_totals(session) == before
    assert deal.outcome == Outcome.OPEN


def test_a_forecast_says_the_targets_of_those_one_leads(make, ada, ben, boss, browser_for):
    ben.manager_id = boss.id
    make.keep(ben)
    aims = {f"own_{ada.id}_2": "2000", f"own_{ben.id}_2": "7654", f"team_{boss.id}_2": "9876"}
    browser_for(boss).post("/pipeline/targets?year=2026", {"currency": "CNY", **aims})
    at = "/pipeline/forecast?start=2026-04-01&end=2026-06-30&by="

    mine, his = (browser_for(one).get(f"{at}person") for one in (ada, boss))

    assert "¥2,000" in mine.text and "¥7,654" not in mine.text
    assert "¥7,654" in his.text
    assert "¥9,876" not in browser_for(ada).get(f"{at}team").text
