"""The frame of a deal's page: what its parts share."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.models import Account
from app.catalogue import lazy_gettext as _l
from app.pipeline.models import Opportunity
from app.pipeline.rules import LIVE, STAGES, Outcome, Stage, place_of
from app.web import render

PARTS = (
    ("show", "", _l("Overview")),
    ("buying", "/buying", _l("How they buy")),
    ("people", "/people", _l("People")),
    ("papers", "/papers", _l("Notes and files")),
    ("story", "/story", _l("What happened")),
    ("lessons", "/lessons", _l("Lessons")),
)
"""The parts of a deal's page: the view, the end of its address, its words."""


def deal_page(
    part: str, deal: Opportunity, account: Account, status: int = 200, **values: Any
) -> ResponseReturnValue:
    """A part of a deal's page."""
    address, stage = f"/pipeline/{deal.id}", Stage(deal.stage)
    return render(
        f"pipeline/{part}.html",
        status,
        deal=deal,
        account=account,
        at=address,
        parts=[(words, address + end, name == part, None) for name, end, words in PARTS],
        stage=stage,
        outcome=Outcome(deal.outcome),
        is_live=deal.outcome in LIVE,
        place=place_of(stage),
        stages=STAGES,
        **values,
    )
