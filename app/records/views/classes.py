"""An account's size class: over a chosen period, what would lift it, how it went."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404
from app.accounts.class_lift import footing, ways_up
from app.accounts.models import Account
from app.accounts.rules import Segment
from app.accounts.size_class import SPANS, WAN
from app.records.changes import Measured, Yardstick, yardstick
from app.records.class_story import class_story, story_period, story_picture
from app.records.queries import class_history, totals_by_month, totals_of
from app.records.rules import class_period
from app.records.views.blueprint import records
from app.row_ids import row_number
from app.web import render, today


@records.get("/accounts/<int:account_id>/class")
def size_class(account_id: int) -> ResponseReturnValue:
    """The class of a chosen period, its table, what would lift it, and its history."""
    account = account_or_404(account_id)
    session, rod = db.session(), yardstick(db.session())
    months, bands = _months(rod), rod.bands(account)
    period = class_period(today(), months)
    measured = rod.measure(account, totals_of(session, account_id, period), period)
    story = class_story(
        totals_by_month(session, account_id, story_period(today(), months)),
        today(),
        months,
        rod.company.rate(account.currency),
        bands,
    )
    return render(
        "records/size_class.html",
        account=account,
        months=months,
        own_months=rod.months,
        spans=SPANS,
        segment=Segment(account.segment) if account.segment else None,
        bands=bands,
        measured=measured,
        outlook=_outlook(measured, rod, account),
        story=story,
        picture=story_picture(story, bands) if bands else None,
        classes=class_history(session, account_id),
    )


def _months(rod: Yardstick) -> int:
    """The span asked for, else the company's."""
    wanted = request.args.get("months", type=row_number)
    return wanted if wanted in SPANS else rod.months


@dataclass(frozen=True, slots=True)
class Outlook:
    """Ways up and the footing, with ``unit``: the account's money in 10,000 CNY of sales."""

    ways: tuple[object, ...]
    footing: object
    unit: Decimal


def _outlook(measured: Measured, rod: Yardstick, account: Account) -> Outlook | None:
    """What would lift the class or let it fall; None while it cannot be told."""
    bands, rate = rod.bands(account), rod.company.rate(account.currency)
    sales, margin = measured.monthly_sales, measured.margin
    if bands is None or not rate or sales is None:
        return None
    return Outlook(ways_up(sales, margin, bands), footing(sales, margin, bands), WAN / rate)
