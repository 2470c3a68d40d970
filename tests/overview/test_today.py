"""Today: each thing that needs a person appears with its reason, ranked, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access import POLICY
from app.overview.needs import (
    Kind,
    Need,
    cold_need,
    deal_need,
    goal_need,
    lateness,
    ranked,
    urgency,
    visit_urgency,
)
from app.overview.record_needs import DECIDERS
from app.plans.rules import Standing
from app.records.credit_models import Credit
from app.records.support_models import Promotion
from app.visits.models import Visit
from app.vocabulary import because

TODAY = datetime.now(UTC).date()
ON = date(2026, 11, 22)


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def account(make, ada, ben):
    return make.account("First Hospital", owner=ada, reader=ben)


def need(kind: Kind, worth: float) -> Need:
    return Need(kind, 1, 1, "A", f"{kind} {worth}", because("Why"), worth)


@pytest.mark.parametrize(
    ("late", "worth"), [(-10, 0.0), (0, 1.0), (10, 2.0), (30, 4.0), (300, 4.0)]
)
def test_urgency_grows_with_each_patience_up_to_a_most(late, worth):
    assert urgency(Kind.ACTION, late) == worth


def test_a_visit_today_comes_before_anything_late():
    assert visit_urgency(ON, ON) > urgency(Kind.LOG, 999)
    assert visit_urgency(ON + days(3), ON) < 1


def test_groups_are_ranked_by_their_most_urgent_line_and_fold_the_rest():
    needs = {
        Kind.ACTION: [need(Kind.ACTION, 1.5)],
        Kind.COLD: [need(Kind.COLD, 1.0), need(Kind.COLD, 3.0)],
        Kind.GOAL: [],
    }

    first, second = ranked(needs, shown=1)

    assert (first.kind, second.kind) == (Kind.COLD, Kind.ACTION)
    assert [one.urgency for one in (*first.needs, *first.rest)] == [3.0, 1.0]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (ON - days(2), "Due 2026-11-20, days late: 2."),
        (ON, "Due today."),
        (ON + days(1), "Due 2026-11-23."),
    ],
)
def test_lateness_is_said(due, words):
    assert str(lateness(due, ON)) == words


@pytest.mark.parametrize(
    ("close_on", "step_on", "needs"),
    [
        (ON - days(1), None, True),
        (ON, None, False),
        (None, ON, True),
        (ON + days(9), ON + days(1), False),
        (None, None, False),
    ],
)
def test_a_deal_needs_somebody_once_its_day_has_passed(close_on, step_on, needs):
    assert (deal_need(close_on, "Send the offer", step_on, ON) is not None) is needs


@pytest.mark.parametrize(
    ("standing", "needs"),
    [
        (Standing.MISSED, True),
        (Standing.BEHIND, True),
        (Standing.ON_TRACK, False),
        (Standing.DONE, False),
    ],
)
def test_a_goal_needs_its_owner_when_behind_or_missed(standing, needs):
    assert (goal_need(standing, Decimal(1), Decimal(2)) is not None) is needs


def test_a_goal_nobody_has_read_asks_for_nothing_here():
    assert goal_need(Standing.UNKNOWN, None, None) is None


@pytest.mark.parametrize(("silent", "is_cold"), [(30, False), (31, True)])
def test_people_go_cold_once_their_rhythm_has_passed(silent, is_cold):
    assert (cold_need(ON - days(silent), 30, ON) is not None) is is_cold


def test_a_new_workspace_says_what_to_do_first(ada, browser_for):
    page = browser_for(ada).get("/")

    assert "/accounts/add" in page.links()
    assert "You see no account yet" in page.text


def test_a_reader_without_accounts_is_told_to_ask(make, browser_for):
    page = browser_for(make.user("Rita", role="reader")).get("/")

    assert "/accounts/add" not in page.links()
    assert "Or ask a colleague" in page.text


def test_a_day_without_needs_says_so(account, ada, browser_for):
    assert "Nothing needs you today" in browser_for(ada).get("/today").text


def everything(make, account, ada):
    """One of everything that needs Ada."""
    person = make.person(account, "Cold Chen", roles=["guide"])
    make.coverage(ada, person, on=TODAY - days(45))
    make.visit(account, ada, on=TODAY, purpose="Visit now")
    make.visit(account, ada, on=TODAY - days(3), purpose="Log me")
    held = {"on": TODAY - days(9), "held_on": TODAY - days(9)}
    make.visit(account, ada, **held, next_step="Promise", next_step_on=TODAY - days(1))
    make.opportunity(account, "Late deal", owner_id=ada.id, close_on=TODAY - days(2))
    began, ends = TODAY - days(150), TODAY + days(200)
    plan = make.plan(account, title="Due plan", status="active", starts_on=began, ends_on=ends)
    make.action(plan, "Late action", owner_id=ada.id, due_on=TODAY - days(1))
    make.goal(
        plan,
        "Goal behind",
        owner_id=ada.id,
        metric="visits",
        baseline=Decimal(0),
        target=Decimal(50),
        starts_on=TODAY - days(50),
        due_on=TODAY + days(50),
    )


NAMES = (
    "Visit now",
    "Log me",
    "Promise",
    "Late deal",
    "Late action",
    "Goal behind",
    "Cold Chen",
    "Due plan",
)


def test_everything_that_needs_me_is_there_with_its_reason(make, account, ada, browser_for):
    everything(make, account, ada)

    page = browser_for(ada).get("/today")

    assert [name for name in NAMES if name not in page.text] == []
    assert "Days since the last contact: 45; their rhythm is 30." in page.text


def test_what_needs_somebody_else_is_not_there(make, account, ada, ben, browser_for):
    everything(make, account, ada)

    page = browser_for(ben).get("/today")

    assert [name for name in NAMES if name in page.text] == []


def test_nothing_of_an_account_that_i_no_longer_see(session, make, ada, cleo, browser_for):
    everything(make, make.account("Left", owner=cleo), ada)

    page = browser_for(ada).get("/today")

    assert [name for name in NAMES if name in page.text] == []


def test_nothing_of_an_account_put_away(make, ada, browser_for):
    away = make.account("Gone", owner=ada, archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    everything(make, away, ada)

    page = browser_for(ada).get("/today")

    assert [name for name in NAMES if name in page.text] == []


def test_what_is_done_does_not_come_back(make, account, ada, browser_for):
    plan = make.plan(account)
    make.action(plan, "Done", owner_id=ada.id, due_on=TODAY - days(1), done_on=TODAY)
    make.opportunity(
        account, "Won", owner_id=ada.id, close_on=TODAY - days(2), outcome="won", stage="delivery"
    )
    held = {"on": TODAY - days(9), "held_on": TODAY - days(9), "next_step_done_on": TODAY}
    make.visit(account, ada, **held, next_step="Kept", next_step_on=TODAY - days(1))

    page = browser_for(ada).get("/today")

    assert "Nothing needs you today" in page.text


def test_a_colleagues_contact_keeps_a_person_warm(make, account, ada, ben, browser_for):
    person = make.person(account, "Warm Wu", roles=["guide"])
    make.coverage(ada, person, on=TODAY - days(45))
    make.coverage(ben, person, on=TODAY - days(5))

    assert "Warm Wu" not in browser_for(ada).get("/today").text


def test_a_director_sees_what_needs_their_people_and_can_narrow_it(make, browser_for):
    director = make.user("Dong Fang", role="director")
    seller = make.user("Seller", manager_id=director.id)
    everything(make, make.account(owner=seller), seller)

    team = browser_for(director).get("/today")
    alone = browser_for(director).get("/today?whose=mine")

    assert "Late deal" in team.text
    assert "Late deal" not in alone.text


@pytest.fixture
def in_force(make, account):
    """A plan in force for five months, which nobody has reviewed."""
    began, ends = TODAY - days(150), TODAY + days(200)
    return make.plan(account, title="Grow", status="active", starts_on=began, ends_on=ends)


def test_a_plans_review_is_asked_for_once_a_quarter_has_passed(in_force, ada, ben, browser_for):
    page = browser_for(ada).get("/today")

    assert "Plan reviews" in page.text
    assert "days late" in page.text
    assert f"/plans/{in_force.id}/reviews" in page.links()
    assert "Plan reviews" not in browser_for(ben).get("/today").words("main")[0]


@pytest.mark.parametrize(
    "review",
    [
        {"on": TODAY - days(30), "status": "approved"},
        {"on": TODAY - days(140), "status": "approved", "next_on": TODAY + days(8)},
        {"on": TODAY - days(140), "status": "open"},
    ],
)
def test_a_plan_reviewed_lately_or_being_reviewed_asks_for_nothing(
    make, in_force, ada, browser_for, review
):
    make.review(in_force, **review)

    assert "Nothing needs you today" in browser_for(ada).get("/today").text


def test_the_day_set_for_the_next_review_counts_before_the_quarter(
    make, in_force, ada, browser_for
):
    make.review(in_force, on=TODAY - days(5), status="approved", next_on=TODAY - days(1))

    assert "days late: 1." in browser_for(ada).get("/today").text


@pytest.mark.parametrize("more", [{"status": "draft"}, {"ends_on": TODAY - days(1)}])
def test_a_plan_not_in_force_asks_for_no_review(make, account, ada, browser_for, more):
    values = {"status": "active", "ends_on": TODAY + days(9), **more}
    make.plan(account, starts_on=TODAY - days(300), **values)

    assert "Nothing needs you today" in browser_for(ada).get("/today").text


def test_a_review_that_waits_is_put_before_the_director_alone(make, ada, in_force, browser_for):
    director = make.user("Dong Fang", role="director")
    ada.manager_id = director.id
    make.keep(ada)
    make.review(in_force, on=TODAY - days(2), status="waiting", user_id=ada.id)

    page = browser_for(director).get("/today?whose=mine")

    assert "Ada asked on" in page.text.replace(ada.name, "Ada")
    assert f"/plans/{in_force.id}/reviews" in page.links()
    assert "Nothing needs you today" in browser_for(ada).get("/today").text


def test_a_promise_is_kept_with_one_press(session, make, account, ada, browser_for):
    everything(make, account, ada)
    browser = browser_for(ada)
    page = browser.get("/today")

    browser.post(next(act for act in page.acts() if "/step" in act))

    kept = session.scalar(select(Visit.next_step_done_on).where(Visit.next_step == "Promise"))
    assert kept == TODAY
    assert "Promise" not in browser.get("/today").words("main")[0].replace("Promises", "")


def test_the_rest_of_many_lines_of_a_kind_is_a_page_and_a_part_of_one(
    make, account, ada, browser_for
):
    plan = make.plan(account, status="active", ends_on=TODAY + days(9))
    for late in range(1, 10):
        make.action(plan, f"Act {late}", owner_id=ada.id, due_on=TODAY - days(late))
    browser = browser_for(ada)

    page, whole = browser.get("/today"), browser.get("/today?kind=action&whose=mine")
    rest = browser.get("/today?kind=action&whose=mine", headers={"HX-Request": "true"})

    names = [f"Act {late}" for late in range(9, 0, -1)]
    assert [name for name in names if name in page.text] == names[:6]
    assert "and 3 more" in page.text
    assert [name for name in names if name in whole.text] == names
    assert [name for name in names if name in rest.text] == names[6:]
    assert browser.get("/today?kind=weather").status == 404


def test_today_asks_as_often_for_six_accounts_as_for_three(make, ada, browser_for):
    browser = browser_for(ada)
    for number in range(3):
        everything(make, make.account(f"A{number}", owner=ada), ada)
    browser.get("/today")
    few = browser.selects
    for number in range(3, 6):
        everything(make, make.account(f"A{number}", owner=ada), ada)

    browser.get("/today")

    assert browser.selects == few <= 20


def test_credit_and_promotions_wait_on_the_today_of_whoever_decides(make, ada, boss, browser_for):
    account = make.account("First Hospital", owner=ada)
    make.member(account, boss)
    hidden = make.account("Elsewhere", owner=ada)
    week = {"starts_on": TODAY - days(2), "ends_on": TODAY + days(5), "owner_id": ada.id}
    credit = make.keep(Credit(account_id=account.id, on=TODAY - days(5), user_id=ada.id))
    make.keep(Credit(account_id=account.id, on=TODAY, decided_on=TODAY))
    make.keep(Credit(account_id=hidden.id, on=TODAY))
    running = make.keep(Promotion(account_id=account.id, name="Spring", **week))
    make.keep(Promotion(account_id=account.id, name="Over", starts_on=TODAY - days(9),
                        ends_on=TODAY - days(1)))  # fmt: skip

    page = browser_for(boss).get("/today")
    own = browser_for(ada).get("/today")

    assert POLICY["decide credit"] == POLICY["approve support"] == DECIDERS
    assert page.text.count("/decide") == 2  # the line and its act
    assert f"/records/credits/{credit.id}/decide" in page.text
    assert f"/records/promotions/{running.id}/answer" in page.text and "Over" not in page.text
    assert "without a yes" in page.text
    assert "/decide" not in own.text and "Spring" not in own.text


def test_what_waits_is_first_for_whoever_leads_the_owner_and_after_a_week_for_all(
    make, ada, browser_for
):
    head = make.user("Hu Head", "head@example.com", role="director")
    near = make.user("Ning Near", "near@example.com", role="director", manager_id=head.id)
    aside = make.user("An Aside", "aside@example.com", role="director")
    ada.manager_id = near.id
    account = make.account("First Hospital", owner=ada)
    make.member(account, aside)
    fresh = make.keep(Credit(account_id=account.id, on=TODAY - days(6), user_id=ada.id))
    old = make.keep(Credit(account_id=account.id, on=TODAY - days(7), user_id=ada.id))
    make.keep(Promotion(account_id=account.id, name="Spring", starts_on=TODAY + days(1),
                        ends_on=TODAY + days(9)))  # fmt: skip

    def lines(user):
        page = browser_for(user).get("/today")
        on_page = [one.id for one in (fresh, old) if f"/credits/{one.id}/decide" in page.text]
        return on_page, "Spring" in page.text

    assert lines(near) == ([fresh.id, old.id], True)
    assert lines(head) == lines(aside) == ([old.id], False)
    assert "Spring" in browser_for(aside).get("/portfolio/records").text
