"""What is known around accounts today, read anew only of those of which something was noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.pipeline.around import NOT_KNOWN, AccountFacts, Around, around
from app.pipeline.around_queries import Accounts, facts_of
from app.pipeline.noted import kept_by_account
from app.pipeline.route_queries import map_pasts
from app.pipeline.routes import MapPast, two_routes_known

AT_ONCE = 2_000
NO_FACTS, NO_MAP = AccountFacts(), MapPast()
Surroundings = Mapping[int | None, Around]
"""What is known around the deals of an account: of one whose roles are its own, by its id; of
all others, by None."""
NOTHING_KNOWN: Surroundings = {None: NOT_KNOWN}


def surroundings(facts: AccountFacts, past: MapPast, on: date) -> Surroundings:
    """What was known around an account's deals at the end of a day, their time in stage apart."""
    said = {one.deal_id for readings in past.said.values() for one in readings}
    special = {None, *(one.deal_id for one in facts.held), *said}
    return {
        deal: around(facts, deal or 0, on, None, two_routes_known(past, deal or 0, on))
        for deal in special
    }


def surroundings_of(session: Session, accounts: Accounts, on: date) -> Mapping[int, Surroundings]:
    """What was known around the deals of some accounts; of others nothing is. Eleven SELECTs."""
    facts = facts_of(session, accounts, on, newest=True)
    pasts = map_pasts(session, accounts)
    return {
        one: surroundings(facts.get(one, NO_FACTS), pasts.get(one, NO_MAP), on)
        for one in {*facts, *pasts}
    }


def known_around(
    session: Session, accounts: Collection[int], today: date
) -> Mapping[int, Surroundings]:
    """What is known today around some accounts; two SELECTs when nothing was noted of them."""
    kept, turn = kept_by_account(session, "around", today)
    known: dict[int, Surroundings] = {
        one: there for one in accounts if (there := kept.known.get(one)) is not None
    }
    found = _looked_at(session, [one for one in accounts if one not in known], today)
    kept.keep(found, turn)
    return known | found


def _looked_at(session: Session, accounts: list[int], today: date) -> dict[int, Surroundings]:
    found: dict[int, Surroundings] = {}
    for start in range(0, len(accounts), AT_ONCE):
        some = accounts[start : start + AT_ONCE]
        there = surroundings_of(session, some, today)
        found |= {one: there.get(one, NOTHING_KNOWN) for one in some}
    return found
