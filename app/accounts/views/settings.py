"""What a company sets for its accounts, and who serves which: for administrators."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, me
from app.accounts.changes import set_level
from app.accounts.history_queries import change_rows, names_in
from app.accounts.importance import problems_weighing
from app.accounts.models import Account
from app.accounts.rules import Segment
from app.accounts.settings import (
    IMPORTANCE,
    SIZE_MONTHS,
    SIZE_TABLES,
    scale_from,
    scale_text,
    size_months_from,
    size_tables_from,
    size_tables_text,
)
from app.accounts.settings_forms import (
    MOST_FACTORS,
    ImportanceForm,
    SizeTablesForm,
    importance_data,
    size_tables_data,
)
from app.accounts.size_class import CLASSES, problems_tabling
from app.accounts.team_queries import team_rows
from app.accounts.views.blueprint import accounts
from app.forms import Form
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.users.rules import Level
from app.web import _, invalid, label, list_place, render, see, why


def _grown_old(form: Form, kept: str | None) -> bool:
    """Whether somebody saved these settings since the form was opened; says so on it."""
    if form.version.data in {"", None, setting_mark(kept)}:
        return False
    form.form_errors.append(_("Somebody changed these settings meanwhile. Reload and look again."))
    return True


@accounts.route("/settings/size-classes", methods=["GET", "POST"])
@allowed("set size classes")
def size_tables() -> ResponseReturnValue:
    """The two tables of size classes, and the period they go by."""
    kept = find_setting(db.session(), SIZE_TABLES)
    page: dict[str, Any] = {"segments": list(Segment), "classes": CLASSES}
    if request.method == "GET":
        filled = size_tables_data(size_tables_from(kept))
        months = size_months_from(find_setting(db.session(), SIZE_MONTHS))
        form = SizeTablesForm(data={**filled, "months": months, "version": setting_mark(kept)})
        return render("accounts/size_tables.html", form=form, **page)
    form = SizeTablesForm()
    if form.validate() and not _grown_old(form, kept):
        form.form_errors += _faults(form)
    if form.errors:
        return invalid("accounts/size_tables.html", form=form, **page)
    put_setting(db.session(), SIZE_TABLES, size_tables_text(form.tables()))
    put_setting(db.session(), SIZE_MONTHS, str(form.months.data))
    db.session().commit()
    return see("accounts.size_tables", _("Saved."))


def _faults(form: SizeTablesForm) -> list[str]:
    """What is wrong with the tables typed, each under its segment."""
    return [
        f"{label(segment)}: {why(problem)}"
        for segment, bands in form.tables().items()
        for problem in problems_tabling(bands)
    ]


@accounts.route("/settings/importance", methods=["GET", "POST"])
@allowed("manage settings")
def factors() -> ResponseReturnValue:
    """The factors of importance, their weights, and the grades."""
    kept = find_setting(db.session(), IMPORTANCE)
    before = scale_from(kept)
    if request.method == "GET":
        form = ImportanceForm(data={**importance_data(before), "version": setting_mark(kept)})
        return render("accounts/factors.html", form=form, most=MOST_FACTORS)
    form = ImportanceForm()
    if form.validate() and not _grown_old(form, kept):
        scale = form.scale(before)
        form.form_errors += [why(one) for one in problems_weighing(scale.factors, scale.floors)]
    if form.errors:
        return invalid("accounts/factors.html", form=form, most=MOST_FACTORS)
    put_setting(db.session(), IMPORTANCE, scale_text(scale))
    db.session().commit()
    return see("accounts.factors", _("Saved."))


@accounts.get("/settings/teams")
@allowed("manage every team")
def every_team() -> ResponseReturnValue:
    """Every account's name and team; what is in an account stays with its team."""
    text = request.args.get("q", "").strip()[:80]
    ownerless = request.args.get("only") == "ownerless"
    page = team_rows(db.session(), text, ownerless=ownerless, place=list_place())
    return render("accounts/every_team.html", page=page, text=text, ownerless=ownerless)


@accounts.post("/settings/teams/<int:account_id>/join")
@allowed("manage every team")
def join(account_id: int) -> ResponseReturnValue:
    """Join a team as its owner; the account's history says so to all in it."""
    account = db.session().get(Account, account_id)
    if account is None:
        abort(404)
    set_level(db.session(), account_id, me().id, Level.OWN)
    db.session().commit()
    message = _("You are in the team of %(name)s now; its history says so.", name=account.name)
    return see("accounts.team", message, account_id=account_id)


@accounts.get("/settings/history")
@allowed("manage settings")
def company_history() -> ResponseReturnValue:
    """Who changed people, products and settings."""
    page = change_rows(db.session(), None, list_place())
    names = names_in(db.session(), page.rows)
    return render("accounts/company_history.html", page=page, names=names)
