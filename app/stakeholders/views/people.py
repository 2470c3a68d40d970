"""The list of an account's people: the map's twin."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.models import Account
from app.paging import page_among
from app.stakeholders.changes import add_stakeholder
from app.stakeholders.forms import BulkForm, NewPersonForm, PeopleFilter
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Stakeholder
from app.stakeholders.observation_changes import observe
from app.stakeholders.people_list import (
    SORTS,
    PeopleWish,
    departments,
    people_rows,
    wished,
)
from app.stakeholders.queries import former_rows, person_choices, team_choices
from app.stakeholders.role_changes import set_roles
from app.stakeholders.tie_changes import report_to
from app.stakeholders.views.blueprint import (
    complaints,
    done,
    from_map,
    refused,
    stakeholders,
)
from app.web import _, invalid, list_place, list_sort, render, today

SIZE = 100
ADD = "stakeholders/add.html"
PREFIX = "to-"
"""Before the names of the form for several people: the filters above have the same fields."""


@stakeholders.get("/accounts/<int:account_id>/people")
def index(account_id: int) -> ResponseReturnValue:
    """Everyone on the map as a table, filtered and sorted."""
    account = account_or_404(account_id)
    return render("stakeholders/index.html", **list_values(account))


def list_values(account: Account, bulk: BulkForm | None = None) -> dict[str, Any]:
    """All that the list shows; ``bulk`` is the form for several people that came back invalid."""
    facts = map_facts_of(db.session(), account.id, today())
    form = PeopleFilter(request.args)
    form.offer(departments(facts))
    wish = _wish(form)
    return {
        "account": account,
        "form": form,
        "wish": wish,
        "page": page_among(wished(people_rows(facts), wish), list_place(), SIZE),
        "is_filtered": any(request.args.get(name) for name in form.data),
        "former": former_rows(db.session(), account.id),
        "bulk_form": bulk,
    }


def bulk_form(account_id: int) -> BulkForm:
    """What may be done to several people."""
    form = BulkForm(prefix=PREFIX)
    form.offer(team_choices(db.session(), account_id))
    return form


def _wish(form: PeopleFilter) -> PeopleWish:
    sort, descending = list_sort(tuple(SORTS))
    return PeopleWish(
        text=form.q.data or "",
        role=form.role.data,
        support=form.support.data or "",
        department=form.department.data or "",
        reach=form.reach.data or "",
        sort=sort,
        descending=descending,
    )


@stakeholders.route("/accounts/<int:account_id>/people/add", methods=["GET", "POST"])
def add(account_id: int) -> ResponseReturnValue:
    """A new person, with roles and a first judgement if there is one."""
    account = account_or_404(account_id, EDIT)
    form = NewPersonForm()
    form.offer_managers(person_choices(db.session(), account_id), None)
    values: dict[str, Any] = {"form": form, "account": account}
    if request.method == "GET":
        return render(ADD, **values)
    if not form.validate():
        return refused(complaints(form)) if from_map() else invalid(ADD, **values)
    person = _added(account, form)
    db.session().commit()
    undo = url_for("stakeholders.put_away", person_id=person.id)
    return done(person.id, _("%(name)s is added.", name=person.name), undo)


def _added(account: Account, form: NewPersonForm) -> Stakeholder:
    session, on = db.session(), today()
    person = add_stakeholder(session, account.id, form.name.data, on=on)
    form.fill(person, "manager", "roles", "support", "influence")
    set_roles(session, person, form.roles.data or (), on)
    if form.manager.data:
        report_to(session, person, form.manager.data, on)
    if form.support.data is not None or form.influence.data is not None:
        observe(
            session,
            person,
            on=on,
            at=db.now(),
            user_id=me().id,
            support=form.support.data,
            influence=form.influence.data,
        )
    return person
