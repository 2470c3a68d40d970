"""The frame around every page: places to go."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request

from app.access import may
from app.web import _l


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the navigation."""

    endpoint: str
    label: str
    icon: str
    key: str = ""
    act: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the page at hand belongs to this place."""
        return (request.blueprint or "") == self.endpoint.partition(".")[0]


PLACES = (
    Place("overview.today", _l("Today"), "sun", "t"),
    Place("accounts.index", _l("Accounts"), "building", "a"),
    Place("pipeline.board", _l("Pipeline"), "kanban", "p"),
    Place("visits.index", _l("Visits"), "calendar3", "v"),
    Place("plans.index", _l("Plans"), "bullseye", "l"),
    Place("exchange.index", _l("Import"), "box-arrow-in-down", "i", "import"),
    Place("users.index", _l("Settings"), "gear", "s", "manage people"),
)


def navigation() -> list[Place]:
    """The places that the person at hand may go to."""
    known = current_app.view_functions
    return [
        place
        for place in PLACES
        if place.endpoint in known and (not place.act or may(place.act))
    ]


def init_app(app: Flask) -> None:
    """Give templates the navigation."""
    app.jinja_env.globals.update(navigation=navigation)
