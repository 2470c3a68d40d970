"""Places in statements that are built once: building one costs more than asking it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import BindParameter, Date, Integer, bindparam

ACCOUNT: BindParameter[int] = bindparam("account_id", type_=Integer)
PLAN: BindParameter[int] = bindparam("plan_id", type_=Integer)
GOALS: BindParameter[int] = bindparam("goal_ids", type_=Integer, expanding=True)
SINCE: BindParameter[date] = bindparam("since", type_=Date)
UNTIL: BindParameter[date] = bindparam("until", type_=Date)
SINCE_THEN: BindParameter[date] = bindparam("since_then", type_=Date)
UNTIL_THEN: BindParameter[date] = bindparam("until_then", type_=Date)
"""Whose rows are asked for, and of which days; of the same days a year before."""

YEAR = timedelta(days=365)


def a_year_apart(since: date, until: date) -> dict[str, date]:
    """What the places of some days and of the same days a year before are filled with."""
    then = {"since_then": since - YEAR, "until_then": until - YEAR}
    return {"since": since, "until": until, **then}
