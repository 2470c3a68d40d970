"""What is kept beside the demo's deals: answers, the buyer's stage, rivals, criteria, notes, a yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.demo.people import Known
from app.demo.rows import Rows
from app.pipeline.deal_models import (
    Approval,
    ChecklistTick,
    Contender,
    DealCriterion,
    DealFile,
    DealNote,
    DealReading,
    LossFactor,
    SavedView,
)
from app.pipeline.factor_tree import FACTOR_TREE, FactorTree, tree_text
from app.pipeline.losing import Factor, price_gap
from app.pipeline.mirroring import BUYER
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.noting import Favours, NoteKind, Position
from app.pipeline.qualifying import Answer, Answered, Question, grade_of
from app.pipeline.rules import SIGNED, STAGES, Outcome, Stage
from app.pipeline.stage_rules import USUAL_ITEMS, Item, Subject
from app.stakeholders.models import Rescue, Stakeholder
from app.stakeholders.rules import ContractPhase, HelpSource
from app.users.models import Setting

Row = dict[str, Any]

SAID = {
    Question.NEED: "病区主任在会上提出 Raised by the head of the ward",
    Question.TIMETABLE: "年底前要完成安装 To be installed before the year ends",
    Question.BUDGET: "设备科已列入预算 In the equipment department's budget",
    Question.COMPETITION: "对手去年已有样机在用 A rival's units have been there since last year",
    Question.CRITERIA: "综合评分，价格占 40% Scored, price counts 40 %",
}
CRITERIA = (
    ("价格 Price", Favours.RIVAL),
    ("售后响应时间 Response of the service", Favours.US),
    ("与现有设备兼容 Works with what they have", Favours.US),
    ("培训 Training", Favours.NEITHER),
)
RIVALS = (
    ("康晟 Kangsheng", Position.LEVEL, "0.93", "价格低 Low price", "服务网点少 Few service points"),
    ("迈远 Maiyuan", Position.AHEAD, "1.04", "与信息科关系好 Close to the IT department",
     "交货慢 Slow to deliver"),
    ("海诺 Hainuo", Position.BEHIND, "0.88", "账期长 Long terms", "没有三甲案例 No large reference"),
)  # fmt: skip
NOES = (
    "今年没有预算 No money this year",
    "再等等看 Let us wait and see",
    "领导还没定 The chief has not decided",
    "先用现有的 We go on with what we have",
)
WON_NOES = (2, 4, 1, 5, 0, 3)
NO_SITE = Factor("offer-1")
OWN_WORDS = {NO_SITE.value: "附近没有样板医院 No reference hospital nearby"}
"""A cause that the company has added to its tree."""
LOSSES = {
    "指标": (Factor.CRITERIA, Factor.LATE, NO_SITE),
    "价格": (Factor.PRICE,),
    "没有接触": (Factor.NO_WAY_IN, Factor.NO_GUIDE),
    "财务": (Factor.TERMS, Factor.BLOCKER),
}
LATE = (Stage.PROPOSAL, Stage.BIDDING, Stage.NEGOTIATION)
HELPERS = (
    (ContractPhase.PROPOSAL, HelpSource.OURS, "林岚 Lin Lan", "方案与演示 Solution and demonstration"),
    (ContractPhase.PROPOSAL, HelpSource.THEIRS, "", "约见分管院长 A meeting with the vice president"),
    (ContractPhase.NEGOTIATION, HelpSource.OURS, "沈建国 Shen Jianguo",
     "与院长谈付款条件 Terms of payment, with the president"),
    (ContractPhase.NEGOTIATION, HelpSource.OUTSIDE, "省装备协会 Provincial equipment society",
     "推荐样板医院 Names a reference hospital"),
    (ContractPhase.EXECUTION, HelpSource.OURS, "售后服务部 Service department",
     "安装与培训 Installation and training"),
)  # fmt: skip
"""Who helps, by phase and from where; without a name it is somebody of the customer's."""
MINUTES = "会议纪要 Minutes\n\n1. 需求 Need\n2. 时间 Timetable\n3. 预算 Budget\n"


