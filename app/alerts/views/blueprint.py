"""The door that the pages of warnings share."""

from __future__ import annotations

from flask import Blueprint, abort

from app import db
from app.access import READ, account_or_404
from app.accounts.models import Account
from app.alerts.models import Alert
from app.alerts.queries import find_alert
from app.users.rules import Level

alerts = Blueprint("alerts", __name__)


def alert_or_404(alert_id: int, to: Level = READ) -> tuple[Alert, Account]:
    """A warning with its account, for someone who may go as far as ``to``."""
    alert = find_alert(db.session(), alert_id)
    if alert is None:
        abort(404)
    return alert, account_or_404(alert.account_id, to)
