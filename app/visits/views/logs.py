"""Three taps after a visit, what else one knows, and the promises it left."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import db
from app.access import EDIT, account_or_404, me
from app.users.queries import colleague_choices
from app.visits.changes import archive, finish_step, stop_asking
from app.visits.diagnosis import Diagnosis, Heard, key_of
from app.visits.landing_changes import LONGEST_SOURCE, Log
from app.visits.log_changes import (
    find_report,
    is_kept,
    join,
    keep_promise,
    log_visit,
    take_log_back,
)
from app.visits.log_forms import ANSWER, DEPTH, SUPPORT, THEIRS, LogForm, log_form_of
from app.visits.log_queries import (
    depth_told,
    find_promise,
    promises_of,
    report_rows,
    support_told,
    twin_of,
)
from app.visits.models import Visit, VisitReport
from app.visits.queries import lock_visit, people_met
from app.visits.question_queries import question_rows
from app.visits.rules import problems_logging
from app.visits.views.blueprint import visit_or_404, visits
from app.web import _, commit_or_stale, invalid, render, see, today, why

PAGE = "visits/log.html"


@visits.route("/visits/<int:visit_id>/log", methods=["GET", "POST"])
def log(visit_id: int) -> ResponseReturnValue:
    """Three taps after a visit: how it went, was the commitment given, what is next."""
    visit, account = visit_or_404(visit_id)
    session = db.session()
    people = people_met(session, visit_id)
    questions = question_rows(session, visit_id)
    shape = log_form_of(
        [(person.id, person.name) for person in people], [(one.id, one.words) for one in questions]
    )
    report = find_report(session, visit_id, me().id)
    is_sent = request.method == "POST"
    form = shape() if is_sent else shape(formdata=None, data=_told(visit, report, questions))
    form.offer(colleague_choices(session))
    page: dict[str, Any] = {"account": account, "visit": visit, "form": form, "people": people}
    page |= {"others": [one for one in report_rows(session, visit_id) if one.user_id != me().id]}
    if not is_sent:
        form.begin()
        return render(PAGE, twin=twin_of(session, visit), **page)
    lock_visit(session, visit)
    if is_kept(session, form.key.data):
        return _for_scripts(see("visits.show", _("The visit is logged."), visit_id=visit_id))
    if not form.validate() or not _fits(form, report):
        return invalid(PAGE, twin=None, **page)
    return _keep(form, visit)


def _keep(form: LogForm, visit: Visit) -> ResponseReturnValue:
    told = form.log()
    _bring_home(visit, told)
    log_visit(db.session(), visit, told, db.now(), me().id)
    stale = commit_or_stale(form, visit)
    if stale is not None:
        return stale
    undo = url_for("visits.unlog", visit_id=visit.id)
    message = _("The visit is logged.")
    return _for_scripts(see("visits.show", message, undo=undo, visit_id=visit.id))


def _bring_home(visit: Visit, told: Log) -> None:
    """New answers to questions of the plan's diagnosis become the plan's."""
    plan: Diagnosis = current_app.extensions["diagnosis"]
    for row in question_rows(db.session(), visit.id):
        key, answer = key_of(row.key), told.answers.get(row.id, "")
        if key is not None and answer and answer != row.answer:
            source = _("Visit: %(purpose)s", purpose=visit.purpose)[:LONGEST_SOURCE]
            heard = Heard(answer, told.held_on, source, me().id)
            plan.keep(db.session(), visit.account_id, key, heard)


def _for_scripts(response: Response) -> ResponseReturnValue:
    """A script is told where to go; were it to follow, it would take the toast away."""
    if request.headers.get("X-Requested-With") != "fetch":
        return response
    return {"to": response.location}


def _mark(report: VisitReport | None) -> str:
    return report.at.isoformat() if report else "0"


def _told(visit: Visit, report: VisitReport | None, questions: list[Any]) -> dict[str, Any]:
    """What the form begins with: what its person told before, else the plan."""
    session = db.session()
    begun: dict[str, Any] = {
        "held_on": visit.held_on or min(visit.on, today()),
        "cost": visit.cost,
        "version": _mark(report),
        **{f"{ANSWER}{one.id}": one.answer for one in questions},
    }
    if report is None:
        return begun
    begun |= {name: getattr(report, name) for name in ("went", "commitment", "outcome", "noes")}
    begun |= {"feedback": report.feedback, "next_step": visit.next_step}
    begun["next_step_on"] = visit.next_step_on
    begun |= {f"{SUPPORT}{one}": seen for one, seen in support_told(session, report).items()}
    begun |= {f"{DEPTH}{one}": seen for one, seen in depth_told(session, report).items()}
    for number, promise in enumerate(promises_of(session, visit, report.at)):
        begun[f"promise_{number}"] = promise.words
        begun[f"promise_by_{number}"] = str(promise.owner_id) if promise.is_ours else THEIRS
        begun[f"promise_on_{number}"] = promise.due_on
    return begun


def _fits(form: LogForm, report: VisitReport | None) -> bool:
    """Whether the day has come, and nothing was told from elsewhere since the form was opened."""
    problems = problems_logging(form.held_on.data, today())
    form.held_on.errors = [why(problem) for problem in problems]
    if form.version.data and form.version.data != _mark(report):
        form.form_errors.append(
            _("You logged this visit from elsewhere meanwhile. Saving again replaces that.")
        )
        form.version.process_data(_mark(report))
        return False
    return not problems


@visits.post("/visits/<int:visit_id>/unlog")
def unlog(visit_id: int) -> ResponseReturnValue:
    """Take one's own log back, with the contacts, judgements and promises it wrote."""
    visit, _account = visit_or_404(visit_id)
    take_log_back(db.session(), visit, me().id)
    db.session().commit()
    return see("visits.show", _("The log is taken back."), visit_id=visit_id)


