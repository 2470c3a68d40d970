"""What a plan says in one phase."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.plans.changes import write_phase
from app.plans.forms import PhaseForm
from app.plans.guide import LEADS, QUESTIONS
from app.plans.models import PhaseText
from app.plans.queries import earlier_texts, find_phase
from app.plans.rules import Phase
from app.plans.views.blueprint import plan_or_404, plans
from app.web import _, commit_or_stale, invalid, label, render, see, stale_page

FORM = "plans/phase.html"


@plans.route("/plans/<int:plan_id>/phases/<phase>", methods=["GET", "POST"])
def write(plan_id: int, phase: str) -> ResponseReturnValue:
    """Write a phase, beside the questions it asks and what it said before."""
    plan, account = plan_or_404(plan_id, EDIT)
    if phase not in set(Phase):
        abort(404)
    known = Phase(phase)
    text = find_phase(db.session(), plan_id, known)
    form = PhaseForm(obj=text)
    page: dict[str, Any] = {
        "account": account,
        "plan": plan,
        "phase": known,
        "form": form,
        "text": text,
        "lead": LEADS[known],
        "questions": QUESTIONS[known],
        "earlier": earlier_texts(db.session(), text.id) if text else [],
    }
    if request.method == "GET":
        return render(FORM, **page)
    if not form.validate():
        return invalid(FORM, **page)
    return _keep(form, text, plan_id, known)


def _keep(
    form: PhaseForm, text: PhaseText | None, plan_id: int, phase: Phase
) -> ResponseReturnValue:
    if text is not None and form.is_stale(text):
        return stale_page(form, text)
    plan, _account = plan_or_404(plan_id, EDIT)
    kept = write_phase(
        db.session(), plan, phase, form.body.data or "", at=db.now(), user_id=me().id
    )
    message = _("%(phase)s is saved.", phase=label(phase))
    return commit_or_stale(form, kept) or see(
        "plans.show", message, plan_id=plan_id, anchor=str(phase)
    )
