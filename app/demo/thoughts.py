"""What the demo's plans think: answers, drivers, strengths, values, positions, white space."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.accounts.models import Rival
from app.demo.accounts import CUSTOMERS, Customer
from app.demo.cast import CONSUMABLES, DIAGNOSTICS, INFUSION, MONITORING
from app.demo.rows import Rows
from app.plans.guide import QUESTIONS
from app.plans.insights import InsightKind
from app.plans.models import AccountPlan
from app.plans.rules import Phase
from app.plans.templates import ActionSketch, GoalSketch, InsightSketch, Template
from app.plans.thinking_models import (
    FeatureRank,
    FeatureScore,
    Insight,
    PlanAnswer,
    PlanTemplate,
)
from app.records.white_models import WhiteCell, WhiteShare
from app.stakeholders.rules import Role

ANSWERS = {
    Phase.DIAGNOSE: (
        ("床位周转慢，夜间护理人手不足。Beds turn slowly; nights are short of nurses.", "护理部主任"),
        ("按病种付费压低耗材预算约一成。Payment by case cuts consumables by a tenth.", "财务处"),
        ("省人民医院；他们强在科研，我们的客户强在急诊。Provincial People's: research there, emergency here.", "院长办公室"),
        ("报警误报多、维修响应慢。False alarms, slow repairs.", "设备科"),
        ("三年内建成区域重症中心。A regional intensive-care centre within three years.", "规划文件"),
        ("见业务驱动因素。See the business drivers.", "客户团队"),
        ("驻点培训、四小时响应、备机。Training on the ward, four-hour service, spare units.", "护士长访谈"),
        ("康晟以整体方案切入监护。Kangsheng comes with whole monitoring.", "设备科"),
        ("市医保统筹下的住院患者。Patients under the city's insurance.", "年报"),
    ),
    Phase.FORECAST: (
        ("东院区明年一季度开放。The east campus opens next spring.", "基建处"),
        ("更看重全程服务而不是单价。Service over the years rather than the price.", "设备科"),
        ("患者希望缩短住院。Patients want shorter stays.", "满意度调查"),
        ("见角色关注点。See who cares about what.", "客户团队"),
        ("持平到增长两成。Flat to a fifth more.", "客户团队"),
    ),
    Phase.GOALS: (
        ("销售额，辅以客户内份额。Sales, and our share beside it.", "客户团队"),
        ("逐字母核对过，缺的已写明。Gone through letter by letter.", "季度复盘"),
    ),
    Phase.STRATEGY: (
        ("康晟价格与装机领先，我们服务领先。They lead on price and base, we on service.", "客户团队"),
        ("夜间培训与备机无人提供。Nobody offers night training and spares.", "护士长访谈"),
        ("见特性排序。See the ranking.", "客户团队"),
        ("见四张优劣势表。See the four tables.", "客户团队"),
        ("四小时响应、护理流程、东院首批。Four hours, ward routine, the first wards of the east campus.", "客户团队"),
    ),
    Phase.ACTION: (
        ("都挂在全年销售目标下。All serve the year's sales.", "客户团队"),
        ("售前与售后，已在周会约定。Pre-sales and service; agreed in the weekly meeting.", "周会纪要"),
        ("约三万元，沈总批准。About thirty thousand; our director approves.", "预算表"),
    ),
    Phase.CONTROL: (
        ("回款、合同到期日和沙龙场次。Payments, ends of contracts, seminars held.", "客户团队"),
        ("每元投入带来约十元毛利。Ten of margin for each one spent.", "财务处"),
        ("客户经理每周看，偏了就在例会说明。The account manager weekly; a slip is told in the meeting.", "周会纪要"),
    ),
    Phase.FEEDBACK: (
        ("夜班培训和报警声，护士长当面说的。Training and alarms; head nurses, face to face.", "走访记录"),
        ("能用的已改，账期已解释。What we can use is changed; the terms are explained.", "反馈清单"),
        ("夜班人手，放到诊断第一条。Hands on the night shift, first in the diagnosis.", "季度复盘"),
    ),
}  # fmt: skip
INSIGHTS: tuple[tuple[InsightKind, str, str, dict[str, Any]], ...] = (
    (InsightKind.DRIVER, "inside", "床位周转率 Bed turnover", {"weight": 5, "direction": 1, "effect": "监护需求随开放床位上升 More monitored beds"}),
    (InsightKind.DRIVER, "outside", "按病种付费 Payment by case", {"weight": 4, "direction": -1, "effect": "耗材单价受压 Prices of consumables fall"}),
    (InsightKind.DRIVER, "inside", "护理人手 Nurses on the night shift", {"weight": 4, "direction": 1, "effect": "看重省人手的设备 Equipment that saves hands"}),
    (InsightKind.DRIVER, "outside", "区域重症中心评审 Status of a regional centre", {"weight": 3, "direction": 1, "effect": "需达标监护配置 Standards for monitoring"}),
    (InsightKind.DRIVER, "inside", "设备完好率 Equipment that works", {"weight": 3, "direction": 1, "effect": "服务合同更值钱 A service contract is worth more"}),
    (InsightKind.MACRO, "regulation", "医保支付改革全面推行 Payment reform everywhere", {"direction": -1, "effect": "预算收紧 Tighter budgets"}),
    (InsightKind.MACRO, "demography", "老龄化带来更多重症床位 An ageing city needs more beds", {"direction": 1, "effect": "需求长期上升 Demand rises for years"}),
    (InsightKind.MICRO, "purchasing", "采购由集团统一招标 The group buys by tender", {"direction": 0, "effect": "关系前移到集团设备处 Start with the group's equipment office"}),
    (InsightKind.MICRO, "competition", "省人民医院在争同一批患者 Provincial People's wants the same patients", {"direction": 1, "effect": "愿意为口碑投入 They invest in their name"}),
    (InsightKind.STRENGTH, "our_product", "误报率低一半 Half as many false alarms", {}),
    (InsightKind.WEAKNESS, "our_product", "中央站界面旧 The central station looks dated", {}),
    (InsightKind.STRENGTH, "our_company", "四小时到场 On site within four hours", {}),
    (InsightKind.WEAKNESS, "our_company", "高层来访少 Our executives seldom come", {}),
    (InsightKind.OPENING, "our_company", "东院区从零开始 The east campus starts from nothing", {}),
    (InsightKind.STRENGTH, "their_product", "一体化方案 One system for everything", {}),
    (InsightKind.WEAKNESS, "their_company", "外包维修要三天 Repairs take three days", {}),
    (InsightKind.THREAT, "their_company", "可能以押金换整院合同 May buy the whole house with a deposit", {}),
    (InsightKind.NEED, "customer", "夜班也有人会用 Somebody on nights who can use it", {"weight": 5}),
    (InsightKind.NEED, "ours", "回款六十天以内 Paid within sixty days", {"weight": 4}),
    (InsightKind.CHANGE, "", "东院区首批病区开放 The east campus opens its first wards", {"direction": 1, "amount": Decimal(900_000), "effect": "监护与输注首批采购 First purchase of monitors and pumps"}),
    (InsightKind.CHANGE, "", "耗材带量采购 Volume tender for consumables", {"direction": -1, "amount": Decimal(260_000), "effect": "留置针与注射器降价 Catheters and syringes get cheaper"}),
    (InsightKind.VALUE, "psychological", "出事时有人到场 Somebody is there when it goes wrong", {"weight": 5, "direction": 1}),
    (InsightKind.VALUE, "functional", "报警可信 Alarms one can trust", {"weight": 5, "direction": 0}),
    (InsightKind.VALUE, "economic", "五年总成本 The cost of five years", {"weight": 3, "direction": 0}),
    (InsightKind.SUCCESS, "", "东院首批病区用我们的监护 The first wards of the east campus monitor with us", {}),
    (InsightKind.SUCCESS, "", "护理部把夜间培训写进标准 Nursing makes night training a standard", {}),
    (InsightKind.SUCCESS, "", "与集团设备处每季一会 A meeting each quarter with the group's equipment office", {}),
)  # fmt: skip
POSITION = (
    "最懂重症护理夜班的供应商：四小时到场，报警可信。"
    "The supplier that knows the night shift: on site in four hours, alarms one can trust."
)
RANKS = {
    Role.DECIDER: ("trust", "safety", "experience", "service", "price"),
    Role.EXECUTOR: ("service", "efficacy", "safety", "trust", "experience"),
    Role.BLOCKER: ("price", "service", "brand", "trust", "safety"),
}
SCORES = {
    "efficacy": (7, 7, 5),
    "safety": (8, 7, 5),
    "experience": (6, 8, 4),
    "trust": (8, 5, 5),
    "price": (4, 7, 8),
    "brand": (5, 8, 4),
    "service": (9, 4, 5),
    "relation": (7, 6, 5),
}
"""Ours, then the first two rivals'."""
WHITE = (
    ("", MONITORING, 42, 14, None, None, ("0.42", "0.10")),
    ("", INFUSION, 60, 22, None, None, ("0.20", "0.30")),
    ("", CONSUMABLES, 48, 40, None, None, ()),
    ("东院区 East campus", MONITORING, 12, 0, "0", "46800", ("0.35",)),
    ("东院区 East campus", INFUSION, 12, 0, "0", None, ()),
    ("东院区 East campus", DIAGNOSTICS, None, None, None, None, ("0.60",)),
)
"""Unit, line, A, B, C, D and the rivals' shares."""


