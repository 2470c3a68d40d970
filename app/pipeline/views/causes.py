"""The tree of causes as the company wants it, typed or pasted: for administrators and directors."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.catalogue import gettext
from app.pipeline.factor_tree import (
    FACTOR_TREE,
    problems_naming,
    problems_using,
    tree_from,
    tree_text,
)
from app.pipeline.losing import Cause
from app.pipeline.tree_forms import SheetForm, known_terms, tree_data, tree_form
from app.pipeline.tree_rows import lines_of, with_rows
from app.pipeline.views.blueprint import pipeline
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.web import _, invalid, render, see, why

SHEET = "pipeline/causes_sheet.html"


@pipeline.route("/settings/causes", methods=["GET", "POST"])
@allowed("set causes")
def causes() -> ResponseReturnValue:
    """What losses are put down to: own words, own causes, and those no longer used."""
    kept = find_setting(db.session(), FACTOR_TREE)
    tree = tree_from(kept)
    kind = tree_form(tree)
    if request.method == "GET":
        form = kind(data={**tree_data(tree), "version": setting_mark(kept)})
        return render("pipeline/causes.html", form=form, causes=list(Cause))
    form = kind()
    is_old = form.version.data not in {"", None, setting_mark(kept)}
    if is_old or not form.stands():
        if is_old:
            said = _("Somebody changed these settings meanwhile. Reload and look again.")
            form.form_errors.append(said)
        return invalid("pipeline/causes.html", form=form, causes=list(Cause))
    put_setting(db.session(), FACTOR_TREE, tree_text(form.typed()))
    db.session().commit()
    return see("pipeline.causes", _("Saved."))


@pipeline.get("/settings/causes/sheet")
@allowed("set causes")
def causes_sheet() -> ResponseReturnValue:
    """Where causes are pasted from a sheet."""
    return render(SHEET, form=SheetForm(formdata=None), told=())


@pipeline.post("/settings/causes/sheet")
@allowed("set causes")
def paste_causes() -> ResponseReturnValue:
    """What the rows pasted would change; at ``act=keep`` it is kept, but for refused rows."""
    form, kept = SheetForm(), find_setting(db.session(), FACTOR_TREE)
    if not form.validate():
        return invalid(SHEET, form=form, told=())
    tree, told = with_rows(tree_from(kept), lines_of(form.rows.data), known_terms())
    names = [tree.called(leaf) or gettext(leaf.label) for leaf in tree.every()]
    problems = [*problems_naming(names), *problems_using(tree)]
    form.form_errors += [why(one) for one in problems]
    if not told:
        form.rows.errors = [*form.rows.errors, _("No row was found in it.")]
    if form.errors or form.form_errors:
        return invalid(SHEET, form=form, told=told)
    if request.form.get("act") != "keep":
        return render(SHEET, form=form, told=told)
    put_setting(db.session(), FACTOR_TREE, tree_text(tree))
    db.session().commit()
    return see("pipeline.causes", _("Saved."))
