"""Accounts are looked at: what the records give, once, and what people do with it stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.models import SizeClassReading
from app.alerts import watch_jobs, watch_queries
from app.alerts.facts_queries import facts_of
from app.alerts.models import Alert, AlertCheck, AlertLimit
from app.alerts.rules import Kind, Level
from app.alerts.views.acts import WHERE
from app.alerts.watch_changes import Look, look_at, told
from app.alerts.watch_jobs import look_through
from app.alerts.watch_queries import due, marks
from app.db import now
from app.plans.models import AccountPlan, Goal, GoalReading
from app.records.contract_models import Contract
from app.records.credit_models import Credit, Payment, Receivable
from app.records.imported import note_import
from app.records.models import Sale
from app.records.support_models import Expense, Promotion, SalesPlan, ServiceCase
from app.stakeholders.models import Stakeholder
from app.stakeholders.reason_store import kept
from app.stakeholders.rules import Role
from app.users.changes import put_setting
from app.visits.settings import VISITS, VisitSettings, settings_text

ON = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


def fill(make, account, ada):
    """An account of which every kind is to be warned: two people, papers, sales, a goal."""
    here = {"account_id": account.id}
    rows = [
        Credit(**here, on=ON - 200 * DAY, decided_on=ON - 190 * DAY, limit=Decimal(100)),
        Contract(**here, title="Frame", signed_on=ON - 300 * DAY, starts_on=ON - 300 * DAY,
                 ends_on=ON + 20 * DAY),
        ServiceCase(**here, kind="complaint", on=ON - 30 * DAY, title="Leaks"),
        Promotion(**here, name="Spring", starts_on=ON - 60 * DAY, ends_on=ON, budget=Decimal(10)),
        SalesPlan(**here, month=date(2026, 1, 1), amount=Decimal(500)),
        *(Sale(**here, on=ON - (120 + 10 * n) * DAY, quantity=1, amount=Decimal(100))
          for n in range(40)),
    ]  # fmt: skip
    with make.at_once():
        for row in rows:
            make.keep(row)
        owed = make.keep(Receivable(**here, on=ON - 90 * DAY, due_on=ON - 60 * DAY, amount=400))
        make.keep(Payment(**here, receivable_id=owed.id, on=ON - 10 * DAY, amount=Decimal(250)))
        make.keep(Expense(**here, promotion_id=rows[3].id, kind="other", on=ON - DAY, amount=20))
        gone = make.person(account, "Gao Ming", known_on=ON - 900 * DAY, left_on=ON - 5 * DAY)
        cold = make.person(account, "Li Wei", known_on=ON - 900 * DAY)
        for person, role in ((gone, Role.DECIDER), (cold, Role.GUIDE)):
            make.role(person, role, since=ON - 800 * DAY)
        make.coverage(ada, cold, on=ON - 700 * DAY)
        plan = make.plan(account, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
        make.goal(plan, statement="Grow", metric="sales", baseline=0, target=1000,
                  starts_on=date(2026, 1, 1), due_on=date(2026, 12, 31))  # fmt: skip
    return cold


def test_what_the_records_warn_of_and_that_later_ones_change_nothing(make, session, account, ada):
    cold = fill(make, account, ada)
    dear = make.action(make.find(select(AccountPlan)), budget=Decimal(10),
                       spent=Decimal(20), due_on=ON - DAY)  # fmt: skip

    found = {one.kind: one for one in told(session, [account.id], Look(ON, now()))[account.id]}

    assert set(found) == {
        Kind.CREDIT, Kind.PROGRESS, Kind.EXPENSE, Kind.CHURN, Kind.DECIDER, Kind.COLD,
        Kind.COMPLAINT, Kind.CONTRACT, Kind.GOAL,
    }  # fmt: skip
    assert str(found[Kind.CREDIT].reasons[0]) == "Owed: 150.00, 150 % of the limit of 100.00."
    assert found[Kind.COLD].subject_id == cold.id

    before = facts_of(session, [account.id], ON)
    here = {"account_id": account.id}
    with make.at_once():
        make.keep(Sale(**here, on=ON + DAY, quantity=1, amount=Decimal(900)))
        make.keep(Receivable(**here, on=ON + DAY, amount=Decimal(900)))
        make.keep(Expense(**here, kind="other", on=ON + DAY, amount=Decimal(900)))
        make.keep(ServiceCase(**here, kind="complaint", on=ON + DAY, title="Later"))
        make.keep(Contract(**here, title="Next", signed_on=ON + DAY, starts_on=ON + 21 * DAY))
        make.coverage(ada, cold, on=ON + DAY)
        make.keep(SizeClassReading(**here, on=ON + DAY, since=ON, monthly_sales=900,
                                   size_class="AAA"))  # fmt: skip
        make.keep(Credit(**here, on=ON, decided_on=ON + DAY, limit=Decimal(900)))
        make.role(cold, Role.DECIDER, since=ON + DAY)
        make.find(select(ServiceCase).where(ServiceCase.title == "Leaks")).answered_on = ON + DAY
        make.find(select(Contract).where(Contract.title == "Frame")).ended_on = ON + DAY
        goal, owed = make.find(select(Goal)), make.find(select(Receivable))
        make.keep(GoalReading(**here, goal_id=goal.id, on=ON + DAY, value=Decimal(900)))
        make.keep(Payment(**here, receivable_id=owed.id, on=ON + DAY, amount=Decimal(150)))
        dear.spent, dear.done_on = Decimal(5), ON + DAY
        account.size_class = "AAA"

    assert facts_of(session, [account.id], ON) == before
    later = told(session, [account.id], Look(ON + DAY, now()))[account.id]
    # only what stays so: nobody owes, buys, asks, ends or leaves a gap any more
    assert {one.kind for one in later} <= {Kind.EXPENSE, Kind.PROGRESS, Kind.GOAL, Kind.CREDIT}


def test_what_was_written_anew_or_put_away_since_is_read_as_it_was(make, session, account, ada):
    cold = fill(make, account, ada)
    plan = make.find(select(AccountPlan))
    dear = make.action(plan, budget=Decimal(10), spent=Decimal(20), due_on=ON - DAY)
    before = facts_of(session, [account.id], ON)
    session.commit()

    def only(model):
        return make.find(select(model))

    only(Contract).notice_days, only(Contract).ends_on = 400, ON + 900 * DAY
    only(SalesPlan).amount, only(SalesPlan).month = Decimal(1), date(2025, 1, 1)
    only(Goal).target, only(Goal).due_on = Decimal(5), ON + 900 * DAY
    only(Promotion).budget, only(Promotion).ends_on = None, ON - 300 * DAY
    dear.budget, dear.due_on = Decimal(900), ON + DAY
    cold.rhythm_days = 999
    put_setting(session, VISITS, settings_text(VisitSettings(class_factors={"A": 9.0})))
    session.commit()

    assert facts_of(session, [account.id], ON) == before
    now_told = facts_of(session, [account.id], ON + 900 * DAY)[account.id]
    assert now_told.ties[0].rhythm == 999 and not now_told.budgets

    since = (Contract, SalesPlan, Goal, Promotion, Credit, Receivable, ServiceCase, Expense)
    for row in (*map(only, since), *session.scalars(select(Stakeholder)), plan, dear):
        row.archived_at = now()
    session.commit()

    assert facts_of(session, [account.id], ON) == before
    here = facts_of(session, [account.id], now().date())[account.id]
    assert not (here.ties or here.contracts or here.complaints or here.debt or here.plan)


def test_a_warning_opens_once_clears_by_itself_and_comes_back(make, session, app, account, ada):
    fill(make, account, ada)
    engine = app.extensions["engine"]

    def look(on):
        waiting = due(session, on)
        session.rollback()
        return look_through(engine, waiting, on)

    first = look(ON)
    again = look(ON + DAY)

    assert (first.opened, again.opened, again.cleared) == (8, 0, 0)  # progress is said by churn
    rows = session.scalars(select(Alert)).all()
    session.commit()
    assert {row.owner_id for row in rows} == {ada.id}
    raised = {
        one.key: one for one in told(session, [account.id], Look(ON + DAY, now()))[account.id]
    }
    for row in rows:
        now_said = raised[Kind(row.kind), row.subject_id]
        assert row.reasons == [kept(one) for one in now_said.reasons]

    make.keep(Sale(account_id=account.id, on=ON + 2 * DAY, quantity=1, amount=Decimal(9)))
    cleared = look(ON + 2 * DAY)
    session.expire_all()
    churn = session.scalars(select(Alert).where(Alert.kind == Kind.CHURN)).one()

    assert (cleared.cleared, churn.closed_on) == (1, ON + 2 * DAY)


def test_accounts_are_due_when_their_records_changed_and_every_day(make, session, account):
    look_at(session, marks(session), Look(ON, now()))
    session.commit()

    assert due(session, ON) == {}
    assert set(due(session, ON + DAY)) == {account.id}

    make.sale(account, "10")
    assert set(due(session, ON)) == {account.id}
    assert session.scalars(select(AlertCheck.on)).one() == ON


def test_on_a_day_looked_through_only_those_with_new_rows_are_counted(
    make, session, app, account, monkeypatch
):
    monkeypatch.setattr(watch_jobs, "now", lambda: datetime(2026, 3, 2, 10, tzinfo=UTC))
    monkeypatch.setattr(watch_queries, "AGAIN", 0)
    counted = []

    def noted(session, ids=None):
        counted.append(ids)
        return marks(session, ids)

    monkeypatch.setattr(watch_queries, "marks", noted)

    def look():
        looked = watch_jobs.keep_watch(app.extensions["engine"], "UTC").looked
        return looked, counted[-1]

    assert look() == (1, None)
    assert look() == (0, set())
    make.sale(account, "10")
    assert look() == (1, {account.id})
    other = make.account("Second Hospital")
    assert look() == (1, {other.id})
    note_import(session, 1, now())
    session.commit()
    assert look() == (0, None), "an import is looked at whole"
    monkeypatch.setattr(watch_jobs, "now", lambda: datetime(2026, 3, 3, 10, tzinfo=UTC))
    assert look() == (2, None)


def test_an_account_may_have_thresholds_of_its_own(make, session, account, ada):
    fill(make, account, ada)
    with make.at_once():
        make.keep(AlertLimit(account_id=account.id, name="owed", value=Decimal(200)))
        make.keep(AlertLimit(account_id=account.id, name="churn", value=None))

    kinds = {one.kind for one in told(session, [account.id], Look(ON, now()))[account.id]}

    assert not kinds & {Kind.CREDIT, Kind.CHURN}
    assert Kind.COLD in kinds


def opened(session, account, kind=Kind.CREDIT, **more):
    values = {
        "level": Level.WARNING,
        "reasons": [],
        "opened_on": ON,
        "opened_at": now(),
        "seen_on": ON,
    }
    row = Alert(account_id=account.id, kind=kind, **{**values, **more})
    session.add(row)
    session.commit()
    return row


def test_a_warning_is_looked_into_put_off_closed_and_opened_again(
    session, make, account, ada, ben, cleo, browser_for
):
    fill(make, account, ada)
    browser = browser_for(ada)
    browser.post(f"/accounts/{account.id}/warnings/check")
    page = browser.get("/warnings")
    assert page.text.count("First Hospital") == 1, "grouped by account"
    assert "warning" in page.text
    assert "First Hospital" not in browser_for(cleo).get("/warnings").text
    assert "First Hospital" in browser_for(ben).get("/warnings?kind=cold&level=2").text
    row = session.scalars(select(Alert).where(Alert.kind == Kind.CREDIT)).one()
    session.commit()
    at = f"/warnings/{row.id}"

    assert (
        browser.post(at, {"owner_id": ben.id, "investigation": "Waits for a signature"}).status
        == 303
    )
    assert "Waits for a signature" in browser.get(at).text
    assert browser.post(f"{at}/later", {"days": "14", "reason": ""}).status == 422
    assert browser.post(f"{at}/later", {"days": "14", "reason": "They pay on Friday"}).status == 303
    assert "They pay on Friday" in browser.get("/warnings?state=snoozed").text
    assert browser.post(f"{at}/wake").status == 303

    wrong = browser.post(f"{at}/close", {"found": "Late", "showed_on": "2999-01-01"})
    assert wrong.status == 422
    assert "Late" in wrong.text
    ending = {"found": "Late", "done": "Agreed a day", "verdict": "confirmed"}
    assert browser.post(f"{at}/close", ending).status == 303
    row = make.again(row)
    assert (row.verdict, row.holds, row.closer_id) == ("confirmed", True, ada.id)
    browser.post(f"/accounts/{account.id}/warnings/check")
    assert make.again(row).closed_on is not None, "it is not raised again while it stands"

    assert browser.post(f"{at}/reopen").status == 303
    assert make.again(row).closed_on is None
    assert browser_for(ben).post(f"{at}/close", ending).status == 403


def test_a_major_event_is_told_with_one_press_and_read_by_the_team_alone(
    session, make, account, ada, ben, cleo, browser_for
):
    told_by = browser_for(ben)
    assert "Theft or fraud" in told_by.get(f"/accounts/{account.id}/warnings").text

    assert (
        told_by.post(f"/accounts/{account.id}/warnings/report", {"event": "nonsense"}).status == 422
    )
    done = told_by.post(
        f"/accounts/{account.id}/warnings/report",
        {"event": "theft", "words": "The store was emptied"},
    )

    row = session.scalars(select(Alert)).one()
    session.commit()
    assert done.headers["Location"].endswith(f"/warnings/{row.id}")
    assert (row.level, row.owner_id, row.reporter_id) == (Level.URGENT, ada.id, ben.id)
    assert "The store was emptied" in browser_for(ada).get(f"/warnings/{row.id}").text
    assert browser_for(cleo).get(f"/warnings/{row.id}").status == 404
    hers = opened(session, account, Kind.EVENT, event="split", reporter_id=ada.id)
    assert told_by.post(f"/warnings/{hers.id}/take-back").status == 403
    assert told_by.post(f"/warnings/{row.id}/take-back").status == 303
    assert told_by.get(f"/warnings/{row.id}").status == 404


def test_the_list_makes_as_many_selects_for_six_as_for_three(session, make, ada, browser_for):
    browser, counts = browser_for(ada), []
    for some in (3, 3):
        for number in range(some):
            one = make.account(f"Account {number} of {some}", owner=ada)
            opened(session, one)
            opened(session, one, Kind.CHURN)
        browser.get("/warnings")
        counts.append(browser.selects)

    assert counts[0] == counts[1]


def test_a_rule_tells_its_record_and_what_other_thresholds_would_have_raised(
    session, make, account, ada, boss, browser_for
):
    fill(make, account, ada)
    today = now().date()
    for number in range(8):
        opened(
            session, account, Kind.CREDIT, subject_id=number, opened_on=today - 60 * DAY,
            closed_on=today - 30 * DAY, closer_id=ada.id,
            verdict="confirmed" if number < 6 else "false_alarm",
            showed_on=today - 40 * DAY if number < 6 else None,
        )  # fmt: skip
    assert "75%" in browser_for(ada).get("/warnings/rules").text
    page = browser_for(ada).get("/warnings/rules/credit")
    assert "41%–93% of 8" in page.text  # Wilson's interval of 6 in 8
    assert ">20<" in page.text  # days ahead
    assert browser_for(ada).get("/warnings/rules/nonsense").status == 404

    browser = browser_for(boss)
    tried = browser.post("/warnings/rules/churn", {"again": "60", "unusual": "20", "silence": "9",
                                                   "is_watched": "y", "try": "1"})  # fmt: skip
    assert tried.status == 303
    assert "Warnings opened" in browser.get("/warnings/rules/churn").text
    assert browser.post("/warnings/rules/churn", {"silence": "0"}).status == 422
    typed = {"again": "60", "unusual": "20", "silence": "3"}
    assert browser.post("/warnings/rules/churn", typed).status == 303
    page = browser.get("/warnings/rules/churn")
    assert page.field("silence") == "3"
    assert "75%" in browser.get("/warnings/rules").text, "numbers alone, of all accounts"
    assert "not watched" in browser.get("/warnings/rules").text
    assert browser.post("/warnings/rules", {"since": "22", "until": "6"}).status == 303


def test_an_accounts_own_thresholds_are_set_by_its_owner(session, account, ada, browser_for):
    browser, at = browser_for(ada), f"/accounts/{account.id}/warnings/thresholds"
    ticked = {f"watch_{kind}": "y" for kind in Kind if kind is not Kind.COLD}

    assert browser.get(at).status == 200
    assert browser.post(at, {**ticked, "owed": "9999"}).status == 422
    assert browser.post(at, {**ticked, "owed": "150"}).status == 303

    rows = {row.name: row.value for row in session.scalars(select(AlertLimit))}
    assert rows == {"owed": Decimal(150), "cold": None}


@pytest.mark.parametrize("kind", list(Kind))
def test_each_warning_leads_to_where_one_looks_for_it(kind, one_app):
    if kind is Kind.EVENT:
        assert kind not in WHERE
        return
    address = WHERE[kind][0].format(account=1, subject=2).partition("?")[0]

    assert one_app.url_map.bind("").match(address)


def test_who_looks_back_on_a_plan_reads_what_was_warned_of(
    make, session, account, ada, browser_for
):
    opened(session, account, Kind.CONTRACT, closed_on=ON + DAY)
    opened(session, account, Kind.EVENT, event="theft", opened_on=ON - 9 * DAY, closed_on=ON,
           closer_id=ada.id, done="They are insured")  # fmt: skip
    opened(session, account, Kind.CREDIT, opened_on=ON + 2 * DAY)
    review = make.review(make.plan(account), since=ON - DAY, on=ON)

    page = browser_for(ada).get(f"/reviews/{review.id}")

    assert "Contract ending, since Mar 2, 2026." in page.text
    assert "Theft or fraud: closed on Mar 2, 2026. They are insured" in page.text
    assert "Owed beyond" not in page.text


@pytest.mark.parametrize(("hour", "looked"), [(3, 0), (10, 1)])
def test_nothing_is_opened_by_itself_in_quiet_hours(
    hour, looked, make, session, app, account, monkeypatch
):
    at = datetime(2026, 3, 2, hour, tzinfo=UTC)
    monkeypatch.setattr(watch_jobs, "now", lambda: at)

    done = watch_jobs.keep_watch(app.extensions["engine"], "UTC")

    assert done.looked == looked
    assert watch_jobs.keep_watch(app.extensions["engine"], "UTC").looked == 0, "nothing changed"
