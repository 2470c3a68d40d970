"""The past year by thresholds somebody thinks of, worked out beside the request.

What is asked for is kept as a setting of the company's and replaced by its answer: one preview
of a kind at a time. A few accounts are answered at once, many in a thread with its progress.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from structlog import get_logger

from app.accounts.models import Account
from app.alerts.facts_queries import facts_of
from app.alerts.preview import Walk, Would, together, weeks_before
from app.alerts.rhythm import Learned
from app.alerts.rules import Kind, Limits, Threshold, thresholds_of
from app.alerts.trade_queries import learned, trades
from app.alerts.watch import warnings
from app.alerts.watch_queries import limits_of
from app.leases import give_back, renew, take
from app.users.models import Setting
from app.users.queries import find_setting

LEASE = "alert-preview"
FEW = 60
"""Accounts that are answered within a request; more are in a thread."""
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview asked for: the thresholds compared, and the answer once there is one."""

    on: date
    before: dict[Threshold, float]
    after: dict[Threshold, float]
    now: Would | None = None
    then: Would | None = None


def _key(kind: Kind) -> str:
    return f"alert-preview-{kind}"


def order(session: Session, kind: Kind, before: Limits, after: Limits, on: date) -> None:
    """Ask for a preview of a kind; the caller commits, then starts it."""
    one = Preview(on, _values(kind, before), _values(kind, after))
    session.merge(Setting(key=_key(kind), value=_text(one)))


def _values(kind: Kind, limits: Limits) -> dict[Threshold, float]:
    return {one: limits[one] for one in thresholds_of(kind)}


def kept_preview(session: Session, kind: Kind) -> Preview | None:
    """The last preview of a kind, answered or on its way."""
    text = find_setting(session, _key(kind))
    if text is None:
        return None
    kept = json.loads(text)
    before, after = (
        {Threshold(name): one for name, one in kept[side].items()} for side in ("before", "after")
    )
    now, then = (_would(kept.get(name)) for name in ("now", "then"))
    return Preview(date.fromisoformat(kept["on"]), before, after, now, then)


def _would(kept: dict[str, Any] | None) -> Would | None:
    if kept is None:
        return None
    days = tuple(date.fromisoformat(one) for one in kept["days"])
    return Would(days, kept["accounts"], kept["still_open"])


def _text(one: Preview) -> str:
    kept: dict[str, Any] = {"on": one.on.isoformat(), "before": one.before, "after": one.after}
    for name, would in (("now", one.now), ("then", one.then)):
        if would:
            days = [day.isoformat() for day in would.days]
            kept[name] = {
                "days": days, "accounts": would.accounts, "still_open": would.still_open
            }  # fmt: skip
    return json.dumps(kept)


def start(engine: Engine, kind: Kind) -> None:
    """Work a preview out: at once for a few accounts, in a thread for many."""
    with Session(engine.execution_options(writes=False)) as session:
        many = len(_alive(session)) > FEW
    if many:
        threading.Thread(target=work_out, args=(engine, kind), daemon=True).start()
    else:
        work_out(engine, kind)


def _alive(session: Session) -> list[int]:
    alive = select(Account.id).where(Account.archived_at.is_(None)).order_by(Account.id)
    return list(session.scalars(alive))


def work_out(engine: Engine, kind: Kind) -> None:
    """Answer the preview that was asked for; nothing while another worker is at one."""
    if not take(engine, LEASE):
        return
    try:
        _work_out(engine, kind)
    except Exception as error:
        get_logger().exception("preview", kind=type(error).__name__)
    finally:
        give_back(engine, LEASE)


def _work_out(engine: Engine, kind: Kind) -> None:
    reading = engine.execution_options(writes=False)
    with Session(reading) as session:
        asked, ids = kept_preview(session, kind), _alive(session)
        if asked is None:
            return
        models = _models(session, weeks_before(asked.on), kind)
    sides = (Limits(asked.before), Limits(asked.after))
    walks: list[list[Walk]] = [[], []]
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        with Session(reading) as session:
            for place, found in enumerate(_walked(session, some, kind, sides, models)):
                walks[place] += found
        with Session(engine) as session:
            renew(session, LEASE, first + len(some), len(ids))
            session.commit()
    _answer(engine, kind, replace(asked, now=together(walks[0]), then=together(walks[1])))


def _answer(engine: Engine, kind: Kind, answer: Preview) -> None:
    with Session(engine) as session:
        session.merge(Setting(key=_key(kind), value=_text(answer)))
        session.commit()


Models = Mapping[date, Learned | None]
"""The days of the year, each with the model of buying that was known then."""


def _models(session: Session, days: Sequence[date], kind: Kind) -> Models:
    if kind is not Kind.CHURN:
        return dict.fromkeys(days)
    months = sorted({day.replace(day=1) for day in days})
    found = {month: learned(session, month) for month in months}
    return {day: found[day.replace(day=1)] for day in days}


def _walked(
    session: Session,
    ids: Sequence[int],
    kind: Kind,
    sides: Sequence[Limits],
    models: Models,
) -> list[list[Walk]]:
    """Some accounts walked through the year, by each side's thresholds."""
    days = list(models)
    whole = trades(session, ids, days[-1]) if kind in {Kind.CHURN, Kind.PROGRESS} else {}
    limits = [limits_of(session, ids, side) for side in sides]
    walks = [{one: Walk() for one in ids} for _side in sides]
    for day in days:
        given = {"trade": {one: trade.until(day) for one, trade in whole.items()}}
        for one, facts in facts_of(session, ids, day, [kind], given).items():
            for place, side in enumerate(sides):
                own = limits[place].get(one, side)
                raised = [r for r in warnings(facts, own, day, models[day]) if r.kind is kind]
                walks[place][one].step(raised, day, counts=day > days[0])
    return [list(side.values()) for side in walks]
