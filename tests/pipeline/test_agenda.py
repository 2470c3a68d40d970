"""What a review talks about: the rule for each topic, and the page that proposes it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.accounts.queries import visible_accounts
from app.pipeline.agenda import Expected, Moved, Topic, broken, changes_of, told, topic_of
from app.pipeline.agenda_queries import agenda
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standing_queries import DealWish
from app.users.rules import UserRole
from app.web import today
from tests.pipeline.conftest import day

ON = date(2026, 6, 1)
OPEN = Outcome.OPEN


def moved(start, to, outcome=OPEN, *, override=False, **more):
    return Moved(ON, start, to, outcome, override, **more)


@pytest.mark.parametrize(
    ("move", "topic"),
    [
        (moved(None, Stage.PROSPECTING), Topic.NEW),
        (moved(Stage.PROPOSAL, Stage.BIDDING), Topic.FORWARD),
        (moved(Stage.PROPOSAL, Stage.BIDDING, override=True), Topic.OVERRIDE),
        (moved(Stage.BIDDING, Stage.PROPOSAL), Topic.BACK),
        (moved(Stage.BIDDING, Stage.BIDDING), Topic.BACK),
        (moved(Stage.BIDDING, Stage.DELIVERY, Outcome.WON, override=True), Topic.WON),
        (moved(Stage.DELIVERY, Stage.DELIVERY, Outcome.CLOSED), Topic.WON),
        (moved(Stage.BIDDING, Stage.BIDDING, Outcome.LOST), Topic.LOST),
        (moved(Stage.BIDDING, Stage.BIDDING, Outcome.WITHDRAWN), Topic.WITHDRAWN),
    ],
)
def test_each_move_has_its_topic(move, topic):
    assert topic_of(move) is topic


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (moved(None, Stage.PROSPECTING), "2026-06-01: opened in prospecting"),
        (moved(Stage.PROPOSAL, Stage.BIDDING), "2026-06-01: proposal to bidding"),
        (
            moved(Stage.PROPOSAL, Stage.BIDDING, evidence="Bid 12", reason="x"),
            "2026-06-01: proposal to bidding – Bid 12",
        ),
        (moved(Stage.BIDDING, Stage.BIDDING, Outcome.LOST), "2026-06-01: lost"),
        (
            moved(Stage.BIDDING, Stage.BIDDING, Outcome.LOST, reason="Price"),
            "2026-06-01: lost – Price",
        ),
    ],
)
def test_a_move_is_told_with_its_evidence_or_its_reason(move, sentence):
    assert str(told(move)) == sentence


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ((100, "06-30"), (100, "06-30"), []),
        ((100, "06-30"), (100, "07-10"), [(Topic.SLIPPED, "10 days later")]),
        ((100, "06-30"), (100, "06-29"), [(Topic.PULLED, "1 days earlier")]),
        ((100, None), (100, "06-29"), []),
        ((100, "06-30"), (100, None), []),
        ((200, None), (150, None), [(Topic.SHRUNK, "25% less")]),
        ((200, None), (500, None), [(Topic.GROWN, "150% more")]),
        ((200, None), (0, None), [(Topic.SHRUNK, "100% less")]),
        ((None, None), (500, None), []),
        ((0, None), (500, None), []),
        ((200, None), (None, None), []),
        ((200, "06-01"), (100, "07-01"), [(Topic.SLIPPED, "30 days"), (Topic.SHRUNK, "50%")]),
    ],
)
def test_terms_slip_or_are_pulled_in_and_grow_or_shrink(before, after, found):
    def expected(amount, close_on):
        return Expected(
            None if amount is None else Decimal(amount), day(close_on) if close_on else None
        )

    changes = changes_of(expected(*before), expected(*after))

    assert [topic for topic, _why in changes] == [topic for topic, _part in found]
    for (_topic, why), (_same, part) in zip(changes, found, strict=True):
        assert part in str(why)


def test_a_step_without_a_name_is_still_due():
    assert str(broken("", ON)) == "the next step was due on 2026-06-01"
    assert str(broken("Send the offer", ON)).startswith("“Send the offer”")


@pytest.fixture
def account(make, ada):
    """An account whose decider is known and was met lately."""
    account = make.account(owner=ada)
    make.person(account, roles=("decider",), touched_on=day("06-20"))
    return account


def points(session, ada, since="06-01", on="07-01"):
    """The agenda as {topic: names}."""
    seen = visible_accounts(ada.id, UserRole.MANAGER)
    found = agenda(session, seen, DealWish(), day(since), day(on))
    return {point.topic.value: [item.name for item in point.items] for point in found}


def test_only_what_happened_after_the_day_is_on_the_agenda(session, ada, account, story):
    story(account, "05-01", name="Before").move("06-01", Stage.QUALIFICATION)
    story(account, "05-01", name="After").move("06-02", Stage.QUALIFICATION)
    story(account, "06-15", name="New")
    story(account, "05-01", name="Later").move("07-02", Stage.QUALIFICATION)

    assert points(session, ada) == {"forward": ["After"], "new": ["New"]}


def test_the_largest_deals_come_first_and_each_once(session, ada, account, story):
    for name, amount in (("Small", 10), ("Large", 900), ("Unknown", None)):
        told = story(account, "05-01", name=name, amount=amount and Decimal(amount))
        told.move("06-02", Stage.QUALIFICATION).move("06-03", Stage.PROPOSAL)

    assert points(session, ada) == {"forward": ["Large", "Small", "Unknown"]}


def test_terms_are_held_against_those_of_the_day(session, ada, account, story):
    slipped = story(account, "05-01", name="Slipped", close_on=day("08-01"))
    slipped.terms("05-20", close_on=day("09-01")).terms("06-10", close_on=day("10-01"))
    shrunk = story(account, "05-01", name="Shrunk", amount=Decimal(100))
    shrunk.terms("06-05", amount=Decimal(50))
    back = story(account, "05-01", name="There and back", amount=Decimal(100))
    back.terms("06-05", amount=Decimal(50)).terms("06-06", amount=Decimal(100))

    assert points(session, ada) == {"slipped": ["Slipped"], "shrunk": ["Shrunk"]}


def test_open_deals_that_stand_still_are_on_the_agenda(session, ada, account, story):
    for number in range(8):
        story(account, "01-01", name="Quick").move(f"01-0{number + 2}", Stage.QUALIFICATION)
    story(account, "05-30", name="Overdue", close_on=day("06-30"), stage="bidding")
    story(account, "05-30", name="Today", close_on=day("07-01"), stage="bidding")
    story(account, "04-01", name="Stuck")
    lost = story(account, "05-30", name="Gone", close_on=day("05-31"), stage="bidding")
    lost.close("06-01", Outcome.LOST, reason="x")
    story(
        account,
        "05-30",
        name="Promised",
        stage="bidding",
        next_step="Send the offer",
        next_step_on=day("06-20"),
    )

    assert points(session, ada) == {
        "overdue": ["Overdue"],
        "stuck": ["Stuck"],
        "broken": ["Promised"],
    }


def test_deals_of_which_nothing_is_heard_are_on_the_agenda(session, make, ada, account, story):
    quiet = make.account("Quiet Hospital", owner=ada)
    make.person(quiet, roles=("decider",), touched_on=day("05-31"))
    story(quiet, "05-31", name="Silent")
    story(quiet, "05-31", name="Told").terms("06-01", amount=Decimal(5))
    story(quiet, "06-01", name="Moved")
    story(account, "05-31", name="Met")

    assert points(session, ada)["silent"] == ["Silent"]


@pytest.mark.parametrize(
    ("roles", "readings", "is_at_risk"),
    [
        ((), (), True),
        (("guide",), (), True),
        (("decider",), (), False),
        (("decider",), (1,), False),
        (("decider",), (1, -1), True),
        (("decider",), (-2, 0), False),
    ],
)
def test_a_late_deal_whose_decider_is_unknown_or_against_us_is_at_risk(
    roles, readings, is_at_risk, session, make, ada, story
):
    account = make.account("Elsewhere", owner=ada)
    person = make.person(account, roles=roles, touched_on=day("06-20"))
    for support in readings:
        make.observation(person, support=support)
    story(account, "06-15", name="Late", stage="proposal")
    story(account, "06-15", name="Early", stage="qualification")

    assert points(session, ada).get("map", []) == (["Late"] if is_at_risk else [])


def test_deals_of_others_are_not_on_the_agenda(session, make, ada, cleo, story):
    story(make.account(owner=cleo), "06-15")

    assert points(session, ada) == {}


def test_more_deals_than_a_topic_names_are_counted(session, ada, account, story):
    for _ in range(27):
        story(account, "06-15")
    seen = visible_accounts(ada.id, UserRole.MANAGER)

    (new,) = agenda(session, seen, DealWish(), day("06-01"), day("07-01"))

    assert (len(new.items), new.count, new.is_whole) == (25, 27, True)


def test_the_page_proposes_the_agenda_of_the_last_week(ada, account, story, browser_for, app):
    with app.test_request_context():
        now = today()
    recent = (now - timedelta(days=3)).isoformat()[5:]
    if (now - timedelta(days=10)).year != now.year:
        pytest.skip("the story's days are of one year")
    story(account, recent, name="New deal")
    browser = browser_for(ada)

    page = browser.get("/pipeline/review")

    assert "New deal" in page.text
    assert "New 1" in page.text
    assert browser.selects <= 13


@pytest.mark.parametrize("query", ["", "since=2999-01-01", "since=1999-01-01", "since=x&owner=y"])
def test_when_nothing_happened_the_page_says_so(query, ada, browser_for):
    page = browser_for(ada).get(f"/pipeline/review?{query}")

    assert "Nothing happened since" in page.text


def test_the_review_asks_as_often_for_six_deals_as_for_three(ada, account, story, browser_for):
    for _ in range(3):
        story(account, "01-01", close_on=day("02-01"))
    few = browser_for(ada)
    few.get("/pipeline/review?since=2026-01-01")
    for _ in range(3):
        story(account, "01-01", close_on=day("02-01"))

    many = browser_for(ada)
    many.get("/pipeline/review?since=2026-01-01")

    assert few.selects == many.selects
