"""The tree of causes as the company wants it: for administrators and directors."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.pipeline.factor_tree import FACTOR_TREE, tree_from, tree_text
from app.pipeline.losing import Cause
from app.pipeline.tree_forms import tree_data, tree_form
from app.pipeline.views.blueprint import pipeline
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.web import _, invalid, render, see


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