def add_thoughts(
    rows: Rows, account_id: int, customer: Customer, ours: dict[str, int], richness: int
) -> None:
    """Last year's plan answered whole, this year's as far as the account's team has come."""
    owner = ours[customer.owner]
    rivals = [row["id"] for row in rows.all(Rival) if row["account_id"] == account_id]
    for plan in [row for row in rows.all(AccountPlan) if row["account_id"] == account_id]:
        is_now = plan["starts_on"].year == rows.on.year
        share = richness / 7 if is_now else 1.0
        _answers(rows, plan, owner, share)
        _insights(rows, plan, owner, share)
        if share > 0.5:
            plan["position"] = POSITION
            _marks(rows, plan["id"], rivals)
    if richness > 3:
        _white_space(rows, account_id, customer, owner, rivals)


def _on(rows: Rows, plan: dict[str, Any], number: int) -> dict[str, Any]:
    """The day it was said; every fifth of this year's was carried over and waits."""
    is_now = plan["starts_on"].year == rows.on.year
    on = rows.ago(20 + 9 * number) if is_now else plan["starts_on"]
    return {"on": on, "seen_on": None if is_now and number % 5 == 4 else on}


def _answers(rows: Rows, plan: dict[str, Any], owner: int, share: float) -> None:
    for phase, answers in ANSWERS.items():
        for number, (words, source) in enumerate(answers[: round(share * len(answers))]):
            rows.add(
                PlanAnswer,
                account_id=plan["account_id"],
                plan_id=plan["id"],
                phase=phase,
                question=f"{phase}-{number + 1}",
                asked=QUESTIONS[phase][number],
                words=words,
                source=source,
                owner_id=owner,
                **_on(rows, plan, number),
            )


