"""Warnings of the portfolio, and of one account."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, READ, account_or_404, me, sight
from app.alerts.changes import report as report_event
from app.alerts.forms import AlertsFilter, ReportForm
from app.alerts.list_queries import AlertWish, State, alerts_of, counts_by_level, groups
from app.alerts.queries import looked_at
from app.alerts.rules import Event
from app.alerts.views.blueprint import alerts
from app.alerts.watch_jobs import look_now
from app.alerts.watch_queries import owners_of
from app.forms import chosen
from app.web import _, company_today, invalid, list_place, render, see, today

OF_ACCOUNT = "alerts/of_account.html"


@alerts.get("/warnings")
def index() -> ResponseReturnValue:
    """The warnings of the accounts a person may see, grouped by account."""
    form = AlertsFilter(request.args)
    wish = AlertWish(
        today(),
        _picked(form.state, State.OPEN),
        _picked(form.kind),
        _picked(form.level),
        me().id if form.mine.data else None,
    )
    session = db.session()
    return render(
        "alerts/index.html",
        form=form,
        chosen=chosen(form),
        wish=wish,
        page=groups(session, sight(), wish, list_place()),
        counts=counts_by_level(session, sight(), AlertWish(today())),
    )


def _picked(field: Any, otherwise: Any = None) -> Any:
    """A filter's choice, where it is one."""
    return field.data if field.data in list(field.terms) else otherwise


@alerts.get("/accounts/<int:account_id>/warnings")
def of_account(account_id: int) -> ResponseReturnValue:
    """An account's warnings: open, put off, and what became of the others."""
    account_or_404(account_id)
    return _account_page(account_id, ReportForm(formdata=None))


def _account_page(account_id: int, form: ReportForm) -> ResponseReturnValue:
    session, on = db.session(), today()
    wish = AlertWish(on)
    listed = {
        state: alerts_of(session, [account_id], replace(wish, state=state)).get(account_id, [])
        for state in State
    }
    page = render if not form.errors else invalid
    return page(
        OF_ACCOUNT,
        account=account_or_404(account_id),
        listed=listed,
        form=form,
        events=list(Event),
        seen=looked_at(session, account_id),
    )


@alerts.post("/accounts/<int:account_id>/warnings/check")
def check(account_id: int) -> ResponseReturnValue:
    """Look at an account's records now."""
    account_or_404(account_id, EDIT)
    came = look_now(db.session(), account_id, company_today())
    db.session().commit()
    said = _("Looked at: %(opened)d opened, %(cleared)d cleared.", opened=came.opened,
             cleared=came.cleared)  # fmt: skip
    return see("alerts.of_account", said, account_id=account_id)


@alerts.post("/accounts/<int:account_id>/warnings/report")
def report(account_id: int) -> ResponseReturnValue:
    """Anyone who may read an account tells of a major event; only its team reads it."""
    account_or_404(account_id, READ)
    form, session = ReportForm(), db.session()
    if not form.validate():
        return _account_page(account_id, form)
    alert = report_event(
        session,
        account_id,
        form.event.data,
        on=today(),
        at=db.now(),
        user_id=me().id,
        owner_id=owners_of(session, [account_id]).get(account_id),
        words=form.words.data,
    )
    session.commit()
    return see(
        "alerts.show", _("Reported. Only the account’s team can read it."), alert_id=alert.id
    )
