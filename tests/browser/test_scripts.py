"""What scripts add to pages that already work: finding, keys, questions, taking back, themes."""

from __future__ import annotations

from playwright.sync_api import Dialog, Page, expect

from app.users.sign_in import hash_password
from tests.browser.conftest import PASSWORD, Live, sign_in


def test_the_palette_goes_to_a_place_by_keys(ada: Page):
    ada.goto("/pattern")

    ada.keyboard.press("Control+k")
    ada.keyboard.press("ArrowDown")
    chosen = ada.locator("#hits [aria-selected='true']").get_attribute("href")
    ada.keyboard.press("Enter")

    assert chosen
    ada.wait_for_url(chosen)


def test_escape_closes_the_palette_whatever_was_typed(ada: Page):
    ada.goto("/pattern")
    ada.keyboard.press("Control+k")
    ada.keyboard.type("zz")

    ada.keyboard.press("Escape")

    expect(ada.locator("#palette")).to_be_hidden()


def test_g_and_a_letter_go_to_a_place(ada: Page):
    ada.goto("/me")

    ada.keyboard.press("g")
    ada.keyboard.press("a")

    ada.wait_for_url("**/accounts/")


def test_keys_are_off_while_typing(ada: Page):
    ada.goto("/accounts/add")
    name = ada.get_by_label("Name", exact=False).first

    name.press_sequentially("g a ? j")

    expect(name).to_have_value("g a ? j")
    expect(ada.locator("#keys")).to_be_hidden()


def test_j_goes_down_the_rows_and_k_up(ada: Page):
    ada.goto("/pattern")
    ada.evaluate("document.activeElement.blur()")
    links = ada.locator("table[data-rows] th[scope='row'] a")

    ada.keyboard.press("j")
    ada.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    ada.keyboard.press("k")

    expect(links.nth(0)).to_be_focused()


def test_ticking_every_row_shows_how_many(ada: Page):
    ada.goto("/pattern")

    ada.get_by_label("All rows").check()

    expect(ada.locator("[data-bulk]")).to_contain_text("5 chosen")


def test_a_loss_is_asked_about_and_can_be_taken_back(ada: Page):
    ada.goto("/accounts/add")
    ada.locator("[name='name']").fill("Passing Clinic")
    ada.get_by_role("button", name="Add", exact=True).click()

    ada.get_by_role("button", name="Archive").click()
    ada.locator("#confirm").get_by_role("button", name="Keep it").click()
    expect(ada.locator("h1")).to_have_text("Passing Clinic")
    ada.get_by_role("button", name="Archive").click()
    ada.locator("#confirm").get_by_role("button", name="Archive").click()
    ada.get_by_role("button", name="Undo").click()

    expect(ada.locator(".toast")).to_contain_text("Passing Clinic")


def test_a_theme_shows_at_once_and_is_kept(page: Page, live: Live):
    live.make.user("Dan Zhao", "dan@example.com", password_hash=hash_password(PASSWORD))
    sign_in(page, "dan@example.com")
    page.goto("/pattern")

    page.locator(".me").click()
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_leaving_a_form_with_something_typed_asks(ada: Page):
    ada.goto("/accounts/add")
    ada.locator("[name='city']").fill("Shanghai")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    ada.on("dialog", agree)
    ada.get_by_role("link", name="Accounts").first.click()
    ada.wait_for_url("**/accounts/")

    assert asked == ["beforeunload"]
