"""The thresholds that an account has of its own."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, account_or_404
from app.alerts.changes import set_own_limits
from app.alerts.forms import OwnLimitsForm, as_typed
from app.alerts.queries import own_limit_rows
from app.alerts.rules import BOUNDS, WATCHED, thresholds_of
from app.alerts.views.blueprint import alerts
from app.alerts.watch_jobs import look_now
from app.alerts.watch_queries import alert_settings
from app.web import _, company_today, invalid, render, see

FORM = "alerts/limits.html"


@alerts.route("/accounts/<int:account_id>/warnings/thresholds", methods=["GET", "POST"])
def own_limits(account_id: int) -> ResponseReturnValue:
    """An account's own thresholds, beside the company's; its owner sets them."""
    account = account_or_404(account_id, EDIT if request.method == "GET" else OWN)
    session = db.session()
    company = alert_settings(session).limits
    page: dict[str, Any] = {
        "account": account,
        "kinds": [(kind, thresholds_of(kind)) for kind in WATCHED],
        "company": company,
        "bounds": BOUNDS,
    }
    if request.method == "GET":
        return render(FORM, form=OwnLimitsForm(formdata=None, data=_data(account_id)), **page)
    form = OwnLimitsForm()
    if not form.validate():
        return invalid(FORM, form=form, **page)
    set_own_limits(session, account_id, form.values())
    look_now(session, account_id, company_today())
    session.commit()
    return see("alerts.of_account", _("Saved, and looked at anew."), account_id=account_id)


def _data(account_id: int) -> dict[str, Any]:
    rows = own_limit_rows(db.session(), account_id)
    own = ((row.name, row.value) for row in rows)
    values: dict[str, Any] = {name: as_typed(one) for name, one in own if one is not None}
    off = {row.name for row in rows if row.value is None}
    return {**values, **{f"watch_{kind}": kind not in off for kind in WATCHED}}
