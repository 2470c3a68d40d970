"""The calendar of closings."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import sight
from app.pipeline.closing_queries import closing_days, overdue
from app.pipeline.closings import month_named, month_of, weeks_of
from app.pipeline.forms import DealFilter
from app.pipeline.totals import by_currency
from app.pipeline.views.blueprint import account_wanted, pipeline, wish_of
from app.users.queries import colleague_choices
from app.web import render, today


@pipeline.get("/pipeline/calendar")
def calendar() -> ResponseReturnValue:
    """A month of days with what should close on each."""
    form, account, session, on = DealFilter(request.args), account_wanted(), db.session(), today()
    form.offer_owners(colleague_choices(session))
    month = month_named(request.args.get("month")) or month_of(on)
    wish = wish_of(form, account)
    days = closing_days(session, sight(), wish, month)
    weeks = [
        (week, by_currency(one for day in week if day in days for one in days[day].totals))
        for week in weeks_of(month)
    ]
    inside = [one for day, found in days.items() if month_of(day) == month for one in found.totals]
    return render(
        "pipeline/calendar.html",
        form=form,
        account=account,
        month=month,
        weeks=weeks,
        days=days,
        sums=by_currency(inside),
        late=overdue(session, sight(), wish, on),
        on=on,
    )
