"""What keeps the demo's plans alive: feedback, measures watched, reviews, a frozen version."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.demo.accounts import Customer
from app.demo.people import Known
from app.demo.rows import Rows
from app.history import as_text
from app.plans.action_rules import ActionKind, Repeat
from app.plans.control import USUAL, Watched
from app.plans.models import AccountPlan, Action, Goal
from app.plans.review_models import PlanReview, PlanVersion, Watch
from app.plans.review_rules import ReviewStatus
from app.plans.rules import Metric
from app.plans.version_queries import part_names
from app.plans.versions import LEFT_OUT
from app.records.feedback import Use, Voice
from app.records.models import Feedback
from app.stakeholders.rules import ContractPhase

SAID = (
    (62, "培训希望排在夜班之后。Hold the training after the night shift.", Use.USED,
     "容易做到 Easy to do", 9, "已改到早上八点半。Moved to half past eight."),
    (47, "能否把账期放宽到九十天？Could the terms be ninety days?", Use.NOT_USED,
     "超过公司授信 Beyond our credit policy", 6, "六十天是上限，可分期。Sixty is the most; instalments work."),
    (33, "报警声太响，夜里吵到病人。The alarm wakes patients at night.", Use.USED,
     "研发已立项 Engineering has taken it on", None, ""),
    (19, "售后电话常常占线。The service line is often busy.", None, "", None, ""),
)  # fmt: skip
"""Days ago, what was said, what we do with it, why, days until they were told, what."""
MANAGEMENT = "重点看输注线，别只盯监护。Look at infusion, not at monitoring alone."
DECISIONS = (
    "先拿下东院监护，再谈输注。Win monitoring in the east wing before infusion.",
    "由沈总拜访分管副院长。Our director calls on the vice president.",
    "每月一次病区巡检，带数据回来。A ward round each month, with figures.",
)
REVIEWED, WAITS = {"first", "hualan"}, {"yunxi"}
WATCHFUL = {"first", "hualan", "hailing", "yunxi"}


def add_doing(
    rows: Rows, account_id: int, customer: Customer, ours: dict[str, int], people: dict[str, Known]
) -> None:
    """Feedback at every account in use; measures and reviews at those that are watched closely."""
    plan = _plan_of(rows, account_id)
    if not _goals_of(rows, plan):
        return
    owner = ours[customer.owner]
    _feedback(rows, account_id, owner, ours, list(people.values()))
    if customer.key in WATCHFUL:
        _watches(rows, account_id, plan, owner)
        _rhythm(rows, account_id, plan, owner)
    if customer.key in REVIEWED | WAITS:
        _review(rows, account_id, plan, ours, owner, is_approved=customer.key in REVIEWED)


def _plan_of(rows: Rows, account_id: int) -> int:
    """This year's plan, which was added last."""
    found = [row["id"] for row in rows.all(AccountPlan) if row["account_id"] == account_id]
    return max(found)


def _goals_of(rows: Rows, plan: int) -> list[dict[str, Any]]:
    return [row for row in rows.all(Goal) if row["plan_id"] == plan]


def _feedback(
    rows: Rows, account_id: int, owner: int, ours: dict[str, int], people: list[Known]
) -> None:
    for place, (days, words, use, reason, told, answer) in enumerate(SAID):
        heard = rows.ago(days)
        rows.add(
            Feedback,
            account_id=account_id,
            on=heard,
            voice=Voice.CUSTOMER,
            stakeholder_id=people[place % len(people)].id,
            user_id=owner,
            words=words,
            use=use,
            decided_on=heard + timedelta(days=4) if use else None,
            reason=reason,
            answered_on=heard + timedelta(days=told) if told else None,
            answer=answer,
            is_shared=use is Use.USED,
        )
    rows.add(
        Feedback,
        account_id=account_id,
        on=rows.ago(25),
        voice=Voice.MANAGEMENT,
        speaker_id=ours["shen"],
        user_id=owner,
        words=MANAGEMENT,
        use=Use.USED,
        decided_on=rows.ago(24),
    )


