"""The week's letter: switched off in one click from the letter itself, and on again here."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, public
from app.overview.digest import stopped_by
from app.overview.digest_changes import switch
from app.overview.digest_queries import is_off
from app.web import _, render, see

digest = Blueprint("digest", __name__)


@digest.get("/digest")
def index() -> ResponseReturnValue:
    """Whether one has the week's letter."""
    config = current_app.config["BANYAN"]
    off = is_off(db.session(), me().id)
    return render("overview/digest.html", is_off=off, has_mail=bool(config.smtp_host))


@digest.post("/digest")
def choose() -> ResponseReturnValue:
    """Have the week's letter, or not."""
    switch(db.session(), me().id, off=request.form.get("off") == "1")
    db.session().commit()
    return see("digest.index", _("Saved."))


@digest.route("/digest/off/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> ResponseReturnValue:
    """From the letter: one click stops it; mail programs post here themselves (RFC 8058)."""
    user_id = stopped_by(current_app, token)
    if user_id is None:
        abort(404)
    if request.method == "POST":
        switch(db.session(), user_id, off=request.form.get("on") != "1")
        db.session().commit()
    return render("overview/digest_off.html", token=token, is_off=is_off(db.session(), user_id))
