"""How they buy: the five questions, what they decide by, who else is in it, where they are."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.accounts.models import Account
from app.pipeline import deal_changes
from app.pipeline.changes import Act
from app.pipeline.deal_forms import BuyerForm, ContenderForm, CriterionForm, QualifyForm
from app.pipeline.deal_models import Contender
from app.pipeline.deal_queries import (
    answers_in,
    buyer_in,
    contenders_of,
    criteria_of,
    find_contender,
    find_criterion,
    person_choices,
    readings_of,
)
from app.pipeline.losing import price_gap
from app.pipeline.models import Opportunity
from app.pipeline.noting import Position
from app.pipeline.qualifying import ASKED, Question, grade_of
from app.pipeline.rules import GUIDES, Grade, Stage
from app.pipeline.views.blueprint import deal_or_404, pipeline
from app.pipeline.views.page import deal_page
from app.web import _, commit_or_stale, invalid, label, render, see, stale_page, today


def act_now(words: str = "") -> Act:
    """What the person at hand does today, with what shows it."""
    return Act(today(), db.now(), me().id, words)


@pipeline.get("/pipeline/<int:opportunity_id>/buying")
def buying(opportunity_id: int) -> ResponseReturnValue:
    """The five questions with the grade they give, criteria, competitors."""
    deal, account = deal_or_404(opportunity_id)
    return _page(deal, account, CriterionForm(formdata=None))


def _page(
    deal: Opportunity, account: Account, form: CriterionForm, status: int = 200
) -> ResponseReturnValue:
    session = db.session()
    readings = readings_of(session, deal.id)
    answers, buyer = answers_in(readings), buyer_in(readings)
    form.offer_people(person_choices(session, account.id))
    rivals = contenders_of(session, deal.id)
    values: dict[str, Any] = {
        "questions": list(Question),
        "asked": ASKED,
        "answers": answers,
        "grade": grade_of(answers),
        "buyer": buyer,
        "guides": GUIDES,
        "theirs": Stage(buyer.value) if buyer else None,
        "criteria": criteria_of(session, deal.id),
        "rivals": rivals,
        "gaps": {one.id: price_gap(deal.amount, one.price) for one in rivals},
        "form": form,
    }
    return deal_page("buying", deal, account, status, **values)


@pipeline.route("/pipeline/<int:opportunity_id>/qualify", methods=["GET", "POST"])
def qualify(opportunity_id: int) -> ResponseReturnValue:
    """Answer the five questions; what differs is kept with its day."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    session = db.session()
    before = answers_in(readings_of(session, deal.id))
    page: dict[str, Any] = {"deal": deal, "account": account, "asked": ASKED}
    if request.method == "GET":
        form = QualifyForm(data={**QualifyForm.shown(before), "grade": deal.grade})
        return render("pipeline/qualify.html", form=form, questions=list(Question), **page)
    form = QualifyForm()
    if not form.validate():
        return invalid("pipeline/qualify.html", form=form, questions=list(Question), **page)
    for question, answer, evidence in form.changed(before):
        deal_changes.answer(session, deal, question, answer, act_now(evidence))
    session.flush()
    deal.grade = form.grade.data or _grade_read(deal)
    session.commit()
    return see("pipeline.buying", _("Saved."), opportunity_id=deal.id)


def _grade_read(deal: Opportunity) -> Grade | None:
    return grade_of(answers_in(readings_of(db.session(), deal.id))).grade


@pipeline.post("/pipeline/<int:opportunity_id>/buyer")
def place_buyer(opportunity_id: int) -> ResponseReturnValue:
    """Say where the buyer is."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = BuyerForm()
    if not form.validate():
        page = {"form": form, "deal": deal, "account": account, "guides": GUIDES}
        return invalid("pipeline/buyer.html", **page)
    act = act_now(form.evidence.data)
    deal_changes.place_buyer(db.session(), deal, form.stage.data, act)
    db.session().commit()
    said = _("The buyer: %(stage)s.", stage=label(form.stage.data, _("unknown")))
    return see("pipeline.show", said, opportunity_id=deal.id, anchor="mirror")


@pipeline.get("/pipeline/<int:opportunity_id>/buyer")
def buyer(opportunity_id: int) -> ResponseReturnValue:
    """Where the buyer may be, step by step."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    stage = Stage(deal.buyer_stage) if deal.buyer_stage else None
    form = BuyerForm(formdata=None, stage=stage)
    return render("pipeline/buyer.html", form=form, deal=deal, account=account, guides=GUIDES)