@visits.post("/visits/<int:visit_id>/join")
def join_twin(visit_id: int) -> ResponseReturnValue:
    """Two records of one visit become one: a colleague's, found by day and people."""
    visit, _account = visit_or_404(visit_id)
    into = twin_of(db.session(), visit)
    if into is None:
        message = _("There is no other record of this visit.")
        return see("visits.show", message, visit_id=visit_id)
    join(db.session(), visit, into, db.now())
    db.session().commit()
    return see("visits.log", _("It is one visit now. Add your account of it."), visit_id=into.id)


@visits.post("/visits/<int:visit_id>/not-held")
def not_held(visit_id: int) -> ResponseReturnValue:
    """A visit that was planned did not take place: it is put away."""
    visit, account = visit_or_404(visit_id)
    archive(visit, db.now())
    db.session().commit()
    undo = url_for("visits.bring_back", visit_id=visit_id)
    return _back(account.id, _("The visit is put away."), undo)


def _back(account_id: int, message: str, undo: str) -> ResponseReturnValue:
    """To where the act was done: Today, or the account's visits."""
    if request.form.get("back") == "today":
        return see("overview.today", message, undo=undo)
    return see("visits.of_account", message, undo=undo, account_id=account_id)


@visits.post("/visits/<int:visit_id>/asked")
def asked(visit_id: int) -> ResponseReturnValue:
    """Do not ask for this visit's log again; it stays among those to be logged."""
    visit, _account = visit_or_404(visit_id)
    stop_asking(visit, today())
    db.session().commit()
    message = _("It will not be asked for again; you find it under Visits.")
    return see("overview.today", message)


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
    return _back(account.id, _("The next step is done."), undo)


@visits.post("/promises/<int:promise_id>/kept")
def promise_kept(promise_id: int) -> ResponseReturnValue:
    """A promise is kept, or (``undone``) is open again."""
    promise = find_promise(db.session(), promise_id)
    if promise is None:
        abort(404)
    account = account_or_404(promise.account_id, EDIT)
    is_undone = request.values.get("undone") == "1"
    keep_promise(promise, None if is_undone else today())
    db.session().commit()
    if is_undone:
        return see("visits.of_account", _("The promise is open again."), account_id=account.id)
    undo = url_for("visits.promise_kept", promise_id=promise_id, undone=1)
    return _back(account.id, _("The promise is kept."), undo)
