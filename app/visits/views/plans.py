"""Planning a visit, its brief, its form."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, READ, account_or_404, me
from app.users.queries import colleague_choices
from app.visits.changes import archive, plan_visit, restore, set_colleagues, set_people
from app.visits.forms import VisitForm
from app.visits.models import Visit
from app.visits.queries import (
    colleague_ids,
    deal_choices,
    held_before,
    people_choices,
    people_ids,
    people_met,
    visit_rows,
)
from app.visits.rules import Channel
from app.visits.views.blueprint import visit_or_404, visits
from app.web import (
    _,
    choose_timezone,
    commit_or_stale,
    invalid,
    render,
    see,
    stale_page,
    today,
)

FORM = "visits/form.html"


def _offer(form: VisitForm, account_id: int, visit: Visit | None = None) -> VisitForm:
    session = db.session()
    visit_id, deal_id = (visit.id, visit.opportunity_id) if visit else (0, None)
    form.offer(
        people_choices(session, account_id, visit_id),
        colleague_choices(session),
        deal_choices(session, account_id, deal_id),
    )
    return form


def _put(form: VisitForm, visit: Visit) -> None:
    form.fill(visit, "people", "colleagues", "at")
    visit.starts_at = _moment(form.on.data, form.at.data)


def _moment(on: date, at: time | None) -> datetime | None:
    """The moment of a day and time where the person is."""
    if at is None:
        return None
    return datetime.combine(on, at, ZoneInfo(choose_timezone())).astimezone(UTC)


@visits.route("/accounts/<int:account_id>/visits/add", methods=["GET", "POST"])
def add(account_id: int) -> ResponseReturnValue:
    """Plan a visit; ``?person=`` and ``?deal=`` say whom to and about what."""
    account = account_or_404(account_id, EDIT)
    form = _offer(VisitForm() if request.method == "POST" else _fresh_form(), account_id)
    if request.method == "GET":
        return render(FORM, account=account, form=form, visit=None)
    if not form.validate():
        return invalid(FORM, account=account, form=form, visit=None)
    visit = Visit(account_id=account_id)
    _put(form, visit)
    plan_visit(db.session(), visit, form.people.data, form.colleagues.data)
    db.session().commit()
    if visit.on < today():
        return see(
            "visits.log", _("The visit is kept; now say what came of it."), visit_id=visit.id
        )
    return see("visits.show", _("The visit is planned."), visit_id=visit.id)


def _fresh_form() -> VisitForm:
    return VisitForm(
        formdata=None,
        on=today(),
        user_id=me().id,
        channel=Channel.IN_PERSON,
        people=request.args.getlist("person", type=int),
        opportunity_id=request.args.get("deal", type=int),
    )


@visits.get("/visits/<int:visit_id>")
def show(visit_id: int) -> ResponseReturnValue:
    """A visit: the brief before it, the outcome after it."""
    visit, account = visit_or_404(visit_id, READ)
    session = db.session()
    row = next(iter(visit_rows(session, Visit.id == visit_id)), None)
    if row is None:
        return see("visits.of_account", _("That visit is archived."), account_id=account.id)
    return render(
        "visits/show.html",
        account=account,
        visit=visit,
        row=row,
        people=people_met(session, visit_id),
        deal=dict(deal_choices(session, account.id, visit.opportunity_id)).get(
            visit.opportunity_id or 0
        ),
        before=held_before(session, visit),
        on=today(),
    )


@visits.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
def edit(visit_id: int) -> ResponseReturnValue:
    """Change a visit's plan."""
    visit, account = visit_or_404(visit_id)
    session = db.session()
    zone = ZoneInfo(choose_timezone())
    at = visit.starts_at.astimezone(zone).time() if visit.starts_at else None
    known = {
        "people": people_ids(session, visit_id),
        "colleagues": colleague_ids(session, visit_id),
        "at": at,
    }
    form = _offer(VisitForm(obj=visit, data=known), account.id, visit)
    if request.method == "GET":
        return render(FORM, account=account, form=form, visit=visit)
    if not form.validate():
        return invalid(FORM, account=account, form=form, visit=visit)
    if form.is_stale(visit):
        return stale_page(form, visit)
    _put(form, visit)
    set_people(session, visit, form.people.data)
    set_colleagues(session, visit, form.colleagues.data)
    return commit_or_stale(form, visit) or see("visits.show", _("Saved."), visit_id=visit_id)


@visits.post("/visits/<int:visit_id>/archive")
def put_away(visit_id: int) -> ResponseReturnValue:
    """Put a visit away; the toast offers to bring it back."""
    visit, account = visit_or_404(visit_id)
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
