"""What a file tells of a deal's past: when it opened, how it ended, what was expected of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.exchange.report import Refused
from app.pipeline.rules import Outcome, Stage
from app.vocabulary import N_, because

Row = dict[str, Any]
Standing = tuple[Stage, Outcome]


def settled(stage: Stage | None, outcome: Outcome) -> Standing:
    """A stage that goes with an outcome: what is won is in delivery, and nothing open is.

    >>> settled(Stage.PROPOSAL, Outcome.WON), settled(None, Outcome.OPEN)
    ((<Stage.DELIVERY: 'delivery'>, <Outcome.WON: 'won'>), (<Stage.PROSPECTING: 'prospecting'>, <Outcome.OPEN: 'open'>))
    """  # noqa: E501
    if outcome in {Outcome.WON, Outcome.CLOSED}:
        return Stage.DELIVERY, outcome
    if stage is Stage.DELIVERY:
        return stage, Outcome.WON if outcome is Outcome.OPEN else outcome
    return stage or Stage.PROSPECTING, outcome


def days_of(values: Row, outcome: Outcome, on: date) -> tuple[date, date | None]:
    """When a deal opened and, if it has ended, when; never later than the import's day.

    Raises Refused for a deal that ended before it began.
    """
    ended = outcome is not Outcome.OPEN
    closed = (values.get("closed") or values.get("close_date") or on) if ended else None
    closed = min(closed, on) if closed else None
    first = values.get("opened") or closed or on
    if closed and closed < first:
        raise Refused(
            because(
                N_("It ended on %(end)s, before it began on %(start)s."), end=closed, start=first
            )
        )
    return min(first, on), closed


def move(deal_id: int, row: Row, on: date, start: str | None, days: int | None) -> Row:
    """A stage move to where ``row`` stands."""
    return {"account_id": row["account_id"], "opportunity_id": deal_id, "on": on,
            "from_stage": start, "to_stage": row["stage"], "outcome": row["outcome"],
            "days": days}  # fmt: skip


def past(deal_id: int, row: Row) -> list[Row]:
    """A new deal's moves: it opened, and perhaps it ended.

    Every deal opens in the first stage, however it ended: which stages it passed, and when,
    the file does not tell, and a stage that told the end would be a forecast's leak.
    """
    if row["outcome"] is Outcome.OPEN:
        return [move(deal_id, row, row["opened_on"], None, None)]
    opened = {**row, "stage": Stage.PROSPECTING, "outcome": Outcome.OPEN}
    return [
        move(deal_id, opened, row["opened_on"], None, None),
        move(deal_id, row, row["closed_on"], Stage.PROSPECTING, None),
    ]


def told_terms(deal_id: int, row: Row) -> list[Row]:
    """What was expected of a new deal: of an ended one the file knows only the end."""
    if row["outcome"] is Outcome.OPEN:
        return [terms(deal_id, row, row["opened_on"])]
    nothing = {"amount": None, "close_on": None, "probability": None}
    return [
        terms(deal_id, nothing, row["opened_on"]),
        terms(deal_id, row, row["closed_on"]),
    ]


def terms(deal_id: int, row: Row, on: date) -> Row:
    """What is expected of a deal from a day on."""
    return {"opportunity_id": deal_id, "on": on, "amount": row.get("amount"),
            "close_on": row.get("close_on"), "probability": row.get("probability")}  # fmt: skip
