"""Early warning's work: every account looked at anew, and one whose records changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.db import make_engine, now
from app.records.models import Sale

LINES = 1_000_000
DAYS = 1095
AT_ONCE = 50_000


def fill_up(url: str) -> None:
    """So many sales lines in all, over three years, spread over the accounts."""
    engine, chance, on = make_engine(url), random.Random("alerts"), now().date()
    with engine.begin() as connection:
        ids = connection.scalars(select(Account.id)).all()
        missing = LINES - (connection.scalar(select(func.count()).select_from(Sale)) or 0)
        for first in range(0, missing, AT_ONCE):
            rows = [
                {
                    "account_id": ids[number % len(ids)],
                    "on": on - timedelta(days=chance.randrange(DAYS)),
                    "description": "",
                    "quantity": 1,
                    "amount": chance.randint(-50, 2_000),
                }
                for number in range(first, min(first + AT_ONCE, missing))
            ]
            connection.execute(insert(Sale), rows)
    engine.dispose()


def everyone(url: str) -> Callable[[], object]:
    """All accounts, as once a day: found due, looked at, their warnings kept."""
    from app.alerts.watch_jobs import look_through
    from app.alerts.watch_queries import due

    fill_up(url)
    engine, on = make_engine(url), now().date()

    def look() -> object:
        with Session(engine.execution_options(writes=False)) as session:
            waiting = due(session, on)
        return look_through(engine, waiting, on)

    return look


def one(url: str) -> Callable[[], object]:
    """The first account, as after a change to it; the model of buying is known by then."""
    from app.alerts.trade_queries import keep_model, learned
    from app.alerts.watch_jobs import look_now

    fill_up(url)
    engine, on = make_engine(url), now().date()
    with Session(engine) as session:
        keep_model(session, learned(session, on), on)
        session.commit()

    def look() -> object:
        with Session(engine) as session:
            done = look_now(session, 1, on)
            session.commit()
        return done

    look()  # as in a server that runs: libraries loaded, statements built
    return look
