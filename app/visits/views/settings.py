"""What the company sets for its visits: for administrators."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.stakeholders.rules import Role
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.visits.settings import VISITS, settings_from, settings_text
from app.visits.settings_forms import SIZES, VisitSettingsForm, settings_data
from app.visits.views.blueprint import visits
from app.web import _, invalid, render, see

PAGE = "visits/settings.html"


@visits.route("/settings/visits", methods=["GET", "POST"])
@allowed("manage settings")
def settings() -> ResponseReturnValue:
    """Rhythms, the executives' own, holidays, how many visits fit a day."""
    kept = find_setting(db.session(), VISITS)
    page: dict[str, Any] = {"roles": list(Role), "sizes": SIZES}
    if request.method == "GET":
        filled = settings_data(settings_from(kept))
        form = VisitSettingsForm(data={**filled, "version": setting_mark(kept)})
        return render(PAGE, form=form, **page)
    form = VisitSettingsForm()
    if form.validate() and form.version.data not in {"", None, setting_mark(kept)}:
        form.form_errors.append(
            _("Somebody changed these settings meanwhile. Reload and look again.")
        )
    if form.errors:
        return invalid(PAGE, form=form, **page)
    put_setting(db.session(), VISITS, settings_text(form.settings()))
    db.session().commit()
    return see("visits.settings", _("Saved."))
