"""What is news to a phase, and what the world did since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.accounts.models import Rival
from app.history import Change
from app.plans.rules import Phase
from app.plans.world import MOST_TOLD, Event, EventKind, SalesNews, news, sales_facts
from app.plans.world_queries import events_since, sales_since

DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("kind", "phases"),
    [
        (EventKind.ARRIVED, {Phase.DIAGNOSE, Phase.STRATEGY}),
        (EventKind.JUDGED, {Phase.STRATEGY}),
        (EventKind.LEFT, {Phase.DIAGNOSE, Phase.STRATEGY, Phase.ACTION}),
        (EventKind.MOVED, {Phase.FORECAST}),
        (EventKind.LOST, {Phase.FORECAST, Phase.GOALS, Phase.STRATEGY}),
        (EventKind.RIVAL, {Phase.DIAGNOSE, Phase.STRATEGY}),
        (EventKind.VISITED, {Phase.FEEDBACK}),
    ],
)
def test_each_kind_of_event_is_news_to_the_phases_it_matters_to(kind, phases):
    event = Event(kind, LATER, "Li Wei")

    assert {phase for phase in Phase if news(phase, DAY, [event]).count} == phases


def test_what_happened_on_the_day_it_was_looked_at_is_no_news():
    event = Event(EventKind.LEFT, DAY, "Li Wei")

    assert news(Phase.DIAGNOSE, DAY, [event]).count == 0
    assert news(Phase.DIAGNOSE, DAY - timedelta(1), [event]).count == 1


def test_the_newest_are_told_each_once_and_the_rest_are_counted():
    events = [Event(EventKind.LEFT, DAY + timedelta(n), f"P{n}") for n in range(1, 8)]
    events.append(Event(EventKind.LEFT, DAY + timedelta(9), "P1"))

    found = news(Phase.DIAGNOSE, DAY, events)

    assert [str(one) for one in found.facts][:2] == ["P1 left.", "P7 left."]
    assert (len(found.facts), found.count, found.more) == (MOST_TOLD, 7, 3)


@pytest.mark.parametrize(
    ("amount", "before", "words"),
    [
        (115, 100, []),
        (116, 100, ["Sales since then are 16 % above the same days a year before."]),
        (85, 100, []),
        (84, 100, ["Sales since then are 16 % below the same days a year before."]),
        (50, 0, []),
    ],
)
def test_sales_are_news_beyond_fifteen_per_cent(amount, before, words):
    found = sales_facts(SalesNews(Decimal(amount), Decimal(before)))

    assert [str(one) for one in found] == words


def test_the_database_tells_people_deals_and_visits_of_the_span_alone(make, session, ada):
    account, other = make.account(owner=ada), make.account("Elsewhere")
    on, late = LATER, DAY + timedelta(days=50)
    make.person(account, "New one", known_on=on)
    make.person(account, "Too late", known_on=late)
    make.person(account, "Gone", known_on=DAY - timedelta(9), left_on=on)
    make.person(other, "Not here", known_on=on)
    judged = make.person(account, "Judged", roles=("guide",))
    make.observation(judged, support=1, on=on)
    make.opportunity(account, "Wards", opened_on=on)
    make.visit(account, ada, on=on, held_on=on, outcome="They agreed", purpose="Agree")
    make.visit(account, ada, on=on, purpose="Not held")

    found = events_since(session, account.id, DAY, LATER + timedelta(days=1))

    assert {(one.kind.value, one.who) for one in found} == {
        ("arrived", "New one"),
        ("left", "Gone"),
        ("judged", "Judged"),
        ("opened", "Wards"),
        ("visited", "Agree"),
    }


def test_a_rivals_change_is_told_by_its_history(make, session, ada):
    account = make.account(owner=ada)
    make.keep(Rival(account_id=account.id, name="Kangsheng"))
    today = datetime.now(UTC).date()

    before = events_since(session, account.id, today - timedelta(1), today)
    since = events_since(session, account.id, today, today)

    assert [(one.kind, one.who) for one in before] == [(EventKind.RIVAL, "Kangsheng")]
    assert since == []
    assert session.query(Change).count() > 0


def test_sales_of_a_span_stand_beside_those_of_a_year_before(make, session, ada):
    account = make.account(owner=ada)
    for on, amount in (
        (LATER, "70"),
        (DAY, "9"),
        (LATER - timedelta(365), "50"),
        (DAY - timedelta(365), "9"),
    ):
        make.sale(account, amount, on)

    assert sales_since(session, account.id, DAY, LATER) == SalesNews(Decimal(70), Decimal(50))
