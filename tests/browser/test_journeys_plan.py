"""A newcomer makes a first useful plan by the steps that the product shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from time import monotonic

from playwright.sync_api import Page, expect

from app.accounts.models import Rival
from app.users.models import User
from tests.browser.conftest import Live
from tests.browser.walks import assert_accessible, control, expect_said, today

QUARTER_OF_AN_HOUR = 15 * 60
PER_CLICK, PER_LETTER, PER_CONTROL = 2.45, 0.28, 10.0
"""Seconds of a person: to think of, point at and press something, and to type a letter (Card,
Moran and Newell, 1980: 1.35 + 1.1 and 0.28); ten more to think what to say in a control."""


@dataclass
class Walk:
    """A person at work: what they press and type is counted."""

    page: Page
    clicks: int = 0
    letters: int = 0
    controls: int = 0
    begun: float = field(default_factory=monotonic)

    def press(self, words: str, *, link: bool = False) -> None:
        """Press a button, or follow a link, of exactly these words."""
        self.page.get_by_role("link" if link else "button", name=words, exact=True).first.click()
        self.clicks += 1

    def type(self, words: str, text: str) -> None:
        """Type into the control of this label."""
        self._typed(text, lambda: control(self.page, words).fill(text))

    def answer(self, question: str, text: str) -> None:
        """Type an answer under a question."""
        box = self.page.locator(f"[name='{question}.words']")
        self._typed(text, lambda: box.fill(text))

    def say(self, kind: str, text: str) -> None:
        """Say one more of a kind, in the form that unfolds."""
        section = self.page.locator(f"#{kind}")
        section.locator("summary").first.click()
        self._typed(text, lambda: section.locator(f"[name='{kind}-words']").fill(text))
        section.get_by_role("button", name="Add", exact=True).click()
        self.clicks += 2
        expect_said(self.page, "Added.")

    def choose(self, words: str, value: str) -> None:
        """Choose from a list."""
        control(self.page, words).select_option(label=value)
        self.clicks += 2

    def _typed(self, text: str, act: Callable[[], None]) -> None:
        act()
        self.clicks, self.controls = self.clicks + 1, self.controls + 1
        self.letters += len(text)

    @property
    def machine_seconds(self) -> float:
        """How long the browser and the product took."""
        return monotonic() - self.begun

    @property
    def seconds(self) -> float:
        """How long a person would have taken, the product's time included."""
        acts = PER_CLICK * self.clicks + PER_LETTER * self.letters + PER_CONTROL * self.controls
        return acts + self.machine_seconds


def customer(live: Live, manager: User) -> int:
    """An account with two years of sales, somebody who decides, and a competitor."""
    account = live.make.account("Anhe Hospital", owner=manager)
    person = live.make.person(account, "Li Wei", roles=("decider",))
    live.make.coverage(manager, person)
    live.make.keep(Rival(account_id=account.id, name="Kangsheng", share=Decimal("0.4")))
    for month in range(24):
        day = today().replace(day=3) - timedelta(days=30 * month)
        live.make.sale(account, f"{90 + month % 5}000", day)
    return account.id


def test_a_newcomer_makes_a_first_useful_plan_within_a_quarter_of_an_hour(
    desk: Page,
    live: Live,
    manager: User,
    record_testsuite_property: Callable[[str, object], None],
):
    desk.goto(f"/accounts/{customer(live, manager)}/plan")
    walk = Walk(desk)

    begin(walk)
    diagnose(walk)
    look_ahead(walk)
    set_goal(walk)
    take_position(walk)
    agree_action(walk)

    expect(desk.locator(".steps")).to_have_count(0)
    expect(desk.locator(".face")).to_contain_text("They know our nights")
    expect(desk.locator("#goals")).to_contain_text("Sell for 1.3 million")
    assert_accessible(desk)
    for name in ("clicks", "letters", "seconds", "machine_seconds"):
        record_testsuite_property(f"first plan: {name}", round(getattr(walk, name)))
    assert walk.seconds < QUARTER_OF_AN_HOUR
    assert walk.clicks <= 60


def back(walk: Walk) -> None:
    """To the plan's face, where the next step stands."""
    walk.page.get_by_role("link", name=re.compile("^Plan ")).first.click()
    walk.clicks += 1


def begin(walk: Walk) -> None:
    """The plan of the year, with its direction."""
    walk.press("Begin a plan", link=True)
    walk.choose("Qualitative goal", "Hold share actively")
    walk.press("Open the plan")
    expect(walk.page.locator(".steps li")).to_have_count(6)
    assert_accessible(walk.page)


def diagnose(walk: Walk) -> None:
    """Three answers and three drivers."""
    walk.press("Answer three questions about the customer", link=True)
    assert_accessible(walk.page)
    walk.answer("diagnose-1", "Too few nurses at night")
    walk.answer("diagnose-4", "Repairs that take three days")
    walk.answer("diagnose-5", "A regional intensive-care centre")
    walk.press("Save")
    walk.press("Name three drivers of its business", link=True)
    for driver in ("Bed turnover", "Payment by case", "Nurses on each shift"):
        walk.say("driver", driver)
    assert_accessible(walk.page)
    back(walk)


def look_ahead(walk: Walk) -> None:
    """What the year may bring, and what may change it."""
    walk.press("Look at low, likely and high, and say what may change", link=True)
    expect(walk.page.locator("#scenario")).to_contain_text("Business that goes on")
    assert_accessible(walk.page)
    walk.say("change", "The east campus opens its first wards")
    back(walk)


def set_goal(walk: Walk) -> None:
    """One goal with a figure."""
    walk.press("Set a goal with a figure", link=True)
    walk.type("What is to be reached", "Sell for 1.3 million")
    walk.choose("Measure", "Sales amount")
    walk.type("Target", "1300000")
    walk.press("Add")
    back(walk)


def take_position(walk: Walk) -> None:
    """The sentence to own."""
    walk.press("Say the position to own in a sentence", link=True)
    walk.type("The position to own, in one sentence", "They know our nights")
    walk.press("Save")
    expect(walk.page.locator("#own")).to_contain_text("They know our nights")
    assert_accessible(walk.page)
    back(walk)


def agree_action(walk: Walk) -> None:
    """Who does what first."""
    walk.press("Agree the first action", link=True)
    walk.type("What", "Offer training on the night shift")
    walk.press("Add")
    walk.page.wait_for_url(re.compile(r"/plans/\d+"))
