"""What the company sets for its stages: for administrators."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.catalogue import gettext
from app.pipeline.deal_forms import StageRulesForm
from app.pipeline.rules import GUIDES, Stage
from app.pipeline.stage_rules import (
    STAGE_RULES,
    Item,
    StageRule,
    StageRules,
    Subject,
    items_from,
    stage_rules_from,
    stage_rules_text,
)
from app.pipeline.views.blueprint import pipeline
from app.users.changes import put_setting
from app.users.queries import find_setting, setting_mark
from app.web import _, invalid, render, see

APPROVALS = {
    "": frozenset[Subject](),
    "qualification": frozenset({Subject.QUALIFICATION}),
    "signature": frozenset({Subject.SIGNATURE}),
    "both": frozenset(Subject),
}


@pipeline.route("/settings/stages", methods=["GET", "POST"])
@allowed("manage settings")
def stages() -> ResponseReturnValue:
    """Names, milestones, norms and checklists of the six stages, and what needs a yes."""
    kept = find_setting(db.session(), STAGE_RULES)
    before = stage_rules_from(kept)
    page: dict[str, Any] = {"stages": list(Stage), "guides": GUIDES}
    if request.method == "GET":
        form = StageRulesForm(data={**_shown(before), "version": setting_mark(kept)})
        return render("pipeline/stages.html", form=form, **page)
    form = StageRulesForm()
    if form.validate() and form.version.data not in {"", None, setting_mark(kept)}:
        form.form_errors.append(
            _("Somebody changed these settings meanwhile. Reload and look again.")
        )
    if form.errors:
        return invalid("pipeline/stages.html", form=form, **page)
    put_setting(db.session(), STAGE_RULES, stage_rules_text(_typed(form, before)))
    db.session().commit()
    return see("pipeline.stages", _("Saved."))


def _shown(rules: StageRules) -> dict[str, Any]:
    """The rules as the form shows them, in the person's language."""
    names = {wanted: name for name, wanted in APPROVALS.items()}
    filled: dict[str, Any] = {"approvals": names[rules.approvals]}
    for stage in Stage:
        rule = rules.of(stage)
        filled |= {
            f"name_{stage}": rule.name,
            f"milestone_{stage}": gettext(rules.milestone(stage)),
            f"norm_{stage}": rule.norm_days,
            f"items_{stage}": "\n".join(gettext(item.words) for item in rule.items),
        }
    return filled


def _typed(form: StageRulesForm, before: StageRules) -> StageRules:
    rules = {stage: _rule(form, stage, before) for stage in Stage}
    return StageRules(rules, APPROVALS[form.approvals.data])


def _rule(form: StageRulesForm, stage: Stage, before: StageRules) -> StageRule:
    """A stage's rule as typed; what was left as it usually is goes on to follow the language."""
    usual = GUIDES[stage].milestone
    milestone, norm = form.of(stage, "milestone"), form.of(stage, "norm")
    return StageRule(
        name=form.of(stage, "name"),
        milestone="" if milestone in {usual, gettext(usual)} else milestone,
        norm_days=int(norm) if norm else None,
        items=items_from(form.of(stage, "items"), _known(before.of(stage).items)),
    )


def _known(items: tuple[Item, ...]) -> list[tuple[str, Item]]:
    return [(gettext(item.words), item) for item in items]
