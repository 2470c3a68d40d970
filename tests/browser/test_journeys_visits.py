"""A visit on a telephone: from Today to the customer and back, with and without a connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from app.plans.models import AccountPlan
from app.stakeholders.models import Observation
from app.users.models import User
from app.visits.models import Visit, VisitPerson, VisitReport
from tests.browser.conftest import Live
from tests.browser.test_journeys_plan import PER_CLICK, PER_LETTER
from tests.browser.walks import assert_accessible, expect_said, fill, follow, pick, press, today

PHONE = {"width": 390, "height": 844}
MOST_TAPS = 14
"""Of the whole way: planning (3), the brief and the log (2), three taps, answer and support (5),
saving."""
MOST_SECONDS = 120
PROBLEM = "What is the biggest problem in the customer's business?"


class Taps:
    """Counts what a person presses and types."""

    def __init__(self, page: Page) -> None:
        page.add_init_script(
            "addEventListener('pointerdown', (event) => event.isTrusted && sessionStorage.setItem("
            "'taps', 1 + Number(sessionStorage.getItem('taps') ?? 0)), true)"
        )
        self.page = page
        self.letters = 0
        self.begun = monotonic()

    def type(self, box: Locator, words: str) -> None:
        """Tap into a box and type."""
        box.click()
        box.fill(words)
        self.letters += len(words)

    def look(self) -> None:
        """Look at the page as axe does, in time that is nobody's."""
        before = monotonic()
        assert_fits(self.page)
        self.begun += monotonic() - before

    @property
    def count(self) -> int:
        return int(self.page.evaluate("Number(sessionStorage.getItem('taps') ?? 0)"))

    @property
    def seconds(self) -> float:
        """How long a person would have taken, the product's time included."""
        return PER_CLICK * self.count + PER_LETTER * self.letters + monotonic() - self.begun


@pytest.fixture
def person(live: Live, manager: User):
    """The decider of an account, whom nobody has judged."""
    account = live.make.account("Lakeside Hospital", owner=manager)
    person = live.make.person(account, "Gao Ling", title="Director", roles=("decider",))
    live.make.coverage(manager, person)
    return person


@pytest.fixture
def visit(live: Live, manager: User, person) -> Visit:
    """A visit to her, today."""
    account_id = person.account_id
    visit = live.make.keep(
        Visit(account_id=account_id, user_id=manager.id, on=today(), channel="in_person",
              purpose="Agree the day", goals="Agree the day", commitment_sought="A day")
    )  # fmt: skip
    live.make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))
    return visit


def kept(live: Live, model, **values) -> int:
    conditions = [getattr(model, name) == value for name, value in values.items()]
    return int(live.make.find(select(func.count()).select_from(model).where(*conditions)))


def test_from_today_to_the_customer_and_back_changes_the_map_and_the_plan(
    desk: Page, live: Live, person, record_testsuite_property: Callable[[str, object], None]
):
    desk.set_viewport_size(PHONE)
    began, ends = today() - timedelta(days=30), today() + timedelta(days=300)
    values = {"title": "2026", "starts_on": began, "ends_on": ends}
    plan = live.make.keep(AccountPlan(account_id=person.account_id, **values))
    taps = Taps(desk)
    desk.goto("/")

    plan_and_read(taps)
    opened = taps.count
    three_taps(desk)
    logged = taps.count - opened
    tell_more(taps)
    press(desk, "Save")
    expect_said(desk, "The visit is logged.")

    for name, value in (("taps", taps.count), ("taps of the log", logged)):
        record_testsuite_property(f"visit: {name}", value)
    record_testsuite_property("visit: seconds", round(taps.seconds))
    assert (logged, taps.count <= MOST_TAPS, taps.seconds < MOST_SECONDS) == (3, True, True)
    assert_changed(desk, person, plan.id)


def plan_and_read(taps: Taps) -> None:
    """Plan the visit that Today asks for, with a question of the diagnosis; read its brief."""
    desk = taps.page
    follow(desk, "Plan a visit: Gao Ling")
    taps.type(desk.get_by_label("Goals"), "Agree the trial's date")
    desk.get_by_text(PROBLEM, exact=True).click()
    taps.look()
    press(desk, "Plan it")
    desk.get_by_role("link", name="Brief", exact=True).first.click()
    expect(desk.locator(".brief")).to_contain_text(PROBLEM)
    taps.look()
    follow(desk, "Log")
    taps.look()


def three_taps(desk: Page) -> None:
    """How it went, whether the commitment was given, what comes next."""
    pick(desk, "How did it go?", "Well")
    pick(desk, "Was the commitment given?", "Given")
    pick(desk, "Next step", "Call them in a week")


def tell_more(taps: Taps) -> None:
    """What they answered, and how they stood."""
    desk = taps.page
    desk.get_by_text("What was said, and the answers").click()
    taps.type(desk.get_by_label(PROBLEM), "Too few nurses at night")
    desk.get_by_text("How they stand to us").click()
    pick(desk, "Gao Ling", "Supports")


def assert_changed(desk: Page, person, plan_id: int) -> None:
    """Today asks for her no more; the map and the plan know what was heard."""
    desk.goto("/")
    expect(desk.locator("main")).not_to_contain_text("People going cold")
    desk.goto(f"/accounts/{person.account_id}/map")
    expect(desk.locator(".man", has_text="Gao Ling").first).to_have_attribute("data-support", "1")
    desk.goto(f"/plans/{plan_id}/diagnose")
    expect(desk.locator("main")).to_contain_text("Too few nurses at night")


