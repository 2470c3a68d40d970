"""Planning a visit: its form, another day for it, its questions."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, READ, account_or_404, me
from app.accounts.models import Account
from app.row_ids import row_number
from app.users.queries import colleague_choices
from app.visits.changes import (
    Asked,
    archive,
    archive_rest,
    move,
    plan_visit,
    repeat,
    restore,
    set_colleagues,
    set_people,
    set_questions,
)
from app.visits.choice_queries import deal_choices, people_choices
from app.visits.diagnosis import Diagnosis
from app.visits.forms import BY_RHYTHM, MoveForm, VisitForm, day_in
from app.visits.log_changes import settle
from app.visits.log_queries import promise_rows, report_rows
from app.visits.models import Promise, Visit
from app.visits.queries import (
    colleague_ids,
    held_before,
    people_ids,
    people_met,
    visit_rows,
)
from app.visits.question_queries import offers, question_rows
from app.visits.rhythm_queries import shortest_rhythm
from app.visits.rules import Channel, days_of_series
from app.visits.views.blueprint import moment_of, time_of, visit_or_404, visits
from app.web import _, commit_or_stale, invalid, render, see, speaks_chinese, stale_page, today, why

FORM = "visits/form.html"
MOST_ASKED = 4000
"""Letters of questions that another page may bring along."""
UNFILLED = ("people", "colleagues", "at", "purpose", "offered", "questions", "every", "times")
USUAL_TIMES = 4
MOST_OPEN = 5
"""Of the plan's open questions: nobody asks a dozen in one visit."""


def _offer(form: VisitForm, account: Account, visit: Visit | None = None) -> VisitForm:
    """The form with everything there is to choose from; what it offers is kept on it."""
    session = db.session()
    visit_id, deal_id = (visit.id, visit.opportunity_id) if visit else (0, None)
    form.offer(
        people_choices(session, account.id, visit_id),
        colleague_choices(session),
        deal_choices(session, account.id, deal_id),
        [(key, asked.words) for key, asked in _offered(form, account.id, visit_id).items()],
    )
    return form


def _offered(form: VisitForm, account_id: int, visit_id: int = 0) -> dict[str, Asked]:
    """What would fit the people and the deal at hand, and what was chosen before, by key."""
    session = db.session()
    plan: Diagnosis = current_app.extensions["diagnosis"]
    unanswered = plan.open_questions(session, account_id, today(), in_chinese=speaks_chinese())
    people, deal_id = form.people.data or [], form.opportunity_id.data
    fitting = offers(session, account_id, people, deal_id, unanswered[:MOST_OPEN])
    found = {one.key: Asked(why(one.words), one.key, one.person_id) for one in fitting}
    kept = {row.key: Asked(row.words, row.key) for row in question_rows(session, visit_id)}
    return {**found, **{key: asked for key, asked in kept.items() if key}}


def _put(form: VisitForm, visit: Visit) -> None:
    form.fill(visit, *UNFILLED)
    visit.purpose = form.heading
    visit.starts_at = moment_of(form.on.data, form.at.data)


@visits.route("/accounts/<int:account_id>/visits/add", methods=["GET", "POST"])
def add(account_id: int) -> ResponseReturnValue:
    """Plan a visit; ``?person=`` and ``?deal=`` say whom to and about what."""
    account = account_or_404(account_id, EDIT)
    form = _offer(VisitForm() if request.method == "POST" else _fresh_form(account), account)
    page: dict[str, Any] = {"account": account, "form": form, "visit": None}
    if request.method == "GET":
        return render(FORM, **page)
    if not form.validate():
        return invalid(FORM, **page)
    visit = Visit(account_id=account_id)
    _put(form, visit)
    asked = form.asked(_offered(form, account_id))
    plan_visit(db.session(), visit, form.people.data, form.colleagues.data, asked)
    repeat(db.session(), visit, _later_days(form, visit))
    db.session().commit()
    if visit.on < today():
        message = _("The visit is kept; now say what came of it.")
        return see("visits.log", message, visit_id=visit.id)
    return see("visits.show", _("The visit is planned."), visit_id=visit.id)


def _fresh_form(account: Account) -> VisitForm:
    return VisitForm(
        formdata=None,
        on=day_in(request.args.get("on")) or today(),
        user_id=me().id,
        channel=Channel.IN_PERSON,
        place=account.city,
        people=request.args.getlist("person", type=row_number),
        opportunity_id=request.args.get("deal", type=row_number),
        is_reactive=request.args.get("reactive") == "1",
        questions="\n".join(request.args.getlist("question"))[:MOST_ASKED],
    )


def _later_days(form: VisitForm, visit: Visit) -> list[Any]:
    """The days on which the visit comes back."""
    chosen = form.every.data
    if not chosen:
        return []
    days = (
        shortest_rhythm(db.session(), visit.account_id, form.people.data)
        if chosen == BY_RHYTHM
        else int(chosen)
    )
    return days_of_series(visit.on, days, form.times.data or USUAL_TIMES)[1:]