def add_beside(rows: Rows, people: dict[str, dict[str, Known]], ours: dict[str, int]) -> None:
    """Fill every deal's page; what is said follows from the deal's number, not from chance."""
    known = {place: list(found.values()) for place, found in enumerate(people.values(), start=1)}
    for row in rows.all(Opportunity):
        if row["outcome"] == Outcome.OPEN:
            _open(rows, row, known[row["account_id"]])
        elif row["outcome"] == Outcome.LOST:
            _lost(rows, row)
        if row["outcome"] != Outcome.OPEN:
            _refused(rows, row)
    rows.add(Setting, key=FACTOR_TREE, value=tree_text(FactorTree(OWN_WORDS)))
    _approvals(rows, ours)
    _views(rows, ours)


def _of(row: Row) -> dict[str, int]:
    return {"account_id": row["account_id"], "opportunity_id": row["id"]}


def _open(rows: Rows, row: Row, people: list[Known]) -> None:
    _answers(rows, row)
    _buyer(rows, row)
    _ticks(rows, row)
    _rivals(rows, row)
    _criteria(rows, row, people)
    _notes(rows, row)
    if row["stage"] in LATE:
        _helpers(rows, row, people)


def _helpers(rows: Rows, row: Row, people: list[Known]) -> None:
    """The rescue network of a deal that is being offered: who helps in which phase, and for what."""
    guides = [one.id for one in people if "guide" in one.post.roles] or [people[0].id]
    guide = rows.row(Stakeholder, guides[0])["name"]
    for phase, source, who, purpose in HELPERS[: 2 + row["id"] % 4]:
        rows.add(
            Rescue, **_of(row), phase=phase, source=source, who=who or guide, purpose=purpose
        )  # fmt: skip


def _answers(rows: Rows, row: Row) -> None:
    place, on = row["id"], _after(rows, row, 9)
    answers: dict[Question, Answered] = {}
    for number, question in enumerate(Question):
        if (place + number) % 6 == 0:
            continue  # not asked yet: unknown is a red flag, and some are red
        said = (Answer.YES, Answer.YES, Answer.PART, Answer.YES, Answer.NO)[(place + number) % 5]
        answers[question] = Answered(said, SAID[question], on, "")
        _read(rows, row, question, said, SAID[question])
    row["grade"] = grade_of(answers).grade


def _read(rows: Rows, row: Row, subject: str, value: str, evidence: str, days: int = 9) -> None:
    on = _after(rows, row, days)
    rows.add(
        DealReading, **_of(row), subject=subject, value=value, evidence=evidence, on=on,
        user_id=row["owner_id"], at=rows.at(on),
    )  # fmt: skip


def _after(rows: Rows, row: Row, days: int) -> Any:
    """A day so long after the deal was opened, today at the latest."""
    return min(row["opened_on"] + timedelta(days=days), rows.on)


def _buyer(rows: Rows, row: Row) -> None:
    """Most buyers are where we think; every fourth lags behind, and one is ahead."""
    place = STAGES.index(Stage(row["stage"]))
    step = -1 if row["id"] % 4 == 0 else 1 if row["id"] % 11 == 0 else 0
    stage = STAGES[min(max(place + step, 0), 4)]
    row["buyer_stage"] = stage
    _read(rows, row, BUYER, stage, "设备科的说法 As the equipment department says", 20)


def _ticks(rows: Rows, row: Row) -> None:
    """All points of the stages that were left by their milestone, and some of the one at hand."""
    moves = [one for one in rows.all(StageMove) if one["opportunity_id"] == row["id"]]
    left = {one["from_stage"]: one["on"] for one in moves if not one["is_override"]}
    for stage in STAGES:
        points = USUAL_ITEMS[stage]
        if stage == row["stage"]:
            _tick(rows, row, stage, points[: row["id"] % 4], row["stage_since"] + timedelta(days=2))
        elif stage in left:
            _tick(rows, row, stage, points, left[stage])


def _tick(rows: Rows, row: Row, stage: Stage, points: Iterable[Item], on: date) -> None:
    for item in points:
        rows.add(
            ChecklistTick, **_of(row), stage=stage, item=item.key, on=min(on, rows.on),
            user_id=row["owner_id"],
        )  # fmt: skip


def _rivals(rows: Rows, row: Row) -> None:
    for number in range(1 + row["id"] % 2):
        name, position, share, strong, weak = RIVALS[(row["id"] + number) % len(RIVALS)]
        price = (row["amount"] * Decimal(share)).quantize(Decimal(1)) if number == 0 else None
        rows.add(
            Contender, **_of(row), name=name, position=position, price=price, strengths=strong,
            weaknesses=weak,
        )  # fmt: skip
        row["competitor"] = row["competitor"] or name


