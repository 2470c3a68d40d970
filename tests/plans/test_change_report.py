"""What changed since the last review: every change of a seeded quarter, and no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from time import process_time

import pytest
from sqlalchemy import delete

from app.accounts.models import Rival
from app.history import Change
from app.pipeline.models import StageMove, Terms
from app.plans.change_queries import Span, happened
from app.plans.change_report import by_topic, change_report
from app.plans.models import PhaseText
from app.stakeholders.models import Observation
from tests.factories import AT

TODAY = datetime.now(UTC).date()
QUARTER = TODAY - timedelta(90)


def ago(days):
    """So many days before today."""
    return TODAY - timedelta(days)


@pytest.fixture
def account(make, ada):
    return make.account(owner=ada)


def before(make, account):
    """What was there when the quarter began; its history is another quarter's."""
    li = make.person(account, "Li Wei", known_on=ago(400))
    make.person(account, "Wang Fang", known_on=ago(400), left_on=ago(20))
    make.observation(li, on=ago(200), support=0)
    plan = make.plan(account, starts_on=ago(200), ends_on=ago(-165))
    goal = make.goal(
        plan,
        "Sell 900",
        metric="sales",
        baseline=Decimal(0),
        target=Decimal(1000),
        starts_on=ago(200),
        due_on=ago(-165),
    )
    make.goal(plan, "Given up later", due_on=ago(-165), starts_on=ago(200))
    old, new = make.product("Pump"), make.product("Monitor")
    make.sale(account, "500", on=ago(150), product_id=old.id)
    make.sale(account, "80", on=ago(100), product_id=old.id)
    rival = make.keep(Rival(account_id=account.id, name="Rival", share=Decimal("0.3")))
    text = PhaseText(
        account_id=account.id, plan_id=plan.id, phase="strategy", body="Old", updated_at=AT
    )
    make.keep(text)
    deal = make.opportunity(account, "Ward", opened_on=ago(200), close_on=ago(-30))
    make.session.execute(delete(Change))
    make.session.commit()
    return {"li": li, "plan": plan, "goal": goal, "new": new, "rival": rival, "text": text} | {
        "deal": deal
    }


def in_the_quarter(make, session, account, ada, known):
    """One change of each kind."""
    make.person(account, "Zhao Min", known_on=ago(40))
    make.observation(known["li"], on=ago(30), support=1)
    make.role(known["li"], "decider", since=ago(25))
    make.coverage(ada, known["li"], on=ago(35))
    here = {"account_id": account.id, "opportunity_id": known["deal"].id, "at": AT}
    make.keep(
        StageMove(
            **here,
            on=ago(15),
            from_stage="prospecting",
            to_stage="qualification",
            outcome="open",
        )
    )
    terms = {"opportunity_id": known["deal"].id, "on": ago(15), "at": AT}
    make.keep(Terms(**terms, amount=Decimal(120_000), close_on=ago(-60)))
    make.opportunity(account, "Theatre", opened_on=ago(10))
    make.sale(account, "800", on=ago(20), product_id=known["new"].id)
    known["goal"].target = Decimal(900)
    known["rival"].share = Decimal("0.35")
    known["text"].body = "New"
    session.commit()
    make.keep(Rival(account_id=account.id, name="Newcomer"))
    plan = known["plan"]
    make.action(plan, "Ward round", due_on=ago(9), done_on=ago(5), result="Two beds")
    make.action(plan, "Call finance", due_on=ago(3))
    make.visit(account, ada, next_step="Send data", next_step_on=ago(8), next_step_done_on=ago(8))
    make.visit(account, ada, next_step="Ask for beds", next_step_on=ago(7))
    make.feedback(account, "Deliver on Mondays", on=ago(60), answered_on=ago(50), use="used")
    make.goal(plan, "Cover finance", starts_on=ago(50), due_on=ago(-50))


