"""When people change: somebody leaves, moves or is new; what it breaks, and the tasks it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.models import Account
from app.plans.people_changes import drop_tasks, make_tasks
from app.plans.people_forms import FORMS
from app.plans.views.blueprint import plans
from app.row_ids import row_number
from app.stakeholders.changes import add_stakeholder
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Stakeholder
from app.stakeholders.post_changes import (
    Post,
    come_back,
    leave,
    move,
    move_back,
    succeed,
    unfollow,
)
from app.stakeholders.queries import find_person, person_choices
from app.users.queries import colleague_choices
from app.web import _, _n, invalid, render, see, today, why

PAGE = "plans/people_change.html"
OF_HEIR = ("new-part", "see")
"""Tasks about whoever takes a post over, or is new."""
KINDS = "<any(leave,move,arrive):what>"


@plans.route(f"/people/<int:person_id>/{KINDS}", methods=["GET", "POST"])
def people_change(person_id: int, what: str) -> ResponseReturnValue:
    """What a change would break and the tasks it would make; then, that it happens."""
    person, account = _person_or_404(person_id)
    form = _form(person, what)
    if request.method == "GET":
        changed = _changed(person, what)
        form.tasks.data = [task.key for task in changed.tasks]
        return render(PAGE, **_values(person, account, what, form, changed))
    if not form.validate():
        return invalid(PAGE, **_values(person, account, what, form, _changed(person, what)))
    return _done(person, account, what, form)


def _person_or_404(person_id: int) -> tuple[Stakeholder, Account]:
    person = find_person(db.session(), person_id)
    if person is None:
        abort(404)
    return person, account_or_404(person.account_id, EDIT)


def _form(person: Stakeholder, what: str) -> Any:
    session = db.session()
    form = FORMS[what](
        on=today(),
        owner=me().id,
        department=person.department,
        unit=person.unit,
        level=person.level,
    )
    form.offer(colleague_choices(session))
    if what == "move":
        form.offer_managers(person_choices(session, person.account_id), person.id)
    return form


def _changed(person: Stakeholder, what: str, on: Any = None, heir: str = "") -> Any:
    from app.stakeholders.people_changed import PeopleChange, people_changed  # heavy: networkx

    facts = map_facts_of(db.session(), person.account_id, today())
    return people_changed(facts, person.id, PeopleChange(what), on or today(), heir)


def _values(
    person: Stakeholder, account: Account, what: str, form: Any, changed: Any
) -> dict[str, Any]:
    return {
        "person": person,
        "account": account,
        "what": what,
        "form": form,
        "changed": changed,
        "chosen": set(form.tasks.data or ()),
    }


def _done(person: Stakeholder, account: Account, what: str, form: Any) -> ResponseReturnValue:
    session = db.session()
    on, heir = (today(), "") if what == "arrive" else (form.on.data, form.successor.data)
    tasks = _wanted(_changed(person, what, on, heir).tasks, form.tasks.data or ())
    follower = _happen(person, what, form) or person
    about = [(task, (follower if task.key in OF_HEIR else person).id) for task in tasks]
    made = make_tasks(session, account.id, about, owner_id=form.owner.data, on=today(), say=why)
    session.commit()
    ids = [task.id for task in made]
    undo = url_for("plans.people_unchange", person_id=person.id, what=what, tasks=ids)
    count = _n("%(num)s task is made.", "%(num)s tasks are made.", len(made))
    message = f"{_said(person, what)} {count}"
    return see("stakeholders.show", message, undo=undo, person_id=person.id, anchor="tasks")


def _wanted(tasks: Sequence[Any], keys: Sequence[str]) -> list[Any]:
    """The tasks ticked; those about a named heir stand for the one that asks who it is."""
    about_heir = OF_HEIR if "heir" in keys else ()
    return [task for task in tasks if task.key in {*keys, *about_heir}]


def _happen(person: Stakeholder, what: str, form: Any) -> Stakeholder | None:
    """Let the change happen, and whoever comes after them take the post over; gives them."""
    if what == "arrive":
        return None
    session = db.session()
    old = Post(person.title, person.department, person.unit, person.level)
    if what == "leave":
        leave(session, person, form.on.data)
    else:
        new = Post(form.title.data, form.department.data, form.unit.data, form.level.data)
        manager, roles = form.manager.data or None, form.keeps_roles.data
        move(session, person, new, form.on.data, manager_id=manager, keeps_roles=roles)
    if form.successor.data or form.is_placeholder.data:
        return _follow(person, old, form)
    return None


def _follow(person: Stakeholder, post: Post, form: Any) -> Stakeholder:
    """Somebody takes the post over: known by name, or a place kept open for them."""
    name, words = form.successor.data, post.title or post.department or person.name
    heir = add_stakeholder(
        db.session(),
        person.account_id,
        name or _("Successor: %(post)s", post=words),
        on=form.on.data,
        is_outside=person.is_outside,
        is_placeholder=not name,
        since=form.on.data if name else None,
        **asdict(post),
    )
    succeed(db.session(), person, heir, form.on.data)
    return heir


def _said(person: Stakeholder, what: str) -> str:
    if what == "leave":
        return _("%(name)s has left.", name=person.name)
    if what == "move":
        return _("%(name)s is now %(post)s.", name=person.name, post=person.title)
    return _("%(name)s is new here.", name=person.name)


@plans.post(f"/people/<int:person_id>/{KINDS}/undo")
def people_unchange(person_id: int, what: str) -> ResponseReturnValue:
    """A change that was noted by mistake: posts as before, its tasks put away."""
    person, account = _person_or_404(person_id)
    session = db.session()
    if what != "arrive":
        unfollow(session, person, db.now())
    if what == "leave" and person.left_on is not None:
        come_back(session, person)
    elif what == "move":
        move_back(session, person)
    drop_tasks(session, account.id, request.args.getlist("tasks", type=row_number), db.now())
    session.commit()
    return see("stakeholders.show", _("It is as it was."), person_id=person_id)
