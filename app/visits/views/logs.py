"""Three taps after a visit, and the promise it left."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.visits.changes import Log, finish_step, log_visit, take_log_back
from app.visits.forms import log_form_of
from app.visits.queries import people_met
from app.visits.rules import problems_logging
from app.visits.views.blueprint import visit_or_404, visits
from app.web import _, commit_or_stale, invalid, render, see, stale_page, today, why


@visits.route("/visits/<int:visit_id>/log", methods=["GET", "POST"])
def log(visit_id: int) -> ResponseReturnValue:
    """Three taps after a visit: was the commitment given, what is next, by when."""
    visit, account = visit_or_404(visit_id)
    people = people_met(db.session(), visit_id)
    shape = log_form_of((person.id, person.name) for person in people)
    held_on = visit.held_on or min(visit.on, today())
    form = shape(obj=visit)
    page: dict[str, Any] = {"account": account, "visit": visit, "form": form}
    if request.method == "GET":
        form.held_on.data = held_on
        return render("visits/log.html", **page)
    if not form.validate() or not _was_held(form):
        return invalid("visits/log.html", **page)
    if form.is_stale(visit):
        return stale_page(form, visit)
    log_visit(db.session(), visit, _log_of(form), db.now(), me().id)
    undo = url_for("visits.unlog", visit_id=visit_id)
    return commit_or_stale(form, visit) or see(
        "visits.show", _("The visit is logged."), undo=undo, visit_id=visit_id
    )


def _was_held(form: Any) -> bool:
    problems = problems_logging(form.held_on.data, today())
    form.held_on.errors = [why(problem) for problem in problems]
    return not problems


def _log_of(form: Any) -> Log:
    return Log(
        form.held_on.data,
        form.outcome.data or "",
        form.commitment.data,
        form.next_step.data or "",
        form.next_step_on.data,
        form.support_seen(),
    )


@visits.post("/visits/<int:visit_id>/unlog")
def unlog(visit_id: int) -> ResponseReturnValue:
    """Take a log back, with the contacts and judgements it wrote."""
    visit, _account = visit_or_404(visit_id)
    take_log_back(db.session(), visit)
    db.session().commit()
    return see("visits.show", _("The log is taken back."), visit_id=visit_id)


@visits.post("/visits/<int:visit_id>/step")
def step(visit_id: int) -> ResponseReturnValue:
    """The next step that was promised is done, or (``undone``) is not."""
    visit, account = visit_or_404(visit_id)
    is_undone = request.values.get("undone") == "1"
    finish_step(visit, None if is_undone else today())
    db.session().commit()
    if is_undone:
        return see("visits.show", _("The next step is open again."), visit_id=visit_id)
    undo = url_for("visits.step", visit_id=visit_id, undone=1)
    return see("visits.of_account", _("The promise is kept."), undo=undo, account_id=account.id)
