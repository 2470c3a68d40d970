"""One warning: looked into, closed with what was found and done, put off, opened again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, me
from app.accounts.models import Account
from app.alerts import changes
from app.alerts.changes import Ending
from app.alerts.forms import CloseForm, LookForm, PutOffForm
from app.alerts.guide import TOLD
from app.alerts.models import Alert
from app.alerts.queries import is_open_already, names_at, team_choices
from app.alerts.rules import Event, Kind, Level, Verdict
from app.alerts.views.blueprint import alert_or_404, alerts
from app.stakeholders.reason_store import reason_from
from app.web import _, _l, commit_or_stale, day, render, see, stale_page, today

WHERE = {
    Kind.CREDIT: ("/accounts/{account}/records/receivables", _l("Receivables")),
    Kind.PROGRESS: ("/accounts/{account}/records/plan", _l("Sales against plan")),
    Kind.EXPENSE: ("/accounts/{account}/records/support", _l("Support and expenses")),
    Kind.CHURN: ("/accounts/{account}/records/attendance", _l("Attendance")),
    Kind.COMPLAINT: ("/accounts/{account}/records/service", _l("Service cases")),
    Kind.CONTRACT: ("/accounts/{account}/records/contracts", _l("Contracts")),
    Kind.DECIDER: ("/people/{subject}", _l("The person")),
    Kind.COLD: ("/visits/add?person={subject}", _l("Plan a visit")),
    Kind.GOAL: ("/goals/{subject}", _l("The goal")),
    Kind.MILESTONE: ("/goals/{subject}", _l("The goal")),
}
"""Where one looks, or acts, for each kind: addresses are spelled out, being other features'."""


@alerts.get("/warnings/<int:alert_id>")
def show(alert_id: int) -> ResponseReturnValue:
    """A warning: why, whose it is, what is known, and its end."""
    alert, account = alert_or_404(alert_id)
    return _page(alert, account, {})


def _page(alert: Alert, account: Account, typed: dict[str, Any]) -> ResponseReturnValue:
    """The page, with what was typed into one of its forms."""
    session = db.session()
    look = typed.get("look") or LookForm(formdata=None, obj=alert)
    look.offer(_team(alert))
    kind = Kind(alert.kind)
    forms = {
        "look": look,
        "close": typed.get("close") or CloseForm(formdata=None, obj=alert, on=today()),
        "later": typed.get("later") or PutOffForm(formdata=None),
    }
    return render(
        "alerts/show.html",
        422 if typed else 200,
        alert=alert,
        account=account,
        kind=kind,
        level=Level(alert.level),
        event=Event(alert.event) if alert.event else None,
        verdict=Verdict(alert.verdict) if alert.verdict else None,
        reasons=[reason_from(one) for one in alert.reasons],
        rule=TOLD[kind],
        where=_where(alert, kind),
        names=names_at(session, alert),
        forms=forms,
        on=today(),
    )


def _where(alert: Alert, kind: Kind) -> tuple[str, Any] | None:
    if kind not in WHERE:
        return None
    address, words = WHERE[kind]
    return address.format(account=alert.account_id, subject=alert.subject_id), words


def _team(alert: Alert) -> list[tuple[int, str]]:
    """The team, and whoever has it now although they are no longer of the team."""
    team = team_choices(db.session(), alert.account_id)
    if alert.owner_id and alert.owner_id not in dict(team):
        team.append((alert.owner_id, names_at(db.session(), alert).owner or ""))
    return team


@alerts.post("/warnings/<int:alert_id>")
def look(alert_id: int) -> ResponseReturnValue:
    """Say who looks into a warning, and what is known so far."""
    alert, account = alert_or_404(alert_id, EDIT)
    form = LookForm()
    form.offer(_team(alert))
    if not form.validate():
        return _page(alert, account, {"look": form})
    if form.is_stale(alert):
        return stale_page(form, alert)
    form.fill(alert)
    return commit_or_stale(form, alert) or see("alerts.show", _("Saved."), alert_id=alert_id)


@alerts.post("/warnings/<int:alert_id>/close")
def close(alert_id: int) -> ResponseReturnValue:
    """Close a warning with what was found and done; of one that cleared, say it afterwards."""
    alert, account = alert_or_404(alert_id, EDIT)
    form = CloseForm(on=today())
    if not form.validate():
        return _page(alert, account, {"close": form})
    if form.is_stale(alert):
        return stale_page(form, alert)
    ending = Ending(
        form.found.data, form.done.data, Verdict(form.verdict.data), form.showed_on.data
    )
    changes.close(alert, ending, on=today(), user_id=me().id)
    return commit_or_stale(form, alert) or see(
        "alerts.of_account", _("Closed."), account_id=account.id
    )


@alerts.post("/warnings/<int:alert_id>/later")
def later(alert_id: int) -> ResponseReturnValue:
    """Put a warning off, with a reason; it comes back sooner if it grows graver."""
    alert, account = alert_or_404(alert_id, EDIT)
    form = PutOffForm()
    if not form.validate():
        return _page(alert, account, {"later": form})
    until = today() + timedelta(days=int(form.days.data))
    changes.put_off(alert, until, form.reason.data)
    return commit_or_stale(form, alert) or see(
        "alerts.of_account", _("Put off until %(day)s.", day=day(until)), account_id=account.id
    )


@alerts.post("/warnings/<int:alert_id>/wake")
def wake(alert_id: int) -> ResponseReturnValue:
    """A warning that was put off is there again."""
    alert, _account = alert_or_404(alert_id, EDIT)
    changes.wake(alert)
    db.session().commit()
    return see("alerts.show", _("It is back."), alert_id=alert_id)


@alerts.post("/warnings/<int:alert_id>/reopen")
def reopen(alert_id: int) -> ResponseReturnValue:
    """A warning that a person closed is open again."""
    alert, _account = alert_or_404(alert_id, EDIT)
    here: dict[str, Any] = {"alert_id": alert_id}
    if alert.closer_id is None:
        return see("alerts.show", _("The records closed it; they open it again."), **here)
    if is_open_already(db.session(), alert):
        return see("alerts.show", _("Another one about the same is open already."), **here)
    changes.reopen(alert)
    db.session().commit()
    return see("alerts.show", _("It is open again."), **here)


@alerts.post("/warnings/<int:alert_id>/take-back")
def take_back(alert_id: int) -> ResponseReturnValue:
    """An event that was reported is taken back: by who told it, or who owns the account."""
    alert, account = alert_or_404(alert_id)
    if alert.kind != Kind.EVENT:
        abort(404)
    if alert.reporter_id != me().id:
        alert_or_404(alert_id, OWN)
    alert.archived_at = db.now()
    alert.words = ""
    db.session().commit()
    return see("alerts.of_account", _("Taken back."), account_id=account.id)
