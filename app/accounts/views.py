"""The account list and an account's own pages."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, account_or_404, allowed, me, visible
from app.accounts.changes import add_account, archive, restore
from app.accounts.forms import SORTS, AccountFilter, AccountForm
from app.accounts.models import Account
from app.accounts.queries import AccountWish, account_rows
from app.web import _, commit_or_stale, invalid, list_place, list_sort, render, see, stale_page

accounts = Blueprint("accounts", __name__, url_prefix="/accounts")


@accounts.get("/")
def index() -> ResponseReturnValue:
    """The accounts a person may see."""
    form = AccountFilter(request.args)
    sort, descending = list_sort(SORTS)
    wish = AccountWish(
        form.q.data or "", form.kind.data, form.ownership.data, form.loyalty.data, sort, descending
    )
    page = account_rows(db.session(), visible(), wish, list_place())
    return render("accounts/index.html", form=form, page=page, wish=wish)


@accounts.route("/add", methods=["GET", "POST"])
@allowed("add accounts")
def add() -> ResponseReturnValue:
    """A new account; who adds it owns it."""
    form = AccountForm(currency="CNY") if request.method == "GET" else AccountForm()
    if request.method == "GET":
        return render("accounts/form.html", form=form, account=None)
    if not form.validate():
        return invalid("accounts/form.html", form=form, account=None)
    account = Account()
    form.fill(account)
    add_account(db.session(), account, owner_id=me().id)
    db.session().commit()
    return see("accounts.show", _("%(name)s is added.", name=account.name), account_id=account.id)


@accounts.get("/<int:account_id>")
def show(account_id: int) -> ResponseReturnValue:
    """An account's profile."""
    account = account_or_404(account_id)
    return render("accounts/show.html", account=account)


@accounts.route("/<int:account_id>/edit", methods=["GET", "POST"])
def edit(account_id: int) -> ResponseReturnValue:
    """Change an account's profile."""
    account = account_or_404(account_id, EDIT)
    form = AccountForm(obj=account)
    if request.method == "GET":
        return render("accounts/form.html", form=form, account=account)
    if not form.validate():
        return invalid("accounts/form.html", form=form, account=account)
    if form.is_stale(account):
        return stale_page(form, account)
    form.fill(account)
    return commit_or_stale(form, account) or see(
        "accounts.show", _("Saved."), account_id=account_id
    )


@accounts.post("/<int:account_id>/archive")
def put_away(account_id: int) -> ResponseReturnValue:
    """Put an account away; the toast offers to bring it back."""
    account = account_or_404(account_id, OWN)
    archive(account, db.now())
    db.session().commit()
    return see(
        "accounts.index",
        _("%(name)s is archived.", name=account.name),
        undo=f"/accounts/{account_id}/restore",
    )


@accounts.post("/<int:account_id>/restore")
def bring_back(account_id: int) -> ResponseReturnValue:
    """Bring an archived account back."""
    account = account_or_404(account_id, OWN)
    restore(account)
    db.session().commit()
    return see("accounts.show", _("%(name)s is back.", name=account.name), account_id=account_id)
