"""The maps of the portfolio: which of them want looking after, and why."""

from __future__ import annotations

from flask import current_app, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, visible
from app.leases import how_far
from app.stakeholders.forms import MapsFilter
from app.stakeholders.portfolio import need_parts
from app.stakeholders.portfolio_queries import LEASE, SORTS, MapWish, map_rows, unseen
from app.stakeholders.rules import Act
from app.stakeholders.views.blueprint import stakeholders
from app.web import _, list_place, list_sort, render, see, wants_fragment


@stakeholders.get("/maps")
def portfolio() -> ResponseReturnValue:
    """The maps a person may see, those that want looking after most first."""
    session, seen = db.session(), visible()
    progress = how_far(session, LEASE)
    if wants_fragment():
        return render("stakeholders/maps_progress.html", progress=progress)
    form = MapsFilter(request.args)
    sort, descending = list_sort(SORTS) if _names_a_sort() else ("need", True)
    wish = MapWish(
        text=form.q.data or "",
        lack=form.lack.data or "",
        member_id=me().id if form.mine.data else None,
        sort=sort,
        descending=descending,
    )
    return render(
        "stakeholders/maps.html",
        form=form,
        wish=wish,
        page=map_rows(session, seen, wish, list_place()),
        unseen=unseen(session, seen),
        progress=progress,
        need_parts=need_parts,
        acts={act.value: act for act in Act},
    )


def _names_a_sort() -> bool:
    return request.args.get("sort", "").removeprefix("-") in SORTS


@stakeholders.post("/maps/refresh")
def refresh_maps() -> ResponseReturnValue:
    """Look now for maps whose facts have changed."""
    from app.stakeholders.portfolio_jobs import start  # heavy: networkx, numpy

    db.session().rollback()  # the work writes by itself
    start(current_app.extensions["engine"])
    return see("stakeholders.portfolio", _("Maps that have changed are looked through."))
