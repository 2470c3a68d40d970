"""The script by which briefs and log forms are there without a connection."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.access import public
from app.config import ROOT
from app.visits.views.blueprint import visits
from app.web import text_reply

SCRIPT = ROOT / "static" / "worker.js"


@visits.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker: it must lie above the pages that it may answer for."""
    response = text_reply(SCRIPT.read_text("utf-8"), "text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
