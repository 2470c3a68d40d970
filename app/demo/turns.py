"""What makes some of the demo's accounts worth telling: the turns that the rules must find."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.demo.accounts import CUSTOMERS
from app.demo.changes import a_sister_moved, a_successor_is_wanted, add_perceived
from app.demo.people import Known, touch
from app.demo.rows import Rows
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import Confidence, Role, TieKind

People = dict[str, Known]


def tell(rows: Rows, people: dict[str, People], ours: dict[str, int]) -> None:
    """Tell each account's turn; ``people`` by account key and post key."""
    numbers = {customer.key: place + 1 for place, customer in enumerate(CUSTOMERS)}
    nobody_reaches_the_president(rows, numbers["yunxi"], people["yunxi"], ours)
    one_tie_gone_cold(rows, numbers["anhe"], people["anhe"], ours)
    a_guide_opens_the_way(rows, numbers["first"], people["first"], ours)
    a_champion_left(rows, numbers["hailing"], people["hailing"], ours)
    add_perceived(rows, numbers["first"], people["first"], ours)
    a_successor_is_wanted(rows, numbers["hailing"], people["hailing"], ours)
    a_sister_moved(rows, numbers["mingzhou"], people["mingzhou"])
    judges_disagree(rows, numbers["mingzhou"], people["mingzhou"], ours)


def believe(
    rows: Rows, account_id: int, known: Known, support: int, days: int, user_id: int
) -> None:
    """A reading heard directly."""
    rows.add(
        Observation,
        account_id=account_id,
        stakeholder_id=known.id,
        on=rows.ago(days),
        support=support,
        confidence=Confidence.HEARD,
        source="当面 In person",
        user_id=user_id,
        at=rows.at(rows.ago(days), 14),
    )


def drop(rows: Rows, model: Any, **where: Any) -> None:
    """End what holds still of a kind, a day ago."""
    for row in rows.all(model):
        if row["until"] is None and all(row[name] == value for name, value in where.items()):
            row["until"] = max(rows.ago(1), row["since"])


def nobody_reaches_the_president(
    rows: Rows, account_id: int, people: People, ours: dict[str, int]
) -> None:
    """At Yunxi all who answer to the president stand against us, and nobody of ours knows him."""
    head = people["head"]
    drop(rows, Coverage, stakeholder_id=head.id)
    for tie in rows.all(Tie):
        if head.id in (tie["from_id"], tie["to_id"]) and tie["kind"] != TieKind.REPORTS_TO:
            tie["until"] = max(rows.ago(30), tie["since"])
    for post in ("deputy", "finance"):
        believe(rows, account_id, people[post], -2, 12, ours["daniel"])


def one_tie_gone_cold(rows: Rows, account_id: int, people: People, ours: dict[str, int]) -> None:
    """All of Anhe rests on one tie to the chairman, last in touch 260 days ago."""
    for known in people.values():
        drop(rows, Coverage, stakeholder_id=known.id)
    touch(rows, account_id, people["head"], ours["zheng"], 3, 260)
    believe(rows, account_id, people["head"], 1, 260, ours["zheng"])


def a_guide_opens_the_way(
    rows: Rows, account_id: int, people: People, ours: dict[str, int]
) -> None:
    """At First Hospital the head of ICU champions us and has the vice president's ear."""
    touch(rows, account_id, people["icu"], ours["zhou"], 4, 6)
    believe(rows, account_id, people["icu"], 2, 6, ours["zhou"])
    believe(rows, account_id, people["deputy"], 1, 21, ours["zhou"])
    believe(rows, account_id, people["finance"], -1, 34, ours["zhou"])


def a_champion_left(rows: Rows, account_id: int, people: People, ours: dict[str, int]) -> None:
    """Hailing's head of surgery championed us and left three months ago; a successor is unknown."""
    surgeon = people["surgery"]
    touch(rows, account_id, surgeon, ours["he"], 3, 120)
    believe(rows, account_id, surgeon, 2, 130, ours["he"])
    gone: date = rows.ago(92)
    rows.row(Stakeholder, surgeon.id)["left_on"] = gone
    for model in (RoleHolding, Coverage):
        for row in rows.all(model):
            if row["stakeholder_id"] == surgeon.id and row["until"] is None:
                row["until"] = max(gone, row["since"])
    for tie in rows.all(Tie):
        if surgeon.id in (tie["from_id"], tie["to_id"]) and tie["until"] is None:
            tie["until"] = max(gone, tie["since"])
    heir = rows.add(
        Stakeholder,
        account_id=account_id,
        name="待查：新任外科主任",
        other_name="New head of surgery",
        title="外科主任 Head of surgery",
        department="外科 Surgery",
        level=3,
        is_placeholder=True,
        known_on=gone,
        values=[],
    )
    rows.add(
        RoleHolding, account_id=account_id, stakeholder_id=heir, role=Role.INFLUENCER, since=gone
    )
    rows.add(
        Tie,
        account_id=account_id,
        kind=TieKind.REPORTS_TO,
        from_id=heir,
        to_id=people["deputy"].id,
        since=gone,
    )


def judges_disagree(rows: Rows, account_id: int, people: People, ours: dict[str, int]) -> None:
    """Daniel and Lin Lan judge the head of equipment differently."""
    believe(rows, account_id, people["equipment"], 1, 10, ours["daniel"])
    believe(rows, account_id, people["equipment"], -1, 8, ours["lin"])
