"""The demo's warnings: its records looked at on some days of the past quarter, as a server would
have, and what its people did about some of what came up."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.alerts.changes import Ending, close, put_off, report
from app.alerts.models import Alert
from app.alerts.rules import Event, Kind, Limits, Verdict
from app.alerts.watch_changes import Look, look_at
from app.alerts.watch_queries import marks, owners_of
from app.demo.rows import Rows
from app.history import Change

DAYS = (84, 49, 21, 0)
"""How many days ago the records were looked at."""

FOUND = "采购换了人，新采购先用完库存 A new buyer used up the stock first"
DONE = "已登门拜访，确认下季度恢复进货 Called on them; orders resume next quarter"
FALSE = "只是节后补货推迟 Only the order after the holidays came late"
KNOWN = "财务说付款在走流程，周五答复 Finance says payment is being approved; answer by Friday"
LATER = "等其新院长上任后再谈 We wait until the new director is in office"
TOLD = "听司机说仓库进水，损失还在清点 A driver says the store was flooded; losses being counted"


def add_warnings(session: Session, rows: Rows) -> None:
    """Look at the accounts, then let people do something about the first of each kind."""
    for days in DAYS:
        on = rows.ago(days)
        look_at(session, marks(session), Look(on, rows.at(on), Limits()))
    session.flush()
    found = list(session.scalars(select(Alert).order_by(Alert.id)))
    _acts(session, rows, [one for one in found if one.closed_on is None and one.owner_id])
    _event(session, rows)
    session.flush()
    told = update(Change).where(Change.entity == Alert.__tablename__)
    session.execute(told.values(at=rows.at(rows.on)))


def _acts(session: Session, rows: Rows, found: list[Alert]) -> None:
    """Each act is done to the first warning of a kind that is there, one after another."""
    first = {one.kind: one for one in reversed(found)}
    endings = {
        Kind.PROGRESS: Ending(FOUND, DONE, Verdict.CONFIRMED, rows.ago(6)),
        Kind.COLD: Ending(FALSE, DONE, Verdict.FALSE_ALARM),
    }
    for kind, ending in endings.items():
        if kind in first:
            close(first[kind], ending, on=rows.on, user_id=first[kind].owner_id or 0)
            session.flush()
    for kind in (Kind.CREDIT, Kind.CHURN):
        if kind in first:
            first[kind].investigation = KNOWN
            session.flush()
    if Kind.CONTRACT in first:
        put_off(first[Kind.CONTRACT], rows.ago(-12), LATER)
        session.flush()


def _event(session: Session, rows: Rows) -> None:
    account_id = session.scalars(select(Account.id).order_by(Account.id).limit(1)).one()
    owner_id = owners_of(session, [account_id])[account_id]
    on = rows.ago(2)
    report(
        session, account_id, Event.ACCIDENT, on=on, at=rows.at(on, 16), user_id=owner_id,
        owner_id=owner_id, words=TOLD,
    )  # fmt: skip
