"""The frame around every page: places to go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, current_app, render_template, request, url_for
from flask_babel import get_locale
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app.access import may
from app.accounts.models import Account
from app.web import _l

SETTINGS_AT = "/settings/"
TOKEN, BACK = "\0token\0", "\0back\0"
"""Where a page's forgery token and address go in what is drawn once; nobody can type a zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place in the navigation; there is one of each."""

    endpoint: str
    label: str
    icon: str
    key: str = ""
    act: str = ""

    @property
    def feature(self) -> str:
        """The feature that the place belongs to."""
        return self.endpoint.partition(".")[0]


def _feature_here() -> str:
    """The feature of the page at hand; what belongs to an account is the accounts'."""
    if request.path.startswith(SETTINGS_AT):
        return "users"
    feature = (TABS_OF.get(request.endpoint or "") or request.endpoint or "").partition(".")[0]
    if feature in OF_RETROSPECTIVES:
        return "retrospectives"
    return "accounts" if feature in OF_ACCOUNTS else feature


OF_ACCOUNTS = frozenset({"stakeholders", "records"})
OF_RETROSPECTIVES = frozenset({"lessons"})


PLACES = (
    Place("overview.today", _l("Today"), "sun", "t"),
    Place("accounts.index", _l("Accounts"), "building", "a"),
    Place("pipeline.board", _l("Pipeline"), "kanban", "p"),
    Place("visits.index", _l("Visits"), "calendar3", "v"),
    Place("plans.index", _l("Plans"), "bullseye", "l"),
    Place("retrospectives.index", _l("Retrospectives"), "clock-history", "r"),
    Place("alerts.index", _l("Warnings"), "exclamation-triangle", "w"),
    Place("exchange.index", _l("Import"), "box-arrow-in-down", "i", "import"),
    Place("users.index", _l("Settings"), "gear", "s", "manage people"),
)


def navigation() -> tuple[Place, ...]:
    """The places that the person at hand may go to."""
    known = current_app.view_functions
    return tuple(
        place for place in PLACES if place.endpoint in known and (not place.act or may(place.act))
    )


def frame(template: str) -> Markup:
    """A part of the shell that is the same for all who speak a language and may go as far."""
    places, feature = navigation(), _feature_here()
    here = next((place for place in places if place.feature == feature), None)
    return _framed(template, str(get_locale()), places, here)


@lru_cache(maxsize=512)
def _framed(template: str, _language: str, places: tuple[Place, ...], here: Place | None) -> Markup:
    return Markup(render_template(template, places=places, here_now=here))  # noqa: S704


def corner() -> Markup:
    """The corner of the person at hand: drawn once for each, but for what changes by the page."""
    person = current_user
    drawn = _cornered(person.name, person.email, person.role, person.theme, str(get_locale()))
    now = drawn.replace(TOKEN, escape(generate_csrf())).replace(BACK, escape(request.full_path))
    return Markup(now)  # noqa: S704 - what is put in is escaped


@lru_cache(maxsize=512)
def _cornered(_name: str, _email: str, _role: str, _theme: str, _language: str) -> str:
    return render_template("shell/person.html", token=TOKEN, back=BACK)


def init_app(app: Flask) -> None:
    """Give templates the navigation."""
    app.jinja_env.globals.update(
        frame=frame,
        corner=corner,
        account_tabs=account_tabs,
        settings_tabs=settings_tabs,
        has_endpoint=has_endpoint,
    )


def has_endpoint(endpoint: str) -> bool:
    """Whether a page exists in this workspace."""
    return endpoint in current_app.view_functions


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of an account."""

    endpoint: str
    label: str
    act: str = ""


TABS = (
    Tab("accounts.show", _l("Profile")),
    Tab("stakeholders.index", _l("People")),
    Tab("stakeholders.power_map", _l("Power map")),
    Tab("plans.of_account", _l("Plan")),
    Tab("pipeline.of_account", _l("Opportunities")),
    Tab("visits.of_account", _l("Visits")),
    Tab("records.of_account", _l("Records")),
    Tab("alerts.of_account", _l("Warnings")),
    Tab("accounts.history", _l("History")),
)


TABS_OF = {
    "stakeholders.map_measures": "stakeholders.power_map",
    "stakeholders.export": "stakeholders.power_map",
    "stakeholders.ours": "stakeholders.power_map",
    "plans.people_change": "stakeholders.index",
}
"""Pages that belong to another tab than the first of their feature."""


def account_tabs(account: Account) -> list[tuple[str, str, bool, None]]:
    """(words, address, is here, count) for every part of an account that exists."""
    tabs = [tab for tab in TABS if tab.endpoint in current_app.view_functions]
    here = _tab_here([tab.endpoint for tab in tabs])
    return [
        (tab.label, url_for(tab.endpoint, account_id=account.id), tab.endpoint == here, None)
        for tab in tabs
    ]


def _tab_here(endpoints: list[str]) -> str | None:
    """The tab of the page at hand: its own, else the first of its feature."""
    endpoint = TABS_OF.get(request.endpoint or "", request.endpoint)
    if endpoint in endpoints:
        return endpoint
    same = (one for one in endpoints if one.partition(".")[0] == request.blueprint)
    return next(same, None)


SETTINGS = (
    Tab("users.index", _l("Our people"), "manage people"),
    Tab("accounts.every_team", _l("Every team"), "manage every team"),
    Tab("records.products", _l("Products")),
    Tab("accounts.size_tables", _l("Size classes"), "set size classes"),
    Tab("accounts.factors", _l("Importance"), "manage settings"),
    Tab("pipeline.stages", _l("Stages"), "manage settings"),
    Tab("pipeline.causes", _l("Causes of losses"), "set causes"),
    Tab("plans.questions", _l("Plan questions"), "manage settings"),
    Tab("plans.health_weights", _l("Health"), "manage settings"),
    Tab("plans.templates", _l("Plan templates"), "manage plan templates"),
    Tab("plans.feature_list", _l("Features"), "manage settings"),
    Tab("visits.settings", _l("Rhythms of visits"), "manage settings"),
    Tab("users.company", _l("Company"), "manage settings"),
    Tab("accounts.company_history", _l("Changes"), "manage settings"),
)


def settings_tabs() -> list[tuple[str, str, bool, None]]:
    """(words, address, is here, count) for every part of the settings open to the person."""
    return [
        (tab.label, url_for(tab.endpoint), tab.endpoint == request.endpoint, None)
        for tab in SETTINGS
        if has_endpoint(tab.endpoint) and (not tab.act or may(tab.act))
    ]
