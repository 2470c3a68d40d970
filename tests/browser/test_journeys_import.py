"""What somebody brings from elsewhere: a file of accounts, a pasted list of people."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from app.users.models import User
from tests.browser.conftest import Live
from tests.browser.walks import assert_accessible, expect_said, fill, follow, press

ROWS = "Hospital,Town,Remark\nNorth Clinic,Jiaxing,new\nSouth Clinic,Hangzhou,\n,Ningbo,no name\n"


def test_a_file_is_mapped_looked_through_imported_and_taken_back(desk: Page):
    send(desk, ROWS)
    desk.get_by_label("Hospital").select_option(label="Name")
    desk.get_by_label("Town").select_option(label="City")
    assert_accessible(desk)

    press(desk, "Look what would change")
    expect(desk.locator("main")).to_contain_text("Would be new2")
    expect(desk.locator("main")).to_contain_text("Refused rows")
    assert_accessible(desk)
    press(desk, "Import")
    expect(desk.get_by_role("button", name="Undo this import")).to_be_visible()
    assert accounts(desk) == ["North Clinic", "South Clinic"]

    desk.go_back()
    press(desk, "Undo this import")
    press(desk.get_by_role("dialog"), "Undo")
    expect_said(desk, "2 rows taken back.")
    assert accounts(desk) == []


def test_people_are_pasted_with_whom_they_report_to(desk: Page, live: Live, manager: User):
    live.make.account("Pasted Hospital", owner=manager)
    desk.goto("/import/")
    fill(desk, **{"paste-account": "Pasted Hospital"})
    fill(desk, **{"paste-people": "Wang Min, President [decider]\n  Li Wei, CFO, Finance"})
    desk.locator("form", has=desk.locator("[name='paste-people']")).get_by_role(
        "button", name="Go on"
    ).click()

    press(desk, "Look what would change")
    press(desk, "Import")
    expect(desk.get_by_role("button", name="Undo this import")).to_be_visible()
    desk.goto("/accounts/?q=Pasted")
    follow(desk, "Pasted Hospital")
    follow(desk, "People")

    expect(desk.get_by_role("row", name="Li Wei")).to_contain_text("Finance")
    expect(desk.get_by_role("row", name="Li Wei")).to_contain_text("Wang Min")


def send(page: Page, rows: str) -> None:
    """A file of accounts."""
    page.goto("/import/")
    assert_accessible(page)
    file: FilePayload = {"name": "ours.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("[name='file']").set_input_files(file)
    page.locator("[name='kind']").select_option(label="Accounts")
    page.locator("form", has=page.locator("[name='file']")).get_by_role(
        "button", name="Go on"
    ).click()


def accounts(page: Page) -> list[str]:
    """The names in the list of accounts."""
    page.goto("/accounts/")
    return page.locator("tbody th a").all_inner_texts()
