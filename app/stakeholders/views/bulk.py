"""The same act on several people of the list, and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.row_ids import row_number
from app.stakeholders import bulk_changes
from app.stakeholders.bulk_changes import Span
from app.stakeholders.forms import BulkForm, PeopleFilter
from app.stakeholders.models import Stakeholder
from app.stakeholders.observation_changes import observe
from app.stakeholders.views.blueprint import stakeholders
from app.stakeholders.views.people import SIZE, bulk_form, list_values
from app.web import _, _n, invalid, render, see, today


@stakeholders.get("/accounts/<int:account_id>/people/bulk")
def bulk_acts(account_id: int) -> ResponseReturnValue:
    """What may be done to several people: a part of the list, asked for at the first tick."""
    account_or_404(account_id, EDIT)
    return render("stakeholders/bulk.html", bulk_form=bulk_form(account_id))


@stakeholders.post("/accounts/<int:account_id>/people/bulk")
def bulk(account_id: int) -> ResponseReturnValue:
    """Do to all who are ticked what the button says."""
    account = account_or_404(account_id, EDIT)
    session, form = db.session(), bulk_form(account_id)
    people = bulk_changes.people_among(
        session, account_id, request.form.getlist("id", type=row_number)[:SIZE]
    )
    if not form.validate_for(len(people)):
        return invalid("stakeholders/index.html", **list_values(account, form))
    first = bulk_changes.newest_change(session) + 1
    judged = _do(form, people)
    last = bulk_changes.newest_change(session)
    session.commit()
    undo = url_for("stakeholders.unbulk", account_id=account_id, first=first, last=last,
                   judged=judged or None)  # fmt: skip
    message = _n("%(num)s person is changed.", "%(num)s people are changed.", len(people))
    return see("stakeholders.index", message, undo=undo, account_id=account_id, **_narrowed())


def _do(form: BulkForm, people: list[Stakeholder]) -> list[int]:
    """Do what is asked; gives the ids of judgements made."""
    if form.what.data == "judge":
        return [_judged(form, person) for person in people]
    ACTS[form.what.data](form, people)
    return []


ACTS: dict[str, Callable[[BulkForm, list[Stakeholder]], None]] = {
    "give": lambda form, people: bulk_changes.give_role(
        db.session(), people, form.role.data, today()
    ),
    "take": lambda form, people: bulk_changes.take_role(
        db.session(), people, form.role.data, today()
    ),
    "unit": lambda form, people: bulk_changes.set_unit(people, form.unit.data or ""),
    "owner": lambda form, people: bulk_changes.hand_over(
        db.session(), people, form.colleague.data, today()
    ),
    "archive": lambda _form, people: bulk_changes.put_away(people, db.now()),
}


def _judged(form: BulkForm, person: Stakeholder) -> int:
    judged = observe(
        db.session(),
        person,
        on=today(),
        at=db.now(),
        user_id=me().id,
        support=form.support.data,
        confidence=form.confidence.data,
    )
    return judged.id


def _narrowed() -> dict[str, Any]:
    """The filters that the list was seen through."""
    known = {*PeopleFilter(formdata=None).data, "sort"}
    return {name: said for name, said in parse_qsl(request.form.get("words", "")) if name in known}


@stakeholders.post("/accounts/<int:account_id>/people/unbulk")
def unbulk(account_id: int) -> ResponseReturnValue:
    """Undo what was done to several people in one go; what was changed again since stays."""
    account_or_404(account_id, EDIT)
    session, asked = db.session(), request.args
    span = Span(
        account_id, me().id, *(asked.get(name, 0, type=row_number) for name in ("first", "last"))
    )
    stay = bulk_changes.take_back(session, span)
    bulk_changes.forget_judgements(
        session, account_id, me().id, asked.getlist("judged", type=row_number)[:SIZE]
    )
    session.commit()
    message = _("Taken back.")
    if stay:
        message = _n("Taken back; %(num)s change was built upon and stays.",
                     "Taken back; %(num)s changes were built upon and stay.", stay)  # fmt: skip
    return see("stakeholders.index", message, account_id=account_id)
