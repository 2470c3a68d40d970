"""The demo's plans: what was meant, what was done, what is due."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from app.demo.accounts import Customer
from app.demo.rows import Rows
from app.plans.models import AccountPlan, Action, Goal, GoalMilestone, GoalReading, PhaseText
from app.plans.rules import Metric, Phase, PlanStatus, Stance
from app.records.models import Sale

PHASES = {
    Phase.DIAGNOSE: "客户最大的难题是床位周转与护理人手不足；医保支付改革压低耗材预算。\n"
    "Their greatest rival builds a new campus. Our share of monitoring is about a third.",
    Phase.FORECAST: "若东院病区按期开放，监护与输注需求上升约两成。\nLow, likely and high: flat, +12 %, +20 %.",
    Phase.GOALS: "稳步提高份额；先监护，后输注。Raise share slowly: monitoring first, then infusion.",
    Phase.STRATEGY: "位置：最懂重症护理流程的供应商。\nFeatures that matter: reliability, service within four hours, training.",
    Phase.ACTION: "每月一次病区巡检；每季度一次学术沙龙。Monthly ward rounds, a seminar each quarter.",
    Phase.CONTROL: "看四个数：销售额、毛利、关键人覆盖、合同签订。Four figures, reviewed monthly.",
    Phase.FEEDBACK: "护理部希望培训排在夜班之后；已改。Answered within the week.",
}


def add_plans(
    rows: Rows, account_id: int, customer: Customer, ours: dict[str, int], richness: int
) -> None:
    """Last year's plan, closed, and this year's: from an empty shell (0) to one in full use (7)."""
    year = rows.on.year
    for start in (year - 1, year):
        is_now = start == year
        plan = rows.add(
            AccountPlan,
            account_id=account_id,
            title=f"{start}",
            starts_on=date(start, 1, 1),
            ends_on=date(start, 12, 31),
            status=PlanStatus.ACTIVE if is_now else PlanStatus.CLOSED,
            stance=Stance.RAISE_SLOWLY if customer.mood > 0 else Stance.HOLD,
        )
        for phase in list(PHASES)[: richness if is_now else 4]:
            on = rows.ago(rows.chance.randrange(15, 160)) if is_now else date(start, 2, 10)
            rows.add(
                PhaseText,
                account_id=account_id,
                plan_id=plan,
                phase=phase,
                body=PHASES[phase],
                updated_at=rows.at(max(on, date(start, 1, 4))),
                user_id=ours[customer.owner],
            )
        if richness > 2 or not is_now:
            _goals(rows, account_id, customer, ours, plan, start)


def _goals(
    rows: Rows, account_id: int, customer: Customer, ours: dict[str, int], plan: int, year: int
) -> None:
    start, due = date(year, 1, 1), date(year, 12, 31)
    is_now = year == rows.on.year
    of = year - 1 if is_now else year  # two years of sales: the older plan has no year before it
    before = _sold(rows, account_id, date(of, 1, 1), date(of + 1, 1, 1))
    lift = Decimal("1.12") if customer.mood > 0 and is_now else Decimal("1.0")
    sales = rows.add(
        Goal,
        account_id=account_id,
        plan_id=plan,
        metric=Metric.SALES,
        unit="CNY",
        statement=f"全年销售额达到目标 Reach the year's sales at {customer.other_name}",
        owner_id=ours[customer.owner],
        baseline=Decimal(0),
        target=(before * lift).quantize(Decimal(1)),
        starts_on=start,
        due_on=due,
        budget=Decimal(60_000),
        is_shared=True,
    )
    share = rows.add(
        Goal,
        account_id=account_id,
        plan_id=plan,
        metric=Metric.SHARE,
        unit="%",
        statement="监护类产品客户内份额 Our share of their monitoring spend",
        owner_id=ours[customer.owner],
        baseline=Decimal(30),
        target=Decimal(40),
        starts_on=start,
        due_on=due,
    )
    lead = account_id * 5 % 9 - 3  # not every account stands where the next one does
    for month, value in ((2, 31), (5, 33 + lead // 2), (8, 36 + lead)):
        on = date(year, month + 1, 5)
        if on <= rows.on:
            rows.add(
                GoalReading,
                account_id=account_id,
                goal_id=share,
                on=on,
                value=Decimal(value),
                source="设备科年报 Equipment's report",
                user_id=ours[customer.owner],
            )
    rows.add(
        GoalMilestone, account_id=account_id, goal_id=share, on=date(year, 6, 30), value=Decimal(34)
    )
    rows.add(
        Goal,
        account_id=account_id,
        plan_id=plan,
        metric=Metric.VISITS,
        unit="次 visits",
        statement="决策者与影响者每月至少一次拜访 Visit those who decide every month",
        owner_id=ours[customer.owner],
        baseline=Decimal(0),
        target=Decimal(8 + account_id * 3 % 4 * 4),
        starts_on=start,
        due_on=due,
    )
    if customer.key in {"first", "yunxi", "anhe"}:
        rows.add(
            Goal,
            account_id=account_id,
            plan_id=plan,
            statement="改善与财务的关系 Improve relations with finance",
        )
    _actions(rows, account_id, customer, ours, plan, sales, year)


def _sold(rows: Rows, account_id: int, since: date, until: date) -> Decimal:
    lines = (
        row
        for row in rows.all(Sale)
        if row["account_id"] == account_id and since <= row["on"] < until
    )
    return sum((row["amount"] for row in lines), Decimal()) or Decimal(600_000)


def _actions(
    rows: Rows,
    account_id: int,
    customer: Customer,
    ours: dict[str, int],
    plan: int,
    goal: int,
    year: int,
) -> None:
    for title, days, owner, budget in (
        ("病区护理流程沙龙 Seminar on ward nursing", 150, customer.owner, 12_000),
        (
            "样机试用两周 Two-week trial of RM-300",
            70,
            customer.team[0] if customer.team else customer.owner,
            5_000,
        ),
        ("高层互访 Visit of our general manager", 20, "shen", 3_000),
        ("新病区输注方案 Proposal for the new wing", -25, customer.owner, 8_000),
    ):
        ago = days - account_id * 37 % 45
        due = rows.ago(ago) if year == rows.on.year else date(year, 10, 15)
        is_done = ago > 60 or year < rows.on.year
        rows.add(
            Action,
            account_id=account_id,
            plan_id=plan,
            goal_id=goal,
            title=title,
            owner_id=ours[owner],
            is_shared="护理" in title or "试用" in title,
            place=customer.profile["city"],
            how="由客户经理召集 Called by the account manager",
            starts_on=due - timedelta(days=30),
            due_on=due,
            budget=Decimal(budget),
            spent=Decimal(budget) * Decimal("0.9") if is_done else None,
            done_on=due if is_done else None,
            result="按计划完成，两个科室提出试用 Two departments asked for a trial"
            if is_done
            else "",
        )
