"""The corner of the person at hand, which is drawn once and holds what changes by the page."""

from __future__ import annotations

import re

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
BACK = re.compile(r'name="next" value="([^"]+)"')


def test_everyone_sees_their_own_name_and_their_own_token(make, ada, ben, browser_for):
    pages = [browser_for(one).get("/accounts/").text for one in (ada, ben, ada)]

    tokens = [set(TOKEN.findall(page)) for page in pages]

    assert [("Ada Zhang" in page, "Ben Li" in page) for page in pages] == [
        (True, False), (False, True), (True, False)
    ]  # fmt: skip
    assert [len(found) for found in tokens] == [1, 1, 1]
    assert tokens[0] != tokens[1]
    assert not any("\0" in page for page in pages)


def test_a_choice_made_there_comes_back_to_the_page_it_was_made_on(ada, browser_for):
    browser = browser_for(ada)

    first = browser.get("/accounts/?q=%22%3E%3Cb%3E").text
    other = browser.get("/pipeline/").text

    assert set(BACK.findall(first)) == {"/accounts/?q=%22%3E%3Cb%3E"}
    assert set(BACK.findall(other)) == {"/pipeline/?"}
