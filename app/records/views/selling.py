"""An account's sales plan against its sales, and its attendance."""

from __future__ import annotations

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404
from app.records.attendance import MONTHS_SHOWN, attendance, marks, months_until
from app.records.queries import totals_by_month
from app.records.rules import Period, year_to
from app.records.selling import months_of_plan, plan_bars, progress
from app.records.selling_queries import (
    attendance_months,
    buying_days,
    plan_by_product,
    plan_rows,
    planned_by_month,
)
from app.records.views.blueprint import records
from app.row_ids import row_number
from app.web import list_place, render, today


def year_asked() -> int:
    """The year asked for; a sensible one whatever is typed."""
    wanted = request.args.get("year", type=row_number)
    return wanted if wanted is not None and 1900 <= wanted <= 2200 else today().year


@records.get("/accounts/<int:account_id>/records/plan")
def sales_plan(account_id: int) -> ResponseReturnValue:
    """What was planned for a year beside what was sold: by month, cumulated, and by product."""
    account = account_or_404(account_id)
    session, year, on = db.session(), year_asked(), today()
    period = year_to(year, on)
    sold = totals_by_month(session, account_id, period)
    months = months_of_plan(
        year,
        planned_by_month(session, account_id, year),
        {month: totals.amount for (_year, month), totals in sold.items()},
        on,
    )
    return render(
        "records/sales_plan.html",
        account=account,
        year=year,
        months=months,
        progress=progress(months, on),
        bars=plan_bars(months),
        products=plan_by_product(session, account_id, year, period.until),
        page=plan_rows(session, account_id, year, list_place()),
    )


@records.get("/accounts/<int:account_id>/records/attendance")
def attendance_page(account_id: int) -> ResponseReturnValue:
    """How regularly an account buys: cycle, frequency, range, quantity, amount."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    period = Period(months_until(on, MONTHS_SHOWN + 1)[0], date.fromordinal(on.toordinal() + 1))
    days = buying_days(session, account_id, period)
    found = attendance(attendance_months(session, account_id, period), days, on)
    return render(
        "records/attendance.html", account=account, found=found, marks=marks(found.months)
    )
