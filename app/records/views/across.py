"""What of all accounts' records somebody should look at."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.records.across_queries import debt_rows, ending_rows, open_case_rows, waiting_rows
from app.records.views.blueprint import records
from app.web import company_today, render, today


@records.get("/portfolio/records")
def across() -> ResponseReturnValue:
    """What waits for a yes, what is owed, which contracts end, whose complaint is open."""
    session, seen, on = db.session(), visible(), today()
    return render(
        "records/across.html",
        waiting=waiting_rows(session, seen, on),
        debts=debt_rows(session, seen, on, company_today()),
        ending=ending_rows(session, seen, on),
        cases=open_case_rows(session, seen, on),
    )
