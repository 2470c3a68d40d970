"""watches: the conditions that bring lessons back, with their record on the past and since."""

from __future__ import annotations

from typing import Any

import click

from app.commands.common import answers, columns, open_session
from app.db import now
from app.lessons.past_queries import tried_on_past
from app.lessons.trying import Served, Tried, served
from app.lessons.watch_queries import Watching, how_served, watches_ever
from app.lessons.watching import clauses_text
from app.pipeline.factor_tree import FACTOR_TREE, FactorTree, tree_from
from app.users.queries import find_setting


def _text(answer: list[dict[str, Any]]) -> str:
    head = ("id", "lesson", "cause", "on since", "lost", "won", "lift", "fired", "helped")
    rows = [
        (
            one["id"],
            one["lesson"],
            one["cause"]["name"] if one["cause"] else "–",
            str(one["on_since"] or "off"),
            _share(one["past"]["lost"]),
            _share(one["past"]["won"]),
            str(one["past"]["lift"] or "–"),
            one["since"]["fired"],
            one["since"]["helped"],
        )
        for one in answer
    ]
    return columns([head, *rows]) if rows else "No watches."


def _share(share: dict[str, int]) -> str:
    return f"{share['fired']} of {share['deals']}"


@click.command("watches")
@answers(_text)
def watches_verb() -> list[dict[str, Any]]:
    """List every watch with the decided deals it would have fired on and what it did since.

    The past is the newest 2,000 decided deals, each as it was known week by week.
    """
    with open_session() as session:
        found = watches_ever(session)
        past = tried_on_past(session, (one.watch for one in found), now().date())
        did = how_served(session)
        tree = tree_from(find_setting(session, FACTOR_TREE))
        return [
            _line(one, told, did.get(one.lesson_id, served([])), tree)
            for one, told in zip(found, past, strict=True)
        ]


def _line(one: Watching, told: Tried, did: Served, tree: FactorTree) -> dict[str, Any]:
    return {
        "id": one.lesson_id,
        "lesson": one.words,
        "cause": {"key": one.factor, "name": tree.named(one.factor)} if one.factor else None,
        "deal_id": one.deal_id,
        "deal": one.deal,
        "account": one.account,
        "on_since": one.since,
        "retired_on": one.retired_on,
        "any": one.watch.is_any,
        "conditions": [
            {"condition": name, "value": value or None}
            for name, value in clauses_text(one.watch.clauses)
        ],
        "advice": one.advice,
        "past": _past(told),
        "since": {
            "fired": did.fired,
            "lost": did.lost,
            "won": did.won,
            "helped": did.helped,
            "not_helped": did.not_helped,
            "cries_wolf": did.cries_wolf,
        },
    }


def _past(found: Tried) -> dict[str, Any]:
    between = found.between
    return {
        "lost": {"fired": found.lost.wins, "deals": found.lost.cases},
        "won": {"fired": found.won.wins, "deals": found.won.cases},
        "lift": None if found.lift is None else round(found.lift, 4),
        "between": None if between is None else [round(between.low, 4), round(between.high, 4)],
    }