def _insights(rows: Rows, plan: dict[str, Any], owner: int, share: float) -> None:
    for number, (kind, facet, words, more) in enumerate(INSIGHTS[: round(share * len(INSIGHTS))]):
        rows.add(
            Insight,
            account_id=plan["account_id"],
            plan_id=plan["id"],
            kind=kind,
            facet=facet,
            words=words,
            user_id=owner,
            **_on(rows, plan, number),
            **more,
        )


def _marks(rows: Rows, plan_id: int, rivals: list[int]) -> None:
    for role, placed in RANKS.items():
        for place, feature in enumerate(placed, start=1):
            rows.add(FeatureRank, plan_id=plan_id, role=role, feature=feature, place=place)
    for key, given in SCORES.items():
        for who, score in zip([None, *rivals], given, strict=False):
            rows.add(FeatureScore, plan_id=plan_id, rival_id=who, feature=key, score=score)


def _white_space(
    rows: Rows, account_id: int, customer: Customer, owner: int, rivals: list[int]
) -> None:
    """A unit that is an account of its own bears its name, and its records tell what it buys."""
    below = next((one.name for one in CUSTOMERS if one.parent == customer.key), "")
    for unit, series, buyers, developed, sales, mean, shares in WHITE:
        is_told = bool(unit and below)
        cell = rows.add(
            WhiteCell,
            account_id=account_id,
            unit=below if is_told else unit,
            series=series,
            buyers=buyers,
            developed=5 if is_told and buyers else developed,
            sales=None if sales is None or is_told else Decimal(sales),
            mean=None if mean is None else Decimal(mean),
            note="与设备科清点 Counted with the equipment office" if buyers else "",
            on=rows.ago(60),
            user_id=owner,
        )
        for rival_id, share in zip(rivals, shares, strict=False):
            rows.add(WhiteShare, cell_id=cell, rival_id=rival_id, share=Decimal(share))


def add_templates(rows: Rows) -> None:
    """A template that the company keeps besides those that come with the product."""
    template = Template(
        "",
        "三甲医院 Teaching hospital",
        goals=(
            GoalSketch("监护类产品客户内份额 Our share of their monitoring", "share", "%", 0),
            GoalSketch(
                "决策者与影响者每月至少一次拜访 Visit those who decide every month", "visits"
            ),
        ),
        actions=(
            ActionSketch("病区护理流程沙龙 Seminar on ward nursing", "", 60, 0),
            ActionSketch("高层互访 Visit of our general manager", "", 120, 1),
        ),
        insights=(
            InsightSketch("driver", "inside", "床位周转率 Bed turnover"),
            InsightSketch("driver", "outside", "按病种付费 Payment by case"),
        ),
    )
    rows.add(
        PlanTemplate,
        name=template.name,
        industry="公立医院",
        size_class="AAA",
        stance="raise_slowly",
        content=template.content,
    )
