"""map: every answer of an account's power map."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from app.commands.common import Failure, answers, open_session
from app.commands.finding import find_account
from app.db import now
from app.stakeholders.map_page import map_json
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.queries import deal_name
from app.stakeholders.rules import TieKind


def _text(answer: dict[str, Any]) -> str:
    """The ranked lines; the rest is for --json."""
    head = f"{answer['account']}, as of {answer['as_of']}: {len(answer['facts']['people'])} people"
    lines = [f"- {one['headline']} [{one['act']}]" for one in answer["answers"]["findings"]]
    return "\n".join([head, *lines])


@click.command("map")
@click.argument("account")
@click.option("--opportunity", type=int, help="The map of one opportunity, by its number.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As believed on this day.")
@click.option(
    "--layer",
    type=click.Choice([kind.value for kind in TieKind]),
    help="Take the measures over one layer alone, directed where it is.",
)
@answers(_text)
def map_verb(
    account: str, opportunity: int | None, as_of: datetime | None, layer: str | None
) -> dict[str, Any]:
    """The power map of ACCOUNT (its name, external id or number), with all its answers."""
    on: date = as_of.date() if as_of else now().date()
    with open_session() as session:
        found = find_account(session, account)
        deal = _deal(session, found.id, opportunity)
        facts = map_facts_of(session, found.id, on, opportunity)
    return {
        "account": found.name,
        "opportunity": deal,
        "as_of": on,
        **map_json(facts, TieKind(layer) if layer else None),
    }


def _deal(session: Session, account_id: int, opportunity: int | None) -> str | None:
    if opportunity is None:
        return None
    name = deal_name(session, account_id, opportunity)
    if name is None:
        raise Failure(f"The account has no opportunity {opportunity}.")
    return name
