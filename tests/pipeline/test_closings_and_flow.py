"""Closings by the month, and what moved between two days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.pipeline.closings import Month, month_named, weeks_of
from app.pipeline.flow import AFTER, BEFORE, HEIGHT, Edge, Stream, picture, tone_of
from app.pipeline.rules import Outcome, Stage
from tests.pipeline.conftest import day


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.mark.parametrize(
    ("month", "first", "last", "count"),
    [
        (Month(2026, 2), date(2026, 1, 26), date(2026, 3, 1), 5),
        (Month(2026, 6), date(2026, 6, 1), date(2026, 7, 5), 5),
        (Month(2027, 2), date(2027, 2, 1), date(2027, 2, 28), 4),
        (Month(2026, 8), date(2026, 7, 27), date(2026, 9, 6), 6),
    ],
)
def test_a_month_is_whole_weeks_from_monday(month, first, last, count):
    weeks = weeks_of(month)

    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (first, last, count)
    assert all(len(week) == 7 for week in weeks)


def test_months_follow_one_another_over_the_year():
    assert str(month_named("2026-12").after) == "2027-01"
    assert str(month_named("2026-01").before) == "2025-12"
    assert month_named("1066-01") is None


def test_a_day_names_what_should_close_and_sums_it(ada, cleo, account, make, story, browser_for):
    for number in range(6):
        story(account, name=f"Deal {number}", close_on=day("03-09"), amount=Decimal(100))
    story(make.account("Elsewhere", owner=cleo), name="Secret", close_on=day("03-09"))
    story(account, name="Lost", close_on=day("03-10")).close("03-05", Outcome.LOST, reason="x")

    page = browser_for(ada).get("/pipeline/calendar?month=2026-03")

    assert page.h1 == "Closings in March 2026"
    cell = next(words for words in page.words("td") if words.startswith("9"))
    assert cell.startswith("9¥600")
    assert "2 more" in cell
    assert "Secret" not in page.text
    assert "Lost" not in page.words("a")
    assert "6 open deals should have closed before today" in page.text


@pytest.mark.parametrize("query", ["", "month=soon", "month=2026-13&owner=x&q=%00"])
def test_any_month_that_is_none_is_this_one(query, ada, account, browser_for):
    assert browser_for(ada).get(f"/pipeline/calendar?{query}").status == 200


def told(story, account):
    """One moved on, one stayed, one was lost, one is new, one was won; between 3 and 9 March."""
    story(account, "03-01", name="On").move("03-05", Stage.QUALIFICATION)
    story(account, "03-01", name="Stayed")
    story(account, "03-01", name="Lost").close("03-06", Outcome.LOST, reason="x")
    story(account, "03-07", name="New")
    story(account, "03-01", name="Won", stage="negotiation").close("03-08", Outcome.WON)
    story(account, "03-10", name="Later")
    story(account, "02-01", name="Before").close("02-09", Outcome.LOST, reason="x")


def rows(page):
    found = [element for element in page.all("tr") if "¥" in "".join(element.itertext())]
    return [" ".join("".join(cell.itertext()).strip() for cell in row) for row in found]


def test_what_moved_between_two_days_is_told_from_where_to_where(ada, account, story, browser_for):
    told(story, account)

    page = browser_for(ada).get("/pipeline/flow?start=2026-03-03&end=2026-03-09")

    assert sorted(rows(page)) == [
        "Negotiation Delivery 1 ¥1,000",
        "New or taken up again Prospecting 1 ¥1,000",
        "Prospecting Lost 1 ¥1,000",
        "Prospecting Qualification 1 ¥1,000",
        "Prospecting stayed 1 ¥1,000",
    ]
    assert page.text.count("<path") >= 5


def test_the_flow_is_the_same_in_a_file(ada, cleo, account, story, browser_for):
    told(story, account)
    address = "/pipeline/flow.csv?start=2026-03-03&end=2026-03-09"

    mine = browser_for(ada).client.get(address).get_data(as_text=True)
    others = browser_for(cleo).client.get(address).get_data(as_text=True)

    assert len(mine.splitlines()) == 6
    assert len(others.splitlines()) == 1
    assert browser_for(ada).client.get(address.replace(".csv", ".xlsx")).status_code == 200


def test_a_deal_taken_up_again_is_seen_to_come_back(ada, account, story, browser_for):
    story(account, "01-01").close("02-01", Outcome.LOST, reason="x").reopen("03-05")

    page = browser_for(ada).get("/pipeline/flow?start=2026-03-03&end=2026-03-09")

    assert rows(page) == ["New or taken up again Prospecting 1 ¥1,000"]


def test_the_funnel_counts_every_stage_that_was_reached(ada, account, story, browser_for):
    told(story, account)
    fallen = story(account, "03-03", name="Fallen").move("03-04", Stage.PROPOSAL)
    fallen.move("03-05", Stage.PROSPECTING)

    page = browser_for(ada).get("/pipeline/flow?start=2026-02-20&end=2026-03-09")

    # seven opened by 9 March: all reached prospecting, two qualification, one up to delivery,
    # and one fell back from proposal, which it had reached
    stages = tuple(stage.label for stage in Stage)
    steps = [words for words in page.words("li") if words.startswith(stages)]
    assert steps[0].startswith("Prospecting7 43% went further")
    assert steps[1].startswith("Qualification3 67% went further")
    assert steps[5] == "Delivery1"


@pytest.mark.parametrize("days", ["start=2999-01-01&end=soon", "start=0026-01-01&end=0001-01-01"])
def test_nonsense_days_are_the_last_month(days, ada, account, browser_for):
    page = browser_for(ada).get(f"/pipeline/flow?{days}")

    assert page.status == 200


def test_the_picture_fills_its_height_and_loses_no_deal():
    streams = [
        Stream(Stage.PROSPECTING, Stage.BIDDING, "CNY", 3, Decimal(1)),
        Stream(Stage.PROSPECTING, Stage.BIDDING, "USD", 1, Decimal(1)),
        Stream(Edge.NEW, Stage.PROSPECTING, "CNY", 4, Decimal(1)),
    ]

    drawn = picture(streams)

    assert [(bar.place, bar.count) for bar in drawn.left] == [
        (Stage.PROSPECTING, 4),
        (Edge.NEW, 4),
    ]
    assert sum(one.count for one in drawn.ribbons) == 8
    assert drawn.left[-1].y + drawn.left[-1].height == pytest.approx(HEIGHT, abs=0.2)
    assert picture([]).ribbons == []


def test_every_pair_of_places_has_its_tone():
    tones = {tone_of(start, end) for start in BEFORE for end in AFTER}

    assert tones == {"on", "back", "lost", "done", "new", "stay"}


def test_calendar_and_flow_ask_as_often_for_six_deals_as_for_three(
    ada, account, story, browser_for
):
    browser, counts = browser_for(ada), []
    for number in range(6):
        story(account, name=f"Deal {number}", close_on=day(f"03-1{number}"))
        if number in {2, 5}:
            for address in ("/pipeline/calendar?month=2026-03", "/pipeline/flow"):
                browser.get(address)
                counts.append(browser.selects)

    assert counts[:2] == counts[2:]
    assert max(counts) <= 9
