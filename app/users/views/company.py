"""What holds for the whole company."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.users.changes import put_setting
from app.users.company import (
    COMPANY,
    Company,
    company_from,
    company_text,
    rates_from,
    rates_text,
)
from app.users.forms import CompanyForm
from app.users.queries import find_setting, setting_mark
from app.users.views.blueprint import users
from app.web import _, invalid, render, see


@users.route("/settings/company", methods=["GET", "POST"])
@allowed("manage settings")
def company() -> ResponseReturnValue:
    """Currency, language and rates."""
    kept = find_setting(db.session(), COMPANY)
    if request.method == "GET":
        now = company_from(kept)
        typed = {"currency": now.currency, "language": now.language}
        form = CompanyForm(rates=rates_text(now.rates), version=setting_mark(kept), **typed)
        return render("users/company.html", form=form)
    form = CompanyForm()
    if form.validate() and form.version.data not in {"", None, setting_mark(kept)}:
        form.form_errors.append(
            _("Somebody changed these settings meanwhile. Reload and look again.")
        )
    if form.errors:
        return invalid("users/company.html", form=form)
    wanted = Company(form.currency.data, form.language.data, rates_from(form.rates.data))
    put_setting(db.session(), COMPANY, company_text(wanted))
    db.session().commit()
    return see("users.company", _("Saved."))
