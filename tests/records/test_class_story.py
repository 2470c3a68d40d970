"""The size class month by month, and its page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.accounts.rules import Segment
from app.accounts.settings import SIZE_MONTHS
from app.accounts.size_class import DEFAULT_TABLES
from app.records.class_story import class_story, story_picture
from app.records.rules import Totals
from app.users.changes import put_setting

TODAY = date(2026, 3, 20)
RETAIL = DEFAULT_TABLES[Segment.RETAIL]


def month(amount: str, cost: str) -> Totals:
    return Totals(Decimal(amount), Decimal(amount), Decimal(cost), 1)


def test_each_point_is_the_mean_of_the_months_before_it():
    # by hand, over 3 months: (30,000 + 60,000 + 0) / 3 / 10,000 = 3 is B+; then 60,000 / 3 = 2
    # is B; the margin is (90,000 − 89,100) / 90,000 = 1 %
    found = {(2025, 12): month("30000", "29700"), (2026, 1): month("60000", "59400")}

    story = class_story(found, TODAY, 3, Decimal(1), RETAIL)

    assert [(point.on, point.sales, point.size_class) for point in story] == [
        (date(2026, 3, 1), 3, "B+"),
    ]
    later = class_story(found, date(2026, 4, 1), 3, Decimal(1), RETAIL)
    assert [(point.on, point.sales, point.size_class) for point in later] == [
        (date(2026, 3, 1), 3, "B+"),
        (date(2026, 4, 1), 2, "B"),
    ]
    assert later[0].margin == Decimal("0.01")


def test_without_a_table_a_rate_or_sales_there_is_no_story():
    found = {(2026, 1): month("1", "1")}

    assert class_story(found, TODAY, 3, None, RETAIL) == []
    assert class_story(found, TODAY, 3, Decimal(1), None) == []
    assert class_story({}, TODAY, 3, Decimal(1), RETAIL) == []


def test_the_picture_shows_the_floors_about_the_sales():
    found = {(2025, step): month("30000", "29700") for step in range(1, 13)}
    story = class_story(found, date(2026, 1, 2), 6, Decimal(1), RETAIL)

    picture = story_picture(story, RETAIL)

    # the highest point is 3, where B+ begins; the next floor above, 5.5, is shown too
    assert [line.size_class.value for line in picture.floors] == ["A", "B+", "B", "C"]
    assert [x for x, _height, _point in picture.points][-1] == 100
    assert story_picture(story[:1], RETAIL) is None


@pytest.fixture
def account(make, ada, ben, monkeypatch):
    monkeypatch.setattr("app.records.views.classes.today", lambda: TODAY)
    account = make.account("First Hospital", owner=ada, reader=ben, segment="retail")
    # 240,000 in the twelve months to March, 90,000 of it in the last three
    with make.at_once():
        for amount, on in (("150000", date(2025, 6, 2)), ("90000", date(2026, 2, 2))):
            cost = Decimal(amount) * Decimal("0.99")
            make.sale(account, amount, on=on, cost=cost)
    return account


def test_the_page_tells_the_class_what_would_lift_it_and_lets_it_fall(account, ben, browser_for):
    page = browser_for(ben).get(f"/accounts/{account.id}/class")

    # 240,000 / 12 = 20,000 is 2 in 10,000 CNY: B from 1 to 3, 1 % is below its quota of 3.5 %
    assert "2 in 10,000 CNY" in page.text
    assert "Sell ¥10,000 more a month: 3 in 10,000 CNY" in page.text
    # 2.5 points of 20,000 are 500
    assert "raise the margin by 2.50% to 3.50%: ¥500 more profit a month" in page.text
    assert "Sales below 1 in 10,000 CNY a month: ¥10,000 less than now." in page.text


def test_another_period_gives_another_class(account, ben, browser_for):
    # 90,000 / 3 is 3 in 10,000 CNY: B+
    page = browser_for(ben).get(f"/accounts/{account.id}/class?months=3")

    assert "3 in 10,000 CNY" in page.text
    assert "The class that is kept goes by 12." in page.text
    assert "5.5 in 10,000 CNY, whatever the margin" in page.text


def test_the_companys_period_is_the_one_that_counts(account, session, ben, browser_for):
    put_setting(session, SIZE_MONTHS, "3")
    session.commit()

    page = browser_for(ben).get(f"/accounts/{account.id}/class?months=nonsense")

    assert "3 in 10,000 CNY" in page.text
    assert "that is kept goes by" not in page.text


def test_without_a_segment_the_page_says_what_is_missing(make, ada, browser_for):
    account = make.account("Second Hospital", owner=ada)
    make.sale(account, "1200")

    page = browser_for(ada).get(f"/accounts/{account.id}/class")

    assert "unknown" in page.text
    assert "no segment yet" in page.text
