"""The door that the pages of visits share."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, abort
from flask_babel import format_date, format_time

from app import db
from app.access import EDIT, account_or_404
from app.accounts.models import Account
from app.users.rules import Level
from app.visits.models import Visit
from app.visits.queries import find_visit

visits = Blueprint("visits", __name__)


@visits.app_template_filter()
def clock(at: datetime) -> str:
    """A moment's time of day where the person is."""
    return format_time(at, "short")


@visits.app_template_filter()
def weekday(on: date) -> str:
    """A day's name, short."""
    return format_date(on, "EEE")


def visit_or_404(visit_id: int, to: Level = EDIT) -> tuple[Visit, Account]:
    """A visit with its account, for someone who may go as far as ``to``."""
    visit = find_visit(db.session(), visit_id)
    if visit is None:
        abort(404)
    return visit, account_or_404(visit.account_id, to)
