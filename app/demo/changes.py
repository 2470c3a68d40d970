"""People who changed posts in the demo, what is to be done about it, and what some perceive."""

from __future__ import annotations

from datetime import timedelta

from app.accounts.models import ValueReading
from app.demo.people import Known
from app.demo.rows import Rows
from app.plans.models import AccountPlan, Action
from app.stakeholders.models import FormerPost, Stakeholder

PERCEIVED = {
    "icu": (
        (9, 2, 4, "报警少了一半，夜班轻松了 Half the alarms at night", "培训占了两个班次 Two shifts of training"),
        (7, 3, 4, "样机好用 The trial unit works well", "要多填一张表 One more form to fill in"),
    ),
    "finance": ((4, 6, 3, "故障停机少 Fewer failures", "维保费比同行高一成 Service costs a tenth more"),),
    "equipment": ((6, 4, 3, "四小时到场 On site within four hours", "备件要自己压货 Spare parts are theirs"),),
}  # fmt: skip


def add_perceived(
    rows: Rows, account_id: int, people: dict[str, Known], ours: dict[str, int]
) -> None:
    """What three people of an account gain, give up and expected, as they said it."""
    for post, readings in PERCEIVED.items():
        for place, (gain, cost, expected, gained, given) in enumerate(readings):
            rows.add(
                ValueReading, account_id=account_id, stakeholder_id=people[post].id,
                on=rows.ago(20 + 150 * place), user_id=ours["zhou"], gain=gain, cost=cost,
                expected=expected, gain_evidence=gained, cost_evidence=given,
                expected_evidence="立项会上的要求 As asked when the project began",
            )  # fmt: skip


def a_successor_is_wanted(
    rows: Rows, account_id: int, people: dict[str, Known], ours: dict[str, int]
) -> None:
    """Hailing's head of surgery left: the post is kept, and two tasks are still open."""
    surgeon = rows.row(Stakeholder, people["surgery"].id)
    heir = next(
        row
        for row in rows.all(Stakeholder)
        if row["account_id"] == account_id and row["is_placeholder"]
    )
    _post(rows, surgeon, surgeon["title"], surgeon["left_on"], heir["id"])
    for title, why, days in (
        (
            f"查明谁接任：{surgeon['title']}",
            "对手不会等 Competitors do not wait",
            20,
        ),
        (
            "请老主任引见接任者 Ask the former head to introduce the new one",
            "他对我们最了解 He knows us best",
            -6,
        ),
    ):
        _task(rows, surgeon, title, why, ours["he"], days)


def a_sister_moved(rows: Rows, account_id: int, people: dict[str, Known]) -> None:
    """Mingzhou's ward sister came from surgery, six weeks ago."""
    sister = rows.row(Stakeholder, people["ward"].id)
    moved = rows.ago(45)
    sister["since"] = moved
    _post(rows, sister, "普外科护士长 Sister, general surgery", moved, None)


def _post(
    rows: Rows, person: dict[str, object], title: object, until: object, heir: object
) -> None:
    rows.add(
        FormerPost, account_id=person["account_id"], stakeholder_id=person["id"], heir_id=heir,
        title=title, department=person["department"], unit="", level=person["level"],
        since=rows.ago(700), until=until,
    )  # fmt: skip


def _task(
    rows: Rows, person: dict[str, object], title: str, why: str, owner: int, days: int
) -> None:
    due, account_id = rows.ago(days), person["account_id"]
    plans = (row for row in rows.all(AccountPlan) if row["account_id"] == account_id)
    plan = next((row["id"] for row in plans if row["starts_on"] <= rows.on <= row["ends_on"]), None)
    rows.add(
        Action, account_id=account_id, plan_id=plan, stakeholder_id=person["id"], title=title,
        how=why, owner_id=owner, starts_on=due - timedelta(days=14), due_on=due,
    )  # fmt: skip
