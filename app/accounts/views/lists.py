"""The account list, and adding to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, me, sight, visible
from app.accounts.changes import add_account
from app.accounts.forms import SORTS, AccountFilter, AccountForm
from app.accounts.list_queries import account_rows, names_beginning, owners, regions
from app.accounts.models import Account
from app.accounts.views.blueprint import accounts
from app.accounts.views.parents import chosen_parent
from app.forms import chosen
from app.users.company import COMPANY, company_from
from app.users.queries import find_setting
from app.web import _, invalid, list_place, list_sort, render, see

DENSITY = "density"
FOLDED = {"kind", "segment", "region", "ownership", "loyalty", "mine"}
"""Filters that stand under "More filters" until one of them is set."""


@accounts.get("/accounts/")
def index() -> ResponseReturnValue:
    """The accounts a person may see."""
    session, seen = db.session(), sight()
    form = AccountFilter(request.args)
    form.offer(regions(session, seen), owners(session, seen))
    sort, descending = list_sort(SORTS)
    wish = form.wish(me().id, sort=sort, descending=descending)
    page = account_rows(session, seen, wish, list_place())
    tight = request.cookies.get(DENSITY) == "tight"
    set_now = chosen(form)
    return render(
        "accounts/index.html",
        form=form,
        page=page,
        wish=wish,
        tight=tight,
        chosen=set_now,
        has_folded=any(name in FOLDED for name, _words in set_now),
    )


@accounts.post("/accounts/density")
def density() -> ResponseReturnValue:
    """Rows close together or wide apart, remembered on this device."""
    wanted = "tight" if request.form.get(DENSITY) == "tight" else "wide"
    asked = dict(parse_qsl(request.form.get("words", "")))
    response = redirect(f"/accounts/?{urlencode(asked)}", 303)
    response.set_cookie(DENSITY, wanted, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@accounts.get("/accounts/names")
def names() -> ResponseReturnValue:
    """Names of accounts that can be begun with what was typed, for a field that asks for one."""
    typed = request.args.get("parent", "")
    found = names_beginning(db.session(), visible(), typed) if typed.strip() else []
    return render("accounts/names.html", names=found)


@accounts.route("/accounts/add", methods=["GET", "POST"])
@allowed("add accounts")
def add() -> ResponseReturnValue:
    """A new account; who adds it owns it."""
    session = db.session()
    if request.method == "GET":
        company = company_from(find_setting(session, COMPANY))
        form = AccountForm(currency=company.currency)
        return render("accounts/form.html", form=form, account=None)
    form = AccountForm()
    parent_id = chosen_parent(form, None) if form.validate() else None
    if form.errors:
        return invalid("accounts/form.html", form=form, account=None)
    account = Account(parent_id=parent_id)
    form.fill(account, "parent")
    add_account(session, account, owner_id=me().id)
    session.commit()
    return see("accounts.show", _("%(name)s is added.", name=account.name), account_id=account.id)
