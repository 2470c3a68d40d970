"""What the stages of other pipelines are in ours: proposed once per name, then remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from app.exchange.words import plain_word
from app.pipeline.rules import Outcome, Stage
from app.vocabulary import N_, Reason, because

LEAST_ALIKE = 88.0
SURE = 0.75


@dataclass(frozen=True, slots=True)
class StageProposal:
    """Our stage and outcome for a foreign name; a lost deal's stage is not told by its name.

    ``outcome`` is None when nothing is proposed: a person says what the name means.
    """

    name: str
    stage: Stage | None
    outcome: Outcome | None
    confidence: float
    why: Reason

    @property
    def is_sure(self) -> bool:
        """Whether it may be taken without asking."""
        return self.confidence >= SURE


KNOWN: dict[Stage, str] = {
    Stage.PROSPECTING: "prospect, lead, lead in, new, new lead, suspect, contact made, discovery, "
    "客户开发, 线索, 初步接触, 初步接洽, 发现商机, 意向",
    Stage.QUALIFICATION: "qualify, qualified to buy, needs analysis, need analysis, 立项, "
    "项目立项, 售前立项, 需求确认, 需求分析",
    Stage.PROPOSAL: "value proposition, proposal made, presentation, presentation scheduled, 提案, "
    "方案, 方案报价, 方案制定, 解决方案",
    Stage.BIDDING: "bid, tender, tendering, rfp, rfq, 招投标, 投标, 招标, 竞标, 议标",
    Stage.NEGOTIATION: "negotiation review, negotiations started, negotiating, contract sent, "
    "商务谈判, 谈判, 谈判审核, 合同签订, 合同审批",
    Stage.DELIVERY: "implementation, onboarding, 工程实施, 实施, 交付",
}
LIKELY: dict[Stage, str] = {
    Stage.PROSPECTING: "appointment scheduled, qualified, 拜访, 需求了解",
    Stage.QUALIFICATION: "engaging, engaged, demo scheduled, 需求调研, 客户确认",
    Stage.PROPOSAL: "id decision makers, perception analysis, decision maker bought in, solution, "
    "需求方案",
    Stage.BIDDING: "proposal price quote, quote, quotation, proposal submitted, evaluation, 报价, "
    "评标",
    Stage.NEGOTIATION: "contract, verbal commit, commit, closing, 商务, 合同",
    Stage.DELIVERY: "installation, 安装",
}
"""Names that only probably mean a stage: a person is asked. The order of each program's
own stages is kept, so that a deal never seems to go back."""

ENDED: dict[Outcome, str] = {
    Outcome.WON: "won, closed won, win, 赢单, 成交, 中标, 已签约, 签约",
    Outcome.CLOSED: "delivered, completed, 结项, 已结项, 验收, 工程验收, 项目结项",
    Outcome.LOST: "lost, closed lost, 输单, 丢单, 失单, 未中标, 流标, 失败",
    Outcome.WITHDRAWN: "withdrawn, cancelled, canceled, abandoned, no decision, disqualified, "
    "取消, 撤销, 放弃, 终止, 无效, 作废",
}
STAGE_AFTER: dict[Outcome, Stage] = {
    Outcome.WON: Stage.DELIVERY,
    Outcome.CLOSED: Stage.DELIVERY,
}
"""A won deal is signed, so delivery is what comes next [domain 5]."""

Meaning = tuple[Stage | None, Outcome, float]


@cache
def known_stages() -> dict[str, Meaning]:
    """Every known name's meaning, with how sure it is."""
    found: dict[str, Meaning] = {}
    for stages, confidence in ((LIKELY, 0.6), (KNOWN, 0.95)):
        for stage, names in stages.items():
            for name in names.split(","):
                found[plain_word(name)] = (stage, Outcome.OPEN, confidence)
    for outcome, names in ENDED.items():
        for name in names.split(","):
            found[plain_word(name)] = (STAGE_AFTER.get(outcome), outcome, 0.95)
    for stage in Stage:
        found[plain_word(stage.name)] = (stage, Outcome.OPEN, 1.0)
    return found


@lru_cache(maxsize=1 << 10)
def propose_stage(name: str) -> StageProposal:
    """Our stage and outcome for a foreign stage's name.

    >>> proposal = propose_stage("Negotiation/Review")
    >>> proposal.stage, proposal.outcome
    (<Stage.NEGOTIATION: 'negotiation'>, <Outcome.OPEN: 'open'>)
    """
    plain, known = plain_word(name), known_stages()
    if plain in known:
        why = because(N_("“%(name)s” is a name known from other programs."), name=name)
        return StageProposal(name, *known[plain], why)
    likest = max(known, key=lambda other: (ratio(plain, other), other))
    if ratio(plain, likest) >= LEAST_ALIKE:
        stage, outcome, _ = known[likest]
        why = because(N_("“%(name)s” is spelled almost like “%(known)s”."), name=name, known=likest)
        return StageProposal(name, stage, outcome, 0.5, why)
    why = because(N_("Nothing is known of “%(name)s”: say what it means."), name=name)
    return StageProposal(name, None, None, 0.0, why)


def propose_stages(names: Iterable[str]) -> dict[str, StageProposal]:
    """The proposals for every name that occurs."""
    return {name: propose_stage(name) for name in names}
