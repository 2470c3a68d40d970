"""The demo's visits: what was meant, what was told, what was promised."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.demo.accounts import Customer
from app.demo.people import Known
from app.demo.rows import Rows
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.visits.models import (
    Promise,
    Visit,
    VisitColleague,
    VisitPerson,
    VisitQuestion,
    VisitReport,
)
from app.visits.rules import Channel, Commitment, Went

PURPOSES = (
    "了解新病区预算与时间表 Learn the new wing's budget and timetable",
    "请设备科确认技术指标 Have equipment confirm the criteria",
    "与财务处谈付款条件 Discuss terms of payment with finance",
    "试用反馈回访 Follow up on the trial",
    "季度业务回顾 Quarterly business review",
    "认识新任科主任 Meet the new head of department",
)
OUTCOMES = (
    (Commitment.YES, "同意安排样机试用两周。Agreed to a two-week trial."),
    (Commitment.NO, "预算要到下季度才批。The budget is approved next quarter only."),
    (Commitment.PART, "先要看培训计划再定。Wants to see the training plan first."),
    (Commitment.PART, "对交货期仍有顾虑。Still doubts the delivery date."),
)

WENT = {Commitment.YES: Went.WELL, Commitment.PART: Went.MIXED, Commitment.NO: Went.BADLY}
QUESTIONS = (
    "今年最大的难题是什么？What worries you most this year?",
    "谁参与评标？Who scores the bids?",
)
ANSWER = "设备科打分，护理部有一票否决。Equipment scores; nursing can veto."
FEEDBACK = "夜间报修响应太慢。Repairs at night take too long."
PROMISES = (
    (True, "送一份同级医院的使用报告 Bring a report from a hospital of the same size"),
    (False, "安排与财务处长见面 Arrange a meeting with the head of finance"),
    (True, "补一次夜班培训 Train the night shift once more"),
)
NEXT_STEPS = (
    "发送培训计划 Send the training plan",
    "补充技术参数表 Send the data sheet",
    "约下次与副院长会面 Arrange to meet the vice president",
    "回复报价疑问 Answer on the quotation",
)


def add_visits(
    rows: Rows,
    account_id: int,
    customer: Customer,
    ours: dict[str, int],
    people: dict[str, Known],
    count: int,
) -> None:
    """Visits held over eighteen months, some reactive; one to be logged, some ahead."""
    deals = [
        row["id"]
        for row in rows.all(Opportunity)
        if row["account_id"] == account_id and row["outcome"] == Outcome.OPEN
    ]
    days = [rows.chance.randrange(6, 540) for _ in range(count)]
    for day in sorted(days, reverse=True):
        _visit(rows, account_id, customer, ours, people, day, deals, is_held=True)
    ahead = {
        "first": (1, -1, -4),
        "yunxi": (2, -2),
        "hailing": (-3,),
        "anhe": (),
        "mingzhou": (-1, -6),
    }
    for day in ahead.get(customer.key, (-rows.chance.randrange(2, 12),)):
        _visit(rows, account_id, customer, ours, people, day, deals, is_held=False)


def _visit(
    rows: Rows,
    account_id: int,
    customer: Customer,
    ours: dict[str, int],
    people: dict[str, Known],
    day: int,
    deals: list[int],
    *,
    is_held: bool,
) -> None:
    chance = rows.chance
    on = rows.ago(day)
    on -= timedelta(days=max(0, on.weekday() - 4))
    is_reactive = chance.random() < (0.45 if customer.mood < 0 else 0.18)
    visit = rows.add(
        Visit,
        account_id=account_id,
        user_id=ours[customer.owner],
        on=on,
        opportunity_id=chance.choice(deals)
        if deals and day < 120 and chance.random() < 0.6
        else None,
        channel=chance.choice([Channel.IN_PERSON, Channel.IN_PERSON, Channel.CALL, Channel.VIDEO]),
        purpose=(purpose := chance.choice(PURPOSES)),
        goals=purpose,
        place=customer.profile["city"],
        materials="监护仪样册 Brochure of the monitors" if day < 0 else "",
        is_reactive=is_reactive,
        commitment_sought="安排一次试用 Arrange a trial",
    )
    _hours(rows, visit, on)
    _questions(rows, account_id, visit)
    if is_held:
        commitment, outcome = chance.choice(OUTCOMES)
        rows.row(Visit, visit).update(
            held_on=on,
            commitment=commitment,
            outcome=outcome,
            next_step=chance.choice(NEXT_STEPS),
            next_step_on=on + timedelta(days=7),
            next_step_done_on=on + timedelta(days=6) if day > 24 or chance.random() < 0.4 else None,
            logged_at=rows.at(on, 12),
            cost=Decimal(chance.randrange(50, 900)),
            went=WENT[commitment],
            noes=1 if commitment is Commitment.NO else 0,
        )
        _told(rows, account_id, visit, ours[customer.owner])
    for known in chance.sample(list(people.values()), k=chance.choice((1, 1, 2))):
        rows.add(VisitPerson, visit_id=visit, stakeholder_id=known.id)
    helpers = [key for key in customer.team if key in {"lin", "song"}]
    if helpers and chance.random() < 0.4:
        rows.add(VisitColleague, visit_id=visit, user_id=ours[helpers[0]])
        if is_held and day < 60:
            _told_too(rows, account_id, visit, ours[helpers[0]])


def _hours(rows: Rows, visit: int, on: date) -> None:
    """Morning or afternoon, of the office's own clock."""
    starts_at = datetime.combine(on, time((9, 10, 14, 15)[visit % 4]), ZoneInfo("Asia/Shanghai"))
    rows.row(Visit, visit).update(starts_at=starts_at, minutes=(45, 60, 90)[visit % 3])


def _questions(rows: Rows, account_id: int, visit: int) -> None:
    for place, words in enumerate(QUESTIONS):
        rows.add(VisitQuestion, account_id=account_id, visit_id=visit, place=place, words=words)


def _told(rows: Rows, account_id: int, visit: int, user_id: int) -> None:
    """What its own person told of a visit; now and then a promise and an answer."""
    kept = rows.row(Visit, visit)
    report = {name: kept[name] for name in ("went", "commitment", "outcome", "noes")}
    rows.add(
        VisitReport,
        account_id=account_id,
        visit_id=visit,
        user_id=user_id,
        at=kept["logged_at"],
        feedback=FEEDBACK if visit % 11 == 0 else "",
        **report,
    )
    if visit % 3 == 0:
        asked = rows.all(VisitQuestion)[-1]
        asked |= {"answer": ANSWER, "answered_on": kept["held_on"], "user_id": user_id}
    if visit % 5 == 0:
        is_ours, words = PROMISES[visit % len(PROMISES)]
        due_on = kept["held_on"] + timedelta(days=10)
        rows.add(
            Promise,
            account_id=account_id,
            visit_id=visit,
            words=words,
            is_ours=is_ours,
            owner_id=user_id if is_ours else None,
            due_on=due_on,
            done_on=due_on if due_on < rows.ago(20) else None,
            at=kept["logged_at"],
        )


def _told_too(rows: Rows, account_id: int, visit: int, user_id: int) -> None:
    """A colleague who went along tells it a little differently."""
    rows.add(
        VisitReport,
        account_id=account_id,
        visit_id=visit,
        user_id=user_id,
        at=rows.row(Visit, visit)["logged_at"] + timedelta(hours=2),
        went=Went.MIXED,
        commitment=rows.row(Visit, visit)["commitment"],
        outcome="技术上没有异议，真正的顾虑是售后响应。No technical doubts; what worries them is service.",
    )
