"""The demo's seventy opportunities, each with the record of how it came to stand where it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.demo.accounts import Customer
from app.demo.rows import Rows
from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.rules import STAGES, Outcome, Stage

NORMS = {
    Stage.PROSPECTING: 35,
    Stage.QUALIFICATION: 30,
    Stage.PROPOSAL: 45,
    Stage.BIDDING: 35,
    Stage.NEGOTIATION: 25,
    Stage.DELIVERY: 50,
}
EVIDENCE = {
    Stage.PROSPECTING: "设备科确认预算与时间表 Budget and timetable confirmed",
    Stage.QUALIFICATION: "售前立项会纪要 Minutes of the pre-sales review",
    Stage.PROPOSAL: "与分管领导汇报方案 Solution presented to the vice president",
    Stage.BIDDING: "投标文件回执 Receipt of the bid",
    Stage.NEGOTIATION: "双方签字的合同 Contract signed by both",
}
SUBJECTS = (
    ("重症监护升级", "ICU monitoring upgrade", 1, 620_000),
    ("病房输液泵更新", "Ward infusion pumps", 3, 210_000),
    ("中央监护站", "Central monitoring station", 2, 480_000),
    ("急诊床旁检验", "Emergency point-of-care testing", 7, 165_000),
    ("检验科生化线", "Laboratory chemistry line", 6, 950_000),
    ("年度耗材框架", "Yearly consumables framework", 9, 380_000),
    ("输注工作站", "Infusion workstations", 5, 340_000),
    ("新病区床旁监护", "Bedside monitors, new wing", 0, 420_000),
)
LOSSES = (
    (
        "指标由对手参与制定，我们进场太晚 Criteria were set with a rival before our first visit",
        "康晟 Kangsheng",
    ),
    ("价格高出 9% 9 % above the winner's price", "迈远 Maiyuan"),
    ("没有接触到决策者 We never reached the decider", "康晟 Kangsheng"),
    ("财务处压付款条件 Finance insisted on terms we could not give", "海诺 Hainuo"),
)


@dataclass(frozen=True, slots=True)
class Story:
    """How a deal went: begun ``start`` days ago, ``reached`` stages in, and how it stands."""

    start: int
    reached: int
    outcome: Outcome
    pace: float = 1.0
    override_at: int | None = None
    back_at: int | None = None
    pushes: int = 0


def stories(rows: Rows, customer: Customer, count: int) -> list[Story]:
    """As many deals as an account has, over two years; support decides how the older end."""
    still_open = max(2, round(count * 0.4))
    done = count - still_open
    ended = [_ended(rows, customer, place, done) for place in range(done)]
    return ended + [_going(rows, place) for place in range(still_open)]


def _ended(rows: Rows, customer: Customer, place: int, count: int) -> Story:
    """A deal that ended, the last of an account's within the quarter; those just signed are still
    being delivered."""
    chance = rows.chance
    since = 6 + (count - 1 - place) * 430 // count + chance.randrange(90)
    pace = chance.uniform(0.7, 1.3)
    wins = chance.random() < 0.5 + 0.16 * customer.mood
    if wins:
        outcome = Outcome.WON if since < NORMS[Stage.DELIVERY] * pace else Outcome.CLOSED
    else:
        outcome = Outcome.WITHDRAWN if chance.random() < 0.2 else Outcome.LOST
    reached = 5 if wins else chance.choice((2, 3, 3, 4))
    lasted = sum(NORMS[stage] for stage in STAGES[: 5 if wins else reached + 1]) * pace
    return _odd(rows, Story(since + round(lasted), reached, outcome, pace))


def _going(rows: Rows, place: int) -> Story:
    """An open deal; every third has been standing still for too long."""
    chance = rows.chance
    start = chance.randrange(10, 165)
    is_stuck = place % 3 == 2
    pace = 2.4 if is_stuck else chance.uniform(0.8, 1.3)
    start = start + 80 if is_stuck else start
    return _odd(rows, Story(start, _reached(start, pace), Outcome.OPEN, pace))


def _odd(rows: Rows, story: Story) -> Story:
    """Some deals skip a milestone, go back a stage, or have their close date pushed."""
    chance = rows.chance
    is_far = story.reached > 2
    return replace(
        story,
        override_at=chance.randrange(1, 4) if is_far and chance.random() < 0.2 else None,
        back_at=2 if is_far and chance.random() < 0.12 else None,
        pushes=chance.choice((0, 0, 1, 2)),
    )


def _reached(start: int, pace: float) -> int:
    spent, place = 0.0, 0
    while place < 4 and spent + NORMS[STAGES[place]] * pace < start:
        spent += NORMS[STAGES[place]] * pace
        place += 1
    return place


def add_deal(
    rows: Rows,
    account_id: int,
    customer: Customer,
    ours: dict[str, int],
    story: Story,
    subject: int,
) -> int:
    """One opportunity with its moves, terms and products."""
    chance = rows.chance
    words, english, product, size = SUBJECTS[subject % len(SUBJECTS)]
    scale = {"clinics": 0.25, "chain": 0.9, "wholesaler": 1.3}.get(customer.house, 1.0)
    amount = Decimal(round(size * scale * chance.uniform(0.6, 1.7) / 1000) * 1000)
    owner = ours[customer.owner]
    deal = rows.add(
        Opportunity,
        account_id=account_id,
        owner_id=owner,
        name=f"{words} {english}",
        stage=Stage.PROSPECTING,
        outcome=Outcome.OPEN,
        opened_on=rows.ago(story.start),
        stage_since=rows.ago(story.start),
        amount=amount,
        probability=Decimal("0.10"),
        grade=chance.choice("ABBC"),
    )
    quantity, extra = Decimal(chance.randrange(2, 24)), (amount / 8).quantize(Decimal(1))
    for place, part in ((product, amount - extra), ((product + 4) % 10, extra)):
        rows.add(
            OpportunityLine,
            account_id=account_id,
            opportunity_id=deal,
            product_id=place + 1,
            quantity=quantity,
            amount=part,
        )
    _moves(rows, deal, story, owner)
    _terms(rows, deal, story, amount, owner)
    return deal


def _moves(rows: Rows, deal: int, story: Story, user_id: int) -> None:
    row = rows.row(Opportunity, deal)
    day, stage = float(story.start), Stage.PROSPECTING
    _move(rows, row, None, stage, Outcome.OPEN, day, user_id, None)
    for place in range(1, story.reached + 1):
        stay = NORMS[stage] * story.pace * rows.chance.uniform(0.7, 1.3)
        day = max(day - stay, 2.0)
        if place == story.back_at:
            _move(
                rows,
                row,
                stage,
                STAGES[place - 2],
                Outcome.OPEN,
                day,
                user_id,
                int(stay),
                reason="招标推迟，回到前一阶段 The tender was put off",
            )
            stage = STAGES[place - 2]
            day = max(day - 18, 2.0)
        to = STAGES[place]
        won = to is Stage.DELIVERY
        over = place == story.override_at
        _move(
            rows,
            row,
            stage,
            to,
            Outcome.WON if won else Outcome.OPEN,
            day,
            user_id,
            int(stay),
            evidence="" if over else EVIDENCE[stage],
            is_override=over,
            reason="客户催得急，先行推进 The customer pressed; we went on without it"
            if over
            else "",
        )
        stage = to
    _end(rows, row, story, stage, day, user_id)


def _end(
    rows: Rows, row: dict[str, Any], story: Story, stage: Stage, day: float, user_id: int
) -> None:
    if story.outcome is Outcome.OPEN:
        _next_step(rows, row)
        return
    stay = NORMS[stage] * story.pace
    after = max(day - stay, 1.0)
    if story.outcome is Outcome.CLOSED:
        _move(
            rows,
            row,
            stage,
            stage,
            Outcome.CLOSED,
            after,
            user_id,
            int(stay),
            evidence="验收单 Acceptance certificate",
        )
        row["delivered_on"] = rows.ago(after)
    elif story.outcome in {Outcome.LOST, Outcome.WITHDRAWN}:
        why, rival = rows.chance.choice(LOSSES)
        if story.outcome is Outcome.WITHDRAWN:
            why, rival = "项目暂停 The project was stopped", ""
        _move(rows, row, stage, stage, story.outcome, after, user_id, int(stay), reason=why)
        row["loss_reason"], row["competitor"] = why, rival


def _next_step(rows: Rows, row: dict[str, Any]) -> None:
    days = rows.chance.randrange(-6, 21)
    row["next_step"] = rows.chance.choice(
        (
            "约分管副院长汇报 Present to the vice president",
            "送样机到病区试用 Trial unit to the ward",
            "确认评标办法 Confirm how bids are scored",
            "核对付款条件 Check the terms of payment",
        )
    )
    row["next_step_on"] = rows.ago(-days)


def _move(
    rows: Rows,
    row: dict[str, Any],
    start: Stage | None,
    to: Stage,
    outcome: Outcome,
    day: float,
    user_id: int,
    days: int | None,
    **words: object,
) -> None:
    on = rows.ago(day)
    rows.add(
        StageMove,
        account_id=row["account_id"],
        opportunity_id=row["id"],
        on=on,
        from_stage=start,
        to_stage=to,
        outcome=outcome,
        user_id=user_id,
        at=rows.at(on, 8),
        days=days,
        **words,
    )
    if outcome in {Outcome.OPEN, Outcome.WON} or start is None:
        row["stage_since"] = on
    row["stage"], row["outcome"] = to, outcome
    if outcome is not Outcome.OPEN and row["closed_on"] is None:
        row["closed_on"] = on


def _terms(rows: Rows, deal: int, story: Story, amount: Decimal, user_id: int) -> None:
    """What was expected when: an amount that settles, a close date that is pushed."""
    row = rows.row(Opportunity, deal)
    whole = sum(NORMS[stage] for stage in STAGES[:5])
    last = (
        (rows.on - row["closed_on"]).days if row["closed_on"] else -rows.chance.randrange(-12, 75)
    )
    for step in range(story.pushes + 1):
        day = max(story.start - step * 45, max(last, 0) + 1)
        expected = rows.ago(story.start - whole - step * 30)
        value = (
            amount
            if step == story.pushes
            else amount * Decimal(rows.chance.choice(("1.1", "0.9", "1")))
        )
        chance_of = Decimal(min(90, 10 + 18 * story.reached)) / 100
        if step == story.pushes:
            expected = rows.ago(last)
        on = rows.ago(day)
        rows.add(
            Terms,
            opportunity_id=deal,
            on=on,
            amount=value.quantize(Decimal(1)),
            close_on=expected,
            probability=chance_of,
            user_id=user_id,
            at=rows.at(on, 8),
        )
        row["amount"], row["close_on"], row["probability"] = (
            value.quantize(Decimal(1)),
            expected,
            chance_of,
        )
