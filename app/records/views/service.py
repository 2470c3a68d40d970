"""After-sales service of an account, and how we keep in touch with it."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404
from app.records.communication import missing
from app.records.service import CaseKind
from app.records.service_queries import (
    case_rows,
    case_sums,
    communication_rows,
    latest_communication,
)
from app.records.views.blueprint import records
from app.web import list_place, render, today

SUM_DAYS = 365


@records.get("/accounts/<int:account_id>/records/service")
def service(account_id: int) -> ResponseReturnValue:
    """Returns, repairs and complaints, those that wait for us first to be seen."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    shows_all = request.args.get("all") == "1"
    wanted = request.args.get("kind", "")
    kind = CaseKind(wanted) if wanted in set(CaseKind) else None
    return render(
        "records/service.html",
        account=account,
        on=on,
        kind=kind,
        kinds=CaseKind,
        shows_all=shows_all,
        sums=case_sums(session, account_id, on - timedelta(days=SUM_DAYS)),
        page=case_rows(session, account_id, list_place(), is_open=not shows_all, kind=kind),
    )


@records.get("/accounts/<int:account_id>/records/communication")
def communication(account_id: int) -> ResponseReturnValue:
    """Seminars, executives' visits, journals: what is due, and what has been away too long."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    return render(
        "records/communication.html",
        account=account,
        on=on,
        missing=missing(latest_communication(session, account_id, on), on),
        page=communication_rows(session, account_id, list_place()),
    )
