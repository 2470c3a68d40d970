"""One click mends a letter, from what is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.plans.fixes import Known, halfway, mended
from app.plans.models import GoalMilestone
from app.plans.rules import Fix, Metric

START, DUE = date(2026, 1, 1), date(2026, 12, 31)
KNOWN = Known(
    user_id=7,
    metric=Metric.SALES,
    baseline=Decimal(100),
    target=Decimal(200),
    starts_on=START,
    due_on=DUE,
    plan_starts_on=date(2026, 2, 1),
    plan_ends_on=date(2026, 11, 30),
    past=Decimal(80),
    at_start=Decimal(96),
)
TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("fix", "columns"),
    [
        (Fix.OWNER, {"owner_id": 7}),
        (Fix.START, {"starts_on": date(2026, 2, 1)}),
        (Fix.DUE, {"due_on": date(2026, 11, 30)}),
        (Fix.MONEY, {"budget": 0}),
        (Fix.BASELINE, {"baseline": 96}),
        # what adds up: 1.5 times the 80 of the past
        (Fix.TARGET, {"target": 120}),
        (Fix.HALFWAY, {}),
    ],
)
def test_each_fix_puts_in_what_is_known(fix, columns):
    assert mended(fix, KNOWN) == columns


@pytest.mark.parametrize("fix", [Fix.BASELINE, Fix.TARGET])
def test_nothing_is_put_in_where_the_past_is_not_known(fix):
    unknown = Known(7, Metric.SALES, Decimal(1), Decimal(2), START, DUE, START, DUE)

    assert mended(fix, unknown) == {}


def test_halfway_lies_in_the_middle_of_time_and_value():
    assert halfway(KNOWN) == (date(2026, 7, 2), 150)
    assert halfway(Known(7, None, None, Decimal(2), START, DUE, START, DUE)) is None


@pytest.fixture
def goal(make, ada, ben):
    account = make.account(owner=ada, reader=ben)
    plan = make.plan(account, starts_on=TODAY - timedelta(100), ends_on=TODAY + timedelta(265))
    return make.goal(plan, metric="sales", baseline=Decimal(0), target=Decimal(100))


def test_a_letter_that_fails_offers_its_mend_and_one_click_mends_it(goal, ada, browser_for):
    browser = browser_for(ada)
    page = browser.get(f"/goals/{goal.id}")
    offered = [form.get("action") for form in page.all("form")]

    for fix in ("owner", "start", "due", "halfway"):
        browser.post(f"/goals/{goal.id}/mend/{fix}")

    mended_page = browser.get(f"/goals/{goal.id}")
    left = [form.get("action") for form in mended_page.all("form")]
    assert f"/goals/{goal.id}/mend/owner" in offered
    assert not [one for one in left if one and "/mend/" in one and "money" not in one]


def test_a_milestone_halfway_is_kept(goal, ada, make, session, browser_for):
    goal.starts_on, goal.due_on = START, DUE
    session.commit()

    browser_for(ada).post(f"/goals/{goal.id}/mend/halfway")

    kept = session.query(GoalMilestone).one()
    assert (kept.on, kept.value) == (date(2026, 7, 2), 50)


def test_what_nobody_knows_is_not_put_in(goal, ada, make, browser_for):
    browser = browser_for(ada)

    browser.post(f"/goals/{goal.id}/mend/baseline")

    assert make.again(goal).baseline == 0
    assert browser.post(f"/goals/{goal.id}/mend/everything").status == 404


def test_a_reader_is_offered_no_mend(goal, ben, browser_for):
    assert "/mend/" not in browser_for(ben).get(f"/goals/{goal.id}").text
