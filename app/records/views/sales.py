"""An account's sales: by month, by product, line by line; and the class they amount to."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.models import Account
from app.records.changes import Measured, reverse_sale, take_class, yardstick
from app.records.forms import SaleForm
from app.records.models import Sale
from app.records.queries import (
    class_history,
    product_choices,
    sale_rows,
    sales_by_product,
    totals_by_month,
    totals_of,
    years_with_sales,
)
from app.records.rules import Period, Totals, bars, class_period, growth, year_before, year_to
from app.records.views.blueprint import records
from app.row_ids import row_number
from app.web import _, invalid, list_place, render, see, today


@records.get("/accounts/<int:account_id>/records")
def of_account(account_id: int) -> ResponseReturnValue:
    """What an account bought in a year, beside the year before, and its size class."""
    account = account_or_404(account_id)
    session, year = db.session(), _year()
    period = year_to(year, today())
    months = totals_by_month(session, account_id, Period(date(year - 1, 1, 1), period.until))
    before = totals_of(session, account_id, year_before(period))
    whole = sum(_months(months, year).values(), Totals())
    return render(
        "records/of_account.html",
        account=account,
        year=year,
        years=_years(years_with_sales(session, account_id)),
        period=period,
        months=_months(months, year),
        months_before=_months(months, year - 1),
        bars=bars(year, _months(months, year), _months(months, year - 1)),
        whole=whole,
        before=before,
        growth=growth(whole.amount, before.amount),
        products=sales_by_product(session, account_id, period),
        page=sale_rows(session, account_id, period, list_place(), returns=_returns()),
        returns=_returns(),
        measured=_measured(account),
        classes=class_history(session, account_id),
    )


def _year() -> int:
    """The year asked for; a sensible one whatever is typed."""
    wanted = request.args.get("year", type=row_number)
    return wanted if wanted is not None and 1900 <= wanted <= 2200 else today().year


def _returns() -> bool:
    """Whether returns alone are asked for."""
    return request.args.get("returns") == "1"


def _years(ends: list[int]) -> list[int]:
    """Every year from the first sale to this one, newest first; the last dozen."""
    first, last = (ends[0], max(ends[1], today().year)) if ends else (today().year,) * 2
    return list(range(last, max(first, last - 11) - 1, -1))


def _months(found: dict[tuple[int, int], Totals], year: int) -> dict[int, Totals]:
    return {month: totals for (of, month), totals in found.items() if of == year}


def _measured(account: Account) -> Measured:
    rod = yardstick(db.session())
    period = class_period(today(), rod.months)
    return rod.measure(account, totals_of(db.session(), account.id, period), period)


@records.post("/accounts/<int:account_id>/records/class")
def keep_class(account_id: int) -> ResponseReturnValue:
    """Keep the class that the sales amount to today."""
    account = account_or_404(account_id, EDIT)
    kept = take_class(db.session(), account, _measured(account), today(), me().id)
    db.session().commit()
    message = _("The class is kept.") if kept else _("No class can be told yet.")
    return see("records.of_account", message, account_id=account_id)


@records.route("/accounts/<int:account_id>/records/add", methods=["GET", "POST"])
def add_sale(account_id: int) -> ResponseReturnValue:
    """Add a sales line by hand; the class follows."""
    account = account_or_404(account_id, EDIT)
    is_asked = request.method == "GET"
    form = SaleForm(on=today(), quantity=1) if is_asked else SaleForm()
    form.offer(product_choices(db.session()))
    if is_asked:
        return render("records/sale.html", account=account, form=form)
    if not form.validate():
        return invalid("records/sale.html", account=account, form=form)
    sale = Sale(account_id=account_id)
    form.fill(sale)
    db.session().add(sale)
    return _kept(account, sale, _("The line is added."))


@records.post("/records/sales/<int:sale_id>/reverse")
def reverse(sale_id: int) -> ResponseReturnValue:
    """Take a line back by its opposite."""
    sale = db.session().get(Sale, sale_id)
    if sale is None:
        abort(404)
    account = account_or_404(sale.account_id, EDIT)
    opposite = reverse_sale(db.session(), sale)
    return _kept(account, opposite, _("The line is taken back by its opposite."))


def _kept(account: Account, sale: Sale, message: str) -> ResponseReturnValue:
    """Let the class follow a new line, commit, and show the year it is in."""
    session = db.session()
    session.flush()
    measured = _measured(account)
    if measured.sized.size_class != account.size_class:
        take_class(session, account, measured, today(), me().id)
    session.commit()
    words: dict[str, Any] = {"account_id": account.id, "year": sale.on.year}
    return see("records.of_account", message, undo=f"/records/sales/{sale.id}/reverse", **words)
