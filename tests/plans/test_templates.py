"""Templates of plans, and plans side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.plans.models import AccountPlan, Action, Goal
from app.plans.templates import BUILT_IN, Template, day_of, fitting, sketched, sketches
from app.plans.thinking_models import Insight, PlanAnswer, PlanTemplate

TODAY = datetime.now(UTC).date()
START, END = TODAY - timedelta(days=100), TODAY + timedelta(days=100)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben, industry="公立医院 Public hospital")


@pytest.fixture
def plan(make, account):
    return make.plan(account, title="This year", starts_on=START, ends_on=END)


def test_templates_of_the_industry_and_size_come_first_and_none_is_left_out():
    any_, trade, size = (
        Template("a", "A"),
        Template("b", "B", "医院"),
        Template("c", "C", "", "AAA"),
    )

    assert fitting([any_, size, trade], "公立医院", "AAA") == [trade, size, any_]
    assert fitting([any_, size, trade], "", None) == [any_, size, trade]


@pytest.mark.parametrize(
    ("number", "day"),
    [(None, date(2026, 12, 31)), (0, date(2026, 1, 1)), (400, date(2026, 12, 31))],
)
def test_a_sketchs_day_stays_within_the_period(number, day):
    assert day_of(date(2026, 1, 1), number, date(2026, 12, 31)) == day


@pytest.mark.parametrize("template", BUILT_IN, ids=lambda one: one.key)
def test_what_comes_with_the_product_is_whole(template):
    assert sketches(template.content) == (template.goals, template.actions, template.insights)
    assert all(one.goal is None or one.goal < len(template.goals) for one in template.actions)


def test_an_action_keeps_its_goal_by_its_place():
    goals = [(7, BUILT_IN[0].goals[0]), (9, BUILT_IN[0].goals[1])]
    action = BUILT_IN[0].actions[0]

    found = sketches(sketched(goals, [(9, action), (None, action)], ()))[1]

    assert [one.goal for one in found] == [1, None]


def begin(browser, account, **more):
    form = {"title": "New", "status": "active", "starts_on": START, "ends_on": END, **more}
    return browser.post(f"/accounts/{account.id}/plans/add", form)


def test_a_plan_begins_from_a_template_with_goals_actions_and_drivers(
    session, account, ada, browser_for
):
    browser = browser_for(ada)

    begun = begin(browser, account, template="hospital")

    page = browser.get(begun.headers["Location"])
    assert "Sell a tenth more than last year" in page.text
    assert "Walk the wards with the head nurses" in page.text
    assert "Bed turnover" in page.text
    goal = session.scalar(select(Goal).where(Goal.metric == "sales"))
    assert (goal.owner_id, goal.starts_on, goal.due_on) == (ada.id, START, END)
    action = session.scalar(select(Action).order_by(Action.id))
    assert (action.goal_id, action.due_on) == (goal.id, START + timedelta(days=30))


def test_a_template_that_is_none_is_refused(session, account, ada, browser_for):
    page = begin(browser_for(ada), account, template="999")

    assert page.status == 422
    assert session.scalar(select(AccountPlan.id)) is None


def test_a_plan_is_kept_as_a_template_without_figures_or_names(
    make, session, account, plan, browser_for
):
    shen = make.user("Shen", "shen@example.com", role="director")
    make.member(account, shen)
    goal = make.goal(plan, "Win the wards", target=Decimal(5_000_000), owner_id=shen.id)
    make.action(plan, "Walk the wards", goal_id=goal.id, owner_id=shen.id)
    browser = browser_for(shen)
    shown = browser.get(f"/plans/{plan.id}/template")

    browser.post(f"/plans/{plan.id}/template", {"name": "Wards", "industry": "医院"})

    kept = session.scalar(select(PlanTemplate))
    assert "Win the wards" in shown.text
    assert kept.content["actions"][0]["goal"] == 0
    assert "5000000" not in str(kept.content)
    assert "Shen" not in str(kept.content)
    session.commit()
    assert "Wards" in browser.get("/settings/plan-templates").text
    browser.post(f"/settings/plan-templates/{kept.id}/archive")
    browser.get("/settings/plan-templates")
    assert "Wards" not in browser.get("/settings/plan-templates").text
    offered = browser.get(f"/accounts/{account.id}/plans/add")
    assert "Wards" not in " ".join(offered.words("option"))


def test_a_template_without_a_name_is_refused(make, account, plan, browser_for):
    shen = make.user("Shen", "shen@example.com", role="director")
    make.member(account, shen)

    page = browser_for(shen).post(f"/plans/{plan.id}/template", {"industry": "医院"})

    assert page.status == 422
    assert page.field("industry") == "医院"


def test_a_directors_template_of_an_account_of_others_cannot_be_made(make, plan, browser_for):
    stranger = make.user("Han", "han@example.com", role="director")

    assert browser_for(stranger).get(f"/plans/{plan.id}/template").status == 404


def second_plan(make, ada):
    other = make.account("Second Hospital", owner=ada)
    return make.plan(other, title="Theirs", starts_on=START, ends_on=END, position="Near them")


def test_plans_stand_side_by_side_question_by_question(make, plan, ada, browser_for):
    other = second_plan(make, ada)
    for one, words in ((plan, "Nurses"), (other, "Money")):
        here = {"account_id": one.account_id, "plan_id": one.id, "on": TODAY, "seen_on": TODAY}
        make.keep(
            PlanAnswer(**here, phase="diagnose", question="diagnose-1", asked="?", words=words)
        )
        make.keep(Insight(**here, kind="driver", words=f"{words} matter"))

    page = browser_for(ada).get(f"/plans/compare?plan={plan.id}&plan={other.id}")

    row = next(words for words in page.words("tr") if words.startswith("What is the biggest"))
    assert row.index("Nurses") < row.index("Money")
    assert "Near them" in page.text
    assert "Nurses matter" in page.text


def test_a_plan_that_one_may_not_read_is_compared_with_nothing(make, plan, ada, cleo, browser_for):
    hidden = make.plan(make.account("Hidden", owner=cleo), starts_on=START, ends_on=END)

    page = browser_for(ada).get(f"/plans/compare?plan={plan.id}&plan={hidden.id}")

    assert page.status == 404
    assert "Hidden" not in browser_for(ada).get("/plans/compare").text


@pytest.mark.parametrize("words", ["plan=x", "plan=-1", "plan=999999999999", "plan="])
def test_nonsense_to_compare_is_never_a_fault(words, ada, browser_for):
    assert browser_for(ada).get(f"/plans/compare?{words}").status in {200, 404}


def test_at_most_four_plans_are_compared(make, ada, browser_for):
    ids = []
    for number in range(6):
        account = make.account(f"Account {number}", owner=ada)
        ids.append(make.plan(account, starts_on=START, ends_on=END).id)

    page = browser_for(ada).get("/plans/compare?" + "&".join(f"plan={one}" for one in ids))

    assert len([one for one in page.words("th") if one.startswith("Account ")]) == 4
