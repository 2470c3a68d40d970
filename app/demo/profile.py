"""What we think of the demo's accounts: importance, appraisals, perceived value, rivals."""

from __future__ import annotations

from decimal import Decimal

from app.accounts.importance import DEFAULT_SCALE
from app.accounts.models import Appraisal, FactorScore, Rival, ValueReading
from app.accounts.rules import Aspect
from app.demo.accounts import Customer
from app.demo.rows import Rows
from app.records.portfolio import OF_OUR_TRADE

RIVALS = (
    (
        "康晟 Kangsheng",
        "0.42",
        "整体监护方案 Whole monitoring",
        "装机量大 Large installed base",
        "服务慢 Slow service",
    ),
    ("迈远 Maiyuan", "0.21", "低价输注 Cheap infusion", "价格 Price", "故障率高 Fails often"),
    (
        "海诺 Hainuo",
        "0.15",
        "试剂捆绑 Bundled reagents",
        "账期长 Long credit",
        "培训少 Little training",
    ),
)
NOTES = {
    Aspect.WILLINGNESS: "季度会高层都到，并派人参与试用。Their seniors come, and lend people.",
    Aspect.OPERATING: "仓储与信息化在同类中靠前。Strong warehouse and systems.",
    Aspect.CREDIT: "回款平均 62 天，较去年快 8 天。Pays in 62 days, eight sooner than last year.",
    Aspect.SOCIAL: "与卫健局、协会往来密切。Close to the bureau and the association.",
}


def add_profile(rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]) -> None:
    """Scores for most accounts; a few are left unknown, as in life."""
    if customer.key in {"jinhe", "linhu"}:
        return
    chance, owner = rows.chance, ours[customer.owner]
    base = 62 + 14 * customer.mood + (8 if customer.profile["kind"] == "core" else 0)
    for factor in DEFAULT_SCALE.factors:
        draw = 0 if factor.key in OF_OUR_TRADE else account_id * 29 % 31
        score = max(5, min(98, round(base - draw + chance.uniform(-18, 18))))
        rows.add(
            FactorScore, account_id=account_id, factor=factor.key, score=score, on=rows.ago(150)
        )
    for place, aspect in enumerate(Aspect):
        judgement = max(1, min(4, round(2.4 + customer.mood + chance.uniform(-0.7, 0.7))))
        rows.add(
            Appraisal, account_id=account_id, aspect=aspect, judgement=judgement, note=NOTES[aspect],
            in_money=customer.mood > 0.4, in_people=customer.mood > 0.2, in_vehicles=customer.mood > 0.6,
            on=rows.ago(120 - place), user_id=owner,
        )  # fmt: skip
    gain = max(2, min(10, round(6 + 2 * customer.mood)))
    rows.add(
        ValueReading, account_id=account_id, on=rows.ago(95), user_id=owner, gain=gain, cost=3, expected=2,
        gain_evidence="护士长：报警误报少了一半 Half as many false alarms",
        cost_evidence="设备科：维保费偏高 Service contract is dear",
        expected_evidence="立项时的三条要求 Three wishes at the start",
    )  # fmt: skip
    for name, share, offer, strengths, weaknesses in RIVALS[: 1 + account_id % 3]:
        rows.add(
            Rival, account_id=account_id, name=name, offer=offer,
            share=round(Decimal(share) * (40 + account_id * 37 % 70) / 100, 2),
            strengths=strengths, weaknesses=weaknesses,
            contacts_think="价格能谈，响应不行。Negotiable on price, slow to respond.",
        )  # fmt: skip
