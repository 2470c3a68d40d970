"""What a company sets for its plans: the questions they ask, the features they rank."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.forms import Form
from app.plans.guide import LEADS
from app.plans.position import FEATURES, MOST_FEATURES, features_from, features_text
from app.plans.questions import (
    EVERY_INDUSTRY,
    MOST_ASKED,
    PLAN_QUESTIONS,
    book_from,
    book_text,
    problems_asking,
    rewritten,
)
from app.plans.rules import Phase
from app.plans.strategy_forms import FeaturesForm, features_data
from app.plans.thinking_forms import QuestionsForm, questions_data
from app.plans.thinking_queries import industry_choices
from app.plans.views.blueprint import plans
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.web import _, invalid, render, see, why

FORM = "plans/questions.html"
LIST = "plans/feature_list.html"


@plans.route("/settings/plan-questions", methods=["GET", "POST"])
@allowed("manage settings")
def questions() -> ResponseReturnValue:
    """The questions of a phase (``?phase=``), for all accounts or for an ``?industry=``."""
    kept = find_setting(db.session(), PLAN_QUESTIONS)
    book = book_from(kept)
    phase = _phase(request.args.get("phase", ""))
    industry = request.args.get("industry", EVERY_INDUSTRY)[:255]
    page: dict[str, Any] = {
        "phase": phase,
        "phases": list(Phase),
        "industry": industry,
        "industries": sorted({*industry_choices(db.session()), *book.industries()}),
        "lead": LEADS[phase],
        "most": MOST_ASKED,
    }
    before = book.of(industry, phase)
    if request.method == "GET":
        filled = {**questions_data(before), "version": setting_mark(kept)}
        return render(FORM, form=QuestionsForm(formdata=None, data=filled), **page)
    form = QuestionsForm()
    if form.validate():
        listed = form.listed(before)
        form.form_errors += [why(problem) for problem in problems_asking(listed)]
        form.form_errors += _overtaken(form, kept)
    if form.errors:
        return invalid(FORM, form=form, **page)
    put_setting(db.session(), PLAN_QUESTIONS, book_text(rewritten(book, industry, phase, listed)))
    db.session().commit()
    return see("plans.questions", _("Saved."), phase=phase, industry=industry or None)


@plans.route("/settings/plan-features", methods=["GET", "POST"])
@allowed("manage settings")
def feature_list() -> ResponseReturnValue:
    """The features that are ranked for each kind of stakeholder."""
    kept = find_setting(db.session(), FEATURES)
    before = features_from(kept)
    page = {"most": MOST_FEATURES}
    if request.method == "GET":
        filled = {**features_data(before), "version": setting_mark(kept)}
        return render(LIST, form=FeaturesForm(formdata=None, data=filled), **page)
    form = FeaturesForm()
    if form.validate():
        listed = form.listed(before)
        if len({one.key for one in listed}) < len(listed):
            form.form_errors.append(_("The same feature stands there twice."))
        form.form_errors += _overtaken(form, kept)
    if form.errors:
        return invalid(LIST, form=form, **page)
    put_setting(db.session(), FEATURES, features_text(listed))
    db.session().commit()
    return see("plans.feature_list", _("Saved."))


def _overtaken(form: Form, kept: str | None) -> list[str]:
    """What to say when somebody saved these settings since the form was opened."""
    if form.version.data in {"", None, setting_mark(kept)}:
        return []
    return [_("Somebody changed these settings meanwhile. Reload and look again.")]


def _phase(word: str) -> Phase:
    return Phase(word) if word in set(Phase) else Phase.DIAGNOSE
