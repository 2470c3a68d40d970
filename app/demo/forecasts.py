"""The demo's reviews, targets, sellers' calls and locked forecasts."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.demo.rows import Rows
from app.pipeline.agenda import Topic, overdue, stuck
from app.pipeline.calls import Call
from app.pipeline.forecast_changes import lock
from app.pipeline.forecast_jobs import keep_verdicts
from app.pipeline.forecast_models import ForecastCall, Target
from app.pipeline.kept_reasons import kept
from app.pipeline.models import Opportunity
from app.pipeline.periods import Period, quarter_of, quarters_before, quarters_between, year_of
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.rules import SIGNED, Outcome, Stage
from app.pipeline.snapshots import DAY, Due

SEED = 20_260_302
CALLS = {Stage.NEGOTIATION: Call.COMMIT, Stage.BIDDING: Call.BEST}
DECISIONS = (
    "约分管院长，由沈总陪同 Shen goes along to the vice president",
    "本周内报出最终价，不再降 Final price this week, no further discount",
    "先补齐论证材料，再投标 Complete the case first, then bid",
    "暂缓两周，等预算下达 Wait two weeks for the budget",
)
TASKS = (
    ("约分管院长 Meeting with the vice president", 5, True),
    ("核对评分办法 Check how bids are scored", 3, True),
    ("准备样机 Prepare the trial unit", -2, False),
    ("拿到预算批文 Get the budget approval", 9, False),
)
MOST_ITEMS = 8


def add_forecasts(rows: Rows, ours: dict[str, int]) -> None:
    """Calls on what is late in the pipeline, targets for the year, two reviews."""
    chance = random.Random(SEED)  # noqa: S311 - believable, not secret
    going = [row for row in rows.all(Opportunity) if row["outcome"] == Outcome.OPEN]
    for row in going:
        _call(rows, row, chance)
    _targets(rows, ours)
    largest = sorted(going, key=lambda row: -row["amount"])[:MOST_ITEMS]
    _review(rows, largest[3:] + largest[:1], ours, 21)
    _review(rows, largest, ours, 7)


def _call(rows: Rows, row: dict[str, Any], chance: random.Random) -> None:
    call = CALLS.get(Stage(row["stage"]), Call.PIPELINE)
    on = max(rows.ago(chance.randrange(3, 25)), row["opened_on"])
    here = {"account_id": row["account_id"], "opportunity_id": row["id"]}
    rows.add(ForecastCall, call=call, on=on, at=rows.at(on), user_id=row["owner_id"], **here)


def _targets(rows: Rows, ours: dict[str, int]) -> None:
    """A quarter of what each won in a year and a fifth more; the team a little beyond."""
    won: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows.all(Opportunity):
        if row["outcome"] in SIGNED and row["owner_id"]:
            won[row["owner_id"]] += row["amount"]
    year = year_of(rows.on)
    for quarter in quarters_between(year.start, year.end):
        whole = Decimal(0)
        for user_id, amount in sorted(won.items()):
            aim = round(amount * Decimal("0.15") / 10_000) * Decimal(10_000)
            whole += aim
            _target(rows, user_id, quarter, aim)
        _target(rows, ours["shen"], quarter, whole * Decimal("1.1"), is_team=True)


def _target(
    rows: Rows, user_id: int, quarter: Period, amount: Decimal, *, is_team: bool = False
) -> None:
    days = {"starts_on": quarter.start, "ends_on": quarter.end}
    rows.add(Target, user_id=user_id, is_team=is_team, currency="CNY", amount=amount, **days)


def _review(rows: Rows, deals: list[dict[str, Any]], ours: dict[str, int], days: int) -> None:
    on, leader = rows.ago(days), ours["shen"]
    review = rows.add(
        Review,
        user_id=leader,
        since=on - timedelta(days=14),
        on=on,
        present="沈建国、周倩、Daniel Xu、何雨、郑浩",
        summary="季度末前先保住承诺的单子；推迟过两次的，当面问清原因。\n"
        "Commits first; whoever pushed twice asks why in person.",
        opened_at=rows.at(on, 1),
        closed_at=rows.at(on, 2),
    )
    for place, row in enumerate(deals, start=1):
        _item(rows, review, place, row, leader, days)


def _item(rows: Rows, review: int, place: int, row: dict[str, Any], leader: int, days: int) -> None:
    on = rows.ago(days)
    late = row["close_on"] is not None and row["close_on"] < on
    why = (Topic.OVERDUE, overdue(row["close_on"], on)) if late else (Topic.STUCK, stuck(52, 38))
    here = {"account_id": row["account_id"], "opportunity_id": row["id"], "review_id": review}
    decision = DECISIONS[place % len(DECISIONS)] if place <= len(TASKS) + 1 else ""
    rows.add(
        ReviewItem,
        place=place,
        topics=[[why[0].value, kept(why[1])]],
        stage=row["stage"],
        amount=row["amount"],
        currency=row["currency"],
        close_on=row["close_on"],
        decision=decision,
        user_id=leader if decision else None,
        discussed_at=rows.at(on, 1),
        **here,
    )
    if place <= len(TASKS):
        what, due, is_done = TASKS[place - 1]
        done = on + timedelta(days=4) if is_done or days > 14 else None
        rows.add(ReviewAction, what=what, owner_id=row["owner_id"],
                 due=rows.ago(days - 7 - due) if days < 14 else on + timedelta(days=6),
                 done_on=done, outcome="已办 Done" if done else "", **here)  # fmt: skip


def lock_forecasts(session: Session, rows: Rows) -> None:
    """The forecasts that a server would have locked by itself over the last year."""
    for one in _dues(rows):
        lock(session, one, rows.at(one.on + DAY, 0))
    keep_verdicts(session, rows.on)


def _dues(rows: Rows) -> Iterable[Due]:
    for period in quarters_before(rows.on, 4):
        yield Due(period, period.start - DAY)
    period = quarter_of(rows.on)
    day = period.start - DAY
    yield Due(period, day)
    sunday = day + timedelta(days=7 - day.isoweekday() % 7)
    while sunday < rows.on:
        yield Due(period, sunday)
        sunday += timedelta(days=7)
