"""Tenders whose opening was public: how close the losers came, and who beats whom."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import may
from app.forms import choices
from app.lessons.bid_queries import bids as bids_of
from app.lessons.bids import Bid, Meeting, meetings, most_seen, opened, record_of
from app.lessons.forms import BidFilter
from app.lessons.views.blueprint import lessons
from app.pictures import sheet
from app.web import _, render


def _asked() -> tuple[BidFilter, list[Bid]]:
    """Whose record is asked for, by default whoever bids most often; and all bids."""
    found = bids_of(db.session())
    names = most_seen(found)
    form = BidFilter(request.args)
    form.us.choices = choices((name, name) for name in names)
    if form.us.data not in names:
        form.us.data = names[0] if names else ""
    return form, found


@lessons.get("/lessons/bids")
def bids() -> ResponseReturnValue:
    """How close the losers came to the winner, and a bidder's record against each competitor."""
    form, found = _asked()
    return render(
        "lessons/bids.html",
        form=form,
        told=opened(found),
        record=record_of(found, form.us.data),
        rows=meetings(found, form.us.data),
        may_import=may("import"),
    )


@lessons.get("/lessons/bids.<any(csv,xlsx):suffix>")
def bids_sheet(suffix: str) -> ResponseReturnValue:
    """A bidder's record against each competitor, as figures."""
    form, found = _asked()
    header = (_("Competitor"), _("Times met"), _("Our bid was lower"), _("We won"), _("They won"),
              _("Their bid above ours, middle"))  # fmt: skip
    return sheet(suffix, "bids", header, map(_cells, meetings(found, form.us.data)))


def _cells(one: Meeting) -> tuple[object, ...]:
    return one.rival, one.met, one.lower.wins, one.won, one.lost, f"{one.gap:.4f}"
