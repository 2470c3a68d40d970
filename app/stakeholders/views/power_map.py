"""The power map: drawn by the server, made to move by static/map.js, with its answers.

The answers need networkx and numpy, which are imported when the first map is asked for.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from app import db
from app.access import EDIT, account_or_404, can, me
from app.row_ids import row_number
from app.stakeholders.forms import READINGS
from app.stakeholders.map_facts import CoverageFact, MapFacts
from app.stakeholders.map_layout import Arrangement, Positions, places_in
from app.stakeholders.map_part import among, part_of, units
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.position_changes import forget_positions, keep_positions
from app.stakeholders.queries import deal_choices, map_mark, positions_kept
from app.stakeholders.rules import Depth, Role, Support, TieKind
from app.stakeholders.views.blueprint import (
    deal_asked,
    refused,
    stakeholders,
)
from app.vocabulary import N_
from app.web import _, render, see, today

if TYPE_CHECKING:
    from app.stakeholders.map_page import MapPage

FREE = "free"
MOST_DRAWN = 64
SAID_AT_FIRST = 6
SUPPOSITIONS = (
    ("leaves", N_("leaves")),
    ("champions", N_("becomes a champion of ours")),
    ("opposes", N_("turns against us")),
    ("reached", N_("gets to know me")),
)


@stakeholders.get("/accounts/<int:account_id>/map")
def power_map(account_id: int) -> ResponseReturnValue:
    """Who decides, who sways them, how to get in, and what to do next."""
    from app.stakeholders.map_page import map_page, supposed

    account = account_or_404(account_id)
    deal_id, deal = deal_asked(account_id)
    on, layout, since = day_asked(), layout_asked(), day_asked("since")
    whole = map_facts_of(db.session(), account_id, on, deal_id)
    all_units = units(whole)
    unit = next((one for one in all_units if one == request.args.get("unit")), "")
    facts = part_of(whole, unit)
    page = map_page(
        facts,
        Arrangement.HIERARCHY if layout == FREE else Arrangement(layout),
        kept_asked(account_id),
        base=_also(facts, whole, account_id, on) if deal_id else None,
        earlier=_also(facts, whole, account_id, since, deal_id) if since < on else None,
    )
    return render(
        "stakeholders/power_map.html",
        account=account,
        deal_id=deal_id,
        deal=deal,
        deals=deal_choices(db.session(), account_id),
        on=on,
        is_past=on < today(),
        layout=layout,
        layouts=[(one.value, one.label) for one in Arrangement],
        map=page,
        count=len(whole.people),
        mark=map_mark(db.session(), account_id),
        unit=unit,
        units=all_units,
        since=since if since < on else None,
        suppositions=SUPPOSITIONS,
        supposed=supposed(facts, request.args.get("what", ""), request.args.get("who", ""), _us()),
        all_roles=list(Role),
        depths=[depth for depth in Depth if depth],
        readings=READINGS,
        focus=request.args.get("focus", 0, type=row_number),
        drawing=_part(page, "map_drawing", all_roles=tuple(Role), supports=tuple(Support)),
        said=_part(
            page,
            "map_answers",
            account_id=account_id,
            deal_id=deal_id,
            since=since if since < on else None,
            may_edit=can(EDIT),
            said_at_first=SAID_AT_FIRST,
        ),
    )


def _part(page: MapPage, name: str, **values: Any) -> Markup:
    """A part of the page that says the same as long as the map is the same."""
    return _drawn(page, name, str(get_locale()), tuple(values.items()))


@lru_cache(maxsize=2 * MOST_DRAWN)
def _drawn(page: MapPage, name: str, _language: str, values: tuple[tuple[str, Any], ...]) -> Markup:
    return Markup(render_template(f"stakeholders/{name}.html", map=page, **dict(values)))  # noqa: S704


def _also(
    drawn: MapFacts, whole: MapFacts, account_id: int, on: date, deal_id: int | None = None
) -> MapFacts:
    """Another map of the same people, or all of it when all are drawn."""
    other = map_facts_of(db.session(), account_id, on, deal_id)
    return other if drawn is whole else among(other, {one.id for one in drawn.people})


def _us() -> CoverageFact:
    """The tie that the person at the map would have if they got to know somebody."""
    return CoverageFact(me().id, me().name, 0, Depth.MUTUAL, today())


def day_asked(name: str = "on") -> date:
    """The day of the map: ``?on=``, never later than today."""
    try:
        asked = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return today()
    return min(asked, today())


def layout_asked() -> str:
    """How the map is laid out: ``?layout=``, by hierarchy unless another is known."""
    asked = request.args.get("layout", "")
    return asked if asked in {FREE, *Arrangement} else Arrangement.HIERARCHY.value


def view_name(deal_id: int | None) -> str:
    """Under which name the positions of this map are kept."""
    return f"deal-{deal_id}" if deal_id else "account"


def kept_asked(account_id: int) -> Positions:
    """Where people were put by hand, if that is the layout asked for."""
    if layout_asked() != FREE:
        return {}
    deal_id, _deal = deal_asked(account_id)
    return positions_kept(db.session(), account_id, view_name(deal_id))


@stakeholders.get("/accounts/<int:account_id>/map.json")
def map_data(account_id: int) -> ResponseReturnValue:
    """The facts of the map and all its answers, for scripts."""
    from app.stakeholders.map_page import map_json

    account = account_or_404(account_id)
    deal_id, deal = deal_asked(account_id)
    facts = map_facts_of(db.session(), account_id, day_asked(), deal_id)
    layer = request.args.get("layer")
    kind = TieKind(layer) if layer and layer in [*TieKind] else None
    return jsonify(account=account.name, opportunity=deal or None, **map_json(facts, kind))


@stakeholders.get("/accounts/<int:account_id>/map/mark.json")
def mark(account_id: int) -> ResponseReturnValue:
    """Whether the map has changed since it was drawn; asked now and then by who looks at it."""
    account_or_404(account_id)
    return jsonify(mark=map_mark(db.session(), account_id))


@stakeholders.post("/accounts/<int:account_id>/map/places")
def place(account_id: int) -> ResponseReturnValue:
    """Keep where cards were dropped: ``at`` is person:x:y in grid units, once for each."""
    account_or_404(account_id, EDIT)
    places = places_in(request.form.getlist("at"))
    if places is None:
        return refused([_("These are not places on a map.")])
    deal_id, _deal = deal_asked(account_id)
    keep_positions(db.session(), account_id, view_name(deal_id), places)
    db.session().commit()
    return jsonify(kept=len(places))


@stakeholders.post("/accounts/<int:account_id>/map/tidy")
def tidy(account_id: int) -> ResponseReturnValue:
    """Forget where cards were put by hand."""
    account_or_404(account_id, EDIT)
    deal_id, _deal = deal_asked(account_id)
    forget_positions(db.session(), account_id, view_name(deal_id))
    db.session().commit()
    message = _("Everyone stands where the hierarchy puts them.")
    return see("stakeholders.power_map", message, account_id=account_id, deal=deal_id)
