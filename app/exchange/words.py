"""Words of closed lists as people write them: our identifiers, labels, Chinese, other programs'."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from app.accounts.rules import AccountKind, ChainPosition, Loyalty, Ownership, Segment
from app.exchange.values import several
from app.pipeline.rules import Outcome
from app.records.credit import CreditGrade
from app.stakeholders.rules import DecisionStyle, Depth, Influence, Role, Support
from app.users.rules import UserRole
from app.vocabulary import N_, Degree, Reason, Term, because


class RelationKind(Term):
    """What a row of relationships says: a tie between two of theirs, or one of ours to one."""

    REPORTS_TO = "reports_to", N_("Reports to")
    INFLUENCES = "influences", N_("Influences")
    ALLIED = "allied", N_("Allied with")
    AT_ODDS = "at_odds", N_("At odds with")
    COVERAGE = "coverage", N_("Covered by us")


Member = Term | Degree
Terms = type[Term] | type[Degree]

WORDS: dict[Terms, dict[str, str]] = {
    Role: {
        "DECIDER": "decision maker, economic buyer, approver, budget holder, 决策者, "
        "最高阶决策者, 决策人, 拍板人, 批准者",
        "PROPOSER": "recommender, initiator, 提议者, 提议人, 建议者, 推荐者",
        "GUIDE": "coach, mentor, champion, 指导者, 线人, 教练, 内线, 向导",
        "EXECUTOR": "user, end user, implementer, 执行者, 执行人, 使用者, 使用人",
        "BLOCKER": "legal and compliance, 杀手, 阻碍者, 阻挠者, 否决者",
        "INFLUENCER": "influence, 影响者, 影响人",
    },
    Support: {
        "OPPOSES": "oppose, opposed, opponent, against, hostile, 反对, 反对者, 抵制",
        "SCEPTICAL": "skeptical, sceptic, skeptic, doubtful, 怀疑, 质疑, 有疑虑",
        "NEUTRAL": "indifferent, 中立, 中性, 一般",
        "SUPPORTS": "support, supportive, supporter, positive, for, 支持, 支持者, 认可",
        "CHAMPIONS": "champion, advocate, promoter, strong support, 拥护, 拥护者, 大力支持",
    },
    Influence: {
        "NONE": "none, no, 无, 没有",
        "SOME": "some, low, 一些, 有些, 小, 低, 弱, 一般",
        "STRONG": "strong, high, 大, 强, 高, 较大, 较强",
        "DECISIVE": "decisive, very high, 决定性, 决定, 关键, 极大",
    },
    Depth: {
        "NONE": "none, no, 无, 不认识, 没有",
        "NODDING": "nodding, acquaintance, 点头之交, 认识, 一般",
        "MUTUAL": "mutual, 利益之交, 互利, 合作",
        "HARDSHIP": "hardship, 患难之交, 共患难",
        "CLOSE": "close, friend, 莫逆之交, 密友, 知己, 好友",
    },
    CreditGrade: {
        "A": "aaa, aa, a级, 一级, 优",
        "B": "bbb, bb, b级, 二级, 良",
        "C": "ccc, cc, c级, 三级, 中",
        "D": "d级, 四级, 差",
    },
    DecisionStyle: {
        "LEADING": "lead, director, 领导型, 主导型",
        "INVOLVING": "involve, 施加影响型, 影响型, 参与型",
        "FOLLOWING": "follow, 跟随型, 随从型",
        "CHECKING": "check, analytical, 检查型, 分析型",
    },
    RelationKind: {
        "REPORTS_TO": "reports, reporting, reporting line, manager, 汇报, 汇报给, 上级, 下属",
        "INFLUENCES": "influence, 影响, 影响到",
        "ALLIED": "ally, allies, friend, friends, friendship, 同盟, 结盟, 盟友, 朋友, 友好",
        "AT_ODDS": "conflict, rival, rivals, enemies, 不和, 对立, 矛盾, 冲突",
        "COVERAGE": "covers, covered by, contact, 覆盖, 对接, 联系, 我方联系人",
    },
    AccountKind: {
        "CORE": "core, core customer, 核心客户, 核心",
        "IMPORTANT": "important, important customer, 重要客户, 重要",
    },
    ChainPosition: {
        "UPSTREAM": "supplier, vendor, 上游, 供应商, 上游供应商",
        "DOWNSTREAM": "buyer, 下游, 采购商, 下游客户",
        "BOTH": "supplier & buyer, 供销并存, 两者",
        "OUTSIDE": "service, project, 产业链之外, 链外",
    },
    Segment: {
        "WHOLESALE": "chain, distributor, distribution, 批发, 连锁, 批发连锁, 商业, 分销",
        "RETAIL": "medical, hospital, pharmacy, 零售, 医疗, 零售医疗, 医院, 药店, 终端",
    },
    Ownership: {
        "STATE": "state owned, public, government, 国有, 国企, 国营, 公立, 央企",
        "PRIVATE": "privately held, private company, 私营, 民营, 私有, 私企, 民企, 民办",
    },
    Loyalty: {
        "LOYAL": "high, 忠诚, 忠诚客户",
        "SEMI_LOYAL": "medium, half, 半忠诚",
        "DISLOYAL": "low, not loyal, 不忠诚, 非忠诚",
    },
    Outcome: {
        "OPEN": "in progress, active, ongoing, false, 进行中, 跟进中, 未结束, 打开, 有效",
        "WON": "win, closed won, success, signed, true, 赢单, 赢, 成交, 中标, 已签约, 成功",
        "CLOSED": "delivered, accepted, 已结项, 已验收, 结项",
        "LOST": "loss, lose, closed lost, failed, 输单, 丢单, 输, 未中标, 失败, 流失",
        "WITHDRAWN": "cancelled, canceled, abandoned, no decision, 取消, 撤销, 放弃, 终止, 无效",
    },
    UserRole: {
        "ADMINISTRATOR": "admin, system administrator, 管理员, 系统管理员",
        "DIRECTOR": "director, sales manager, head of sales, 销售总监, 总监, 销售经理",
        "MANAGER": "kam, account manager, account executive, sales, sales rep, 客户经理, "
        "大客户经理, 重点客户经理, 销售, 业务员",
        "PRESALES": "pre sales, presales engineer, solution engineer, 售前, 售前工程师",
        "READER": "viewer, read only, guest, 只读, 读者, 访客",
    },
}
"""By member's name: members of different lists may be equal, as small integers are."""
NOT_KNOWN = frozenset({"", "unknown", "na", "null", "nan", "notset", "未知", "不详", "不清楚"})

