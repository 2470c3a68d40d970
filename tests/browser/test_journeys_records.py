"""Contract, credit and complaint by hand, invoices from a file; a warning of theirs, to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from app.accounts.models import Account
from app.users.models import User
from tests.browser.conftest import Live, cookie_of, watched_window
from tests.browser.walks import (
    assert_accessible,
    expect_said,
    fill,
    pick,
    press,
    today,
)


@pytest.fixture
def account(live: Live, manager: User) -> Account:
    return live.make.account("Hengyi Wholesale", owner=manager)


@pytest.fixture
def above(chromium: Browser, live: Live, account: Account) -> Iterator[Page]:
    """A window of somebody on the team who decides on credit and sets the thresholds."""
    token = f"above{account.id}"
    more = {"role": "administrator", "session_token": token, "timezone": "UTC"}
    boss = live.make.user("Dora Dai", f"{token}@example.com", **more)
    live.make.member(account, boss)
    with watched_window(chromium, live, cookie_of(boss, live.address)) as window:
        yield window


def test_records_are_kept_and_what_they_warn_of_is_seen_to_its_end(
    desk: Page, above: Page, account: Account
):
    records = f"/accounts/{account.id}/records"
    enter_a_contract(desk, records)
    apply_and_decide(desk, above, records)
    complain_and_answer(desk, records)
    import_invoices(desk)
    look_into_the_warning(desk, account)
    try_a_threshold(above)


def enter_a_contract(desk: Page, records: str) -> None:
    """With its days, a part settled and the signed copy."""
    desk.goto(f"{records}/contracts/add")
    fill(desk, title="Supply", signed_on=f"{today()}", ends_on=f"{today() + timedelta(20)}")
    press(desk, "Add")
    desk.locator("#goods").get_by_role("button", name="All settled").click()
    expect(desk.locator("main")).to_contain_text("1 of 11 complete")
    copy: FilePayload = {"name": "signed.txt", "mimeType": "text/plain", "buffer": b"Signed"}
    desk.locator("[name='file']").set_input_files(copy)
    press(desk, "Hand in")
    expect(desk.get_by_role("link", name="signed.txt")).to_be_visible()
    assert_accessible(desk)


def apply_and_decide(desk: Page, above: Page, records: str) -> None:
    """The manager applies with a survey and an analysis; the director finds it on Today."""
    desk.goto(f"{records}/credits/add")
    day = f"{today()}"
    fill(desk, asked="20000", asked_days="30", request="They grow")
    press(desk, "Add")
    edit(desk, "credits")
    fill(desk, surveyed_on=day, survey="Pays on the day", analysed_on=day, analysis="Sound")
    press(desk, "Save")
    above.goto("/today?kind=credit")
    above.locator("a[href$='/decide']").first.click()
    fill(above, limit="10000", days="30", reason="Half, for a start")
    press(above, "Decide")
    desk.goto(f"{records}/credit")
    expect(desk.locator("main")).to_contain_text("¥10,000")


def edit(page: Page, book: str) -> None:
    """Open the one record of its kind that there is."""
    page.locator(f"a[href^='/records/{book}/'][href$='/edit']").first.click()


def complain_and_answer(desk: Page, records: str) -> None:
    """A complaint is not closed before the customer has its answer."""
    desk.goto(f"{records}/cases/add")
    day = f"{today()}"
    fill(desk, title="Wet boxes")
    press(desk, "Add")
    edit(desk, "cases")
    fill(desk, investigated_on=day, findings="Rain", decided_on=day, decision="New ones")
    desk.locator("[name='verdict']").select_option(index=1)
    fill(desk, closed_on=day)
    press(desk, "Save")
    expect(desk.locator("[name='findings']")).to_have_value("Rain")
    expect(desk.locator("[name='closed_on']")).to_have_attribute("aria-invalid", "true")
    fill(desk, answered_on=day, answer="New boxes on Friday")
    press(desk, "Save")
    desk.wait_for_url("**/records/service")


def import_invoices(desk: Page) -> None:
    """Two invoices that come to more than the limit."""
    rest = f"Hengyi Wholesale,{today()},{today()}"
    content = f"invoice no,account,date,due date,amount\n1,{rest},9000\n2,{rest},4000\n".encode()
    desk.goto("/import/")
    desk.locator("[name='file']").set_input_files(
        {"name": "invoices.csv", "mimeType": "text/csv", "buffer": content}
    )
    desk.locator("[name='kind']").select_option(label="Receivables")
    form = desk.locator("form", has=desk.locator("[name='file']"))
    form.get_by_role("button", name="Go on").click()
    press(desk, "Look what would change")
    press(desk, "Import")
    expect(desk.get_by_role("button", name="Undo this import")).to_be_visible()


def look_into_the_warning(desk: Page, account: Account) -> None:
    """It says why in figures; what is known, found and done is written down; it is closed."""
    desk.goto(f"/accounts/{account.id}/warnings")
    press(desk, "Look now")
    desk.get_by_role("link", name="Owed too much or too long").first.click()
    expect(desk.locator("main")).to_contain_text("130 % of the limit")
    fill(desk, investigation="Asked their accountant")
    press(desk, "Save")
    expect_said(desk, "Saved.")
    fill(desk, found="One was paid twice", done="Agreed a day")
    pick(desk, "Was it true?", "False alarm")
    assert_accessible(desk)
    press(desk, "Close it")
    expect_said(desk, "Closed.")


def try_a_threshold(above: Page) -> None:
    """What it would have raised in a year is told before it is changed."""
    above.goto("/warnings/rules/credit")
    fill(above, owed="120")
    press(above, "What would it have raised in the last year?")
    expect(above.locator("#preview")).to_contain_text("As tried")
    expect(above.locator("#preview")).to_contain_text("120")
    fill(above, owed="120")
    press(above, "Save")
    expect_said(above, "It holds from the next look on.")
