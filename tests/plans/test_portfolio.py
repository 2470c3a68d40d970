"""Goals of many accounts, rolled up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

TODAY = datetime.now(UTC).date()
START, END = TODAY - timedelta(100), TODAY + timedelta(100)


@pytest.fixture
def leader(make):
    return make.user("Dora Lin", "dora@example.com", role="director")


@pytest.fixture
def manager(make, leader):
    return make.user("Eli Xu", "eli@example.com", manager_id=leader.id)


def sales_goal(make, account, owner, sold, target):
    """A goal counted from nothing at the start, with one sale since."""
    plan = make.plan(account, starts_on=START, ends_on=END)
    make.sale(account, sold, on=TODAY - timedelta(1))
    return make.goal(
        plan,
        f"Sell {target}",
        owner_id=owner.id,
        metric="sales",
        baseline=Decimal(0),
        target=Decimal(target),
        starts_on=START,
        due_on=END,
    )


def test_sales_of_several_accounts_add_up_and_the_worst_stand_first(
    make, leader, manager, browser_for
):
    calm = make.account("Calm Hospital", owner=manager)
    late = make.account("Late Hospital", owner=manager)
    sales_goal(make, calm, manager, "600", 1000)
    sales_goal(make, late, manager, "100", 1000)

    page = browser_for(leader).get("/plans/goals")

    # 600 + 100 reached of 1,000 + 1,000; half of the time has gone
    cells = [" ".join(row.split()) for row in page.words("tr")]
    assert "Sales amount2¥700¥1,000¥2,000 35%" in cells
    assert page.words("h2").index("Late Hospital") < page.words("h2").index("Calm Hospital")


def test_what_does_not_add_up_is_counted_only(make, leader, manager, browser_for):
    account = make.account("One", owner=manager)
    plan = make.plan(account, starts_on=START, ends_on=END)
    make.goal(plan, "Share", owner_id=manager.id, metric="share", target=Decimal(40))

    page = browser_for(leader).get("/plans/goals?by=measure")

    assert "Together" not in page.words("h2")
    assert "Share of account" in page.words("h2")


def test_a_team_is_named_by_its_leader_and_can_be_asked_for(make, leader, manager, browser_for):
    account = make.account("One", owner=manager)
    sales_goal(make, account, manager, "1", 10)
    own = make.account("Own", owner=leader)
    sales_goal(make, own, leader, "1", 20)

    by_team = browser_for(leader).get("/plans/goals?by=team")
    team = browser_for(leader).get("/plans/goals?whose=team")
    mine = browser_for(leader).get("/plans/goals?whose=mine")

    assert {"Dora Lin", "No team"} <= set(by_team.words("h2"))
    assert "Sell 10" in team.text and "Sell 20" not in team.text
    assert "Sell 20" in mine.text and "Sell 10" not in mine.text


def test_goals_of_accounts_one_cannot_see_are_not_counted(make, manager, cleo, browser_for):
    sales_goal(make, make.account("One", owner=manager), manager, "1", 10)

    page = browser_for(cleo).get("/plans/goals")

    assert "Sell 10" not in page.text
    assert "No goal is on its way" in page.text


def test_the_page_asks_as_often_for_six_goals_as_for_three(make, leader, manager, browser_for):
    browser = browser_for(leader)
    for number in range(3):
        sales_goal(make, make.account(f"A{number}", owner=manager), manager, "1", 10)
    browser.get("/plans/goals")
    few = browser.selects
    for number in range(3):
        sales_goal(make, make.account(f"B{number}", owner=manager), manager, "1", 10)
    folded = browser.get("/plans/goals")

    assert browser.selects == few
    # of more than four groups the goals come when one is unfolded; its link does without scripts
    assert "Sell 10" not in folded.text
    assert "/plans/goals?group=B1" in folded.links()
    part = browser.get("/plans/goals?group=B1", headers={"HX-Request": "true"})
    assert "Sell 10" in part.text and "B1" in part.text and not part.is_whole
    whole = browser.get("/plans/goals?group=B1")
    assert "Sell 10" in whole.text and "B0" not in whole.words("h2")
