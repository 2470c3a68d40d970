"""The calendar of closings."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import sight
from app.pictures import sheet
from app.pipeline.closing_queries import Expected, closing_days, every_closing, overdue
from app.pipeline.closings import month_named, month_of, weeks_of
from app.pipeline.forms import DealFilter
from app.pipeline.totals import by_currency
from app.pipeline.views.blueprint import account_wanted, offer_owners, pipeline, wish_of
from app.vocabulary import N_
from app.web import _, label, render, today


@pipeline.get("/pipeline/calendar")
def calendar() -> ResponseReturnValue:
    """A month of days with what should close on each."""
    form, account, session, on = DealFilter(request.args), account_wanted(), db.session(), today()
    offer_owners(form)
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


@pipeline.get("/pipeline/calendar.<any(csv,xlsx):suffix>")
def calendar_file(suffix: str) -> ResponseReturnValue:
    """Every deal that should close in the month, as a file."""
    form, account, session = DealFilter(request.args), account_wanted(), db.session()
    offer_owners(form)
    month = month_named(request.args.get("month")) or month_of(today())
    rows = every_closing(session, sight(), wish_of(form, account), month)
    header = [_(words) for words in COLUMNS]
    return sheet(suffix, f"closings-{month}", header, map(_cells, rows))


COLUMNS = (
    N_("Closes on"),
    N_("Name"),
    N_("Account"),
    N_("Owner"),
    N_("Stage"),
    N_("Amount"),
    N_("Currency"),
    N_("Probability"),
)


def _cells(one: Expected) -> list[Any]:
    whose = [one.close_on, one.name, one.account, one.owner]
    return [*whose, label(one.stage), one.amount, one.currency, one.probability]
