"""The door that the pages of visits share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton as babel_skeleton
from flask import Blueprint, abort
from flask_babel import format_date, format_time, get_locale

from app import db
from app.access import EDIT, account_or_404
from app.accounts.models import Account
from app.users.rules import Level
from app.visits.models import Visit
from app.visits.queries import find_visit
from app.visits.rules import may_be_logged
from app.web import choose_timezone, today

visits = Blueprint("visits", __name__)


@visits.app_template_filter()
def clock(at: datetime) -> str:
    """A moment's time of day where the person is."""
    return format_time(at, "short")


@visits.app_template_filter()
def weekday(on: date) -> str:
    """A day's name, short."""
    return format_date(on, "EEE")


@visits.app_template_filter()
def month_name(on: date) -> str:
    """A day's month and year."""
    return babel_skeleton("yMMMM", on, locale=get_locale())


@visits.app_template_test()
def loggable(visit: Visit) -> bool:
    """Whether it is time to ask what came of a visit."""
    return may_be_logged(visit.on, visit.starts_at, today(), db.now())


def moment_of(on: date, at: time | None) -> datetime | None:
    """The moment of a day and time where the person is."""
    if at is None:
        return None
    return datetime.combine(on, at, ZoneInfo(choose_timezone())).astimezone(UTC)


def time_of(visit: Visit) -> time | None:
    """A visit's time of day where the person is."""
    if visit.starts_at is None:
        return None
    return visit.starts_at.astimezone(ZoneInfo(choose_timezone())).time()


def visit_or_404(visit_id: int, to: Level = EDIT) -> tuple[Visit, Account]:
    """A visit with its account, for someone who may go as far as ``to``."""
    visit = find_visit(db.session(), visit_id)
    if visit is None:
        abort(404)
    return visit, account_or_404(visit.account_id, to)
