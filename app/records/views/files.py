"""An account's records as files: each list as a workbook and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404
from app.pictures import sheet
from app.records.attendance import MONTHS_SHOWN, months_until
from app.records.list_queries import LISTS, WORDS, header_of, listed
from app.records.queries import every_sale
from app.records.rules import Period, year_to
from app.records.selling_queries import attendance_months
from app.records.views.blueprint import records
from app.records.views.selling import year_asked
from app.web import _, _l, today

NAMES = ",".join((*LISTS, "attendance", "sales"))
PATH = f"/accounts/<int:account_id>/records/<any({NAMES}):list>.<any(xlsx,csv):suffix>"
ATTENDED = (_l("Month"), _l("Days bought on"), _l("Products"), _l("Quantity"), _l("Amount"),
            _l("Returned"))  # fmt: skip

SOLD = (_l("Day"), _l("Product"), _l("Description"), _l("Quantity"), _l("Amount"), _l("Cost"))


@records.get(PATH)
def list_file(account_id: int, list: str, suffix: str) -> ResponseReturnValue:
    """A list of an account's records, with a header in the person's language."""
    account = account_or_404(account_id)
    if list == "attendance":
        header, rows = [str(word) for word in ATTENDED], _attendance(account_id)
    elif list == "sales":
        header, rows = [str(word) for word in SOLD], _sold(account_id)
    else:
        header = [_(WORDS[name]) for name in header_of(list)]
        rows = listed(db.session(), list, [account_id])
    return sheet(suffix, f"{account.name} {list}", header, rows)


def _sold(account_id: int) -> Iterator[tuple[Any, ...]]:
    """The sales lines of a year."""
    for one in every_sale(db.session(), account_id, year_to(year_asked(), today())):
        yield one.on, one.product, one.description, one.quantity, one.amount, one.cost


def _attendance(account_id: int) -> Iterator[tuple[Any, ...]]:
    on = today()
    period = Period(months_until(on, MONTHS_SHOWN + 1)[0], date.fromordinal(on.toordinal() + 1))
    for one in sorted(attendance_months(db.session(), account_id, period), key=lambda m: m.month):
        yield one.month, one.days, one.products, one.quantity, one.amount, one.returned
