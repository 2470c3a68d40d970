"""What people did from day to day in the demo: a line of Today put off, an answer brought home."""

from __future__ import annotations

from datetime import date

from app.demo.rows import Rows
from app.overview.models import Snooze
from app.overview.needs import Kind
from app.plans.models import AccountPlan
from app.plans.rules import Phase
from app.plans.thinking_models import PlanAnswer
from app.visits.diagnosis import KEY
from app.visits.models import Visit, VisitQuestion

BUSY = "医院评审周，下周再联系 Their inspection week: I call next week"


def add_today(rows: Rows) -> None:
    """Follow from what was written before, not from chance."""
    _put_off(rows)
    _bring_home(rows)


def _put_off(rows: Rows) -> None:
    """Whoever has the first account leaves the first next step that is due for five days."""
    owner = rows.all(Visit)[0]["user_id"]
    own = (row for row in rows.all(Visit) if row["user_id"] == owner)
    due = (row for row in own if _is_due(row["next_step_on"], rows.on))
    step = next((row for row in due if not row["next_step_done_on"]), None)
    if step:
        rows.add(
            Snooze,
            user_id=step["user_id"],
            kind=str(Kind.STEP),
            row_id=step["id"],
            until=rows.ago(-5),
            reason=BUSY,
        )


def _is_due(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _bring_home(rows: Rows) -> None:
    """The newest answer to a diagnosis was heard in the account's last visit within the plan."""
    plans = {row["id"]: row for row in rows.all(AccountPlan) if row["ends_on"] >= rows.on}
    diagnosed = (row for row in rows.all(PlanAnswer) if row["phase"] == Phase.DIAGNOSE)
    answer = next(row for row in diagnosed if row["plan_id"] in plans)
    here = [row for row in rows.all(Visit) if row["account_id"] == answer["account_id"]]
    began = plans[answer["plan_id"]]["starts_on"]
    held = [row for row in here if row["held_on"] and row["held_on"] >= began]
    if not held:
        return
    visit = max(held, key=lambda row: (row["held_on"], row["id"]))
    heard = {"on": visit["held_on"], "seen_on": visit["held_on"], "owner_id": visit["user_id"]}
    answer |= {**heard, "source": f"拜访：{visit['purpose']}"}
    rows.add(
        VisitQuestion,
        account_id=visit["account_id"],
        visit_id=visit["id"],
        place=len([row for row in rows.all(VisitQuestion) if row["visit_id"] == visit["id"]]),
        key=f"{KEY}{answer['question']}",
        words=answer["asked"],
        answer=answer["words"],
        answered_on=visit["held_on"],
        user_id=visit["user_id"],
    )
