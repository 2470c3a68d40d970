"""What forms say of a wrong value, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import wtforms

from app.form_words import TOO_LONG, WORDS


@pytest.mark.parametrize(
    ("language", "typed", "message"),
    [
        ("en", {"probability": "high"}, "Give a number."),
        ("zh_Hans_CN", {"probability": "high"}, "请填写数字。"),
        ("zh_Hans_CN", {"opened_on": "soon"}, "请填写日期，如2026-03-05。"),
        ("zh_Hans_CN", {"stage": "closing"}, "请从列表中选择一项。"),
        ("zh_Hans_CN", {"name": "长" * 256}, "最多255个字符。"),
        ("zh_Hans_CN", {"name": ""}, "请填写商机名称。"),
    ],
)
def test_a_wrong_value_is_named_in_the_language_of_the_person(
    ada, make, session, browser_for, language, typed, message
):
    account = make.account("Ruijin Hospital", owner=ada)
    ada.language = language
    session.commit()
    whole = {"name": "Monitors", "stage": "bidding", "opened_on": "2026-03-05", "currency": "EUR"}

    page = browser_for(ada).post(f"/accounts/{account.id}/opportunities/add", {**whole, **typed})

    assert page.status == 422
    assert message in page.text


def test_the_library_still_says_what_we_put_into_our_words():
    sources = Path(wtforms.__file__).parent.rglob("*.py")

    said = " ".join(" ".join(path.read_text("utf-8").split()) for path in sources)

    ours = set(WORDS) - {"File does not have an approved extension."}
    assert {message for message in ours | {TOO_LONG} if message not in said} == set()