def noise(make, session, account, ada, known):
    """What went to and fro, lies outside the quarter, or belongs elsewhere."""
    make.role(known["li"], "guide", since=ago(40), until=ago(30))
    gone = make.keep(Rival(account_id=account.id, name="Came and went"))
    session.delete(gone)
    session.commit()
    make.action(known["plan"], "Later", due_on=ago(-5))
    make.action(known["plan"], "Put away", due_on=ago(5), archived_at=AT)
    make.action(known["plan"], "Long done", due_on=ago(120), done_on=ago(120))
    make.visit(account, ada, next_step="Long kept", next_step_on=ago(99), next_step_done_on=ago(99))
    other = make.account("Other", owner=ada)
    make.person(other, "Elsewhere", known_on=ago(10))
    make.sale(other, "1", on=ago(10))


EXPECTED = {
    "New on the map: Zhao Min",
    "Wang Fang has left",
    "Li Wei: 0 → 1",  # support, as a number outside of a page
    "Li Wei is now: decider",
    "Ada Zhang is now in touch with Li Wei",
    "Ward: from prospecting to qualification.",
    "Ward: amount from 100000.00 to 120000.00.",
    f"Ward: to close on {ago(-60)} instead of {ago(-30)}.",
    "New deal: Theatre, in prospecting.",
    "Sold 800.00 CNY; as many days before, 580.00.",
    "Bought for the first time: ['Monitor'].",
    "Bought before, and not now: ['Pump'].",
    "Sell 900: target from 1000 to 900.",
    "New goal: Cover finance.",
    "Done: Ward round (Two beds)",
    "Action not done in time: Call finance",
    "Kept: Send data",
    "Promised and not kept: Ask for beds",
    "Heard: Deliver on Mondays",
    "Answered: Deliver on Mondays",
    "Rival: share of the account from 30.0 % to 35.0 %.",
    "New competitor: Newcomer.",
    "Written anew: strategy.",
}


def said(session, account):
    """The report's lines as plain English, terms by identifier."""
    lines = change_report(happened(session, Span(account.id, QUARTER, TODAY)))
    return [str(line.reason) for line in lines]


def test_the_report_names_every_change_of_the_quarter_and_no_other(make, session, account, ada):
    known = before(make, account)
    in_the_quarter(make, session, account, ada, known)
    noise(make, session, account, ada, known)

    found = said(session, account)

    assert set(found) == EXPECTED
    assert len(found) == len(EXPECTED)


def test_a_quarter_in_which_nothing_happened_says_nothing(make, session, account, ada):
    known = before(make, account)
    session.commit()

    quiet = change_report(happened(session, Span(account.id, ago(14), ago(1))))

    assert known and quiet == []


def test_lines_are_told_by_topic_in_the_order_of_the_review(make, session, account, ada):
    known = before(make, account)
    in_the_quarter(make, session, account, ada, known)

    topics = by_topic(change_report(happened(session, Span(account.id, QUARTER, TODAY))))

    assert [topic.value for topic, _lines in topics] == [
        "people",
        "contact",
        "deals",
        "sales",
        "goals",
        "promises",
        "feedback",
        "rivals",
        "plan",
    ]


def test_two_thousand_events_of_a_quarter_take_under_300_ms(make, session, account, ada):
    people = [make.person(account, f"Person {n}", known_on=ago(400)) for n in range(40)]
    deal = make.opportunity(account, "Ward", opened_on=ago(200))
    session.add_all(
        Observation(
            account_id=account.id,
            stakeholder_id=people[n % 40].id,
            on=ago(n % 85),
            support=n % 5 - 2,
            confidence="heard",
            at=AT,
        )
        for n in range(1000)
    )
    session.add_all(
        Terms(opportunity_id=deal.id, on=ago(n % 85), amount=Decimal(n), at=AT) for n in range(500)
    )
    session.add_all(
        Change(
            at=datetime.now(UTC),
            account_id=account.id,
            entity="rival",
            entity_id=n % 20,
            act="changed",
            title=f"Rival {n % 20}",
            columns={"share": [None, f"0.{n % 9}"]},
        )
        for n in range(500)
    )
    session.commit()
    happened(session, Span(account.id, QUARTER, TODAY))

    begun = process_time()
    change_report(happened(session, Span(account.id, QUARTER, TODAY)))

    assert process_time() - begun < 0.3