@pipeline.post("/pipeline/<int:opportunity_id>/criteria")
def put_criterion(opportunity_id: int) -> ResponseReturnValue:
    """Add what they decide by, as the last in rank."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = CriterionForm()
    form.offer_people(person_choices(db.session(), account.id))
    if not form.validate():
        return _page(deal, account, form, 422)
    more = {name: form[name].data for name in ("stakeholder_id", "favours", "set_on")}
    deal_changes.add_criterion(db.session(), deal, form.words.data, **more)
    db.session().commit()
    return _criteria(deal, _("The criterion is added."))


@pipeline.post("/pipeline/<int:opportunity_id>/criteria/<int:criterion_id>/raise")
def raise_criterion(opportunity_id: int, criterion_id: int) -> ResponseReturnValue:
    """Weigh a criterion higher than the one above it."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    found = find_criterion(db.session(), deal.id, criterion_id)
    if found is None:
        abort(404)
    deal_changes.raise_criterion(db.session(), found)
    db.session().commit()
    return _criteria(deal, "")


@pipeline.post("/pipeline/<int:opportunity_id>/criteria/<int:criterion_id>/remove")
def drop_criterion(opportunity_id: int, criterion_id: int) -> ResponseReturnValue:
    """Take a criterion away; one that has gone already is no fault."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    found = find_criterion(db.session(), deal.id, criterion_id)
    if found is not None:
        db.session().delete(found)
        db.session().commit()
    return _criteria(deal, _("The criterion is removed."))


def _criteria(deal: Opportunity, message: str) -> ResponseReturnValue:
    return see("pipeline.buying", message, opportunity_id=deal.id, anchor="criteria")


@pipeline.route("/pipeline/<int:opportunity_id>/contenders/add", methods=["GET", "POST"])
def add_contender(opportunity_id: int) -> ResponseReturnValue:
    """Name a competitor in the deal."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = ContenderForm()
    page: dict[str, Any] = {"form": form, "deal": deal, "account": account, "contender": None}
    if request.method == "GET":
        return render("pipeline/contender.html", **page)
    if not form.validate():
        return invalid("pipeline/contender.html", **page)
    contender = Contender(account_id=deal.account_id, opportunity_id=deal.id)
    form.fill(contender)
    db.session().add(contender)
    _lead(deal, contender)
    db.session().commit()
    return _rivals(deal, _("%(name)s is added.", name=contender.name))


@pipeline.route(
    "/pipeline/<int:opportunity_id>/contenders/<int:contender_id>", methods=["GET", "POST"]
)
def edit_contender(opportunity_id: int, contender_id: int) -> ResponseReturnValue:
    """Change what is known of a competitor."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    contender = find_contender(db.session(), deal.id, contender_id)
    if contender is None or contender.archived_at is not None:
        abort(404)
    form = ContenderForm(obj=contender)
    page: dict[str, Any] = {"form": form, "deal": deal, "account": account, "contender": contender}
    if request.method == "GET":
        return render("pipeline/contender.html", **page)
    if not form.validate():
        return invalid("pipeline/contender.html", **page)
    if form.is_stale(contender):
        return stale_page(form, contender)
    form.fill(contender)
    _lead(deal, contender)
    return commit_or_stale(form, contender) or _rivals(deal, _("Saved."))


def _lead(deal: Opportunity, contender: Contender) -> None:
    """The first named, or whoever is ahead of us, is the deal's main competitor."""
    if not deal.competitor or contender.position == Position.AHEAD:
        deal.competitor = contender.name


@pipeline.post("/pipeline/<int:opportunity_id>/contenders/<int:contender_id>/archive")
def drop_contender(opportunity_id: int, contender_id: int) -> ResponseReturnValue:
    """A competitor is out of it; the toast offers to bring them back."""
    return _put_contender(opportunity_id, contender_id, away=True)


@pipeline.post("/pipeline/<int:opportunity_id>/contenders/<int:contender_id>/restore")
def keep_contender(opportunity_id: int, contender_id: int) -> ResponseReturnValue:
    """A competitor is in it after all."""
    return _put_contender(opportunity_id, contender_id, away=False)


def _put_contender(opportunity_id: int, contender_id: int, *, away: bool) -> ResponseReturnValue:
    deal, _account = deal_or_404(opportunity_id, EDIT)
    contender = find_contender(db.session(), deal.id, contender_id)
    if contender is None:
        abort(404)
    contender.archived_at = db.now() if away else None
    db.session().commit()
    undo = f"/pipeline/{deal.id}/contenders/{contender.id}/restore" if away else ""
    words = _("%(name)s is out of it.") if away else _("%(name)s is back.")
    return _rivals(deal, words % {"name": contender.name}, undo)


def _rivals(deal: Opportunity, message: str, undo: str = "") -> ResponseReturnValue:
    values = {"opportunity_id": deal.id, "anchor": "rivals"}
    return see("pipeline.buying", message, undo=undo, **values)
