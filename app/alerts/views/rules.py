"""The rules: what each warns of, how good it has been, its thresholds and what others would do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, may, sight
from app.accounts.queries import Sight
from app.alerts.forms import QuietForm, limits_typed, rule_data, rule_form
from app.alerts.guide import NOT_KNOWN, OF_THEN, TOLD
from app.alerts.list_queries import track_records
from app.alerts.preview_jobs import LEASE, kept_preview, order, start
from app.alerts.rules import BOUNDS, Kind, thresholds_of
from app.alerts.settings import ALERTS, AlertSettings, settings_text
from app.alerts.track_record import TrackRecord
from app.alerts.views.blueprint import alerts
from app.alerts.watch_queries import alert_settings
from app.leases import how_far
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.web import _, invalid, render, see, today, wants_fragment

FORM, LIST = "alerts/rule.html", "alerts/rules.html"


@alerts.get("/warnings/rules")
def rules() -> ResponseReturnValue:
    """Every rule in a line, with how good it has been."""
    return _list(QuietForm(formdata=None, obj=alert_settings(db.session()).quiet))


def _seen() -> Sight | None:
    """Whose warnings count: of all for those who set the thresholds, who read numbers alone."""
    return None if may("manage settings") else sight()


def _list(form: QuietForm) -> ResponseReturnValue:
    session = db.session()
    page = invalid if form.errors else render
    return page(
        LIST,
        form=form,
        told=TOLD,
        records=track_records(session, _seen(), today()),
        nothing=TrackRecord(),
        limits=alert_settings(session).limits,
    )


@alerts.post("/warnings/rules")
@allowed("manage settings")
def quiet() -> ResponseReturnValue:
    """Set the hours in which nothing is opened by itself."""
    form = QuietForm()
    if not form.validate():
        return _list(form)
    _keep(replace(alert_settings(db.session()), quiet=form.quiet()))
    return see("alerts.rules", _("Saved."))


def _keep(settings: AlertSettings) -> None:
    put_setting(db.session(), ALERTS, settings_text(settings))
    db.session().commit()


def _kind(word: str) -> Kind:
    if word not in set(Kind):
        abort(404)
    return Kind(word)


@alerts.get("/warnings/rules/<word>")
def rule(word: str) -> ResponseReturnValue:
    """A rule in words, its record, its thresholds, and a preview if one was asked for."""
    if wants_fragment():
        return render("alerts/preview.html", **_preview(_kind(word)))
    kind = _kind(word)
    text = find_setting(db.session(), ALERTS)
    data = {**rule_data(kind, alert_settings(db.session()).limits), "version": setting_mark(text)}
    return _page(kind, rule_form(kind)(formdata=None, data=data))


def _preview(kind: Kind) -> dict[str, Any]:
    found = kept_preview(db.session(), kind)
    past = {"of_then": OF_THEN, "not_known": NOT_KNOWN}
    return {"kind": kind, "preview": found, "progress": how_far(db.session(), LEASE), **past}


def _page(kind: Kind, form: Any) -> ResponseReturnValue:
    session = db.session()
    page = invalid if form.errors else render
    return page(
        FORM,
        form=form,
        told=TOLD[kind],
        record=track_records(session, _seen(), today()).get(kind, TrackRecord()),
        thresholds=thresholds_of(kind),
        bounds=BOUNDS,
        may_set=may("manage settings"),
        **_preview(kind),
    )


@alerts.post("/warnings/rules/<word>")
@allowed("manage settings")
def set_rule(word: str) -> ResponseReturnValue:
    """Change a rule's thresholds; or, at ``?try``, see what they would have raised in a year."""
    kind, form = _kind(word), rule_form(_kind(word))()
    session = db.session()
    text, settings = find_setting(session, ALERTS), alert_settings(session)
    if form.validate() and form.version.data not in {"", None, setting_mark(text)}:
        form.form_errors.append(
            _("Somebody changed these settings meanwhile. Reload and look again.")
        )
    if form.errors:
        return _page(kind, form)
    typed = limits_typed(form, kind, settings.limits)
    if "try" in request.form:
        order(session, kind, settings.limits, typed, today())
        session.commit()
        start(current_app.extensions["engine"], kind)
        return see("alerts.rule", word=kind, anchor="preview")
    _keep(replace(settings, limits=typed))
    return see("alerts.rule", _("Saved. It holds from the next look on."), word=kind)