_NOT_WORD = re.compile(r"[\W_]+")
_WHOLE_NUMBER = re.compile(r"([-+]?\d+)(?:\.0+)?")


def plain_word(text: str) -> str:
    """A word without case, spaces and signs.

    >>> plain_word("Decision-Maker"), plain_word("决策者 ")
    ('decisionmaker', '决策者')
    """
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def known_words(terms: Terms) -> dict[str, Member]:
    """Every plain word for the members of a closed list; a member's own come first."""
    members: list[Member] = list(terms)
    own = {plain_word(word): member for member in members for word in (member.name, member.label)}
    other = {
        plain_word(word): member
        for member in reversed(members)
        for word in WORDS[terms].get(member.name, "").split(",")
    }
    return {**other, **own}


def read_term(text: str, terms: Terms) -> Member | Reason | None:
    """A member of a closed list by its identifier, number, label, Chinese or usual word.

    >>> read_term("决策者", Role), read_term("-2", Support)
    (<Role.DECIDER: 'decider'>, <Support.OPPOSES: -2>)
    """
    number = _WHOLE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if number and issubclass(terms, Degree):
        if int(number[1]) in set(terms):
            return terms(int(number[1]))
    else:
        plain, known = plain_word(text), known_words(terms)
        if plain in known:
            return known[plain]
        if plain in NOT_KNOWN:
            return None
    return because(
        N_("“%(text)s” is none of: %(choices)s."),
        text=text[:80],
        choices=", ".join(member.name.lower() for member in terms),
    )


def read_terms(text: str, terms: Terms) -> tuple[Member, ...] | Reason | None:
    """Several members, each once, in the order written; the first that is unknown is told.

    >>> read_terms("decider; 影响者", Role)
    (<Role.DECIDER: 'decider'>, <Role.INFLUENCER: 'influencer'>)
    """
    found: dict[Member, None] = {}
    for word in several(text, commas=True):
        member = read_term(word, terms)
        if isinstance(member, Reason):
            return member
        if member is not None:
            found[member] = None
    return tuple(found) or None