def test_the_log_lands_on_the_map(desk: Page, live: Live, visit: Visit, person):
    desk.set_viewport_size(PHONE)
    desk.goto(f"/visits/{visit.id}/log")
    desk.get_by_text("How they stand to us").click()
    pick(desk, "Gao Ling", "Supports")
    press(desk, "Save")
    expect_said(desk, "The visit is logged.")

    desk.goto(f"/accounts/{visit.account_id}/map")
    expect(desk.locator(".man", has_text="Gao Ling").first).to_have_attribute("data-support", "1")


def test_a_brief_and_its_log_work_while_the_connection_is_down(
    desk: Page, live: Live, visit: Visit, person
):
    desk.set_viewport_size(PHONE)
    desk.goto(f"/visits/{visit.id}/brief")
    expect(desk.locator("[data-offline-said]")).to_be_visible()
    desk.context.set_offline(True)

    desk.goto(f"/visits/{visit.id}/brief")
    expect(desk.locator(".brief")).to_contain_text("Gao Ling")
    desk.goto(f"/visits/{visit.id}/log")
    pick(desk, "How did it go?", "Well")
    desk.get_by_text("What was said, and the answers").click()
    fill(desk, outcome="She named the day")
    press(desk, "Save")
    expect(desk.locator("[data-said]")).to_contain_text("Kept on this device.")
    assert kept(live, VisitReport, visit_id=visit.id) == 0

    desk.context.set_offline(False)
    desk.wait_for_url(f"**/visits/{visit.id}")
    expect(desk.locator("main")).to_contain_text("She named the day")
    assert kept(live, VisitReport, visit_id=visit.id) == 1


def test_an_answer_that_is_lost_on_the_way_back_doubles_nothing(
    desk: Page, live: Live, visit: Visit, person
):
    desk.goto(f"/visits/{visit.id}/log")
    desk.get_by_text("How they stand to us").click()
    pick(desk, "Gao Ling", "Supports")

    def lose(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)  # the server has it; the telephone never hears so
            route.abort("internetdisconnected")
        else:
            route.continue_()

    desk.route(f"**/visits/{visit.id}/log", lose)
    press(desk, "Save")
    expect(desk.locator("[data-said]")).to_contain_text("Kept on this device.")
    desk.unroute(f"**/visits/{visit.id}/log")
    desk.goto("/")
    expect_said(desk, "has reached the server")

    assert kept(live, VisitReport, visit_id=visit.id) == 1
    assert kept(live, Observation, stakeholder_id=person.id) == 1


def test_what_was_typed_is_there_again_after_the_page_was_left(desk: Page, visit: Visit):
    desk.goto(f"/visits/{visit.id}/log")
    desk.get_by_text("What was said, and the answers").click()
    fill(desk, outcome="Half a sentence")
    desk.wait_for_timeout(800)  # drafts are kept when the fingers rest
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto("/accounts/")

    desk.goto(f"/visits/{visit.id}/log")

    expect(desk.locator("[name='outcome']")).to_have_value("Half a sentence")
    expect(desk.locator("[data-said]")).to_contain_text("What you typed before is here again.")


def test_signing_out_leaves_nothing_of_visits_on_the_device(desk: Page, visit: Visit):
    desk.goto(f"/visits/{visit.id}/brief")
    expect(desk.locator("[data-offline-said]")).to_be_visible()

    desk.locator(".me").click()
    press(desk, "Sign out")
    desk.wait_for_url("**/sign-in*")

    left = desk.evaluate("caches.keys().then((names) => [...names, ...Object.keys(localStorage)])")
    assert [name for name in left if name.startswith(("briefs-", "log:"))] == []


@pytest.fixture
def calendar(desk: Page, visit: Visit) -> tuple[Page, str]:
    """The week of the visit, on a desk, and another day of it."""
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto("/visits/")
    assert_accessible(desk)
    other = desk.locator("[data-day]").nth(0 if today().weekday() else 1)
    return desk, other.get_attribute("data-day") or ""


def test_a_visit_is_dragged_to_another_day(calendar: tuple[Page, str], live: Live, visit: Visit):
    desk, day = calendar
    desk.wait_for_load_state("networkidle")

    desk.locator(f"#visit-{visit.id}").drag_to(desk.locator(f"[data-day='{day}']"))

    expect_said(desk, "The visit is moved.")
    assert live.make.again(visit).on.isoformat() == day


def test_a_visit_is_moved_by_keyboard_and_back_by_undo(
    calendar: tuple[Page, str], live: Live, visit: Visit
):
    desk, day = calendar
    card = desk.locator(f"#visit-{visit.id}")

    card.locator("summary").focus()
    desk.keyboard.press("Enter")
    card.locator("input[type=date]").fill(day)
    press(card, "Move")
    expect_said(desk, "The visit is moved.")
    moved = live.make.again(visit).on.isoformat()
    press(desk.locator("#toasts"), "Undo")
    expect_said(desk, "The visit is moved.")

    assert moved == day
    assert live.make.again(visit).on == today()


def assert_fits(page: Page) -> None:
    """Nothing is wider than the telephone, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert_accessible(page)
