"""An account's deals in the data set, each with its moves and terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.pipeline.models import Opportunity, OpportunityLine, StageMove, Terms
from app.pipeline.rules import STAGES, Outcome, Stage
from bench.dataset.place import Place, at

DEALS = 5
MOST_LIVE = 0.35
LIVE = 5.0
"""So many deals of an account are live, where it has many; of few, at most a third."""
SUBJECTS = ("Ward monitors 病房监护", "Infusion pumps 输液泵", "CT upgrade 升级", "Reagents 试剂")


def add_deals(place: Place) -> list[int]:
    """The deals of an account; a third are live, of many a few."""
    return [_deal(place, number) for number in range(place.deals)]


def _deal(place: Place, number: int) -> int:
    chance = place.chance
    is_live = chance.random() < min(MOST_LIVE, LIVE / place.deals)
    stages = STAGES[: chance.randint(1, 5) if is_live else chance.randint(5, 6)]
    outcome = _outcome(place, is_live, stages[-1])
    opened = place.ago(chance.randrange(120, 300) if is_live else chance.randrange(300, 800))
    days = [chance.randrange(10, 50) for _ in stages]
    moves = _moves(stages, days, opened, outcome)
    last = moves[-1]
    name = f"{chance.choice(SUBJECTS)} {number + 1}"
    values: dict[str, Any] = {
        "amount": Decimal(chance.randrange(20_000, 3_000_000)),
        "close_on": min(last["on"], place.on) + timedelta(days=chance.randrange(-20, 160)),
        "probability": Decimal(chance.randrange(1, 10)) / 10,
    }
    deal_id = place.add(
        Opportunity,
        owner_id=place.owner,
        name=name,
        stage=stages[-1],
        outcome=outcome,
        stage_since=min(moves[len(stages) - 1]["on"], place.on),
        opened_on=opened,
        closed_on=None if outcome is Outcome.OPEN else min(last["on"], place.on),
        next_step="Call the director" if is_live else "",
        next_step_on=place.ago(chance.randrange(-30, 30)) if is_live else None,
        loss_reason="Price" if outcome is Outcome.LOST else "",
        **values,
    )
    place.rows.name("opportunity", deal_id, place.account_id, name)
    for move in moves:
        move["on"] = min(move["on"], place.on)
        place.add(StageMove, opportunity_id=deal_id, user_id=place.owner, **_timed(move))
    for day in (opened, min(last["on"], place.on)):
        place.rows.add(Terms, opportunity_id=deal_id, **_timed({"on": day}), **values)
    product_id = chance.randrange(1, 60)
    place.add(OpportunityLine, opportunity_id=deal_id, product_id=product_id, quantity=Decimal(2))
    return deal_id


def _outcome(place: Place, is_live: bool, stage: Stage) -> Outcome:
    if is_live:
        return Outcome.OPEN
    if stage is Stage.DELIVERY:
        delivered = 2 if place.deals == DEALS else 19
        return place.chance.choice((Outcome.WON, *[Outcome.CLOSED] * delivered))
    return place.chance.choice((Outcome.LOST, Outcome.LOST, Outcome.WITHDRAWN))


def _moves(
    stages: tuple[Stage, ...], days: list[int], opened: date, outcome: Outcome
) -> list[dict[str, Any]]:
    """Opened, moved stage by stage, and closed where it was not won."""
    moves: list[dict[str, Any]] = []
    on, before, stayed = opened, None, None
    for stage, stay in zip(stages, days, strict=True):
        is_won = stage is Stage.DELIVERY
        moves.append(_move(on, before, stage, Outcome.WON if is_won else Outcome.OPEN, stayed))
        on, before, stayed = on + timedelta(days=stay), stage, stay
    if outcome not in {Outcome.OPEN, Outcome.WON}:
        moves.append(_move(on, stages[-1], stages[-1], outcome, stayed))
    return moves


def _move(
    on: date, before: Stage | None, to: Stage, outcome: Outcome, days: int | None
) -> dict[str, Any]:
    return {"on": on, "from_stage": before, "to_stage": to, "outcome": outcome, "days": days}


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "at": at(row["on"])}
