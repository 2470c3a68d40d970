"""One deal: its page, adding and editing it, its products, putting it away."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, editable, me
from app.pipeline.changes import (
    Act,
    NewTerms,
    add_line,
    archive,
    change_terms,
    open_opportunity,
    restore,
)
from app.pipeline.choice_queries import accounts_named, find_line, product_choices
from app.pipeline.forms import LineForm, NewOpportunityForm, OpportunityForm
from app.pipeline.models import Opportunity
from app.pipeline.moving import problems_dating
from app.pipeline.views.at_a_glance import overview_page
from app.pipeline.views.blueprint import deal_or_404, pipeline
from app.users.queries import colleague_choices
from app.web import _, commit_or_stale, invalid, render, see, stale_page, today, why

TERMS = ("amount", "close_on", "probability")


@pipeline.get("/pipeline/<int:opportunity_id>")
def show(opportunity_id: int) -> ResponseReturnValue:
    """A deal at a glance: what to notice, its stage with the checklist, products, facts."""
    deal, account = deal_or_404(opportunity_id)
    return overview_page(deal, account, LineForm(formdata=None, quantity=1))


@pipeline.get("/pipeline/add")
def start() -> ResponseReturnValue:
    """Whose deal a new one is: the accounts a person may change, found by name."""
    typed = request.args.get("q", "")[:80]
    found = accounts_named(db.session(), editable(), typed)
    return render("pipeline/start.html", typed=typed, found=found)


@pipeline.route("/accounts/<int:account_id>/opportunities/add", methods=["GET", "POST"])
def add(account_id: int) -> ResponseReturnValue:
    """Take up a deal."""
    account, session = account_or_404(account_id, EDIT), db.session()
    if request.method == "GET":
        form = NewOpportunityForm(
            formdata=None, currency=account.currency, owner_id=me().id, opened_on=today()
        )
    else:
        form = NewOpportunityForm()
    form.offer_owners(colleague_choices(session))
    if request.method == "GET":
        return render("pipeline/form.html", form=form, account=account, deal=None)
    if not _is_dated(form):
        return invalid("pipeline/form.html", form=form, account=account, deal=None)
    deal = Opportunity(account_id=account.id, stage=form.stage.data)
    form.fill(deal, "stage", "opened_on")
    open_opportunity(session, deal, Act(form.opened_on.data, db.now(), me().id))
    session.commit()
    return see("pipeline.show", _("%(name)s is added.", name=deal.name), opportunity_id=deal.id)


def _is_dated(form: NewOpportunityForm) -> bool:
    if not form.validate():
        return False
    opened = form.opened_on.data
    form.opened_on.errors = [why(one) for one in problems_dating(opened, opened, today())]
    return not form.opened_on.errors


@pipeline.route("/pipeline/<int:opportunity_id>/edit", methods=["GET", "POST"])
def edit(opportunity_id: int) -> ResponseReturnValue:
    """Change a deal's facts; a change of its terms is kept with its day."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = OpportunityForm(obj=deal)
    form.offer_owners(colleague_choices(db.session()))
    if request.method == "GET":
        return render("pipeline/form.html", form=form, account=account, deal=deal)
    if not form.validate():
        return invalid("pipeline/form.html", form=form, account=account, deal=deal)
    if form.is_stale(deal):
        return stale_page(form, deal)
    form.fill(deal, *TERMS)
    new = NewTerms(form.amount.data, form.close_on.data, form.probability.data)
    change_terms(db.session(), deal, new, Act(today(), db.now(), me().id))
    return commit_or_stale(form, deal) or see(
        "pipeline.show", _("Saved."), opportunity_id=opportunity_id
    )


@pipeline.post("/pipeline/<int:opportunity_id>/lines")
def put_line(opportunity_id: int) -> ResponseReturnValue:
    """Add a product to a deal."""
    (deal, account), session = deal_or_404(opportunity_id, EDIT), db.session()
    form = LineForm()
    form.product_id.choices = product_choices(session)
    if not form.validate():
        return overview_page(deal, account, form, 422)
    add_line(
        session,
        deal,
        product_id=form.product_id.data,
        quantity=form.quantity.data,
        amount=form.line_amount.data,
    )
    session.commit()
    return see("pipeline.show", _("The product is added."), opportunity_id=deal.id)


@pipeline.post("/pipeline/<int:opportunity_id>/lines/<int:line_id>/remove")
def drop_line(opportunity_id: int, line_id: int) -> ResponseReturnValue:
    """Take a product out of a deal; one that has gone already is no fault."""
    (deal, _account), session = deal_or_404(opportunity_id, EDIT), db.session()
    line = find_line(session, deal.id, line_id)
    if line is not None:
        session.delete(line)
        session.commit()
    return see("pipeline.show", _("The product is removed."), opportunity_id=deal.id)


@pipeline.post("/pipeline/<int:opportunity_id>/archive")
def put_away(opportunity_id: int) -> ResponseReturnValue:
    """Put a deal away; the toast offers to bring it back."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    archive(deal, db.now())
    db.session().commit()
    return see(
        "pipeline.board",
        _("%(name)s is archived.", name=deal.name),
        undo=f"/pipeline/{opportunity_id}/restore",
    )


@pipeline.post("/pipeline/<int:opportunity_id>/restore")
def bring_back(opportunity_id: int) -> ResponseReturnValue:
    """Bring an archived deal back."""
    deal, account = deal_or_404(opportunity_id)
    account_or_404(account.id, EDIT)
    restore(deal)
    db.session().commit()
    return see("pipeline.show", _("%(name)s is back.", name=deal.name), opportunity_id=deal.id)