@visits.get("/accounts/<int:account_id>/visits/questions")
def fitting(account_id: int) -> ResponseReturnValue:
    """The part of the form with the questions that fit the people and the deal chosen."""
    account = account_or_404(account_id, EDIT)
    form = VisitForm(request.args)
    _offer(form, account)
    return render("visits/offered.html", form=form, account=account)


@visits.get("/visits/<int:visit_id>")
def show(visit_id: int) -> ResponseReturnValue:
    """A visit: what is planned before it, what came of it after."""
    visit, account = visit_or_404(visit_id, READ)
    session = db.session()
    row = next(iter(visit_rows(session, Visit.id == visit_id)), None)
    if row is None:
        return see("visits.of_account", _("That visit is archived."), account_id=account.id)
    deal = dict(deal_choices(session, account.id, visit.opportunity_id))
    return render(
        "visits/show.html",
        account=account,
        visit=visit,
        row=row,
        people=people_met(session, visit_id),
        deal=deal.get(visit.opportunity_id or 0),
        before=held_before(session, visit),
        questions=question_rows(session, visit_id),
        reports=report_rows(session, visit_id),
        promises=promise_rows(session, Promise.visit_id == visit_id),
        on=today(),
        at=time_of(visit),
    )


@visits.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
def edit(visit_id: int) -> ResponseReturnValue:
    """Change a visit's plan."""
    visit, account = visit_or_404(visit_id)
    session = db.session()
    form = _offer(VisitForm(obj=visit, data=_known(visit)), account, visit)
    page: dict[str, Any] = {"account": account, "form": form, "visit": visit}
    if request.method == "GET":
        return render(FORM, **page)
    if not form.validate():
        return invalid(FORM, **page)
    if form.is_stale(visit):
        return stale_page(form, visit)
    asked = form.asked(_offered(form, account.id, visit_id))
    _put(form, visit)
    set_people(session, visit, form.people.data)
    set_colleagues(session, visit, form.colleagues.data)
    set_questions(session, visit, asked)
    if visit.logged_at is not None:
        settle(session, visit)
    return commit_or_stale(form, visit) or see("visits.show", _("Saved."), visit_id=visit_id)


def _known(visit: Visit) -> dict[str, Any]:
    """What the form begins with and the visit's own columns do not hold."""
    session = db.session()
    asked = question_rows(session, visit.id)
    return {
        "people": people_ids(session, visit.id),
        "colleagues": colleague_ids(session, visit.id),
        "at": time_of(visit),
        "offered": [one.key for one in asked if one.key],
        "questions": "\n".join(one.words for one in asked if not one.key),
    }


@visits.post("/visits/<int:visit_id>/move")
def put_on(visit_id: int) -> ResponseReturnValue:
    """Another day for a visit, by dragging or by typing it."""
    visit, account = visit_or_404(visit_id)
    if visit.held_on is not None:
        message = _("It was held already: its day is in the log.")
        return see("visits.show", message, visit_id=visit_id)
    form = MoveForm(request.values)
    if not form.validate():
        page = _offer(VisitForm(None, obj=visit, data=_known(visit)), account, visit)
        page.on.errors = [error for found in form.errors.values() for error in found]
        return invalid(FORM, account=account, form=page, visit=visit)
    before = {"on": visit.on.isoformat(), "at": time_of(visit)}
    at = form.at.data or time_of(visit)
    move(visit, form.on.data, moment_of(form.on.data, at))
    db.session().commit()
    undo = url_for("visits.put_on", visit_id=visit_id, **_undoing(before))
    return see(
        "visits.index",
        _("The visit is moved."),
        undo=undo,
        day=visit.on,
        anchor=f"visit-{visit_id}",
    )


def _undoing(before: dict[str, Any]) -> dict[str, Any]:
    at = before["at"]
    return {"on": before["on"], **({"at": at.strftime("%H:%M")} if at else {})}


@visits.post("/visits/<int:visit_id>/archive")
def put_away(visit_id: int) -> ResponseReturnValue:
    """Put a visit away, or it and the rest of its series; the toast offers to bring it back."""
    visit, account = visit_or_404(visit_id)
    if request.form.get("rest") == "1" and visit.series:
        gone = archive_rest(db.session(), visit, db.now())
        db.session().commit()
        message = _("Visits archived: %(count)s.", count=len(gone))
        return see("visits.of_account", message, account_id=account.id)
    archive(visit, db.now())
    db.session().commit()
    undo = url_for("visits.bring_back", visit_id=visit_id)
    return see("visits.of_account", _("The visit is archived."), undo=undo, account_id=account.id)


@visits.post("/visits/<int:visit_id>/restore")
def bring_back(visit_id: int) -> ResponseReturnValue:
    """Bring an archived visit back."""
    visit, _account = visit_or_404(visit_id)
    restore(visit)
    db.session().commit()
    return see("visits.show", _("The visit is back."), visit_id=visit_id)
