"""One box to find anything: as a page, and as the answer to the box that every page has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import sight
from app.forms import trimmed
from app.overview.search_queries import Hit, find_all
from app.web import _, label, render

search = Blueprint("search", __name__)
MOST_TYPED = 80


@dataclass(frozen=True, slots=True)
class Item:
    """A line of what was found."""

    text: str
    url: str
    note: str
    icon: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    label: str
    items: list[Item]


def _groups(text: str, most: int) -> list[Group]:
    hits = find_all(db.session(), sight(), text, most)
    kinds = (
        (_("Accounts"), hits.accounts, "accounts.show", "account_id", "building"),
        (_("People"), hits.people, "stakeholders.show", "person_id", "person-circle"),
        (_("Opportunities"), hits.opportunities, "pipeline.show", "opportunity_id", "bullseye"),
    )
    return [
        Group(words, [_item(hit, endpoint, name, icon) for hit in found])
        for words, found, endpoint, name, icon in kinds
        if found
    ]


def _item(hit: Hit, endpoint: str, name: str, icon: str) -> Item:
    notes = (*hit.notes, label(hit.stage))
    values: dict[str, Any] = {name: hit.id}
    address = url_for(endpoint, **values)
    return Item(hit.name, address, " · ".join(note for note in notes if note), icon)


def _typed() -> str:
    return str(trimmed(request.args.get("q", "")))[:MOST_TYPED]


@search.get("/search.json")
def answer() -> ResponseReturnValue:
    """What the box shows while one types: at most eight of a kind."""
    return jsonify(groups=_groups(_typed(), 8))


@search.get("/search")
def page() -> ResponseReturnValue:
    """What was found; a single find is gone to at once."""
    text = _typed()
    groups = _groups(text, 50)
    found = [item for group in groups for item in group.items]
    if len(found) == 1:
        return redirect(found[0].url, 303)
    return render("overview/search.html", text=text, groups=groups)
