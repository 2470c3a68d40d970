"""map: every answer of an account's power map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from app.commands.common import Failure, answers, columns, open_session
from app.commands.finding import find_account
from app.db import now
from app.stakeholders.map_page import map_json
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.queries import deal_name
from app.stakeholders.rules import TieKind


def _text(answer: dict[str, Any]) -> str:
    """The ranked lines, and the measures of a layer that was asked for; the rest is for --json."""
    whose = " – ".join(filter(None, (answer["account"], answer["opportunity"])))
    head = f"{whose}, as of {answer['as_of']}: {len(answer['facts']['people'])} people"
    lines = [f"- {one['headline']} [{one['act']}]" for one in answer["answers"]["findings"]]
    return "\n".join([head, *lines, *(_measured(answer) if answer["layer"] else ())])


def _measured(answer: dict[str, Any]) -> Iterator[str]:
    """Everyone's measures over one layer, the most between first."""
    found = answer["answers"]["measures"]
    names = {one["id"]: one["name"] for one in answer["facts"]["people"]}
    yield f"\n{answer['layer']}: {found['ties']} ties, density {found['density']:.3f}"
    head = [("", "ties", "in", "out", "betweenness")]
    people = sorted(found["people"], key=lambda one: -one["betweenness"])
    rows = [
        (
            names[one["person_id"]],
            *(one[name] for name in ("degree", "in_degree", "out_degree")),
            f"{one['betweenness']:.3f}",
        )
        for one in people
    ]
    yield columns([*head, *rows])


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
    """The power map of ACCOUNT (its name, external id or number), with all its answers.

    As text: what the map says, ranked, and the measures of a layer asked for. With --json:
    facts (people, ties, coverage, which read back the same) and answers (findings, roles,
    ways_in, reach, independent_routes, dependences, sway, lean, worth_winning, our_ties,
    opposition, standings, groups, contradictions, measures), each with its reasons.
    """
    on: date = as_of.date() if as_of else now().date()
    if on > now().date():
        raise Failure(f"{on} is still to come: a map tells what was believed by a day.")
    with open_session() as session:
        found = find_account(session, account)
        deal = _deal(session, found.id, opportunity)
        facts = map_facts_of(session, found.id, on, opportunity)
    return {
        "account": found.name,
        "opportunity": deal,
        "as_of": on,
        "layer": layer,
        **map_json(facts, TieKind(layer) if layer else None),
    }


def _deal(session: Session, account_id: int, opportunity: int | None) -> str | None:
    if opportunity is None:
        return None
    name = deal_name(session, account_id, opportunity)
    if name is None:
        raise Failure(f"The account has no opportunity {opportunity}.")
    return name