def _watches(rows: Rows, account_id: int, plan: int, owner: int) -> None:
    more = {Watched.CONTRACTS: Decimal(1), Watched.EVENTS: Decimal(2)}
    for measure, limit in {**USUAL, **more}.items():
        rows.add(
            Watch,
            account_id=account_id,
            plan_id=plan,
            measure=measure,
            limit=limit,
            owner_id=owner,
            follow_up="查明原因，下次例会说明 Find the cause, tell it in the next meeting",
        )


def _rhythm(rows: Rows, account_id: int, plan: int, owner: int) -> None:
    """Actions that come again, one of them in hand; and a promotion that is done."""
    for title, repeats, kind, days, done in (
        ("病区巡检 Ward round", Repeat.MONTHLY, None, -12, False),
        ("学术沙龙 Seminar for nurses", Repeat.QUARTERLY, ActionKind.EVENT, -40, False),
        ("耗材促销两周 Two weeks' promotion of consumables", None, ActionKind.PROMOTION, 35, True),
    ):
        due = rows.ago(days)
        rows.add(
            Action,
            account_id=account_id,
            plan_id=plan,
            goal_id=_goals_of(rows, plan)[0]["id"],
            title=title,
            owner_id=owner,
            starts_on=due - timedelta(days=14),
            due_on=due,
            begun_on=rows.ago(3) if repeats is Repeat.MONTHLY else None,
            done_on=due if done else None,
            result="销售比平月多两成 A fifth more than in a usual month" if done else "",
            budget=Decimal(4_000),
            spent=Decimal(3_600) if done else None,
            kind=kind,
            contract_phase=ContractPhase.EXECUTION,
            repeats=repeats,
            is_shared=repeats is not None,
        )


def _review(
    rows: Rows,
    account_id: int,
    plan: int,
    ours: dict[str, int],
    owner: int,
    *,
    is_approved: bool,
) -> None:
    starts_on = rows.row(AccountPlan, plan)["starts_on"]
    on = max(rows.ago(80 if is_approved else 1), starts_on + timedelta(days=1))
    review = rows.add(
        PlanReview,
        account_id=account_id,
        plan_id=plan,
        since=starts_on,
        on=on,
        status=ReviewStatus.APPROVED if is_approved else ReviewStatus.WAITING,
        user_id=owner,
        decisions=list(DECISIONS),
        notes="半小时开完。Done in half an hour.",
        next_on=on + timedelta(days=91),
        approver_id=ours["shen"] if is_approved else None,
        approved_on=on if is_approved else None,
        remark="同意，抓紧东院。Agreed; the east wing first." if is_approved else "",
    )
    if is_approved:
        rows.add(
            PlanVersion,
            account_id=account_id,
            plan_id=plan,
            review_id=review,
            number=1,
            at=rows.at(on, 10),
            user_id=ours["shen"],
            content=_as_it_stood(rows, plan),
        )


def _as_it_stood(rows: Rows, plan: int) -> dict[str, Any]:
    """The plan at its review: the year's sales a little lower, and no action that comes again."""
    content: dict[str, Any] = {"account_plan": {str(plan): _frozen(rows.row(AccountPlan, plan))}}
    for name in part_names():
        kept = [row for row in rows.by_table.get(name, []) if row["plan_id"] == plan]
        content[name] = {str(row["id"]): _frozen(row) for row in kept}
    content["action"] = {
        key: row for key, row in content["action"].items() if row["repeats"] is None
    }
    for goal in content["goal"].values():
        if goal["metric"] == Metric.SALES:
            goal["target"] = as_text(Decimal(goal["target"]) * Decimal("0.95"))
    return content


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: as_text(value) for name, value in row.items() if name not in LEFT_OUT}