def _criteria(rows: Rows, row: Row, people: list[Known]) -> None:
    for rank in range(2 + row["id"] % 3):
        words, favours = CRITERIA[(row["id"] + rank) % len(CRITERIA)]
        days = -20 if rank == 0 and row["id"] % 5 == 0 else 15 + rank
        rows.add(
            DealCriterion, **_of(row), rank=rank + 1, words=words, favours=favours,
            stakeholder_id=people[(row["id"] + rank) % min(len(people), 4)].id,
            set_on=_after(rows, row, days),
        )  # fmt: skip


def _notes(rows: Rows, row: Row) -> None:
    noes = (0, 1, 0, 2, 4)[row["id"] % 5]
    for number in range(noes):
        on = _after(rows, row, 6 + 8 * number)
        again = rows.on if number == noes - 1 else on + timedelta(days=8)
        rows.add(
            DealNote, **_of(row), kind=NoteKind.NO, on=on, words=NOES[number], ask_again_on=again,
            user_id=row["owner_id"], at=rows.at(on),
        )  # fmt: skip
    on = _after(rows, row, 4)
    rows.add(
        DealNote, **_of(row), kind=NoteKind.NOTE, on=on, user_id=row["owner_id"], at=rows.at(on),
        words="设备科希望先试用两周 The equipment department wants two weeks on trial first",
    )  # fmt: skip
    if row["id"] % 3 == 0:
        content = MINUTES.encode()
        rows.add(
            DealFile, **_of(row), name="立项会纪要 Minutes.txt", kind="text/plain",
            size=len(content), content=content, user_id=row["owner_id"], at=rows.at(on, 10),
        )  # fmt: skip


def _refused(rows: Rows, row: Row) -> None:
    """The noes of a decided deal, in the order of its months; those given up heard fewer."""
    for number in range(WON_NOES[row["id"] % 6] if row["outcome"] in SIGNED else row["id"] % 3):
        on = min(_after(rows, row, 6 + 8 * number), row["closed_on"])
        rows.add(
            DealNote, **_of(row), kind=NoteKind.NO, on=on, words=NOES[number % len(NOES)],
            user_id=row["owner_id"], at=rows.at(on),
        )  # fmt: skip


def _lost(rows: Rows, row: Row) -> None:
    """The factors that the words of the loss speak of, and the winner's price where it is known."""
    found = next(
        (factors for start, factors in LOSSES.items() if row["loss_reason"].startswith(start)), ()
    )
    for factor in found:
        rows.add(LossFactor, **_of(row), factor=factor)
    if Factor.PRICE in found:
        theirs = row["amount"] * Decimal("0.91")
        row["price_gap"] = price_gap(row["amount"], theirs)


def _approvals(rows: Rows, ours: dict[str, int]) -> None:
    """One yes that was given, and one that waits on the director's Today."""
    open_deals = [row for row in rows.all(Opportunity) if row["outcome"] == Outcome.OPEN]
    late = sorted(open_deals, key=lambda row: -STAGES.index(row["stage"]))
    waiting = next(row for row in late if row["owner_id"] == ours["daniel"])
    given = next(row for row in late if row["owner_id"] == ours["zhou"])
    _asked(rows, waiting, Subject.SIGNATURE, ours["shen"], 2)
    row = rows.row(Approval, _asked(rows, given, Subject.QUALIFICATION, ours["shen"], 12))
    row["is_granted"], row["answered_at"] = True, rows.at(rows.ago(10))
    row["answer"] = "同意立项，先拿到评分办法 Granted; get the scoring rules first"


def _asked(rows: Rows, deal: Row, subject: Subject, approver_id: int, days: int) -> int:
    return rows.add(
        Approval, **_of(deal), subject=subject, user_id=deal["owner_id"],
        asked_at=rows.at(rows.ago(days)), approver_id=approver_id,
        words="需求明确，预算已列入 The need is clear and the money is in the budget",
    )  # fmt: skip


def _views(rows: Rows, ours: dict[str, int]) -> None:
    """Filters that the director shares with everyone."""
    late = {"name": "签约日已过 Close date passed", "query": "attention=late"}
    lanes = {"name": "按负责人 By owner", "query": "by=owner"}
    for view in (late, lanes):
        rows.add(SavedView, user_id=ours["shen"], page="board", is_shared=True, **view)
