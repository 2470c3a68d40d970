"""Actions: the board, the line of time, one's own, and those that come again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.plans.action_rules import Lane, Repeat, following, has_climbed, lane, money_of, months_on
from app.plans.gantt import PAGE, Task, gantt
from app.plans.models import Action

TODAY = datetime.now(UTC).date()
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("done", "begun", "due", "expected"),
    [
        (DAY, None, DAY, Lane.DONE),
        (None, DAY, DAY - timedelta(1), Lane.LATE),
        (None, DAY, DAY, Lane.IN_HAND),
        (None, None, DAY, Lane.TO_DO),
        (None, None, None, Lane.TO_DO),
    ],
)
def test_an_action_stands_in_one_lane(done, begun, due, expected):
    assert lane(done, begun, due, DAY) is expected


@pytest.mark.parametrize(("days", "climbs"), [(14, False), (15, True)])
def test_what_is_late_for_over_two_weeks_climbs(days, climbs):
    assert has_climbed(None, DAY, DAY + timedelta(days)) is climbs
    assert not has_climbed(DAY, DAY, DAY + timedelta(days))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 40))
def test_months_on_never_skips_a_month(day, months):
    later = months_on(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_quarter_after_november_is_the_last_day_of_february():
    assert following(date(2026, 11, 30), Repeat.QUARTERLY) == date(2027, 2, 28)


def test_a_budget_of_nothing_has_no_share():
    assert money_of([(None, Decimal(5))]).share is None
    assert money_of([(Decimal(10), Decimal(5))]).share == 0.5


def test_bars_lie_within_the_drawing_and_in_the_order_of_their_start():
    late = Task("Late", "Ada", None, DAY + timedelta(9999), None, None)
    early = Task("Early", "Ada", DAY - timedelta(9999), DAY, None, None)
    undated = Task("Some day", "Ada", None, None, None, None)

    drawn = gantt([late, undated, early], DAY - timedelta(10), DAY + timedelta(10), DAY)

    assert [bar.task.title for bar in drawn.bars] == ["Early", "Late"]
    assert all(bar.x >= PAGE.names and bar.x + bar.width <= PAGE.width for bar in drawn.bars)
    assert drawn.bars[0].x == PAGE.names


@pytest.fixture
def plan(make, ada, ben):
    account = make.account(owner=ada, reader=ben)
    return make.plan(account, starts_on=TODAY - timedelta(100), ends_on=TODAY + timedelta(100))


def test_an_action_that_is_done_asks_for_its_result(make, plan, ada, browser_for):
    action = make.action(plan)

    page = browser_for(ada).post(f"/actions/{action.id}/done", {"done_on": TODAY, "result": ""})

    assert page.status == 422
    assert "Say what came of it" in page.text
    assert make.again(action).done_on is None


def test_one_that_repeats_leaves_the_next_behind_once(make, session, plan, ada, browser_for):
    action = make.action(
        plan, "Ward round", repeats="monthly", due_on=date(2026, 1, 31), owner_id=ada.id
    )
    browser, form = browser_for(ada), {"done_on": "2026-02-02", "result": "Two beds asked for"}

    browser.post(f"/actions/{action.id}/done", form)
    browser.post(f"/actions/{action.id}/done", {**form, "result": "Three"})

    again = session.scalars(select(Action).where(Action.id != action.id)).one()
    assert (again.title, again.due_on, again.owner_id) == ("Ward round", date(2026, 2, 28), ada.id)
    assert (again.done_on, again.result, again.repeats) == (None, "", "monthly")


def test_the_board_moves_what_is_begun_and_brings_one_back_to_it(make, plan, ada, browser_for):
    action = make.action(plan, "Call", due_on=TODAY + timedelta(5), budget=Decimal(100))
    browser, at = browser_for(ada), f"/plans/{plan.id}/actions"

    sent = browser.post(f"/actions/{action.id}/begin?back=board")

    assert sent.headers["Location"] == at
    lanes = browser.get(at).words("section")
    assert "Call" in next(lane for lane in lanes if lane.startswith("In hand"))


@pytest.mark.parametrize("way", ["board", "list", "timeline", "nonsense"])
def test_every_way_to_look_names_every_action(make, plan, ben, browser_for, way):
    make.action(plan, "Call", due_on=TODAY, owner_id=ben.id)
    make.action(plan, "Write", done_on=TODAY, result="Sent")

    page = browser_for(ben).get(f"/plans/{plan.id}/actions?as={way}")

    assert "Call" in page.text and "Write" in page.text
    assert "/begin" not in page.text


def test_the_line_of_time_is_a_picture_with_the_names_escaped(make, plan, ben, browser_for):
    make.action(plan, "Call <b>", due_on=TODAY, starts_on=TODAY - timedelta(9))

    drawn = browser_for(ben).get(f"/plans/{plan.id}/actions.svg")

    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    assert "Call &lt;b&gt;" in drawn.response.get_data(as_text=True)
    narrow = browser_for(ben).get(f"/plans/{plan.id}/actions.svg?width=narrow").response
    assert 'width="340"' in narrow.get_data(as_text=True)


def test_ones_own_actions_stand_by_due_day_over_all_accounts(make, plan, ada, browser_for):
    other = make.plan(make.account("Second", owner=ada))
    make.action(plan, "Later", owner_id=ada.id, due_on=TODAY + timedelta(30))
    make.action(other, "Late", owner_id=ada.id, due_on=TODAY - timedelta(20))
    make.action(plan, "Not mine", due_on=TODAY)
    done = make.action(plan, "Done", owner_id=ada.id, done_on=TODAY, result="Yes").id
    browser = browser_for(ada)

    page = browser.get("/actions/")

    assert page.text.index("Late") < page.text.index("Later")
    assert "20 days late" in page.text and "climbed" in page.text
    assert "Not mine" not in page.text
    assert f"/actions/{done}/" not in page.text
    assert "Later" not in browser.get("/actions/?when=late").text
    assert "Not mine" in browser.get("/actions/?whose=all").text
    assert "Done" in browser.get("/actions/?when=done").words("tbody")[0]


def test_what_is_late_for_over_two_weeks_climbs_to_whoever_leads_its_owner(
    make, session, plan, ada, browser_for
):
    leader = make.user("Dora Lin", "dora@example.com", role="director")
    ada.manager_id = leader.id
    session.commit()
    make.action(plan, "Long late", owner_id=ada.id, due_on=TODAY - timedelta(15))
    make.action(plan, "A little late", owner_id=ada.id, due_on=TODAY - timedelta(14))

    page = browser_for(leader).get("/actions/")

    assert "Long late" in page.text
    assert "A little late" not in page.text


def test_actions_of_accounts_one_cannot_see_are_not_listed(make, plan, cleo, browser_for):
    make.action(plan, "Secret", owner_id=cleo.id, due_on=TODAY)

    assert "Secret" not in browser_for(cleo).get("/actions/?whose=all").text
