"""What the demo's lost deals taught: lessons, what is done about them, and watches that are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.rows import Rows
from app.lessons.changes import look_at
from app.lessons.models import Firing, Lesson
from app.lessons.record_queries import open_deals
from app.lessons.watch_queries import watches_on
from app.pipeline.losing import Factor
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome

WATCHED_SINCE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A lesson, and the words its deal's loss begins with; without them the one that skipped."""

    loss: str
    words: str
    factor: Factor
    cause: str
    action: str
    due: int
    done: int | None
    clauses: Sequence[tuple[str, str]] = ()
    advice: str = ""


LESSONS = (
    Told(
        "",
        "跳过立项又改期的商机，多半要丢 A deal that skipped its approval and slipped is mostly lost",
        Factor.SKIPPED,
        "客户催得急，没有做售前立项就报了方案；之后签约日一再推迟，没有人停下来问为什么。\n"
        "The customer pressed, so we offered before the pre-sales review. Then the date slipped "
        "and nobody stopped to ask why.",
        "提案前补开立项会 Hold the pre-sales review before any proposal",
        12,
        None,
        (("stage_from", "proposal"), ("overridden", ""), ("pushed", "1")),
        "先补开立项会，再约决策人问清为何改期 "
        "Hold the review now, then ask the decider why the date moved",
    ),
    Told(
        "没有接触到决策者",
        "没见过决策者就报方案，等于白报 An offer is wasted if nobody has met who decides",
        Factor.NO_WAY_IN,
        "设备科一直说会替我们引见。投标那天，我们还没有见过分管领导。\n"
        "The equipment department kept promising an introduction. On the day of the bid nobody of "
        "ours had met the vice president.",
        "拜访计划里写明由谁引见 Say in each visit plan who introduces us",
        -9,
        4,
        (("stage_from", "proposal"), ("no_way_in", "")),
        "报方案前请指导者引见，不行就请我方领导出面 "
        "Ask the guide for an introduction before the offer; else bring our director",
    ),
    Told(
        "指标由对手参与制定",
        "指标由对手写定之后，降价赢不回来 Price does not win back criteria that others wrote",
        Factor.CRITERIA,
        "我们第一次拜访时，评分办法已经定稿。\n"
        "When we came for the first time the scoring was settled.",
        "每季度走访设备科，问明年的论证计划 "
        "Ask the equipment department each quarter what it will specify next",
        30,
        None,
    ),
)


def add_lessons(rows: Rows) -> None:
    """A lesson for each kind of loss, by the owner of the first deal that was lost so."""
    lost = [row for row in rows.all(Opportunity) if row["outcome"] == Outcome.LOST]
    for told in LESSONS:
        deal = next((row for row in lost if _taught(rows, row, told)), None)
        if deal is not None:
            _add(rows, deal, told)


def _taught(rows: Rows, row: dict[str, Any], told: Told) -> bool:
    if told.loss:
        return bool(row["loss_reason"].startswith(told.loss))
    moves = [one for one in rows.by_table["stage_move"] if one["opportunity_id"] == row["id"]]
    pushes = [one for one in rows.by_table["terms"] if one["opportunity_id"] == row["id"]]
    return len(pushes) > 2 and any(one["is_override"] for one in moves)


def _add(rows: Rows, deal: dict[str, Any], told: Told) -> None:
    on = min(deal["closed_on"] + timedelta(days=5), rows.on)
    rows.add(
        Lesson,
        account_id=deal["account_id"],
        opportunity_id=deal["id"],
        words=told.words,
        factor=told.factor,
        cause=told.cause,
        action=told.action,
        owner_id=deal["owner_id"],
        due_on=rows.ago(-told.due),
        done_on=None if told.done is None else rows.ago(told.done),
        clauses=[list(one) for one in told.clauses],
        advice=told.advice,
        watched_since=rows.ago(WATCHED_SINCE) if told.clauses else None,
        user_id=deal["owner_id"],
        at=rows.at(on, 15),
    )


def let_watches_look(session: Session, on: date) -> None:
    """The watches speak up on the open deals; on the first of them it is said to have helped."""
    look_at(session, watches_on(session), open_deals(), on)
    session.flush()
    first = session.scalars(select(Firing).order_by(Firing.id).limit(1)).first()
    if first is not None:
        first.is_helpful = True
