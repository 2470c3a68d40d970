"""Measures watched against their limits; the health of an account from its published parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plans.control import MOST, Counts, Signal, Watched, signal, values
from app.plans.control_queries import counts_of
from app.plans.health import Condition, HealthFacts, Part, health
from app.plans.health_queries import health_of
from app.plans.rules import Standing
from app.stakeholders.models import ContactReading
from tests.factories import AT

TODAY = datetime.now(UTC).date()
YEAR = timedelta(365)


def ago(days):
    """So many days before today."""
    return TODAY - timedelta(days)


@pytest.mark.parametrize("measure", list(Watched))
def test_a_limit_is_a_ceiling_or_a_floor_and_on_it_is_within(measure):
    above = signal(measure, Decimal(11), Decimal(10))
    below = signal(measure, Decimal(9), Decimal(10))

    assert signal(measure, Decimal(10), Decimal(10)) is Signal.CALM
    assert signal(measure, None, Decimal(10)) is Signal.UNKNOWN
    crossed = (Signal.CROSSED, Signal.CALM) if measure in MOST else (Signal.CALM, Signal.CROSSED)
    assert (above, below) == crossed


def test_a_share_of_nothing_is_not_known():
    found = values(Counts(sales=Decimal(0), spent=Decimal(5)))

    assert found[Watched.COST] is found[Watched.SPENT] is found[Watched.RESULT] is None


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def plan(make, account):
    return make.plan(account, starts_on=ago(100), ends_on=ago(-100))


def test_the_records_count_for_a_plan_from_its_start(make, session, account, plan, ada):
    pump, monitor = make.product("Pump"), make.product("Monitor")
    make.sale(account, "600", on=ago(50), product_id=pump.id, cost=Decimal(450))
    make.sale(account, "200", on=ago(40), product_id=monitor.id)
    make.sale(account, "1000", on=ago(50) - YEAR, product_id=pump.id)
    make.sale(account, "9000", on=ago(101), product_id=pump.id)
    make.action(
        plan, "Seminar", kind="event", done_on=ago(9), budget=Decimal(80), spent=Decimal(20)
    )
    make.action(plan, "Late", due_on=ago(1), budget=Decimal(20))
    make.visit(account, ada, held_on=ago(12), cost=Decimal(20))
    make.opportunity(account, outcome="won", closed_on=ago(5))
    make.feedback(account, on=ago(3))
    make.feedback(account, on=ago(3), decided_on=ago(2), answered_on=ago(1))

    found = values(counts_of(session, plan, TODAY))

    # sales 800 against 1,000 a year before; cost (20 + 20) of 800; margin (600 - 450) of 600
    assert found == {
        Watched.LATE: 1,
        Watched.RESULT: 80,
        Watched.MARGIN: 25,
        Watched.CONTRACTS: 1,
        Watched.PRODUCTS: 2,
        Watched.EVENTS: 1,
        Watched.PROMOTIONS: 0,
        Watched.SPENT: 20,
        Watched.COST: 5,
        Watched.SILENCE: 12,
        Watched.ANSWERS: 1,
    }


def test_the_usual_measures_are_watched_by_a_click_and_keep_a_limit_set_before(
    make, plan, ada, browser_for
):
    make.watch(plan, "silence", "7")
    browser = browser_for(ada)

    browser.post(f"/plans/{plan.id}/control/usual")

    rows = browser.get(f"/plans/{plan.id}/control").words("tr")
    assert any(row.startswith("Actions overdue0≤ 0✓ within its limit") for row in rows)
    assert any(row.startswith("Days since the last visitunknown≤ 7") for row in rows)


def test_a_measure_beyond_its_limit_is_marked_and_can_be_dropped_and_brought_back(
    make, plan, ada, browser_for
):
    make.action(plan, "Late", due_on=ago(1))
    make.watch(plan, "late", "0")
    browser, at = browser_for(ada), f"/plans/{plan.id}/control"

    crossed = browser.get(at)
    browser.post(f"{at}/late/archive")
    dropped = browser.get(at)
    browser.post(f"{at}/late/restore")

    assert "beyond its limit" in crossed.text
    assert "beyond its limit" not in dropped.text
    assert "beyond its limit" in browser.get(at).text


@pytest.mark.parametrize("limit", ["", "many", "NaN", "1e99"])
def test_a_limit_is_a_number(plan, ada, browser_for, limit):
    page = browser_for(ada).post(f"/plans/{plan.id}/control/late", {"limit": limit})

    assert page.status == 422
    assert page.field("limit") == limit


def test_an_unknown_measure_is_not_found(plan, ada, browser_for):
    assert browser_for(ada).get(f"/plans/{plan.id}/control/mood").status == 404


# by hand: results (1 + 0.5) / 2 = 0.75, contact 1 of 2, support (1 + 0) / 2 = 0.5, trade 0.8,
# word 3 of 4; 30 x .75 + 25 x .5 + 15 x .5 + 15 x .8 + 15 x .75 = 65.75
WHOLE = HealthFacts(
    standings=[Standing.AHEAD, Standing.BEHIND],
    people=2,
    in_touch=1,
    supports=[2, -2],
    sales=Decimal(80),
    sales_before=Decimal(100),
    promised=4,
    kept=3,
)


def test_health_is_the_weighted_mean_of_its_parts():
    found = health(WHOLE)

    assert (found.value, found.low, found.high) == (66, 66, 66)
    assert found.condition is Condition.FAIR


def test_what_is_not_known_makes_a_range_and_no_figure_of_its_own():
    # contact 1.0 of weight 25 is all that is known
    found = health(HealthFacts(people=3, in_touch=3))

    assert (found.value, found.low, found.high) == (100, 25, 100)
    assert [one.part for one in found.parts if one.value is None] == [
        Part.RESULTS,
        Part.SUPPORT,
        Part.TRADE,
        Part.WORD,
    ]


def test_nothing_known_is_said_and_is_never_a_number():
    assert health(HealthFacts()).value is None
    assert health(HealthFacts()).condition is Condition.UNKNOWN


@given(
    st.lists(st.sampled_from(Standing), max_size=4),
    st.lists(st.integers(-2, 2), max_size=4),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_health_lies_in_its_range_and_within_a_hundred(standings, supports, one, other):
    facts = HealthFacts(
        standings=standings,
        supports=supports,
        people=max(one, other),
        in_touch=min(one, other),
        sales=Decimal(one),
        sales_before=Decimal(other),
        promised=max(one, other),
        kept=min(one, other),
    )

    found = health(facts)

    assert 0 <= found.low <= found.high <= 100
    assert found.value is None or found.low <= found.value <= found.high


def test_an_accounts_health_is_told_from_its_records(make, session, account, plan, ada):
    li, wang = make.person(account, "Li"), make.person(account, "Wang")
    make.role(li, "decider", since=ago(300))
    make.role(wang, "executor", since=ago(300))
    make.observation(li, on=ago(10), support=2)
    seen = make.coverage(ada, li, on=ago(200))
    reading = {"coverage_id": seen.id, "on": ago(89), "at": AT}
    make.keep(ContactReading(account_id=account.id, **reading))
    make.sale(account, "80", on=ago(10))
    make.sale(account, "100", on=ago(10) - YEAR)
    make.visit(account, ada, next_step="Send", next_step_on=ago(9), next_step_done_on=ago(9))
    make.visit(account, ada, next_step="Call", next_step_on=ago(9), next_step_done_on=ago(8))
    make.feedback(account, on=ago(30))

    parts = {one.part: one.value for one in health_of(session, account.id, TODAY).parts}

    assert parts[Part.RESULTS] is None
    assert (parts[Part.CONTACT], parts[Part.SUPPORT], parts[Part.TRADE]) == (0.5, 1.0, 0.8)
    # one step kept on its day of two, and feedback of a month ago that nobody settled
    assert parts[Part.WORD] == pytest.approx(1 / 3)


def test_the_accounts_health_is_told_as_a_range(account, ben, make, browser_for):
    make.sale(account, "80", on=ago(10))
    make.sale(account, "100", on=ago(10) - YEAR)

    page = browser_for(ben).get(f"/accounts/{account.id}/health")

    assert "80" in page.text
    assert "from 12 to 97" in page.text


def test_weights_that_do_not_make_a_hundred_are_refused(boss, browser_for):
    weights = {"results": 30, "contact": 30, "support": 30, "trade": 30, "word": 0}
    browser = browser_for(boss)

    refused = browser.post("/settings/health", weights)
    browser.post("/settings/health", {**weights, "trade": 10})

    assert refused.status == 422
    assert "The weights make 120 together, not 100." in refused.text
    assert browser.get("/settings/health").field("trade") == "10"


def test_an_accounts_health_stands_with_its_parts_and_goes_alone_into_its_page(
    account, ada, browser_for
):
    browser, at = browser_for(ada), f"/accounts/{account.id}/health"

    whole = browser.get(at)
    alone = browser.client.get(at, headers={"HX-Request": "true"}).text

    assert "The parts of the health" in whole.text
    assert "nothing is known yet" in alone
    assert "<h1" not in alone
    assert f'hx-get="{at}"' in browser.client.get(f"/accounts/{account.id}").text
