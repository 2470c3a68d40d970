"""An account's profile: what it is, where we stand with it, and changing that."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, account_or_404, sight
from app.accounts.changes import archive, restore
from app.accounts.forms import AccountForm, RelationshipForm
from app.accounts.importance import importance
from app.accounts.key_tests import key_score
from app.accounts.models import Account
from app.accounts.profile_queries import (
    answers_of,
    appraisals_of,
    family,
    newest_of_each,
    rivals_of,
    scale_of_company,
    scores_of,
    team_of,
    values_of,
)
from app.accounts.rules import (
    AccountKind,
    BuyerKind,
    ChainPosition,
    KeyTest,
    Loyalty,
    Ownership,
    RelationshipStage,
    Segment,
)
from app.accounts.stance import stance
from app.accounts.value_surplus import surplus
from app.accounts.views.blueprint import accounts
from app.accounts.views.parents import chosen_parent
from app.vocabulary import Term
from app.web import _, commit_or_stale, invalid, render, see, stale_page

TERMS: dict[str, type[Term]] = {
    "kind": AccountKind,
    "segment": Segment,
    "chain_position": ChainPosition,
    "buyer_kind": BuyerKind,
    "ownership": Ownership,
    "loyalty": Loyalty,
    "relationship_stage": RelationshipStage,
}


def terms_of(account: Account) -> dict[str, Any]:
    """The account's closed-list facts as terms; None where not said."""
    kept = {name: getattr(account, name) for name in TERMS}
    return {name: TERMS[name](value) if value else None for name, value in kept.items()}


@accounts.get("/accounts/<int:account_id>")
def show(account_id: int) -> ResponseReturnValue:
    """An account on one page."""
    account = account_or_404(account_id)
    session, terms = db.session(), terms_of(account)
    answers = answers_of(session, account_id)
    scores = {key: one.score for key, one in scores_of(session, account_id).items()}
    values = values_of(session, account_id)
    return render(
        "accounts/show.html",
        account=account,
        terms=terms,
        stance=stance(terms["kind"], terms["ownership"], terms["loyalty"]),
        family=family(session, account, sight()),
        team=team_of(session, account_id),
        tests=list(KeyTest),
        answers=answers,
        key_score=key_score({test: answer.is_yes for test, answer in answers.items()}),
        importance=importance(scale_of_company(session), scores),
        sides=newest_of_each(appraisals_of(session, account_id)),
        values=values,
        surpluses=[surplus(row.fact) for row in reversed(values)],
        rivals=rivals_of(session, account_id),
    )


@accounts.route("/accounts/<int:account_id>/edit", methods=["GET", "POST"])
def edit(account_id: int) -> ResponseReturnValue:
    """Change an account's profile."""
    account = account_or_404(account_id, EDIT)
    form = AccountForm(obj=account)
    if request.method == "GET":
        kin = family(db.session(), account, sight())
        form.parent.data = next((one.name for one in kin if one.is_parent), "")
        return render("accounts/form.html", form=form, account=account)
    parent_id = chosen_parent(form, account) if form.validate() else None
    if form.errors:
        return invalid("accounts/form.html", form=form, account=account)
    if form.is_stale(account):
        return stale_page(form, account)
    form.fill(account, "parent")
    if form.parent.data or _sees_parent(account):
        account.parent_id = parent_id
    return commit_or_stale(form, account) or see(
        "accounts.show", _("Saved."), account_id=account_id
    )


def _sees_parent(account: Account) -> bool:
    """Whether the empty field meant no parent, and not one that is invisible to the person."""
    return any(one.is_parent for one in family(db.session(), account, sight()))


@accounts.route("/accounts/<int:account_id>/relationship", methods=["GET", "POST"])
def relationship(account_id: int) -> ResponseReturnValue:
    """Overrule, with a reason, the stage that the contacts show; or let them tell it again."""
    account = account_or_404(account_id, EDIT)
    form = RelationshipForm(obj=account)
    if request.method == "GET":
        return render("accounts/relationship.html", form=form, account=account)
    if not form.validate():
        return invalid("accounts/relationship.html", form=form, account=account)
    if form.is_stale(account):
        return stale_page(form, account)
    form.fill(account)
    if account.relationship_stage is None:
        account.relationship_reason = ""
    return commit_or_stale(form, account) or see(
        "accounts.show", _("Saved."), account_id=account_id
    )


@accounts.post("/accounts/<int:account_id>/archive")
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


@accounts.post("/accounts/<int:account_id>/restore")
def bring_back(account_id: int) -> ResponseReturnValue:
    """Bring an archived account back."""
    account = account_or_404(account_id, OWN)
    restore(account)
    db.session().commit()
    return see("accounts.show", _("%(name)s is back.", name=account.name), account_id=account_id)
