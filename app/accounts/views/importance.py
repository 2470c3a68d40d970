"""Scoring an account on the company's factors of importance."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404
from app.accounts.forms import score_form
from app.accounts.importance import ImportanceScale, importance
from app.accounts.profile_changes import score_factor
from app.accounts.profile_queries import Scored, scale_of_company, scores_of
from app.accounts.views.blueprint import accounts
from app.web import _, invalid, render, see, today


@accounts.route("/accounts/<int:account_id>/importance", methods=["GET", "POST"])
def importance_scores(account_id: int) -> ResponseReturnValue:
    """Score the factors, each from 1 to 100."""
    account = account_or_404(account_id, EDIT)
    scale, scores = scale_of_company(db.session()), scores_of(db.session(), account_id)
    form = score_form(scale)(data=_filled(scale, scores))
    known = importance(scale, {key: one.score for key, one in scores.items()})
    page: dict[str, Any] = {"account": account, "form": form, "scale": scale, "known": known}
    if request.method == "GET":
        return render("accounts/importance.html", **page)
    if not form.validate():
        return invalid("accounts/importance.html", **page)
    for place, factor in enumerate(scale.factors):
        score, note = form[f"score_{place}"].data, form[f"note_{place}"].data
        score_factor(db.session(), account_id, factor.key, score=score, note=note, on=today())
    db.session().commit()
    return see("accounts.show", _("Saved."), account_id=account_id, anchor="importance")


def _filled(scale: ImportanceScale, scores: dict[str, Scored]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for place, factor in enumerate(scale.factors):
        if factor.key in scores:
            filled[f"score_{place}"] = scores[factor.key].score
            filled[f"note_{place}"] = scores[factor.key].note
    return filled
