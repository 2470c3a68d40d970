"""What wins: shares with intervals, and only what was known on the eve of the decision."""

from __future__ import annotations

import pytest

from app.accounts.queries import visible_accounts
from app.pipeline.rules import Outcome, Stage
from app.pipeline.score_queries import Scope
from app.pipeline.standing_queries import DealWish
from app.pipeline.wins import Comparison, Condition, DecidedDeal, Share, by_chance, comparisons
from app.pipeline.wins_queries import decided_deals
from app.users.rules import UserRole
from tests.pipeline.conftest import day


def decided(won, *held):
    return DecidedDeal(won, frozenset(held))


def test_the_interval_of_a_difference_is_newcombes():
    # Newcombe 1998, table II, method 10: 56/70 less 48/80 is 0.0524 to 0.3339.
    found = Comparison(Condition.IN_EARLY, Share(56, 70), Share(48, 80))

    assert (round(found.between.low, 4), round(found.between.high, 4)) == (0.0524, 0.3339)
    assert found.is_clear


def test_few_cases_are_not_compared_and_stand_last():
    deals = [decided(True, Condition.GUIDE_KNOWN)] * 8 + [decided(False)] * 8
    deals += [decided(True, Condition.PUSHED)]

    found = comparisons(deals)

    assert found[0].condition is Condition.GUIDE_KNOWN
    assert found[0].is_enough
    assert found[0].is_clear
    assert not found[-1].is_enough
    assert not found[-1].is_clear
    assert Share(0, 0).value is None


def test_many_comparisons_find_something_by_chance():
    assert round(by_chance(8), 3) == 0.337
    assert by_chance(0) == 0


@pytest.fixture
def account(make, ada):
    return make.account(owner=ada)


def held(session, ada):
    seen = visible_accounts(ada.id, UserRole.MANAGER)
    (found,) = decided_deals(session, Scope(seen, DealWish(), day("12-31")))
    return set(found.held), found.won


def test_what_was_known_on_the_eve_counts(session, make, ada, ben, account, story):
    decider = make.person(account, roles=("decider",))
    guide = make.person(account, "Guide", roles=("guide",))
    make.observation(decider, support=1)
    make.coverage(ada, decider)
    make.coverage(ben, decider)
    told = story(account, "03-10", close_on=day("04-01")).terms("03-20", close_on=day("06-01"))
    told.move("04-01", Stage.BIDDING, is_override=True).close("05-01", Outcome.WON)

    found, won = held(session, ada)

    assert guide
    assert won
    assert found == set(Condition) - {Condition.BLOCKER}


def test_what_became_known_later_does_not(session, make, ada, account, story):
    person = make.person(account)
    make.role(person, "decider", since=day("05-01"))
    make.observation(person, support=-2, on=day("05-01"))
    told = story(account, "03-10", stage="bidding", close_on=day("04-01"))
    told.terms("05-01", close_on=day("06-01")).close("05-01", Outcome.LOST, reason="x")

    assert held(session, ada) == (set(), False)


def test_an_opponent_among_the_deciders_stands_against_us(session, make, ada, account, story):
    make.observation(make.person(account, roles=("decider",)), support=-1)
    story(account, "03-10", stage="bidding").close("05-01", Outcome.LOST, reason="x")

    found, _won = held(session, ada)

    assert found == {Condition.DECIDER_KNOWN, Condition.BLOCKER}


def test_what_is_noted_of_an_eve_later_counts_when_it_is_asked_again(
    session, make, ada, account, story
):
    person = make.person(account, roles=("decider",))
    story(account, "03-10", stage="bidding").close("05-01", Outcome.LOST, reason="x")

    before, _won = held(session, ada)
    make.observation(person, support=1, on=day("04-01"))
    after, _won = held(session, ada)

    assert after - before == {Condition.DECIDER_FOR_US}


def test_the_page_compares_and_warns(make, ada, account, story, browser_for):
    for number in range(16):
        told = story(account, "03-10", stage="prospecting" if number % 2 else "bidding")
        told.close("05-01", Outcome.WON if number % 2 else Outcome.LOST, reason="x")
    browser = browser_for(ada)

    page = browser.get("/pipeline/wins")

    assert "100%" in page.text
    assert "mere chance" in page.text
    assert "with nobody on both" in page.text
    assert browser.selects <= 12
    for kind in ("svg", "png", "pdf", "csv", "xlsx"):
        assert browser.get(f"/pipeline/wins.{kind}").status == 200
    assert "We were in before" in browser.get("/pipeline/wins.csv").text


def test_without_enough_decided_deals_the_page_says_so(ada, browser_for):
    assert "Not enough decided deals yet" in browser_for(ada).get("/pipeline/wins").text
