"""The demo's retrospectives: two that are finished, one that waits, and risks before a bid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.demo.beside import NO_SITE
from app.demo.people import Known
from app.demo.rows import Rows
from app.pipeline.deal_models import LossFactor
from app.pipeline.losing import Factor
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome, Stage
from app.pipeline.story_queries import Event
from app.plans.models import Action
from app.retrospectives.models import (
    RetroDecision,
    RetroInterview,
    RetroMember,
    RetroNote,
    Retrospective,
    RetroView,
    RetroVote,
    RetroWhy,
)
from app.retrospectives.record import key_of
from app.retrospectives.rules import Kind
from app.stakeholders.models import Observation
from app.stakeholders.rules import Confidence
from app.users.models import User
from app.vocabulary import because

Row = dict[str, Any]

NOTES = {
    Factor.CRITERIA: "评分办法在我们第一次拜访之前已经定稿 The scoring was settled before our first visit",
    Factor.LATE: "我们从招标公告才知道这个项目 We learnt of the project from the public notice",
    Factor.PRICE: "报价按全配置，对方只报了基本配置 We priced the full set, they priced the basic one",
    Factor.NO_WAY_IN: "分管副院长我们一次也没见到 We never met the vice president in charge",
    Factor.NO_GUIDE: "没有人告诉我们评委看重什么 Nobody told us what the committee cared about",
    Factor.TERMS: "财务要求 90 天账期，我们只能给 60 天 Finance wanted 90 days, we could give 60",
    Factor.BLOCKER: "财务科长的顾虑在会后才听说 We heard of the finance head's doubts after the meeting",
    NO_SITE: "他们想看同类医院，我们最近的在外省 They asked for a hospital to see; ours is far away",
    Factor.SLOW: "方案澄清拖了三周才答复 The questions on our offer were answered after three weeks",
    Factor.FIT: "样机试用时报警音量被投诉 On trial, the alarm was found too quiet",
}
WHYS = (
    "知道得晚，因为线索只靠招标网站 We knew late because leads come from the tender site alone",
    "没有人定期去基建和设备两个部门 Nobody visits building and equipment departments regularly",
    "拜访节奏按已签约客户排，不看在建项目 Visits are planned by signed business, not by projects ahead",
)
DECISIONS = (
    ("每月核对一次客户的预算与在建项目 Go through budgets and projects ahead every month", 21),
    ("方案澄清 48 小时内答复，售前值班 Answer questions on an offer within 48 hours", 35),
)
SUMMARY = (
    "我们在标准定稿之后才进场，价格只是最后一根稻草。"
    "We came in after the criteria were set; price was only the last straw."
)
ANSWERS = {
    "choice": "他们去年就帮我们写了技术参数 They helped us write the specification last year",
    "ours": "设备很好，但是来得晚 Your equipment is good, but you came late",
    "again": "有预算之前就来聊 Come and talk before there is a budget",
}
RISKS = (
    (Factor.NO_WAY_IN, "院长只由对手拜访过 Only the rival has met the president"),
    (Factor.CRITERIA, "评分里价格占比可能提高 Price may weigh more in the scoring"),
    (Factor.PERSON_LEFT, "支持我们的主任明年退休 The head who supports us retires next year"),
)


def add_retrospectives(
    rows: Rows, people: dict[str, dict[str, Known]], ours: dict[str, int]
) -> None:
    """Look back on the lost deals, and ahead on the largest bid."""
    known = {place: list(found.values()) for place, found in enumerate(people.values(), start=1)}
    lost = [row for row in rows.all(Opportunity) if row["outcome"] == Outcome.LOST]
    lost.sort(key=lambda row: (row["closed_on"], row["id"]), reverse=True)
    waiting, *finished = lost[:3]
    _made(rows, waiting, Kind.LOSS)
    for row in finished:
        _finished(rows, row, known[row["account_id"]], ours)
    bids = [row for row in rows.all(Opportunity) if row["outcome"] == Outcome.OPEN]
    bids = [row for row in bids if row["stage"] in {Stage.PROPOSAL, Stage.BIDDING}]
    _ahead(rows, max(bids, key=lambda row: (row["amount"], row["id"])), ours)


def _made(rows: Rows, deal: Row, kind: Kind, **stamps: Any) -> Row:
    at = rows.at(deal["closed_on"] or rows.ago(6), 17)
    here = {"account_id": deal["account_id"], "opportunity_id": deal["id"]}
    number = rows.add(
        Retrospective, **here, kind=kind, user_id=deal["owner_id"], made_at=at, acted_at=at,
        **stamps,
    )  # fmt: skip
    return rows.row(Retrospective, number)


def _begun(rows: Rows, deal: Row, kind: Kind, ours: dict[str, int]) -> tuple[Row, list[int]]:
    """A retrospective that four of ours have written to, opened a day after it was begun."""
    on = min((deal["closed_on"] or rows.ago(6)) + timedelta(days=1), rows.on)
    at = rows.at(on, 10)
    retro = _made(rows, deal, kind, begun_at=at, opened_at=at + timedelta(hours=1))
    members = list(dict.fromkeys((deal["owner_id"], ours["lin"], ours["song"], ours["shen"])))
    for user_id in members:
        rows.add(RetroMember, retrospective_id=retro["id"], user_id=user_id, is_ready=True,
                 joined_at=at)  # fmt: skip
    return retro, members


def _finished(rows: Rows, deal: Row, people: list[Known], ours: dict[str, int]) -> None:
    retro, members = _begun(rows, deal, Kind.LOSS, ours)
    at = retro["opened_at"]
    retro["closed_at"], retro["summary"] = at + timedelta(hours=2), SUMMARY
    factors = [row["factor"] for row in rows.all(LossFactor) if row["opportunity_id"] == deal["id"]]
    told = list(dict.fromkeys([*map(Factor, factors), Factor.LATE, Factor.SLOW]))
    for place, factor in enumerate(told):
        note = _note(rows, retro, members[place % len(members)], factor, NOTES[factor])
        for voter in members[: max(len(members) - place, 1)]:
            rows.add(RetroVote, note_id=note, user_id=voter, dots=1 + (place == 0))
    for place, user_id in enumerate(members):
        for factor in (*told, Factor.PRICE, Factor.FIT):
            counted = factor in told[: 2 + place % 2]
            _view(rows, retro, factor, counted=counted, user_id=user_id)
    _asked(rows, retro, deal, people[1], told)
    _chain(rows, retro, deal, Factor.LATE)
    _decided(rows, retro, deal, members)


def _note(rows: Rows, retro: Row, user_id: int, factor: Factor, words: str) -> int:
    return rows.add(
        RetroNote, retrospective_id=retro["id"], user_id=user_id, factor=factor, words=words,
        at=retro["begun_at"],
    )  # fmt: skip


def _view(rows: Rows, retro: Row, factor: Factor, *, counted: bool, **voice: int) -> None:
    known = {(row["user_id"], row["interview_id"], row["factor"], row["retrospective_id"])
             for row in rows.all(RetroView)}  # fmt: skip
    if (voice.get("user_id"), voice.get("interview_id"), factor, retro["id"]) not in known:
        rows.add(RetroView, retrospective_id=retro["id"], factor=factor, counted=counted, **voice)


def _asked(rows: Rows, retro: Row, deal: Row, person: Known, told: list[Factor]) -> None:
    """One of theirs was asked two weeks later, and how they stood turned out."""
    on = min(deal["closed_on"] + timedelta(days=14), rows.on)
    number = rows.add(
        RetroInterview, retrospective_id=retro["id"], stakeholder_id=person.id, on=on,
        user_id=deal["owner_id"], has_consent=True, answers=ANSWERS,
    )  # fmt: skip
    for factor, counted in ((Factor.LATE, True), (Factor.PRICE, False), (told[0], True)):
        _view(rows, retro, factor, counted=counted, interview_id=number)
    rows.add(
        Observation, account_id=deal["account_id"], stakeholder_id=person.id,
        opportunity_id=deal["id"], on=on, support=-1, confidence=Confidence.HEARD,
        source="复盘访谈 Interview after the loss", user_id=deal["owner_id"], at=rows.at(on, 15),
    )  # fmt: skip


def _chain(rows: Rows, retro: Row, deal: Row, factor: Factor) -> None:
    """Three whys, the first with the deal's opening as evidence."""
    owner = rows.row(User, deal["owner_id"])["name"]
    text = because("Opened in %(stage)s", stage=Stage.PROSPECTING)
    evidence, parent = [key_of(Event(deal["opened_on"], "flag", text, owner))], None
    for words in WHYS:
        parent = rows.add(
            RetroWhy, retrospective_id=retro["id"], parent_id=parent, factor=factor, words=words,
            evidence=evidence, user_id=deal["owner_id"], at=retro["opened_at"],
        )  # fmt: skip
        evidence = []


def _decided(rows: Rows, retro: Row, deal: Row, members: list[int]) -> None:
    for place, (words, days) in enumerate(DECISIONS):
        due = retro["opened_at"].date() + timedelta(days=days)
        action = rows.add(
            Action, account_id=deal["account_id"], title=words, owner_id=members[place],
            due_on=due, done_on=due - timedelta(days=2) if due < rows.on else None,
        )  # fmt: skip
        rows.add(
            RetroDecision, retrospective_id=retro["id"], action_id=action, words=words,
            user_id=members[0], at=retro["opened_at"],
        )  # fmt: skip


def _ahead(rows: Rows, deal: Row, ours: dict[str, int]) -> None:
    retro, members = _begun(rows, deal, Kind.PREMORTEM, ours)
    for place, (factor, words) in enumerate(RISKS):
        note = _note(rows, retro, members[place % len(members)], factor, words)
        for voter in members[place:]:
            rows.add(RetroVote, note_id=note, user_id=voter, dots=1)
